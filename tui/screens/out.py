"""What can be taken along from a lab: network, history, program, picture; to a file or copied."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lessons.learning.outlets import Outlet
from tui.files import NotWritten, free_name, save_as, save_text
from tui.follow import follow_theme
from tui.screens.modal import Panel
from tui.theme import palette

LARGEST_COPY = 70_000
"""Characters that terminals take for the clipboard; of more they take nothing."""


class OutPanel(Panel):
    """Arrow keys choose what, the line below says where, enter writes it."""

    heading = "Take it along"
    advice = "↑ ↓ what   enter write   ctrl+y copy   esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", id="out.close", tooltip="Close this panel"),
        Binding("up", "choose(-1)", "up", id="out.up", show=False, priority=True,
                tooltip="What stands above"),
        Binding("down", "choose(1)", "down", id="out.down", show=False, priority=True,
                tooltip="What stands below"),
        Binding("ctrl+y", "copy", "copy", id="out.copy", priority=True,
                tooltip="Copy it to the clipboard, where it is text"),
    ]  # fmt: skip

    def __init__(self, outlets: tuple[Outlet, ...]) -> None:
        super().__init__()
        self._outlets = outlets

    def compose(self) -> ComposeResult:
        """The list, the name of the file, what came of it."""
        with Vertical(id="panel") as panel:
            panel.border_title = self.heading
            panel.border_subtitle = self.advice
            listing = OptionList(id="outlets", compact=True)
            listing.can_focus = False
            yield listing
            yield Static("File, in the folder that dl-tutor was started in:", markup=False)
            yield Input(id="entry", select_on_focus=False)
            yield Static(id="outcome", markup=False)

    def on_mount(self) -> None:
        """The first of all, with a name that is free."""
        follow_theme(self, self._fill)
        self._fill()
        self.query_one(Input).focus()

    def _fill(self) -> None:
        listing, colors = self.query_one(OptionList), palette(self.app)
        at = listing.highlighted or 0
        listing.clear_options()
        listing.add_options(
            Option(Text(one.title, colors.style("node")), id=one.id) for one in self._outlets
        )
        listing.highlighted = at
        self._suggest()

    @property
    def chosen(self) -> Outlet:
        """What is to be taken."""
        return self._outlets[self.query_one(OptionList).highlighted or 0]

    def _suggest(self) -> None:
        entry = self.query_one(Input)
        entry.value = free_name(self.chosen.stem, self.chosen.ending)
        entry.cursor_position = len(entry.value)

    def action_choose(self, direction: int) -> None:
        """The one above or below."""
        listing = self.query_one(OptionList)
        listing.highlighted = ((listing.highlighted or 0) + direction) % len(self._outlets)
        self._suggest()
        self._say("")

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._suggest()
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _write(self, event: Input.Submitted) -> None:
        event.stop()
        one, name = self.chosen, event.value.strip()
        try:
            if Path(name).name and not name.endswith(one.ending):
                raise NotWritten(
                    f"What is chosen goes into a file that ends in {one.ending}, "
                    f"such as {one.stem}{one.ending}."
                )
            if one.text is not None:
                path = save_text(event.value, one.text())
            else:
                assert one.write is not None
                path = save_as(event.value, one.write)
        except NotWritten as problem:
            self._say(str(problem))
            return
        self._say(f"Wrote {path}.")
        self._suggest()  # another enter, or a letter, must not touch the file that is written

    def action_copy(self) -> None:
        """Copy by OSC 52, which not every terminal takes."""
        if self.chosen.text is None:
            self._say("Only text can be copied: write it to a file.")
            return
        text = self.chosen.text()
        if len(text) > LARGEST_COPY:
            self._say("This is too long for a clipboard: write it to a file.")
            return
        self.app.copy_to_clipboard(text)
        self._say("Sent to the clipboard. If it is empty, your terminal does not allow that.")

    def _say(self, words: str) -> None:
        self.query_one("#outcome", Static).update(words)
