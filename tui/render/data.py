"""A data set in words and tables: what it is, its columns with their ranges, its first rows."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from lessons.datasets.overview import ColumnFacts, Overview, Share, decimals_of
from lessons.numbers import short
from tui.render.glyphs import MARK
from tui.theme import Palette

GAP = "  "
HIDDEN = "?"
MEANING_ROOM = 30
"""Columns from which a meaning stands beside the numbers, and not below them."""
BAR = 24
DECIMALS = 2
"""Of the lowest, mean and highest number."""


# -- what it is -------------------------------------------------------------------------------


def about(overview: Overview, colors: Palette, *, hidden: bool) -> Text:
    """What the rows are, what is asked, where it is from and how many are of each class."""
    text = Text()
    text.append(f"{overview.about}\n\n", colors.style("node"))
    text.append(f"{MARK} To predict: {overview.target}. ", colors.style("accent", bold=True))
    text.append(f"{overview.asked}\n", colors.style("node"))
    text.append(f"{overview.credit}\n", colors.style("dim"))
    if overview.shares:
        text.append("\n").append_text(_classes(overview, colors, hidden=hidden))
    text.rstrip()
    return text


def _classes(overview: Overview, colors: Palette, *, hidden: bool) -> Text:
    shares = overview.shares
    if hidden:
        words = f"How many rows of each class: {HIDDEN}, a question asks for it.\n"
        return Text(words, colors.style("node"))
    counts = {share.rows for share in shares}
    if len(counts) == 1 and len(shares) > 2:
        each = f"Each of the {len(shares)} classes has {shares[0].rows:,} rows, "
        return Text(f"{each}{1 / len(shares):.1%} of all.\n", colors.style("node"))
    name = max(len(share.name) for share in shares)
    count = max(len(f"{share.rows:,}") for share in shares)
    text = Text()
    for share in shares:
        text.append(f"{share.name:<{name}}{GAP}", colors.style("accent"))
        text.append(f"{share.rows:>{count},}{GAP}", colors.style("node"))
        text.append(f"{share.rows / overview.rows:>6.1%}{GAP}", colors.style("node"))
        text.append(f"{'█' * _cells(share, overview)}\n", colors.style("line"))
    return text


def _cells(share: Share, overview: Overview) -> int:
    largest = max(one.rows for one in overview.shares)
    return round(BAR * share.rows / largest) if largest else 0


# -- its columns ------------------------------------------------------------------------------


def columns(overview: Overview, width: int, colors: Palette, *, hidden: bool) -> Text:
    """A line for each column: unit, lowest, mean, highest, meaning; the target is marked.

    Where the meaning has no room beside the numbers it stands in a line of its own.
    """
    facts = overview.columns
    numbers = {
        "lowest": aligned([short(one.lowest, DECIMALS) for one in facts]),
        "mean": aligned([_mean(one, overview, hidden=hidden) for one in facts]),
        "highest": aligned([short(one.highest, DECIMALS) for one in facts]),
    }
    cells = {
        "column": [one.column.name for one in facts],
        "unit": [one.column.unit for one in facts],
        **numbers,
    }
    widths = {head: max(map(len, (head, *lines))) for head, lines in cells.items()}
    before = 2 + sum(widths.values()) + len(GAP) * len(widths)
    beside = width - before >= MEANING_ROOM
    text = Text("  ")
    for head, room in widths.items():
        put = head.rjust(room) if head in numbers else head.ljust(room)
        text.append(f"{put}{GAP}", colors.style("dim"))
    text.append("meaning\n" if beside else "\n", colors.style("dim"))
    for at, one in enumerate(facts):
        asked = one.column.name == overview.target
        text.append(f"{MARK} " if asked else "  ", colors.style("accent", bold=True))
        for head, room in widths.items():
            cell = cells[head][at]
            put = cell.rjust(room) if head in numbers else cell.ljust(room)
            text.append(f"{put}{GAP}", _style(head, asked, colors))
        indent = before if beside else 4
        if not beside:
            text.append("\n" + " " * indent)
        text.append_text(wrapped(one.column.meaning, width - indent, indent, colors))
    text.rstrip()
    return text


def _style(head: str, asked: bool, colors: Palette) -> Style:
    if head == "column":
        return colors.style("accent" if asked else "weight", bold=asked)
    return colors.style("dim" if head == "unit" else "node")


def _mean(one: ColumnFacts, overview: Overview, *, hidden: bool) -> str:
    # The mean of zeros and ones is the share of the ones, which may be what is asked.
    asked = hidden and one.column.name == overview.target
    return HIDDEN if asked else short(one.mean, DECIMALS)


def aligned(texts: list[str]) -> list[str]:
    """The numbers with their points below each other, all of one width."""
    parts = [text.partition(".") for text in texts]
    before = max((len(whole) for whole, _, _ in parts), default=0)
    after = max((len(point + rest) for _, point, rest in parts), default=0)
    return [f"{whole:>{before}}{point + rest:<{after}}" for whole, point, rest in parts]


def wrapped(words: str, width: int, indent: int, colors: Palette) -> Text:
    """Words in lines of at most `width`, the later ones as far in as the first."""
    lines, line = [], ""
    for word in words.split():
        if line and cell_len(line) + 1 + cell_len(word) > max(width, 12):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return Text(("\n" + " " * indent).join(lines) + "\n", colors.style("dim"))


# -- its first rows ---------------------------------------------------------------------------


@dataclass(frozen=True)
class RowsTable:
    """The first rows as cells: the number of the row and the target stay, the others scroll.

    What is wider than the widget is never cut: whole columns are shown, or left out and marked.
    """

    pinned: tuple[tuple[str, ...], ...]
    """Columns of cells, each with its heading first; the last of them is the target."""
    others: tuple[tuple[str, ...], ...]

    @property
    def rows(self) -> int:
        """How many rows there are, the heading not counted."""
        return len(self.pinned[0]) - 1

    def last_left(self, width: int) -> int:
        """The first column in sight when the last one is."""
        room = width - self._pinned_width
        for left in range(len(self.others)):
            if sum(_width(cells) for cells in self.others[left:]) <= room:
                return left
        return max(len(self.others) - 1, 0)

    def last_top(self, height: int) -> int:
        """The first row in sight when the last one is."""
        return max(self.rows - max(height - 1, 1), 0)

    @property
    def _pinned_width(self) -> int:
        return sum(_width(cells) for cells in self.pinned) + 2

    def text(self, width: int, height: int, left: int, top: int, colors: Palette) -> Text:
        """The part that starts at column `left` and row `top`, under the headings."""
        shown, room = [], width - self._pinned_width
        for cells in self.others[left:]:
            room -= _width(cells)
            if room < 0:
                break
            shown.append(cells)
        more = left + len(shown) < len(self.others)
        lines = [0, *range(top + 1, min(top + height, self.rows + 1))]
        text = Text(no_wrap=True, overflow="crop")
        for line in lines:
            heading = line == 0
            number, target = self.pinned
            text.append(f"{number[line]}{GAP}", colors.style("dim"))
            text.append(f"{target[line]}", colors.style("accent", bold=True))
            text.append("‹ " if heading and left else "│ ", colors.style("line"))
            for cells in shown:
                style = colors.style("weight" if heading else "node")
                text.append(f"{cells[line]}{GAP}", style)
            text.append("›\n" if heading and more else "\n", colors.style("line"))
        text.rstrip()
        return text


def _width(cells: tuple[str, ...]) -> int:
    return cell_len(cells[0]) + len(GAP)


def rows_table(overview: Overview) -> RowsTable:
    """The first rows of a data set, every cell as wide as its column."""
    names = [facts.column.name for facts in overview.columns]
    at = names.index(overview.target)
    numbers = [str(row) for row in range(1, len(overview.first) + 1)]
    target = _written(overview.first[:, at])
    if overview.shares:
        words = [share.name for share in overview.shares]
        room = max(map(len, words))
        labels = overview.first[:, at].astype(int)
        target = [f"{cell} {words[k]:<{room}}" for cell, k in zip(target, labels, strict=True)]
    others = [
        _column(name, _written(overview.first[:, place]))
        for place, name in enumerate(names)
        if place != at
    ]
    return RowsTable(
        (_column("row", numbers), _column(f"{MARK} {overview.target}", target)), tuple(others)
    )


def _written(values: object) -> list[str]:
    import numpy as np

    array = np.asarray(values, float)
    return [f"{value:.{decimals_of(array)}f}" for value in array.tolist()]


def _column(heading: str, cells: list[str]) -> tuple[str, ...]:
    width = max(map(len, (heading, *cells)))
    return tuple(cell.rjust(width) for cell in (heading, *cells))
