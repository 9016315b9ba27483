"""The playground: the lab on the whole screen, its gallery, and its code to take along."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content

from lessons.labs.base import Refused
from lessons.labs.playground.fields import first_weight
from lessons.labs.playground.gallery import Exhibit
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.share import Shared
from lessons.labs.playground.state import PANELS
from tui.labs.playground import PlaygroundView
from tui.screens.lab import LabScreen
from tui.widgets.bars import KeyHint
from tui.widgets.play_net import PlayNet

TITLE = "Playground"
AS_LEFT = "As you left it. 0 starts again; G and e open something else."
OWN_WORDS = (
    ("e", "'edit'", "edit", "Change data, network, training; or the weights of a node"),
    ("w", "'turn', 'shows'", "shows", "Next panel: network, map, curves, slopes, results, all"),
    ("a", "'turn', 'activation'", "activation", "The next activation function; it starts again"),
    ("m", "'act', 'add'", "add", "One more hidden layer; it starts again"),
    ("delete,backspace", "'act', 'remove'", "remove", "The last hidden layer away"),
    ("f", "'act', 'mark'", "mark", "Freeze the weights into the node pointed at, or free them"),
    ("B", "'act', 'best'", "best", "Go to the epoch with the lowest test loss"),
    ("S", "'act', 'save'", "save", "Put this run into your log of experiments (E)"),
)
"""Keys that all labs have, in the words of this one."""


class PlaygroundScreen(LabScreen):
    """Any network on any data. With `runs` it trains as soon as it is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *[
            Binding(key, f"lab({action})", name, id=f"lab.{name}", tooltip=tooltip)
            for key, action, name, tooltip in OWN_WORDS
        ],
        Binding("tab", "app.focus_next", "next", id="app.tab",
                tooltip="Point at a node with the arrow keys"),
        Binding("G", "gallery", "gallery", id="play.gallery", tooltip="Scenes worth seeing"),
        Binding("h", "tell", "answer", id="play.tell", tooltip="What there is to be found here"),
        Binding("k", "copy_code", "copy code", id="play.code",
                tooltip="Copy the code that opens this very state"),
        Binding("K", "enter_code", "enter code", id="play.enter",
                tooltip="Open the state that a code says"),
        *[
            Binding(str(at), f"lab('turn', 'feature {at}')", f"input {at}",
                    id=f"play.input-{at}", tooltip=f"Input {at} on or off")
            for at in range(1, 8)
        ],
    ]  # fmt: skip

    def __init__(
        self, lab: PlaygroundLab, *, frame_rate: int, manual: bool = False, runs: bool = False
    ) -> None:
        super().__init__(lab, TITLE, frame_rate=frame_rate, manual=manual)
        self._runs = runs
        self._named = ""

    @property
    def playground(self) -> PlaygroundLab:
        """The lab."""
        assert isinstance(self._lab, PlaygroundLab)
        return self._lab

    @property
    def _panels(self) -> tuple[str, ...]:
        """The panels that differ from each other in a terminal of this size."""
        panels = self.playground.panels
        alone = self.query_one(PlaygroundView).shows_network_alone
        return tuple(one for one in panels if one != PANELS[0]) if alone else panels

    @property
    def _in_front(self) -> str:
        """The name of the panel that is in front."""
        shows = self.playground.shows
        return shows if shows in self._panels else "network"

    def refresh_bars(self) -> None:
        """Write title and keys anew, and which panel is in front."""
        super().refresh_bars()
        if self.is_mounted and (name := self._in_front) != self._named:
            self._named = name  # whoever sets a title has the whole frame painted again
            self.pane.border_title = Content(f"{self._lab.title}: {name}")

    def on_resize(self, event: events.Resize) -> None:
        """Another panel may be in front where all had room before."""
        self.call_after_refresh(self.refresh_bars)

    def on_mount(self) -> None:
        """Paint the lab, and go to where its code says."""
        super().on_mount()
        self._go_there()
        if self.playground.end and not self.playground.arriving:
            self.pane.refresh_view(AS_LEFT)
        elif self._runs:
            self.pane.do("run")

    def show(self, scene: PlayScene) -> None:
        """Open another scene; u brings back what was there."""
        self.pane.runner.stop()
        self.pane.close_edit()
        self.playground.open(scene)
        self.pane.refresh_view()
        self._go_there()
        self.refresh_bars()

    def _go_there(self) -> None:
        """Take the steps again that a code names, while keys are answered."""
        if self.playground.arriving:
            self.pane.runner.start(None)

    def action_gallery(self) -> None:
        """Choose one of the scenes worth seeing."""
        from tui.screens.gallery import GalleryPanel

        self.pane.pause()
        self.app.push_screen(GalleryPanel(), self._open_exhibit)

    def _open_exhibit(self, chosen: Exhibit | None) -> None:
        if chosen is not None:
            self.show(PlayScene(shared=Shared(chosen.play), shows=chosen.shows, exhibit=chosen.id))

    def action_tell(self) -> None:
        """Say what there is to be found in a scene of the gallery."""
        try:
            self.pane.refresh_view(self.playground.tell())
        except Refused as refusal:
            self.pane.refresh_view(str(refusal))

    def action_copy_code(self) -> None:
        """Copy the code of this state to the clipboard, and show it."""
        try:
            code = self.playground.scene_code
        except Refused as refusal:
            self.pane.refresh_view(str(refusal))
            return
        self.app.copy_to_clipboard(code)
        copied = "Copied, if your terminal allows it."
        words = f"{copied} dl-tutor play CODE opens it: {code}"
        if not self.pane.fits(words):
            words = f"{copied} The code has {len(code):,} characters: O writes it to a file."
        self.pane.refresh_view(words)

    def action_enter_code(self) -> None:
        """Ask for a code."""
        from tui.screens.enter_code import EnterCode

        self.pane.pause()
        self.app.push_screen(EnterCode(), self._open_code)

    def _open_code(self, shared: Shared | None) -> None:
        if shared is not None:
            self.show(PlayScene(shared=shared, shows=self.playground.shows))

    @property
    def more_hints(self) -> tuple[KeyHint, ...]:
        """Keys of the playground alone."""
        return (
            KeyHint("w", "view", "lab('turn', 'shows')"),
            KeyHint("G", "gallery", "gallery"),
            *([KeyHint("h", "answer", "tell")] if self.playground.question else []),
            KeyHint("tab", "point", "app.focus_next"),
            KeyHint("e", "edit", "lab('edit')"),
        )

    def action_lab(self, what: str, argument: object = None) -> None:
        """Hand a key on to the lab, which knows neither the focus nor the size of the terminal.

        In the picture of the network, edit means a node's weights; the next panel is the next that
        shows something else.
        """
        if what == "edit" and isinstance(self.focused, PlayNet):
            argument = first_weight(self.playground.run, self.playground.cursor)
        if what == "turn" and argument == "shows":
            panels = self._panels
            following = panels[(panels.index(self._in_front) + 1) % len(panels)]
            what, argument = "set", ("shows", following)
        super().action_lab(what, argument)
