"""A table that stands still: rows of texts under headings, with a cursor, and marks before rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme
from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.theme import Palette, palette

GUTTER = 3
"""Cells before the first column: the mark of the cursor, and the mark of the row."""

_WHEEL_LINES = 3


@dataclass(frozen=True)
class Head:
    """A column: its heading, how many cells it takes, and the role that colours it."""

    text: str
    width: int
    role: str = "node"
    left: bool = False
    """True where texts start at the left; numbers end at the right."""


@dataclass(frozen=True)
class Line:
    """A row: its texts, a letter before it or none, and whether it belongs to the row above."""

    texts: tuple[str, ...]
    mark: str = ""
    part: bool = False


class Rows(Widget, can_focus=True):
    """Paints as many rows as fit, those around the cursor."""

    DEFAULT_CSS = """
    Rows { width: 1fr; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "down", id="experiments.down", tooltip="The next row"),
        Binding("up,k", "move(-1)", "up", id="experiments.up", tooltip="The row above"),
        Binding("pagedown", "page(1)", "page down", id="experiments.page", tooltip="A screen on"),
        Binding("pageup", "page(-1)", "page up", id="experiments.page-up", tooltip="A screen back"),
        Binding("home", "edge(-1)", "first", id="experiments.first", tooltip="The first row"),
        Binding("end", "edge(1)", "last", id="experiments.last", tooltip="The last row"),
    ]

    class Moved(Message):
        """The cursor is on another row, counted from 0."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heads: tuple[Head, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._sorted = (0, "")
        self._top = 0
        self.cursor = 0

    def on_mount(self) -> None:
        """Paint again in the colours of a new theme."""
        follow_theme(self, self._repaint)

    def show(
        self, heads: tuple[Head, ...], lines: tuple[Line, ...], cursor: int, by: tuple[int, str]
    ) -> None:
        """Show these rows, with the cursor on one. `by`: the sorted column, and a sign for it."""
        taller = len(lines) != len(self._lines)
        self._heads, self._lines, self._sorted = heads, lines, by
        self.cursor = min(max(cursor, 0), max(len(lines) - 1, 0))
        self._keep_in_sight()
        self.refresh(layout=taller)

    def get_content_height(self, *_: object) -> int:
        """A row for the headings and one for each line."""
        return len(self._lines) + 1

    @property
    def in_sight(self) -> int:
        """How many rows fit below the headings."""
        return max(self.size.height - 1, 1)

    def _keep_in_sight(self) -> None:
        low = max(self.cursor - self.in_sight + 1, 0)
        self._top = min(max(self._top, low), self.cursor, max(len(self._lines) - self.in_sight, 0))

    def _repaint(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._keep_in_sight()

    # -- moving -------------------------------------------------------------------------------

    def _go(self, row: int) -> None:
        row = min(max(row, 0), max(len(self._lines) - 1, 0))
        if row != self.cursor:
            self.cursor = row
            self._keep_in_sight()
            self.refresh()
            self.post_message(self.Moved(row))

    def action_move(self, rows: int) -> None:
        """So many rows down."""
        self._go(self.cursor + rows)

    def action_page(self, direction: int) -> None:
        """A screen of rows on or back."""
        self._go(self.cursor + direction * max(self.in_sight - 1, 1))

    def action_edge(self, direction: int) -> None:
        """To the first row or the last."""
        self._go(0 if direction < 0 else len(self._lines) - 1)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        if event.y >= 1:
            self._go(self._top + event.y - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel only scrolls."""
        event.stop()
        self._scroll(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel only scrolls."""
        event.stop()
        self._scroll(-_WHEEL_LINES)

    def _scroll(self, lines: int) -> None:
        most = max(len(self._lines) - self.in_sight, 0)
        self._top = min(max(self._top + lines, 0), most)
        self.refresh()

    # -- painting -----------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The headings, or a row."""
        if y == 0:
            return self._strip(self._headings())
        at = self._top + y - 1
        if at >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        return self._strip(self._row(self._lines[at], at == self.cursor))

    def _headings(self) -> list[Segment]:
        colors, (sorted_by, sign) = palette(self.app), self._sorted
        segments = [Segment(" " * GUTTER)]
        for place, head in enumerate(self._heads):
            here = place == sorted_by and bool(sign)
            style = colors.style("accent" if here else "dim", bold=here)
            segments.append(Segment(_cell(head.text + (sign if here else ""), head), style))
        return segments

    def _row(self, line: Line, here: bool) -> list[Segment]:
        colors = palette(self.app)
        pointer = MARK if here else " "
        segments = [
            Segment(pointer, colors.style("accent", bold=True)),
            Segment(line.mark.ljust(GUTTER - 1), colors.style("mark", bold=True)),
        ]
        for place, (head, text) in enumerate(zip(self._heads, line.texts, strict=True)):
            text = f"  {text}" if line.part and place == 0 else text
            segments.append(Segment(_cell(text, head), colors.style(head.role, bold=here)))
        if here:
            return list(Segment.apply_style(segments, post_style=_under_cursor(colors)))
        return segments

    def _strip(self, segments: list[Segment]) -> Strip:
        base = self.rich_style
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(self.size.width, base)


def _under_cursor(colors: Palette) -> Style:
    """The ground of the row under the cursor; a line where there are only terminal colours."""
    if colors.ansi:
        return Style(underline=True)
    return Style(bgcolor=colors.background.blend(colors.accent, 0.28).rich_color)


def _cell(text: str, head: Head) -> str:
    """The text in its column, with a blank at its right."""
    text = shorten(text, head.width - 1)
    return (text.ljust(head.width - 1) if head.left else text.rjust(head.width - 1)) + " "
