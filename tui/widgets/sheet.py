"""A sheet to draw a digit on: by arrow keys with the pen up or down, or with the mouse."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.render.grey import HALF, grey, resized
from tui.theme import palette
from tui.widgets.images import ink_of
from tui.widgets.painted import Painted

SIDE = 28
"""Pixels of the sheet, along each side."""
Pen = Literal["up", "pen", "eraser"]
SIGNS: dict[Pen, str] = {"up": "+", "pen": "o", "eraser": "x"}
"""The cursor, where there are no colours."""


class Sheet(Painted, can_focus=True):
    """Paints `ink` and says what the learner does on it; it changes nothing by itself."""

    DEFAULT_CSS = """
    Sheet { width: 28; height: 14; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", "Up", id="sheet.up", show=False, tooltip="A pixel up"),
        Binding("down", "move(0, 1)", "Down", id="sheet.down", show=False, tooltip="A pixel down"),
        Binding("left", "move(-1, 0)", "Left", id="sheet.left", show=False,
                tooltip="A pixel to the left"),
        Binding("right", "move(1, 0)", "Right", id="sheet.right", show=False,
                tooltip="A pixel to the right"),
        Binding("space", "put('pen')", "Pen", id="sheet.pen", show=False,
                tooltip="Pen down, and up again"),
        Binding("delete,backspace", "put('eraser')", "Eraser", id="sheet.eraser", show=False,
                tooltip="Eraser down, and up again"),
    ]  # fmt: skip

    ink: reactive[np.ndarray] = reactive(np.zeros((SIDE, SIDE)), always_update=True)
    """(28, 28) from 0 to 1."""

    cursor: reactive[tuple[int, int]] = reactive((SIDE // 2, 6))
    """Column and row of the pen."""

    pen: reactive[Pen] = reactive("up")
    """What is down on the sheet."""

    class Touched(Message):
        """Pen or eraser was put down at a pixel, moved there, or lifted."""

        def __init__(self, what: str, column: float, row: float) -> None:
            super().__init__()
            self.what = what
            self.column = column
            self.row = row

    class PenChanged(Message):
        """Pen or eraser went down or up."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._dragging = False

    def watch_ink(self) -> None:
        """Paint the next state."""
        self._repaint()

    def watch_cursor(self) -> None:
        """Mark another pixel."""
        self._repaint()

    def watch_pen(self) -> None:
        """The mark says whether the pen is down."""
        self._repaint()
        self.post_message(self.PenChanged())

    def watch_has_focus(self, has_focus: bool) -> None:
        """Away from the sheet the pen is up."""
        super().watch_has_focus(has_focus)
        if not has_focus:
            self.lift()
        self._repaint()

    # -- drawing ------------------------------------------------------------------------------

    def action_move(self, across: int, down: int) -> None:
        """A pixel further, drawing where the pen is down."""
        column, row = self.cursor
        self.cursor = (
            min(max(column + across, 0), SIDE - 1),
            min(max(row + down, 0), SIDE - 1),
        )
        if self.pen != "up":
            self._say("move")

    def action_put(self, what: Pen) -> None:
        """Put pen or eraser down; lift it if it is down."""
        was = self.pen
        self.lift()
        if was != what:
            self.pen = what
            self._say(what)

    def lift(self) -> None:
        """Pen and eraser up."""
        if self.pen != "up":
            self.pen = "up"
            self._say("lift")

    def _say(self, what: str) -> None:
        self.post_message(self.Touched(what, *self.cursor))

    # -- the mouse ----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The left button draws, the right one erases."""
        at = event.get_content_offset(self)
        if at is None or event.button not in (1, 3):
            return
        self.lift()
        self._dragging = True
        self.capture_mouse()
        self._drag("pen" if event.button == 1 else "eraser", at)
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw along, for as long as the button is down."""
        if self._dragging:
            self._drag("move", event.get_content_offset_capture(self))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """The stroke ends."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            self._say("lift")

    def _drag(self, what: str, at: Offset) -> None:
        # A cell is two pixels, one above the other, or two cells are one: aim at their middle.
        if self.scale == 1:
            column, row = float(at.x), 2 * at.y + 0.5
        else:
            column, row = (at.x - 0.5) / 2, float(at.y)
        column, row = (min(max(place, 0.0), SIDE - 1.0) for place in (column, row))
        self.cursor = (round(column), int(row))
        self.post_message(self.Touched(what, column, row))

    # -- painting -----------------------------------------------------------------------------

    @property
    def scale(self) -> int:
        """1: a cell is two pixels; 2: a pixel is two cells."""
        return 2 if self.size.width >= 2 * SIDE and self.size.height >= SIDE else 1

    def _paint(self) -> list[Strip]:
        lines = grey(resized(self.ink, self.scale), palette(self.app), ink_of(self.app))
        self._mark(lines)
        base, width = self.rich_style, self.size.width
        return [
            Strip(
                [Segment(one.text, base + one.style if one.style else base) for one in line]
            ).adjust_cell_length(width, base)
            for line in lines
        ]

    def _mark(self, lines: list[list[Segment]]) -> None:
        """Show where the pen is, in the cells of its pixel."""
        column, row = self.cursor
        if self.scale == 1:
            places, half = [(column, row // 2)], row % 2
        else:
            places, half = [(2 * column, row), (2 * column + 1, row)], None
        for x, y in places:
            cells = [Segment(character, one.style) for one in lines[y] for character in one.text]
            cells[x] = self._cursor_cell(cells[x], half)
            lines[y] = cells

    def _cursor_cell(self, cell: Segment, half: int | None) -> Segment:
        colors = palette(self.app)
        accent = colors.accent if self.has_focus else colors.line
        if cell.text != HALF or cell.style is None:
            return Segment(
                SIGNS[self.pen], colors.style("accent", bold=True, reverse=self.has_focus)
            )
        if self.pen == "eraser":
            accent = colors.negative
        elif self.pen == "pen":
            accent = colors.positive
        color = accent.rich_color
        if half is None:
            return Segment(HALF, cell.style + Style(color=color, bgcolor=color))
        return Segment(
            HALF, cell.style + (Style(color=color) if half == 0 else Style(bgcolor=color))
        )
