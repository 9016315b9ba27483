"""What the labs have in common in which a network learns while you look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from engine import Diverged
from lessons.labs.base import Action, Field, Lab, Refused
from lessons.learning.outlets import Outlet, outlets_of, stem_of
from lessons.learning.run import Run
from lessons.numbers import short

FEW_STEPS = 200
"""Steps that are replayed before a learner notices."""


class LiveRun(Protocol):
    """A training that goes forwards and back. Positions count from 0, which is before the first."""

    @property
    def position(self) -> int:
        """Where the weights that are shown stand."""

    @property
    def end(self) -> int:
        """How far it has been trained."""

    @property
    def rate(self) -> float:
        """The learning rate from here on."""

    def forward(self) -> Any:
        """One on, recorded or new. Raises Diverged, and then nothing has changed."""

    def go(self, position: int) -> None:
        """To a recorded position, with the learning rate that it had."""

    def set_rate(self, rate: float) -> None:
        """Another learning rate from here on; what came after is forgotten."""


class LiveLab(Lab):
    """Trains until the numbers are too large; a learning rate counts from where it is changed."""

    run: LiveRun

    counted: ClassVar[str] = "epoch"
    """What a position counts, in the sentences about it."""

    way_out: ClassVar[str] = "b goes back, [ lowers the rate."
    """What to press when the numbers have become too large."""

    stopped: str = ""
    """Why it cannot go on from here; empty when it can."""

    @property
    def position(self) -> int:
        return self.run.position

    @property
    def end(self) -> int:
        return self.run.end

    @property
    def why_not_run(self) -> str:
        return self.stopped

    def can(self, action: Action) -> bool:
        if action in ("rate", "redraw"):
            return True
        if action in ("step", "run"):
            return not self.why_not_run
        return super().can(action)

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        self._take(self.run.forward)

    def _take(self, forward: Callable[[], Any]) -> None:
        """Go on with one of the run's ways of doing so. Raises Refused where there is no next."""
        if self.why_not_run:
            raise Refused(self.why_not_run)
        self.said = ""
        try:
            forward()
        except Diverged:
            self.stopped = (
                f"Stopped after {self.counted} {self.position:,}: the next numbers are too large "
                f"to be held. {self.way_out}"
            )
            raise Refused(self.stopped) from None

    def go(self, position: int) -> None:
        self.run.go(min(max(position, 0), self.end))
        self.said = self.stopped = ""

    def scrub(self, direction: int) -> None:
        super().scrub(direction)
        self.said = f"{self.counted.capitalize()} {self.position:,} of {self.end:,}."

    # -- the learning rate and the seed -------------------------------------------------------

    def change_rate(self, direction: int) -> None:
        if not self.can("rate"):
            raise Refused("There is no learning rate here.")
        rate = self._field("rate").nudged(direction)
        if rate == self.run.rate:
            raise Refused(f"The learning rate stays at {short(rate, 6)}.")
        self._set_rate(rate)

    def _set_rate(self, rate: float) -> None:
        if rate == self.run.rate:
            return
        forgets = self.position < self.end
        self.run.set_rate(rate)
        self.stopped = ""
        self.said = f"Learning rate {short(rate, 6)}, from {self.counted} {self.position:,} on."
        if forgets:
            self.said += f" The {self.counted}s that came after are forgotten."

    def outlets(self) -> tuple[Outlet, ...]:
        """The network and its history, where what runs is a Run of lessons.learning."""
        if not isinstance(self.run, Run):
            return ()
        self.run.finish()
        name, stem = self.run.problem.name, self.file_stem
        if stem_of(name) == name:
            return outlets_of(self.run, name, self.code())
        return outlets_of(self.run, stem, self.code(), history_stem=f"{stem}-history")

    @property
    def file_stem(self) -> str:
        """A table that was read from a file has a name; else what is taken is of this lab."""
        name = self.run.problem.name if isinstance(self.run, Run) else ""
        return self.kind if stem_of(name) == name else stem_of(name)

    def _seed_in(self, field: Field, text: str) -> int:
        """The seed typed for this field. Raises Refused."""
        seed = field.read(text)
        if seed != int(seed):
            raise Refused("A seed is a whole number.")
        return int(seed)


class RunLab(LiveLab):
    """A LiveLab that trains a Run of lessons.learning, on as many rows as there are."""

    run: Run
    counted = "step"

    def tick(self) -> None:
        self._take(self.run.forward_in_parts)

    def settle(self) -> None:
        self.run.finish()

    def scrub(self, direction: int) -> None:
        """As everywhere, but to steps that are kept whole: any other may take long to replay."""
        stride = self.end // 40
        if stride < FEW_STEPS:
            super().scrub(direction)
            return
        self.run.jump(self.run.stop_near(self.position + direction * stride, direction))
        self.stopped = ""
        self.said = f"{self.counted.capitalize()} {self.position:,} of {self.end:,}."
