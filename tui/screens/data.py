"""The data behind a lab: what it is, its columns with their ranges, its first rows or images."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from engine.data import DataError
from lessons.labs.base import Lab
from tui.follow import follow_theme
from tui.screens.data_pages import Page, page_of
from tui.screens.modal import Panel
from tui.theme import palette
from tui.widgets.images import Images, ImagesView

LEAST_ROWS = 8
"""Lines that rows or images need to stand below the rest; with fewer they take turns."""
GAPS = 2
"""Empty lines: one above the columns, one above the rows."""
IMAGES_AT_ONCE = 8


class Frame(Vertical):
    """The panel's frame, which says when its size is known."""

    class Fitted(Message):
        """The frame has a size, or another one."""

    def on_resize(self) -> None:
        """Pass it on."""
        self.post_message(self.Fitted())


class DataPanel(Panel):
    """Shows a data set. Where there is no room for all, the key w turns from part to part."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "turn", "turn", id="data.turn", tooltip="Columns, or first rows"),
        Binding("left", "sideways(-1)", "left", id="data.left", tooltip="Columns to the left"),
        Binding("right", "sideways(1)", "right", id="data.right", tooltip="Columns to the right"),
        Binding("home", "end(-1)", "first", id="data.first", tooltip="To the first row"),
        Binding("end", "end(1)", "last", id="data.last", tooltip="To the last row there is here"),
        Binding("i", "close", "close", show=False, id="data.close", tooltip="Close this panel"),
    ]

    AUTO_FOCUS = ""  # the arrow keys turn over whole screens of images

    def __init__(self, lab: Lab) -> None:
        super().__init__()
        self._left = self._top = 0
        self._height = 2
        """Lines for rows, the headings among them."""
        self._rows_in_front = False
        self._damaged = ""
        self._data: Page | None = None
        self.heading = "The data"
        try:
            self._data = page_of(lab)
        except DataError as error:
            self._damaged = str(error)

    def compose(self) -> ComposeResult:
        """What it is and its columns above, rows or images below."""
        with Frame(id="panel"):
            with VerticalScroll(id="panel-body", can_focus=False):
                yield Static(id="data-about", markup=False)
                yield Static(id="data-columns", markup=False)
            with Vertical(id="data-below"):
                yield Static(id="data-title", markup=False)
                if self._data and self._data.pictures:
                    yield Images(id="data-images")
                else:
                    yield Static(id="data-rows", markup=False)

    def on_mount(self) -> None:
        """Write it in the colours of the theme, in the size of the terminal."""
        follow_theme(self, self._show)
        panel = self.query_one("#panel")
        if self._data is None:
            panel.border_title = Content(self.heading)
            self.query_one("#data-about", Static).update(self._damaged)
            return
        if self._data.pictures:
            images = self.query_one(Images)
            images.can_focus = False
            images.view = ImagesView(self._data.pictures, cursor=0, at_once=IMAGES_AT_ONCE)
        else:
            self._table = self._data.rows
        panel.border_title = Content(f"The data: {self._data.title}")

    def on_frame_fitted(self, event: Frame.Fitted) -> None:
        """Lay it out anew."""
        event.stop()
        self._show()

    # -- keys ---------------------------------------------------------------------------------

    def action_turn(self) -> None:
        """The other part to the front, where there is no room for both."""
        self._rows_in_front = not self._rows_in_front
        self._show()

    def action_sideways(self, direction: int) -> None:
        """To columns, or images, farther to the right or left."""
        if self._data is None or not self._rows_move:
            return
        if self._data.pictures:
            self.query_one(Images).action_page(direction)
            return
        self._left = min(max(self._left + direction, 0), self._table.last_left(self._width))
        self._show()

    def action_scroll(self, lines: int) -> None:
        """The part that is in front, a line on or back."""
        if self._data is None or not self._rows_move:
            super().action_scroll(lines)
        elif not self._data.pictures:
            self._top = min(max(self._top + lines, 0), self._table.last_top(self._height))
            self._show()
        else:
            self.query_one(Images).action_page(1 if lines > 0 else -1)

    def action_page(self, direction: int) -> None:
        """The part that is in front, by nearly as much as is in sight."""
        if self._rows_move:
            self.action_scroll(direction * max(self._height - 2, 1))
        else:
            super().action_page(direction)

    def action_end(self, direction: int) -> None:
        """The part that is in front, to its start or its end."""
        self.action_scroll(direction * 10_000)

    def on_images_cursor_moved(self, event: Images.CursorMoved) -> None:
        """Other images came into sight."""
        event.stop()
        event.images.view = replace(event.images.view, cursor=event.index)

    # -- painting -----------------------------------------------------------------------------

    @property
    def _together(self) -> bool:
        return self.query_one("#panel").has_class("together")

    @property
    def _rows_move(self) -> bool:
        """Whether keys that scroll move the rows: they are alone, or the rest is all in sight."""
        return self._together or self._rows_in_front

    @property
    def _width(self) -> int:
        return max(self.query_one("#panel").content_size.width - 1, 20)

    def _show(self) -> None:
        """Write everything for the size that there is now."""
        if self._data is None:
            return
        colors, width = palette(self.app), self._width
        above, columns = self._data.about(colors), self._data.columns(width, colors)
        self.query_one("#data-about", Static).update(above)
        self.query_one("#data-columns", Static).update(columns)
        lines = sum(len(text.wrap(self.app.console, width)) for text in (above, columns))
        self._arrange(lines + GAPS)
        if self._data.pictures:
            self._title(f"The first {len(self._data.pictures)} images")
        else:
            self._show_rows()

    def _arrange(self, lines: int) -> None:
        """Both parts below each other if they fit; else the one that is in front."""
        panel = self.query_one("#panel")
        room = panel.content_size.height
        together = room - lines >= LEAST_ROWS
        self._height = max(room - 1 - (lines if together else 0), 2)
        panel.set_class(together, "together")
        panel.set_class(self._rows_in_front, "rows")
        panel.border_subtitle = self._keys(together)

    def _keys(self, together: bool) -> str:
        assert self._data is not None
        images = bool(self._data.pictures)
        rows = "images" if images else "first rows"
        turn = "" if together else f"w {'columns' if self._rows_in_front else rows}   "
        moves = "↑ ↓ scroll   "
        if together or self._rows_in_front:
            moves = "← → more images   " if images else f"{moves}← → sideways   "
        return f"{turn}{moves}esc closes"

    def _show_rows(self) -> None:
        width, height = self._width, self._height
        self._left = min(self._left, self._table.last_left(width))
        self._top = min(self._top, self._table.last_top(height))
        text = self._table.text(width, height, self._left, self._top, palette(self.app))
        self.query_one("#data-rows", Static).update(text)
        last = min(self._top + height - 1, self._table.rows)
        self._title(f"The first {self._table.rows} rows: {self._top + 1} to {last}")

    def _title(self, words: str) -> None:
        self.query_one("#data-title", Static).update(Text(words, palette(self.app).style("dim")))
