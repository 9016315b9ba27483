"""A live table of weights: 100 by 100 numbers, a cell cursor, and headers that stay in sight.

Painted with Textual's Line API: each line of the screen is a strip of segments in cached styles.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.render.columns import Scale, scale_for
from tui.render.table import HEADER_LINES, MatrixView, Window, fit_window, paint, scaling_size
from tui.theme import palette
from tui.widgets.painted import Painted

__all__ = ["Matrix", "MatrixView"]

EMPTY = MatrixView(np.zeros((0, 0)))
_WHEEL_LINES = 2


class Matrix(Painted, can_focus=True):
    """A table of numbers that repaints in milliseconds; set `view` to show the next snapshot."""

    DEFAULT_CSS = """
    Matrix { width: 1fr; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Up", id="matrix.up", show=False, tooltip="The cell above"),
        Binding("down", "move(1, 0)", "Down", id="matrix.down", show=False,
                tooltip="The cell below"),
        Binding("left", "move(0, -1)", "Left", id="matrix.left", show=False,
                tooltip="The cell to the left"),
        Binding("right", "move(0, 1)", "Right", id="matrix.right", show=False,
                tooltip="The cell to the right"),
        Binding("pageup", "page(-1)", "Page up", id="matrix.page-up", show=False,
                tooltip="One screen of rows up"),
        Binding("pagedown", "page(1)", "Page down", id="matrix.page-down", show=False,
                tooltip="One screen of rows down"),
        Binding("home", "edge(-1)", "First column", id="matrix.home", show=False,
                tooltip="The first column of this row; once more, the first row"),
        Binding("end", "edge(1)", "Last column", id="matrix.end", show=False,
                tooltip="The last column of this row; once more, the last row"),
    ]  # fmt: skip

    view: reactive[MatrixView] = reactive(EMPTY, always_update=True)
    """The snapshot that is shown."""

    cursor: reactive[tuple[int, int]] = reactive((0, 0), init=False)
    """The cell of the cursor as (row, column), counted from 0; kept inside the table."""

    class CursorMoved(Message):
        """The cursor moved to another cell; `row` and `column` count from 0."""

        def __init__(self, matrix: Matrix, row: int, column: int) -> None:
            super().__init__()
            self.matrix = matrix
            self.row = row
            self.column = column

        @property
        def control(self) -> Matrix:
            """The table whose cursor moved."""
            return self.matrix

    def __init__(
        self,
        view: MatrixView = EMPTY,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._corner = (0, 0)
        self._scale: Scale | None = None
        self._scale_of: tuple[str, str] | None = None
        self.set_reactive(Matrix.view, view)

    @property
    def window(self) -> Window:
        """The part of the table in sight."""
        return fit_window(self.view, self._fitted_scale(), self._screen(), *self._corner)

    def _paint(self) -> list[Strip]:
        window = self.window
        self._corner = (window.top, window.left)
        lines = paint(
            self.view,
            window,
            self._fitted_scale(),
            palette(self.app),
            self.size.width,
            self.cursor if self.view.values.size else None,
            self.has_focus,
        )
        width, base = self.size.width, self.rich_style
        return [
            Strip(Segment.apply_style(line, base)).adjust_cell_length(width, base) for line in lines
        ]

    def _screen(self) -> tuple[int, int]:
        return self.size.width, self.size.height

    def _fitted_scale(self) -> Scale:
        """The scale of the last frame as long as it serves, so that the point does not jump."""
        if self._scale is None:
            self._scale = self._scale_for(self.view)
        return self._scale

    def _scale_for(self, view: MatrixView, previous: Scale | None = None) -> Scale:
        signed = view.kind != "value"
        # All scales are as wide, so any of them tells which cells are in sight.
        any_scale = self._scale or scale_for(view.largest, signed=signed)
        window = fit_window(view, any_scale, self._screen(), *self._corner)
        return scale_for(scaling_size(view, window), signed=signed, previous=previous)

    def validate_cursor(self, cursor: tuple[int, int]) -> tuple[int, int]:
        """The nearest cell of the table."""
        rows, columns = self.view.values.shape
        row, column = cursor
        return max(0, min(row, rows - 1)), max(0, min(column, columns - 1))

    def watch_cursor(self, cursor: tuple[int, int]) -> None:
        """Bring the cursor into sight and tell the screen about it."""
        self._bring_cursor_into_sight()
        self.post_message(self.CursorMoved(self, *cursor))

    def watch_view(self, view: MatrixView) -> None:
        """Take the next snapshot, with the scale of the last one if it is of the same table."""
        table = (view.kind, view.title)
        previous = self._scale if table == self._scale_of else None
        self._scale_of = table
        self._scale = self._scale_for(view, previous)
        self.cursor = self.validate_cursor(self.cursor)
        self._repaint()

    def on_resize(self) -> None:
        """Keep the cursor in sight in the new size."""
        self._bring_cursor_into_sight()

    def _bring_cursor_into_sight(self) -> None:
        window = self.window
        self._corner = (
            _into_sight(self.cursor[0], window.top, window.rows),
            _into_sight(self.cursor[1], window.left, window.columns),
        )
        self._scale = self._scale_for(self.view, self._scale)
        self._repaint()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The cursor looks different where the keys go."""
        super().watch_has_focus(_has_focus)
        self._repaint()

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor by so many rows and columns."""
        self.cursor = (self.cursor[0] + rows, self.cursor[1] + columns)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screen of rows."""
        self.action_move(pages * max(1, self.window.rows), 0)

    def action_edge(self, direction: int) -> None:
        """To the first (-1) or last (1) column of the row; from there to the first or last row."""
        rows, columns = self.view.values.shape
        row, column = self.cursor
        row_end, column_end = (0, 0) if direction < 0 else (rows - 1, columns - 1)
        self.cursor = (row, column_end) if column != column_end else (row_end, column_end)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the cell under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        window = self.window
        row = offset.y - HEADER_LINES
        column = (offset.x - window.name_width) // window.cell_width
        if 0 <= row < window.rows and 0 <= column < window.columns:
            self.cursor = (window.top + row, window.left + column)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down; the cursor stays where it is."""
        self._scroll_window(event, 0 if event.shift else _WHEEL_LINES, int(event.shift))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up; the cursor stays where it is."""
        self._scroll_window(event, 0 if event.shift else -_WHEEL_LINES, -int(event.shift))

    def _scroll_window(self, event: events.MouseEvent, rows: int, columns: int) -> None:
        before = self.window
        corner = (before.top + rows, before.left + columns)
        after = fit_window(self.view, self._fitted_scale(), self._screen(), *corner)
        if (after.top, after.left) != (before.top, before.left):
            event.stop()  # at the end of the table the wheel belongs to what is around it
            self._corner = (after.top, after.left)
            self._scale = self._scale_for(self.view, self._scale)
            self._repaint()


def _into_sight(index: int, first: int, count: int) -> int:
    """The first visible index, moved as little as needed for `index` to be among `count`."""
    if index < first:
        return index
    return max(first, index - count + 1) if count else index
