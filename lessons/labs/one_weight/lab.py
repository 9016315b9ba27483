"""Gradient descent on a single weight: the factors of its slope, and its way down the parabola.

The network is one input, one weight, one output. A Descent takes the steps and takes them back;
the lab decides what a press of a key shows of it.
"""

from __future__ import annotations

from collections.abc import Callable

from engine import Diverged
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused
from lessons.labs.one_weight.descent import Descent
from lessons.labs.one_weight.scene import OneWeightScene as OneWeightScene
from lessons.labs.one_weight.state import OneWeightSnapshot
from lessons.labs.one_weight.words import (
    FACTORS,
    OF_AN_UPDATE,
    STEP_NAMES,
    Words,
    at_minimum,
    hidden_with,
    listings,
    rate_text,
    verdict,
)
from lessons.numbers import exact, short

RATES = (0.0001, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.12, 0.2, 0.5, 1.0)
ROWS = 64
"""States that a snapshot holds: more than any table or path shows."""

HIGHEST, SMALLEST = 10.0, 0.001
"""The highest learning rate, and the size of the smallest input that is not 0."""


class OneWeightLab(Lab):
    """Steps down the loss curve of one weight, by factor or by update."""

    kind = "one_weight"
    title = "one weight"

    def __init__(self, scene: OneWeightScene) -> None:
        super().__init__()
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> OneWeightScene:
        """The scene as an OneWeightScene."""
        assert isinstance(self.scene, OneWeightScene)
        return self.scene

    def _begin(self) -> None:
        scene = self.setup
        self._start(Descent(scene.input, scene.weight, scene.target, scene.rate))

    def _start(self, descent: Descent) -> None:
        self._descent = descent
        self._stage = self._farthest = 0
        self._stopped = ""

    def _arrive(self) -> None:
        scene = self.setup
        self.pace = scene.pace
        self.go(scene.updates * self._stride + scene.lines)

    def _keepsake(self) -> Callable[[], None]:
        descent, places = self._descent, (self._stage, self._farthest, self._stopped)
        updates = descent.updates

        def restore() -> None:
            self._descent = descent
            self._descent.go(updates)
            self._stage, self._farthest, self._stopped = places

        return restore

    @property
    def _stride(self) -> int:
        """Positions per update: one for every line when going by factor."""
        return len(FACTORS) if self.setup.by_factor else 1

    @property
    def updates(self) -> int:
        """Updates taken so far."""
        return self._descent.updates

    @property
    def position(self) -> int:
        return self.updates * self._stride + self._stage

    @property
    def end(self) -> int:
        return self._farthest

    @property
    def rate(self) -> float:
        """The learning rate of the next update."""
        return self._descent.row.rate

    @property
    def hiding(self) -> tuple[str, ...]:
        # With other numbers these are no longer the numbers of the question; undone, they are.
        scene, descent = self.setup, self._descent
        asked = (scene.input, scene.weight, scene.target)
        same = (descent.input, descent.start, descent.target) == asked
        return super().hiding if same else ()

    # -- moving -------------------------------------------------------------------------------

    def can(self, action: Action) -> bool:
        if action == "rate":
            return True
        if action == "run":
            return not self._stopped and not at_minimum(self._descent.row)
        if action == "step":
            return not self._stopped
        return super().can(action)

    @property
    def step_name(self) -> str:  # type: ignore[override]
        return STEP_NAMES[self._stage] if self.setup.by_factor else "update"

    @property
    def why_not_run(self) -> str:
        if self._stopped or self.can("run"):
            return self._stopped
        return "The weight is at its best place: what is left of the error is rounding."

    def step(self) -> None:
        if self._stopped:
            raise Refused(self._stopped)
        self.said = ""
        if self._stage + 1 < self._stride:
            self._stage += 1
        else:
            self._update()
            self._stage = 0
        self._farthest = max(self._farthest, self.position)

    def _update(self) -> None:
        try:
            self._descent.update()
        except Diverged:
            raise self._stop() from None

    def _stop(self) -> Refused:
        """Stand at the last finite step, and say so."""
        self._stage = 0
        self._stopped = (
            f"Stopped at step {self.updates}: the next loss would be too large to be held. "
            "b goes back, [ lowers the rate."
        )
        return Refused(self._stopped)

    def go(self, position: int) -> None:
        updates, stage = divmod(max(position, 0), self._stride)
        self._stopped = ""
        try:
            self._descent.go(updates)
        except Diverged:
            raise self._stop() from None
        self._stage = stage
        self._farthest = max(self._farthest, self.position)
        self.said = ""

    # -- the learning rate and the numbers ----------------------------------------------------

    def _ladder(self) -> tuple[float, ...]:
        """Rates that [ and ] walk along, with the two at which this row changes behaviour."""
        square = self._descent.input**2
        special = [part / square for part in (0.5, 1.0) if part <= HIGHEST * square]
        return tuple(sorted({*RATES, *special}))

    def change_rate(self, direction: int) -> None:
        field = self._field("rate")
        rate = field.nudged(direction)
        if rate == self.rate:
            raise Refused(f"The learning rate stays at {rate_text(rate)}.")
        self._set_rate(rate)

    def _set_rate(self, rate: float) -> None:
        if rate == self.rate:
            return
        forgets = self.position < self.end
        self._descent.set_rate(rate)
        self._stopped = ""
        self._farthest = self.position
        self.said = f"Learning rate {rate_text(rate)}, from here on."
        if forgets:
            self.said += " The steps that came after are forgotten."

    def fields(self) -> tuple[Field, ...]:
        return (
            Field("input", "input", exact(self._descent.input), low=-100, high=100),
            Field(
                "weight",
                "starting weight",
                exact(self._descent.start),
                low=-1000,
                high=1000,
                nudge=0.5,
            ),
            Field("target", "target", exact(self._descent.target), low=-1000, high=1000),
            Field(
                "rate",
                "learning rate",
                exact(self.rate),
                low=0,
                high=HIGHEST,
                ladder=self._ladder(),
                shown=rate_text(self.rate),
            ),
        )

    def _apply(self, field: Field, text: str) -> None:
        value = field.read(text)
        if field.id == "rate":
            self._set_rate(value)
            return
        if field.id == "input" and 0 < abs(value) < SMALLEST:
            raise Refused(f"input: 0, or at least {SMALLEST} in size.")
        now = self._descent
        numbers = {"input": now.input, "weight": now.start, "target": now.target}
        numbers[field.id] = value
        self._start(Descent(numbers["input"], numbers["weight"], numbers["target"], self.rate))
        self.said = f"{field.label} {short(value)}: starts again from step 0."

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> OneWeightSnapshot:
        descent = self._descent
        rows = descent.last(ROWS)
        return OneWeightSnapshot(
            rows=rows,
            hidden=tuple(self._hidden(row.step) for row in rows),
            input=descent.input,
            target=descent.target,
            rate=rate_text(self.rate),
            lines=self._words().lines(self._told),
            by_factor=self.setup.by_factor,
            curve=descent.curve(),
            best=None if descent.input == 0 else descent.target / descent.input,
            verdict=self._verdict(),
            diverged=bool(self._stopped),
            said=self.said or self._stopped,
        )

    @property
    def _told(self) -> tuple[str, ...]:
        """Names of the lines that are shown."""
        if self.setup.by_factor:
            return FACTORS
        return OF_AN_UPDATE[-1:] if self.setup.only_steps else OF_AN_UPDATE

    def _hidden(self, step: int) -> frozenset[str]:
        """What is hidden of the state at `step`."""
        parts = [name.rpartition(":") for name in self.hiding]
        here = [name for place, _, name in parts if place in ("", self.setup.place)]
        asked = [(name, int(at)) for name, _, at in (n.partition("@") for n in here)]
        if any(at < step for _, at in asked):
            return hidden_with(("weight",))
        return hidden_with(tuple(name for name, at in asked if at == step))

    @property
    def _just_updated(self) -> bool:
        """True when the lines on the screen are those that led to the present weight."""
        return self._stage == 0 and self.updates > 0

    def _words(self) -> Words:
        descent = self._descent
        row = descent.last(2)[0] if self._just_updated else descent.row
        count = len(FACTORS) if self._just_updated else self._stage
        return Words(descent.input, descent.target, row, count, self._hidden(row.step))

    def _verdict(self) -> str:
        if self._descent.input == 0:
            return "The input is 0, so the slope is 0: this weight cannot move."
        if self.updates == 0 or "error" in self._hidden(self.updates):
            return ""
        before, now = self._descent.last(2)
        if before.rate != self.rate:
            return "Take a step to see what this rate does."
        return verdict(before, now)

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        return FACTORS

    def current(self) -> str:
        return FACTORS[-1] if self._just_updated else FACTORS[max(self._stage - 1, 0)]

    def explain(self, name: str) -> Explanation:
        return self._words().explain(name)

    def code(self) -> tuple[Code, ...]:
        descent = self._descent
        # The code of an update must not print a weight that a question asks for.
        shown = [row for row in descent.last(2) if "weight" not in self._hidden(row.step)]
        row = shown[-1] if shown else descent.first
        return listings(descent.input, row.weight, descent.target, row.rate)
