"""A sheet of single cells to put texts and pictures on, in any order, that becomes lines.

It is made to be used again: lines that have stayed the same are the same strips as before, with
all that Textual has already worked out for them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Signs = NDArray[np.str_]
Numbers = NDArray[np.integer]


class CellGrid:
    """`width` times `height` blank cells in a style; every sign that is put on takes one cell."""

    def __init__(self, width: int, height: int, base: Style) -> None:
        self.width, self.height, self.base = width, height, base
        self._signs = np.full((height, width), " ")
        self._styles = np.zeros((height, width), dtype=np.int32)
        self._ink = _Ink(base)
        self._written: tuple[Signs, Numbers, list[Strip]] | None = None

    @property
    def true_colors(self) -> bool:
        """Whether no style so far leaves a colour to the terminal."""
        return self._ink.true_colors

    def clear(self) -> None:
        """Blank cells everywhere."""
        self._signs.fill(" ")
        self._styles.fill(0)

    def put(self, x: int, y: int, text: str, style: Style | None = None) -> None:
        """Write `text` from (x, y) on; what falls outside is left out."""
        if not 0 <= y < self.height:
            return
        start, end = max(x, 0), min(x + len(text), self.width)
        if start < end:
            self._signs[y, start:end] = list(text[start - x : end - x])
            self._styles[y, start:end] = self._ink.number(style)

    def put_line(self, x: int, y: int, line: list[Segment]) -> None:
        """Write segments from (x, y) on, one after the other."""
        for text, style, _ in line:
            self.put(x, y, text, style)
            x += len(text)

    def put_cells(
        self,
        x: int,
        y: int,
        signs: Signs,
        numbers: Numbers,
        styles: Sequence[Style],
        where: NDArray[np.bool_] | None = None,
    ) -> None:
        """Put a picture from (x, y) on; it has to have room there.

        Both arrays are (rows, columns); the numbers say which of the styles a cell has. `where`:
        only these cells. The styles of one kind of picture should always be the same object.
        """
        rows, columns = numbers.shape
        area = np.s_[y : y + rows, x : x + columns]
        inked = numbers + self._ink.first_number(styles)
        if where is None:
            self._signs[area], self._styles[area] = signs, inked
        else:
            np.copyto(self._signs[area], signs, where=where)
            np.copyto(self._styles[area], inked, where=where, casting="same_kind")

    def strips(self) -> list[Strip]:
        """The lines; neighbours of one style become one segment."""
        if not self.width:
            return [Strip([], 0) for _ in range(self.height)]
        signs, styles, before = self._signs.copy(), self._styles.copy(), self._written
        if before is None:
            strips = [self._strip(y) for y in range(self.height)]
        else:
            same = ((signs == before[0]) & (styles == before[1])).all(axis=1).tolist()
            strips = [before[2][y] if kept else self._strip(y) for y, kept in enumerate(same)]
        self._written = signs, styles, strips
        return strips

    def _strip(self, y: int) -> Strip:
        text = "".join(self._signs[y].tolist())
        styles = self._styles[y]
        starts = [0, *(np.flatnonzero(styles[1:] != styles[:-1]) + 1).tolist()]
        ends, laid = [*starts[1:], self.width], self._ink.laid
        return Strip(
            [
                Segment(text[start:end], laid[number])
                for start, end, number in zip(starts, ends, styles[starts].tolist(), strict=True)
            ],
            self.width,
        )


class _Ink:
    """Numbers for styles, and how each looks on the ground of a sheet.

    Styles are found again by identity: adding them, or comparing them, costs more than all the
    rest. What has a number is kept, so that its id stays its own.
    """

    def __init__(self, base: Style) -> None:
        self.laid = _Laid(base)
        self._numbers: dict[int, int] = {id(None): 0}
        self._kept: list[object] = []

    @property
    def true_colors(self) -> bool:
        return self.laid.true_colors

    def number(self, style: Style | None) -> int:
        found = self._numbers.get(id(style))
        return self._add(style, [style or Style.null()]) if found is None else found

    def first_number(self, styles: Sequence[Style]) -> int:
        """The number of the first of these styles; the others follow it."""
        found = self._numbers.get(id(styles))
        return self._add(styles, styles) if found is None else found

    def _add(self, thing: object, styles: Sequence[Style]) -> int:
        first = self._numbers[id(thing)] = len(self.laid.styles)
        self.laid.styles.extend(styles)
        self._kept.append(thing)
        return first


class _Laid(dict[int, Style]):
    """Styles on a ground by their number, each laid on it when it is first asked for."""

    def __init__(self, base: Style) -> None:
        super().__init__({0: base})
        self.styles = [Style.null()]
        self.true_colors = _in_true_colors(base)

    def __missing__(self, number: int) -> Style:
        laid = self[number] = self[0] + self.styles[number]
        self.true_colors = self.true_colors and _in_true_colors(laid)
        return laid


def _in_true_colors(style: Style) -> bool:
    colors = (style.color, style.bgcolor)
    return not style.dim and all(color is None or color.triplet is not None for color in colors)
