"""The gallery of the playground: scenes worth seeing, each with its question."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lessons.labs.playground.gallery import GALLERY, Exhibit
from tui.follow import follow_theme
from tui.theme import palette


class GalleryPanel(ModalScreen[Exhibit | None]):
    """Arrow keys choose, enter opens. It closes with the scene that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,G", "leave", "close", id="gallery.close", tooltip="Close the gallery"),
        Binding("j", "list('cursor_down')", "down", show=False, id="gallery.down", tooltip="Down"),
        Binding("k", "list('cursor_up')", "up", show=False, id="gallery.up", tooltip="Up"),
    ]

    def compose(self) -> ComposeResult:
        """The list of scenes."""
        with Vertical(id="panel") as panel:
            panel.border_title = "Gallery"
            panel.border_subtitle = "↑ ↓ choose   enter opens   esc closes"
            yield OptionList(id="scenes")

    def on_mount(self) -> None:
        """All scenes, in order."""
        follow_theme(self, self._fill)
        self._fill()
        self.query_one(OptionList).focus()

    def _fill(self) -> None:
        colors, listing = palette(self.app), self.query_one(OptionList)
        at = listing.highlighted or 0
        listing.clear_options()
        for one in GALLERY:
            text = Text(one.title, colors.style("mark", bold=True))
            text.append(f"\n  {one.question}", colors.style("node"))
            listing.add_option(Option(text, id=one.id))
        listing.highlighted = at

    def action_list(self, what: str) -> None:
        """Move in the list."""
        getattr(self.query_one(OptionList), f"action_{what}")()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(GALLERY[event.option_index])

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
