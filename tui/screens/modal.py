"""A panel over the screen below it: a title, a body that scrolls, and esc to close."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen

from tui.screens.backdrop import Backdrop
from tui.screens.gone import let_go


class Panel(ModalScreen[str | None]):
    """The frame that the explanation, the code and the keys are shown in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "close", id="panel.close", tooltip="Close this panel"),
        Binding("g", "app.glossary", "glossary", show=False, id="panel.glossary", tooltip="Words"),
        Binding("down,j", "scroll(1)", "down", show=False, id="panel.down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "up", show=False, id="panel.up", tooltip="Scroll up"),
        Binding("pagedown", "page(1)", "on", show=False, id="panel.page-down", tooltip="Page down"),
        Binding("pageup", "page(-1)", "back", show=False, id="panel.page-up", tooltip="Page up"),
    ]

    heading = ""
    advice = "esc closes"

    def render(self) -> RenderResult:  # type: ignore[override]
        """The screen below, dimmed."""
        backdrop = super().render()
        if isinstance(backdrop, BackgroundScreen):
            return Backdrop(backdrop.screen, backdrop.color)
        return backdrop

    def compose(self) -> ComposeResult:
        """The frame; subclasses fill it with `body`."""
        with Vertical(id="panel") as panel:
            panel.border_title = self.heading
            panel.border_subtitle = self.advice
            with VerticalScroll(id="panel-body", can_focus=False):
                yield from self.body()

    def body(self) -> ComposeResult:
        """What stands in the panel."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """What was painted is not needed any more."""
        let_go()

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Move the body by a line."""
        for body in self.query("#panel-body"):  # none yet, or of another shape: nothing to scroll
            body.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Move by nearly as much as is in sight."""
        for body in self.query("#panel-body"):
            self.action_scroll(direction * max(body.size.height - 1, 1))
