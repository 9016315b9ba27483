"""A line to search with: letters go into it, arrow keys and enter go to the list below."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchBox(Input, inherit_bindings=False):
    """Takes every character there is; what moves in a list is handed on as `Moved`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
    ]

    MOVES: ClassVar[dict[str, str]] = {
        "up": "cursor_up",
        "down": "cursor_down",
        "pageup": "page_up",
        "pagedown": "page_down",
        "home": "first",
        "end": "last",
        "enter": "select",
    }

    class Moved(Message):
        """The list should do this."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(
            compact=True, placeholder=placeholder, id=id, select_on_focus=False, max_length=40
        )

    def on_key(self, event: events.Key) -> None:
        """Hand on what moves in the list."""
        if event.key in self.MOVES:
            self.post_message(self.Moved(self.MOVES[event.key]))
            event.stop()
            event.prevent_default()
