"""Asks for the code of a playground, to be typed or pasted."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from lessons.labs.playground.share import LONGEST, NotACode, Shared, decode


class EnterCode(ModalScreen[Shared | None]):
    """A line to paste into. It closes with the state that the code says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="code-entry.close", tooltip="Close without a code"),
    ]

    def compose(self) -> ComposeResult:
        """The line, and what is wrong with what stands in it."""
        with Vertical(id="panel") as panel:
            panel.border_title = "A playground code"
            panel.border_subtitle = "enter opens it   esc closes"
            yield Static("Paste the code that somebody sent you: k copied it.", markup=False)
            yield Input(placeholder="dl1.…", max_length=LONGEST, id="entry")
            yield Static(id="complaint", markup=False)

    def on_mount(self) -> None:
        """Everything typed goes into the line."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(decode(event.value))
        except NotACode as problem:
            self.query_one("#complaint", Static).update(str(problem))

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#complaint", Static).update("")

    def action_leave(self) -> None:
        """Close without a code."""
        self.dismiss(None)
