"""The confusion matrix: a row for each digit that was written, a column for each that was said."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme
from tui.render.glyphs import MARK
from tui.theme import Palette, palette

NAME = 9
"""Cells for the name of a row."""
LEAST, MOST = 4, 6
"""Cells for a count."""
STEPS = 8
"""Steps of colour."""
NEVER = "·"


class ConfusionTable(Widget, can_focus=True):
    """Counts with heat behind them; arrow keys move to a cell."""

    DEFAULT_CSS = """
    ConfusionTable { width: 1fr; height: 12; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Up", id="confusion.up", show=False,
                tooltip="The digit above"),
        Binding("down", "move(1, 0)", "Down", id="confusion.down", show=False,
                tooltip="The digit below"),
        Binding("left", "move(0, -1)", "Left", id="confusion.left", show=False,
                tooltip="What was said, one less"),
        Binding("right", "move(0, 1)", "Right", id="confusion.right", show=False,
                tooltip="What was said, one more"),
    ]  # fmt: skip

    counts: reactive[np.ndarray | None] = reactive(None, always_update=True)
    """(classes, classes): images of the row's digit that were called the column's."""

    cell: reactive[tuple[int, int]] = reactive((0, 0))
    """Row and column of the cursor."""

    secret: reactive[bool] = reactive(False)
    """True while the mistakes may not be seen."""

    class CursorMoved(Message):
        """Another cell is pointed at."""

        def __init__(self, row: int, column: int) -> None:
            super().__init__()
            self.row = row
            self.column = column

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self.refresh)

    # -- pointing -----------------------------------------------------------------------------

    @property
    def _wide(self) -> int:
        """Cells of a count."""
        classes = 10 if self.counts is None else len(self.counts)
        return min(max((self.size.width - NAME - 8) // classes, LEAST), MOST)

    @property
    def _headings(self) -> int:
        """Lines above the counts: one has to do where there is no room for two."""
        classes = 0 if self.counts is None else len(self.counts)
        return 2 if self.size.height >= classes + 2 else 1

    def action_move(self, down: int, across: int) -> None:
        """To the next cell in a direction."""
        self._point(self.cell[0] + down, self.cell[1] + across)

    def on_click(self, event: events.Click) -> None:
        """Point at the cell under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y >= self._headings and offset.x >= NAME:
            self._point(offset.y - self._headings, (offset.x - NAME) // self._wide)

    def _point(self, row: int, column: int) -> None:
        if self.counts is not None:
            last = len(self.counts) - 1
            row, column = (min(max(at, 0), last) for at in (row, column))
            self.post_message(self.CursorMoved(row, column))

    # -- painting -----------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The headings, or the counts of a digit and its share of right answers."""
        width, base = self.size.width, self.rich_style
        segments: list[Segment] = []
        if self.counts is not None and y < len(self.counts) + self._headings:
            y += 2 - self._headings
            segments = self._heading(y) if y < 2 else self._row(y - 2)
        line = [Segment(part.text, base + part.style if part.style else base) for part in segments]
        return Strip(line).adjust_cell_length(width, base)

    def _heading(self, y: int) -> list[Segment]:
        assert self.counts is not None
        colors = palette(self.app)
        if y == 0:
            words = f"{'':{NAME}}the network says"
            return [Segment(words, colors.style("dim"))]
        words = "written  " if self._headings == 2 else "    said "
        names = [Segment(words, colors.style("dim"))]
        for column in range(len(self.counts)):
            here = column == self.cell[1]
            style = colors.style("accent" if here else "dim", bold=here)
            names.append(Segment(f"{column:>{self._wide}}", style))
        return [*names, Segment("   right", colors.style("dim"))]

    def _row(self, row: int) -> list[Segment]:
        assert self.counts is not None
        colors, counts = palette(self.app), self.counts[row]
        here = row == self.cell[0]
        style = colors.style("accent" if here else "dim", bold=here)
        segments = [Segment(f"{row:>{NAME - 3}}   ", style)]
        total = max(int(counts.sum()), 1)
        for column, count in enumerate(counts.tolist()):
            segments += self._cell(row, column, count, total)
        share = f"{100 * counts[row] / total:6.1f} %"
        return [*segments, Segment(share, colors.style("node"))]

    def _cell(self, row: int, column: int, count: int, total: int) -> list[Segment]:
        colors, wrong = palette(self.app), row != column
        pointed = (row, column) == self.cell
        text = "?" if wrong and self.secret else str(count) if count else NEVER
        # A tenth of a digit's images on the wrong side is a lot: full colour.
        strength = 0.0 if wrong and self.secret else min(count / total * (8 if wrong else 0.6), 1)
        style = _style(colors, round(strength * STEPS), wrong)
        if pointed:
            style = style + Style(bold=True, reverse=self.has_focus or None)
        mark = MARK if pointed else " "
        return [Segment(f"{mark}{text:>{self._wide - 1}}", style)]


def _style(colors: Palette, step: int, wrong: bool) -> Style:
    """Blue behind what is right, orange behind what is wrong; the number says how much."""
    text = colors.style("node" if step else "dim")
    if not step or colors.ansi:
        return text
    end = colors.negative if wrong else colors.positive
    paper = colors.background.blend(end, 0.5 * step / STEPS)
    return text + Style(bgcolor=paper.rich_color)
