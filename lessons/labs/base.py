"""What every lab has in common: a position that moves both ways, edits, explanations, code.

A lab is a state machine. The screen calls its methods and paints its `snapshot()`; nothing here
knows that there is a screen. A new kind of lab subclasses Lab, and defines a Scene for its pages.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from lessons.labs.parts import Action, Code, Explanation, Field, Refused, Scene

if TYPE_CHECKING:
    from lessons.learning.experiment import Experiment
    from lessons.learning.outlets import Outlet


class Lab(ABC):
    """A state machine that a lesson puts beside its pages."""

    kind: ClassVar[str]
    """Names the view that paints it."""

    title: ClassVar[str]
    """What stands above it."""

    dataset: str = ""
    """Name of the data set in lessons.datasets that it shows rows of, or `plane:ring` for the one
    that `plane.load("ring")` draws; empty where there is none."""

    acts: Mapping[str, str] = {}
    """What it can do beyond what every lab can, such as "add" and "remove", each with the words
    that stand beside its key."""

    asks: str = ""
    """Id of the field that an act leaves to the learner: the edit bar opens at it."""
    redrawn: ClassVar[str] = "New random weights"
    """What is said to have come when new random numbers are drawn."""

    turn_words: Mapping[str, str] = {}
    """What stands beside the key that turns a field, where its usual word does not fit."""

    running: bool = False
    """True while it runs by itself: what changes too fast to be read may wait."""

    wants_log: ClassVar[bool] = False
    """True where it compares with the learner's log of experiments."""

    pace: float | None = None
    """Steps a second while it runs by itself; None is as fast as they can be computed."""

    paces: tuple[float | None, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 20.0, 60.0)
    """The paces to choose from."""

    step_name: str = "step"
    """What one press of space does, in a word: it is shown beside the key."""

    said: str = ""
    """One line on what just happened, or on why something did not."""

    undo_depth: int = 50
    """How many edits and new starts can be taken back."""

    def __init__(self) -> None:
        self._undo: list[tuple[str, Callable[[], None]]] = []
        self._hidden_names: tuple[str, ...] = ()
        self.scene: Scene = Scene()

    # -- where the lab stands -----------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        """Put the lab into `scene`, with the numbers named in `hidden` not to be seen yet."""
        self.scene = scene
        self._hidden_names = hidden
        self._begin()
        self._undo.clear()
        self.said = ""
        self._arrive()

    def hide(self, names: tuple[str, ...]) -> None:
        """From now on these are hidden and no others."""
        self._hidden_names = names

    @property
    def hiding(self) -> tuple[str, ...]:
        """Names of the numbers that are hidden now."""
        return self._hidden_names

    @abstractmethod
    def snapshot(self) -> Any:
        """All that a view paints, frozen."""

    @property
    @abstractmethod
    def position(self) -> int:
        """Steps taken since the start."""

    @property
    @abstractmethod
    def end(self) -> int:
        """The farthest step that has been reached and can be returned to."""

    # -- moving -------------------------------------------------------------------------------

    @abstractmethod
    def step(self) -> None:
        """One step of what this lab is about. Raises Refused where there is none."""

    def tick(self) -> None:
        """What is done over and over while it runs as fast as it can: a step.

        Where a whole one would keep a key waiting it may be a part of one; `settle` finishes that.
        """
        self.step()

    @property
    def moving(self) -> Lab:
        """What a run moves: itself, or the lab in front. A run ends where another one comes."""
        return self

    def settle(self) -> None:
        """It has stopped running: finish what `tick` has begun."""
        return

    @abstractmethod
    def go(self, position: int) -> None:
        """To any recorded position, exactly as it was then."""

    @abstractmethod
    def _begin(self) -> None:
        """To the very start, with the scene's numbers and the same seed."""

    def _arrive(self) -> None:
        """From there to the place where the scene wants to be."""
        return

    @abstractmethod
    def _keepsake(self) -> Callable[[], None]:
        """What brings the lab back to how it is now, to the bit."""

    def reset(self) -> None:
        """Start again: the scene's numbers, the same seed, no step taken. It can be undone."""
        way_back = self._keepsake()
        self._begin()
        self._remember("starting again", way_back)
        self.said = "Started again. u brings back what was there."

    def back(self) -> None:
        """Take the last step back. Raises Refused at the start."""
        if self.position == 0:
            raise Refused("This is the start: there is no step to take back.")
        self.go(self.position - 1)

    def scrub(self, direction: int) -> None:
        """Along what has been recorded, a fortieth of it at a time (at least one step)."""
        stride = max(1, self.end // 40)
        self.go(min(max(self.position + direction * stride, 0), self.end))
        self.said = f"Step {self.position:,} of {self.end:,}."

    def redraw(self) -> None:
        """New random numbers, where the lab has any. Raises Refused elsewhere."""
        way_back = self._keepsake()
        seed = self._reseed()
        self._remember("new random weights", way_back)
        self.said = f"{self.redrawn}, seed {seed}. u brings back the old ones."

    def _reseed(self) -> int:
        """Start from the random numbers of the next seed; returns it. Raises Refused."""
        raise Refused("Nothing here is random: 0 starts again.")

    def change_rate(self, direction: int) -> None:
        """The learning rate one notch down (-1) or up (1)."""
        raise Refused("There is no learning rate here.")

    def change_pace(self, direction: int) -> None:
        """One notch slower (-1) or faster (1)."""
        at = self.paces.index(self.pace) if self.pace in self.paces else 0
        self.pace = self.paces[min(max(at + direction, 0), len(self.paces) - 1)]
        if self.pace is None:
            self.said = "Runs as fast as it goes."
        else:
            self.said = f"Runs at {self.pace:g} step{'' if self.pace == 1 else 's'} a second."

    def can(self, action: Action) -> bool:
        """Whether `action` makes sense now; keys of those that do not are greyed out."""
        match action:
            case "back":
                return self.position > 0
            case "scrub":
                return self.end > 0
            case "undo":
                return bool(self._undo)
            case "rate" | "redraw":
                return False
            case _:
                return True

    @property
    def has_data(self) -> bool:
        """Whether there is a page about its data."""
        return bool(self.dataset)

    @property
    def why_not_run(self) -> str:
        """Why it cannot run by itself now; empty when it can."""
        return ""

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        """What can be edited, with the values of now."""
        return ()

    def set(self, field_id: str, text: str) -> None:
        """Give a field the value typed. Raises Refused, and then nothing has changed."""
        field = self._field(field_id)
        if field.choices:
            if text not in field.choices:
                raise Refused(field.choices_named)
        elif not field.free:
            field.read(text)
        way_back = self._way_back(field)
        self._apply(field, text)
        if field.undoable:
            self._remember(field.label, way_back)

    def _remember(self, what: str, way_back: Callable[[], None]) -> None:
        """Make `what` undoable; the oldest of too many is forgotten."""
        self._undo.append((what, way_back))
        del self._undo[: -self.undo_depth]

    def undo(self) -> None:
        """Take the last edit or start back. Raises Refused where there is none."""
        if not self._undo:
            raise Refused("There is nothing to undo.")
        label, restore = self._undo.pop()
        restore()
        self.said = f"Undone: {label}."

    def _field(self, field_id: str) -> Field:
        return next(field for field in self.fields() if field.id == field_id)

    def _way_back(self, field: Field) -> Callable[[], None]:
        """What will undo an edit of `field`, which is as it was before the edit."""
        if field.id != "rate":
            return self._keepsake()
        # A rate changes what is under way: back to where it was changed, and to the old one.
        position = self.position

        def restore() -> None:
            self.go(min(position, self.end))
            self._apply(field, field.text)

        return restore

    def _apply(self, field: Field, text: str) -> None:
        raise Refused("Nothing can be edited here.")

    def turn(self, field_id: str) -> None:
        """The next choice of a field, round and round. Raises Refused where there is no such."""
        field = next((one for one in self.fields() if one.id == field_id and one.choices), None)
        if field is None:
            raise Refused("There is nothing to turn here.")
        at = field.choices.index(field.text)
        self.set(field_id, field.choices[(at + 1) % len(field.choices)])

    def act(self, name: str) -> None:
        """Do what only this lab can, one of `acts`. Raises Refused where it makes no sense now."""
        raise Refused("There is nothing of that kind here.")

    # -- experiments --------------------------------------------------------------------------

    def know(self, log: tuple[Experiment, ...]) -> None:
        """This is what the learner's log of experiments holds now, the oldest first.

        Told only to labs with `wants_log`.
        """
        return

    def take_finished(self) -> tuple[Experiment, ...]:
        """The experiments that have ended since this was last asked, to be kept in the log."""
        return ()

    @property
    def file_stem(self) -> str:
        """What a file with a picture of this lab is called, without its ending."""
        return self.kind

    def outlets(self) -> tuple[Outlet, ...]:
        """What can be taken out: the network, its history, its program. Most labs have nothing."""
        return ()

    # -- explaining ---------------------------------------------------------------------------

    def point(self, row: int, column: int) -> None:
        """The learner put the cursor on a number of the lab's table. Most labs have none."""
        return

    def touch(self, what: str, column: float, row: float) -> None:
        """The learner did something at a place of the lab's picture, such as draw there."""
        return

    def explainable(self) -> tuple[str, ...]:
        """Names of the numbers that can be explained, in the order of their computation."""
        return ()

    def current(self) -> str:
        """The name of the number under the cursor, or of the one computed last."""
        names = self.explainable()
        return names[0] if names else ""

    def explain(self, name: str) -> Explanation:
        """The formula of a number with the values put in."""
        raise NotImplementedError

    def code(self) -> tuple[Code, ...]:
        """The lines that do exactly this."""
        return ()
