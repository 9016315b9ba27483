"""What stands there instead of a broken picture when the terminal is too small."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

LEAST = (80, 24)


def too_small(width: int, height: int) -> bool:
    """True below 80 by 24."""
    return width < LEAST[0] or height < LEAST[1]


class SmallNotice(ModalScreen[None]):
    """Says which size is needed; the app takes it away when the terminal is enlarged."""

    # A modal screen hides the bindings of the app, and with them its way out.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "quit", id="small.quit", tooltip="Quit; progress is saved"),
    ]

    def compose(self) -> ComposeResult:
        """The notice."""
        yield Static(id="small", markup=False)

    def on_mount(self) -> None:
        """Say the present size."""
        self.say(self.app.size.width, self.app.size.height)

    def say(self, width: int, height: int) -> None:
        """Say which size there is and which is needed."""
        self.query_one("#small", Static).update(
            f"This terminal is {width} × {height}.\n"
            f"The course needs {LEAST[0]} × {LEAST[1]}.\n"
            "Make it larger and it comes back.\n"
            "q quits; your progress is saved."
        )
