"""A grid of inked characters to draw a diagram on. Knows no colours, only what each cell means."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len


class Ink(NamedTuple):
    """What a cell stands for; the widget turns it into a colour of the current theme."""

    role: str = "text"
    bold: bool = False
    reverse: bool = False
    faded: bool = False


# A row is runs of text in one ink each; together they fill the width.
Row = tuple[tuple[str, Ink], ...]
BLANK = Ink("text")


class Canvas:
    """`width` x `height` cells. Everything outside is cut off, silently and on purpose."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(0, width)
        self.height = max(0, height)
        self.chars = [[" "] * self.width for _ in range(self.height)]
        self.inks = [[BLANK] * self.width for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, ink: Ink) -> None:
        """Write `text` from column `x` of row `y`; wide characters take two cells."""
        if not 0 <= y < self.height:
            return
        chars, inks = self.chars[y], self.inks[y]
        for character in text:
            cells = 1 if " " <= character <= "~" else cell_len(character)
            if cells == 0:
                continue
            if x >= 0 and x + cells <= self.width:
                chars[x], inks[x] = character, ink
                if cells == 2:
                    chars[x + 1], inks[x + 1] = "", ink
            x += cells

    def rows(self) -> list[Row]:
        """The drawing as rows of runs; neighbours of one ink are joined."""
        return [_runs(chars, inks) for chars, inks in zip(self.chars, self.inks, strict=True)]


def _runs(chars: list[str], inks: list[Ink]) -> Row:
    """One row of cells as runs."""
    runs: list[tuple[str, Ink]] = []
    start = 0
    for x in range(1, len(inks) + 1):
        if x == len(inks) or (inks[x] is not inks[start] and inks[x] != inks[start]):
            runs.append(("".join(chars[start:x]), inks[start]))
            start = x
    return tuple(runs) if inks else ()


def fit(text: str, width: int) -> str:
    """`text` in at most `width` cells, cut with … where it is longer."""
    if cell_len(text) <= width:
        return text
    kept = ""
    for character in text:
        if cell_len(kept + character) > width - 1:
            break
        kept += character
    return kept + "…" if width > 0 else ""


def plain(rows: list[Row]) -> list[str]:
    """Rows as text without inks."""
    return ["".join(text for text, _ in row) for row in rows]
