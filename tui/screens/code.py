"""The NumPy or Keras lines that do what the lab just did, with the current values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.highlight import highlight
from textual.widgets import Static

from lessons.labs.base import Code
from tui.files import NotWritten, write_new
from tui.screens.modal import Panel


class CodePanel(Panel):
    """Shows listings, one at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n", "turn(1)", "next", id="code.next", tooltip="The next listing"),
        Binding("left,p", "turn(-1)", "before", id="code.back", tooltip="The listing before"),
        Binding("y", "copy", "copy", id="code.copy", tooltip="Copy the lines to the clipboard"),
        Binding("S", "save", "save", id="code.save", tooltip="Save the lines to a new file here"),
        Binding("c", "close", "close", show=False, id="code.close", tooltip="Close this panel"),
    ]

    def __init__(self, listings: Sequence[Code], heading: str = "The same in") -> None:
        super().__init__()
        self._listings, self.heading = listings, heading
        self._at = 0

    def body(self) -> ComposeResult:
        """The lines."""
        yield Static(id="code", markup=False)

    def on_mount(self) -> None:
        """Show the first listing."""
        self._show()

    def action_turn(self, direction: int) -> None:
        """Show another listing."""
        self._at = (self._at + direction) % len(self._listings)
        self._show()

    def action_copy(self) -> None:
        """Copy by OSC 52, which not every terminal takes."""
        self.app.copy_to_clipboard(self._listings[self._at].source)
        self.notify("Sent to the clipboard. If it is empty, your terminal does not allow that.")

    def action_save(self) -> None:
        """Write the listing to a new file in the folder the app was started in."""
        listing = self._listings[self._at]
        try:
            path = write_new(f"listing-{_word(listing.title)}", ".py", f"{listing.source}\n")
        except NotWritten as problem:
            self.notify(str(problem), severity="error", markup=False)
        else:
            self.notify(f"Saved as {path}", markup=False)

    def _show(self) -> None:
        listing, panel = self._listings[self._at], self.query_one("#panel")
        panel.border_title = Content(f"{self.heading} {listing.title}")
        place = f"{self._at + 1} of {len(self._listings)}"
        panel.border_subtitle = f"← → {place}   y copies   S saves   esc closes"
        self.query_one("#code", Static).update(highlight(listing.source, language="python"))
        self.query_one("#panel-body").scroll_home(animate=False)


def _word(title: str) -> str:
    """The first word of a title, as it can stand in the name of a file."""
    found = re.search(r"[A-Za-z0-9]+", title)
    return found.group().lower() if found else "code"
