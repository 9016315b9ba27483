"""The lab's half of a lesson: the view, the edit bar, one line of words, and the runner.

Every key that concerns the lab ends in `do`. The lab is stepped here and nowhere else.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from lessons.labs.base import Lab, Refused, Scene
from lessons.learning.experiment import Experiment
from tui.labs import view_of
from tui.labs.base import LabView
from tui.labs.ended import ExperimentEnded
from tui.render.wrapped import within, wrapped
from tui.runner import Runner
from tui.widgets.edit import EditBar
from tui.widgets.framed import Framed

if TYPE_CHECKING:
    from tui.app import DLTutor

MOST_WORDS = 3
"""Rows that the line of words may take."""
HURRY, AFTER_KEY = 0.12, 0.5
"""Seconds for which a view may leave what takes long to draw, while the lab runs; after a key."""


class LabPane(Vertical, Framed):
    """Owns a lab and its runner, and keeps the view at the newest snapshot."""

    class Changed(Message):
        """The lab moved, or what can be done with it changed."""

    def __init__(
        self, lab: Lab, *, frame_rate: int, manual: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.lab = lab
        self.runner = Runner(self._take_step, self._ran_out, self._failed, manual=manual)
        self._frame_rate = frame_rate
        self._painted = -1
        self._all_drawn = 0.0
        self._behind = False
        self._moving = lab.moving
        self.notice = ""
        """What was said last that does not come from the lab."""
        self._said = ("", 0)
        self._rows_said = 1
        self._hidden: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The view of this kind of lab, the edit bar, the line of words."""
        yield view_of(self.lab)
        yield EditBar(id="edit")
        yield Static(id="said", markup=False)

    def on_mount(self) -> None:
        """Paint at a steady rate while the lab runs."""
        if self.lab.wants_log:
            self.know(cast("DLTutor", self.app).experiments.refresh())
        self.refresh_view()
        self.set_interval(1 / self._frame_rate, self._frame)

    def know(self, log: tuple[Experiment, ...]) -> None:
        """Tell a lab that compares with it what the learner's log holds now."""
        if self.lab.wants_log:
            self.lab.know(log)
            self.refresh_view(self.notice)

    def on_unmount(self) -> None:
        """Nothing goes on running without a screen."""
        self.runner.stop()

    @property
    def view(self) -> LabView:
        """The view."""
        return self.query_one(LabView)

    @property
    def editing(self) -> bool:
        """True while the edit bar is open."""
        return self.query_one(EditBar).is_open

    # -- what the learner wants ---------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...]) -> None:
        """Put the lab into the scene of a page."""
        self.runner.stop()
        self.close_edit()
        self._hidden = hidden
        self.lab.show(scene, hidden)
        self.refresh_view()

    def hide(self, names: tuple[str, ...]) -> None:
        """Let the lab hide these numbers and no others."""
        if names != self._hidden:
            self._hidden = names
            self.lab.hide(names)
            self.refresh_view()

    def do(self, what: str, argument: object = None) -> None:
        """Carry out one key. What cannot be done now says why, in the line of words."""
        lab = self.lab
        files = what == "act" and argument in ("save", "load")  # of what stands still
        if files or what in ("step", "back", "reset", "scrub", "go"):
            self.runner.stop()
        try:
            match what:
                case "step":
                    lab.step()
                case "back":
                    lab.back()
                case "run":
                    self._toggle_run()
                case "scrub":
                    lab.scrub(int(str(argument)))
                case "go":
                    lab.go(lab.end if argument == "end" else 0)
                case "rate":
                    lab.change_rate(int(str(argument)))
                case "pace":
                    lab.change_pace(int(str(argument)))
                case "reset":
                    lab.reset()
                case "redraw":
                    lab.redraw()
                case "undo":
                    lab.undo()
                case "turn":
                    lab.turn(str(argument))
                case "act":
                    lab.act(str(argument))
                    self._ask()
                case "set":
                    assert isinstance(argument, tuple)
                    lab.set(*argument)
                case "touch":
                    what, column, row = cast("tuple[str, float, float]", argument)
                    lab.touch(what, column, row)
                case "edit":
                    self._open_edit(str(argument or ""))
                case _:
                    raise ValueError(f"a lab cannot {what}")
        except Refused as refusal:
            self.refresh_view(str(refusal), patience=AFTER_KEY)
        else:
            # Of a pace the lab speaks once: what it says of the next step comes too soon after.
            said = lab.said if what == "pace" and self.runner.running else ""
            self.refresh_view(said, patience=AFTER_KEY)

    def _hand_on(self) -> None:
        """Hand up what has ended, to be kept."""
        for experiment in self.lab.take_finished():
            self.post_message(ExperimentEnded(experiment))

    def _toggle_run(self) -> None:
        if self.runner.running:
            self._halt()
        elif self.lab.can("run"):
            self.runner.start(self.lab.pace)
        else:
            raise Refused(self.lab.why_not_run)

    def pause(self) -> None:
        """Run no longer. The picture may be a step or two behind: the next frame shows the rest.

        So what this is for, such as a panel that opens, does not wait for it.
        """
        self._behind = self._behind or self.runner.running
        self._halt()

    def _halt(self) -> None:
        """Run no longer, with all that is under way finished."""
        self.runner.stop()
        self.lab.settle()

    def _take_step(self) -> bool:
        try:
            # At a pace there is time between the steps; else keys wait for each of them.
            self.lab.tick() if self.runner.pace is None else self.lab.step()
        except Refused:
            return False
        finally:
            self._hand_on()
        return self.lab.can("run")

    def _ran_out(self) -> None:
        self.refresh_view()

    def _failed(self, fault: BaseException) -> None:
        """Raise a fault of the lab where the app deals with faults."""

        def fail() -> None:
            raise fault

        self.call_later(fail)

    # -- editing ------------------------------------------------------------------------------

    def _open_edit(self, at: str = "") -> None:
        fields = self.lab.fields()
        if not fields:
            raise Refused("Nothing can be edited here.")
        self.query_one(EditBar).open(fields, at)

    def _ask(self) -> None:
        """Open the edit bar at the field that an act has left to the learner."""
        field, self.lab.asks = self.lab.asks, ""
        if field:
            self._open_edit(field)

    def close_edit(self) -> None:
        """Put the edit bar away."""
        bar = self.query_one(EditBar)
        if bar.is_open:
            bar.close()
            self.view.selected = ""
            self.screen.set_focus(bar.came_from)
            self.post_message(self.Changed())

    @on(EditBar.Wanted)
    def _edit_wanted(self, event: EditBar.Wanted) -> None:
        event.stop()
        bar = self.query_one(EditBar)
        try:
            self.lab.set(event.field.id, event.text)
        except Refused as refusal:
            bar.refuse(str(refusal))
            return
        self.refresh_view()
        bar.accept()

    @on(EditBar.Chosen)
    def _edit_chosen(self, event: EditBar.Chosen) -> None:
        event.stop()
        self.view.selected = event.field.id

    @on(EditBar.Closed)
    def _edit_closed(self, event: EditBar.Closed) -> None:
        event.stop()
        self.close_edit()

    @on(LabView.Pointed)
    def _pointed(self, event: LabView.Pointed) -> None:
        event.stop()
        self.lab.point(event.row, event.column)
        self._paint(self.notice)  # many a lab has words on what is pointed at

    @on(LabView.Wanted)
    def _wanted(self, event: LabView.Wanted) -> None:
        event.stop()
        self.do(event.what, *event.argument)

    # -- painting -----------------------------------------------------------------------------

    def refresh_view(self, words: str = "", *, patience: float = 0) -> None:
        """Paint the newest snapshot, with the lab's words or others below it.

        While the lab runs, what takes long to draw may be left as it is for so many seconds.
        """
        if self.lab.moving is not self._moving:
            self._moving = self.lab.moving
            self.runner.stop()
        self.notice = words
        self._hand_on()
        self._paint(words, patience)
        self.post_message(self.Changed())

    def _paint(self, words: str = "", patience: float = 0) -> None:
        now = perf_counter()
        self.view.hurried = self.runner.running and now - self._all_drawn < patience
        if not self.view.hurried:
            self._all_drawn = now
        self._behind = False
        self.lab.running = self.runner.running
        self.runner.pace = self.lab.pace  # another view of the same lab may have its own
        snapshot = self.lab.snapshot()
        self._painted = self.lab.position
        if self.editing:  # another key may have changed what can be edited
            self.query_one(EditBar).show(self.lab.fields())
        self.view.snapshot = snapshot
        self._say(words or snapshot.said)

    @property
    def _words_width(self) -> int:
        """Cells of the line of words; while the page is in front it has none of its own."""
        return self.query_one("#said").size.width or max(self.screen.size.width, 1)

    def fits(self, words: str) -> bool:
        """Whether the line of words can show all of this."""
        return len(wrapped(words, self._words_width)) <= MOST_WORDS

    def _say(self, words: str) -> None:
        """Write the line of words; only where they need more rows is the screen laid out anew."""
        width = self._words_width
        if (words, width) == self._said:
            return
        self._said = words, width
        shown = within(words, width, MOST_WORDS)
        line, rows = self.query_one("#said", Static), len(wrapped(shown, width))
        if rows != self._rows_said:
            self._rows_said = rows
            line.styles.height = rows
        line.update(shown, layout=False)

    def _frame(self) -> None:
        if self.runner.gives_way:  # a key shall not wait for a picture that it makes out of date
            return
        moved = self.runner.running and self.lab.position != self._painted
        if moved or self._behind:
            # Why a key did nothing is to be read while it runs.
            self.refresh_view(self.notice, patience=HURRY)
