"""A sheet of single cells to put texts on, in any order, that becomes lines of segments."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


class CellGrid:
    """`width` times `height` blank cells in a style; every sign that is put on takes one cell."""

    def __init__(self, width: int, height: int, base: Style) -> None:
        self.width, self.height, self.base = width, height, base
        self._signs = [[" "] * width for _ in range(height)]
        self._styles = [[base] * width for _ in range(height)]
        self._on_base: dict[int, tuple[Style | None, Style]] = {}

    def put(self, x: int, y: int, text: str, style: Style | None = None) -> None:
        """Write `text` from (x, y) on; what falls outside is left out."""
        if not 0 <= y < self.height:
            return
        start, end = max(x, 0), min(x + len(text), self.width)
        if start < end:
            self._signs[y][start:end] = text[start - x : end - x]
            self._styles[y][start:end] = [self._laid(style)] * (end - start)

    def put_sign(self, x: int, y: int, sign: str, style: Style) -> None:
        """Write a single sign in a cell that is there: pictures are made of hundreds of them."""
        self._signs[y][x] = sign
        self._styles[y][x] = self._laid(style)

    def put_line(self, x: int, y: int, line: list[Segment]) -> None:
        """Write segments from (x, y) on, one after the other."""
        for text, style, _ in line:
            self.put(x, y, text, style)
            x += len(text)

    def _laid(self, style: Style | None) -> Style:
        """The style on the ground of the sheet.

        Found again by identity: adding styles, or comparing them, costs more than all the rest.
        """
        found = self._on_base.get(id(style))
        if found is None:
            laid = self.base if style is None else self.base + style
            found = self._on_base[id(style)] = (style, laid)  # kept, so that its id stays its own
        return found[1]

    def strips(self) -> list[Strip]:
        """The lines; neighbours of one style become one segment."""
        return [
            Strip(_runs(signs, styles), self.width)
            for signs, styles in zip(self._signs, self._styles, strict=True)
        ]


def _runs(signs: list[str], styles: list[Style]) -> list[Segment]:
    segments, start = [], 0
    for end in range(1, len(signs) + 1):
        if end == len(signs) or styles[end] is not styles[start]:
            segments.append(Segment("".join(signs[start:end]), styles[start]))
            start = end
    return segments
