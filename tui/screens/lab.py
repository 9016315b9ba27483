"""A lab by itself, without a lesson beside it: the playground, or your own table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from lessons.labs.base import Lab
from tui.follow import follow_theme
from tui.labs.pane import LabPane
from tui.screens.lab_bars import hints
from tui.screens.lesson_keys import LAB_BINDINGS
from tui.widgets.bars import KeyBar, KeyHint, TitleBar
from tui.widgets.maps import Maps
from tui.widgets.matrix import Matrix
from tui.widgets.play_net import PlayNet

if TYPE_CHECKING:
    from tui.app import DLTutor


class LabScreen(Screen[None]):
    """Shows one lab on the whole screen, with the keys that it has in a lesson."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *LAB_BINDINGS,
        Binding("tab", "app.focus_next", "next", id="app.tab", tooltip="The next thing in focus"),
        Binding("escape", "leave", "leave", id="app.contents", tooltip="Out of what you are in"),
    ]
    AUTO_FOCUS = ""

    def __init__(self, lab: Lab, title: str, *, frame_rate: int, manual: bool = False) -> None:
        super().__init__()
        self._lab = lab
        self._title = title
        self._frame_rate, self._manual = frame_rate, manual

    def compose(self) -> ComposeResult:
        """Title, lab, keys."""
        yield TitleBar()
        pane = LabPane(self._lab, frame_rate=self._frame_rate, manual=self._manual, id="lab")
        pane.border_title = Content(self._lab.title)
        yield pane
        yield KeyBar()

    def on_mount(self) -> None:
        """Paint the lab as it stands."""
        follow_theme(self, self.pane.refresh_view)
        self.add_class("alone")
        self.refresh_bars()

    @property
    def pane(self) -> LabPane:
        """The lab with its runner."""
        return self.query_one(LabPane)

    @property
    def lab(self) -> Lab:
        """The lab."""
        return self._lab

    @property
    def table_focused(self) -> bool:
        """True while arrow keys move in a table or a picture."""
        return isinstance(self.focused, Maps | Matrix | PlayNet)

    def action_lab(self, what: str, argument: object = None) -> None:
        """Hand a key on to the lab."""
        self.pane.do(what, argument)

    def action_panel(self, name: str) -> None:
        """Open a panel over the lab, such as the one that explains a number."""
        from tui.screens.lesson_panels import panel_for

        self.pane.pause()
        if (panel := panel_for(name, self.lab, self)) is not None:
            self.app.push_screen(panel)

    def action_leave(self) -> None:
        """Out of the edit bar, out of a table, back to where it was opened from."""
        if self.pane.editing:
            self.pane.close_edit()
        elif self.table_focused:
            self.set_focus(None)
        else:
            cast("DLTutor", self.app).show_contents()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that turn or do something of one kind of lab exist only there."""
        if action == "lab" and parameters[:1] == ("turn",):
            return any(field.id == parameters[1] for field in self._lab.fields())
        if action == "lab" and parameters[:1] == ("act",):
            return parameters[1] in self._lab.acts
        if action == "panel" and parameters == ("data",):
            return self._lab.has_data
        return True

    def give_way(self) -> None:
        """A key is on its way: it goes before training."""
        for pane in self.query(LabPane):
            pane.runner.give_way()

    def on_screen_suspend(self) -> None:
        """Nothing runs on behind a panel or while the terminal is too small."""
        self.pane.pause()
        self.refresh_bars()

    def on_lab_pane_changed(self, event: LabPane.Changed) -> None:
        """The lab moved: other keys may make sense now."""
        event.stop()
        self.refresh_bars()

    def on_descendant_focus(self) -> None:
        """Keys depend on where typing goes."""
        self.refresh_bars()

    def on_descendant_blur(self) -> None:
        """Keys depend on where typing goes."""
        self.refresh_bars()

    @property
    def more_hints(self) -> tuple[KeyHint, ...]:
        """Keys of this screen that other labs have not."""
        return ()

    def refresh_bars(self) -> None:
        """Write title and keys anew."""
        if self.is_mounted:
            self.query_one(TitleBar).left = self._title
            self.query_one(KeyBar).hints = hints(self)
