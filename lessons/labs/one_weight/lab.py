"""Gradient descent on a single weight: the factors of its slope, and its way down the parabola.

The network is one input, one weight, one output. The engine's Trainer takes the steps, its
Timeline takes them back, and its trace gives the factors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine import SGD, Dense, Diverged, Sequential, Timeline, Trainer, trace
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused, Scene
from lessons.labs.one_weight.state import OneWeightSnapshot, Row
from lessons.labs.one_weight.words import (
    FACTORS,
    OF_AN_UPDATE,
    Words,
    hidden_with,
    listings,
    rate_text,
    verdict,
)
from lessons.numbers import exact, short

RATES = (0.0001, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.12, 0.2, 0.5, 1.0)
HIGHEST, SMALLEST = 10.0, 0.001
"""The highest learning rate, and the size of the smallest input that is not 0."""


@dataclass(frozen=True)
class OneWeightScene(Scene):
    """One row of data, a starting weight and a learning rate."""

    input: float = 3.0
    weight: float = 2.0
    target: float = 10.0
    rate: float = 0.01
    pace: float = 4.0
    by_factor: bool = False
    """True: space computes one line at a time. False: a whole update."""
    updates: int = 0
    """Updates that are already taken when the page opens."""
    lines: int = 0
    """Lines that are already computed then, when going by factor."""


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

    def reset(self) -> None:
        scene = self.setup
        self._rate = scene.rate
        self.pace = scene.pace
        self._restart(scene.input, scene.weight, scene.target)
        self.said = ""
        self.go(scene.updates * self._stride + scene.lines)

    def _restart(self, input_: float, weight: float, target: float) -> None:
        self._input, self._start, self._target = input_, weight, target
        self._stage = 0
        self._farthest = 0
        self._stopped = ""
        self._model = Sequential([Dense(1, use_bias=False, input_shape=(1,))], dtype="float64")
        self._model.compile(optimizer=SGD(self._rate), loss="mean_squared_error")
        self._model.set_weights([np.array([[weight]])])
        rows, targets = np.array([[input_]]), np.array([[target]])
        self._timeline = Timeline(Trainer(self._model, rows, targets, batch_size=1))
        self._rows = [self._row()]

    @property
    def _stride(self) -> int:
        """Positions per update: one for every line when going by factor."""
        return len(FACTORS) if self.setup.by_factor else 1

    @property
    def updates(self) -> int:
        """Updates taken so far."""
        return self._timeline.position

    @property
    def position(self) -> int:
        return self.updates * self._stride + self._stage

    @property
    def end(self) -> int:
        return self._farthest

    @property
    def rate(self) -> float:
        """The learning rate of the next update."""
        return self._rate

    @property
    def row(self) -> Row:
        """The state now."""
        return self._rows[self.updates]

    def _row(self) -> Row:
        """What the engine says of the network as it stands."""
        with np.errstate(over="ignore"):
            seen = trace(self._model, np.array([self._input]), np.array([self._target]))
        node = seen.layers[-1][0]
        assert seen.error is not None and seen.loss is not None
        assert node.products[0].slope is not None and node.pre_activation_slope is not None
        assert node.value_slope is not None
        return Row(
            step=self._timeline.position,
            weight=node.products[0].weight,
            prediction=node.value,
            error=seen.error[0],
            loss=seen.loss,
            loss_slope=node.value_slope,
            activation_slope=node.activation_slope,
            slope=node.products[0].slope,
            rate=self._rate,
        )

    @property
    def hiding(self) -> tuple[str, ...]:
        # With other numbers these are no longer the numbers of the question; undone, they are.
        scene = self.setup
        asked = (scene.input, scene.weight, scene.target)
        return super().hiding if (self._input, self._start, self._target) == asked else ()

    # -- moving -------------------------------------------------------------------------------

    def can(self, action: Action) -> bool:
        if action == "rate":
            return True
        if action in ("step", "run"):
            return not self._stopped
        return super().can(action)

    @property
    def step_name(self) -> str:  # type: ignore[override]
        return FACTORS[self._stage] if self.setup.by_factor else "update"

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
            self._timeline.forward()
            if self.updates == len(self._rows):
                self._append_row()
            self._rate = self.row.rate
        except Diverged:
            self._stopped = (
                f"Stopped at step {self.updates}: the next loss would be too large to be held. "
                "b goes back, [ lowers the rate."
            )
            self._stage = 0
            raise Refused(self._stopped) from None

    def _append_row(self) -> None:
        """Record the new state. Raises Diverged where its loss is not finite, one step back."""
        row = self._row()
        if not math.isfinite(2 * row.loss):  # the curve is drawn beyond it, a little higher
            self._timeline.back()
            raise Diverged(step=row.step, reason="the loss is too large", learning_rate=self._rate)
        self._rows.append(row)

    def go(self, position: int) -> None:
        updates, stage = divmod(max(position, 0), self._stride)
        self._stopped = ""
        while self.updates < updates and len(self._rows) <= updates:
            self._update()
        self._timeline.go(updates)
        self._stage = stage
        self._rate = self.row.rate
        self._farthest = max(self._farthest, self.position)
        self.said = ""

    # -- the learning rate and the numbers ----------------------------------------------------

    def _ladder(self) -> tuple[float, ...]:
        """Rates that [ and ] walk along, with the two at which this row changes behaviour."""
        square = self._input**2
        special = [part / square for part in (0.5, 1.0) if part <= HIGHEST * square]
        return tuple(sorted({*RATES, *special}))

    def change_rate(self, direction: int) -> None:
        ladder = self._ladder()
        further = [r for r in ladder if (r - self._rate) * direction > 1e-9 * self._rate]
        if not further:
            raise Refused(f"The learning rate stays at {rate_text(self._rate)}.")
        self._set_rate(further[0] if direction > 0 else further[-1])

    def _set_rate(self, rate: float) -> None:
        self._rate = rate
        self._timeline.set_learning_rate(rate)
        self._stopped = ""
        del self._rows[self.updates + 1 :]
        self._rows[-1] = self._row()
        self._farthest = self.position
        self.said = f"Learning rate {rate_text(rate)}, from here on."

    def fields(self) -> tuple[Field, ...]:
        return (
            Field("input", "input", exact(self._input), low=-100, high=100),
            Field("weight", "starting weight", exact(self._start), low=-1000, high=1000, nudge=0.5),
            Field("target", "target", exact(self._target), low=-1000, high=1000),
            Field(
                "rate",
                "learning rate",
                exact(self._rate),
                low=0,
                high=HIGHEST,
                ladder=self._ladder(),
            ),
        )

    def _apply(self, field: Field, text: str) -> None:
        value = field.read(text)
        if field.id == "rate":
            self._set_rate(value)
            return
        if field.id == "input" and 0 < abs(value) < SMALLEST:
            raise Refused(f"input: 0, or at least {SMALLEST} in size.")
        numbers = {"input": self._input, "weight": self._start, "target": self._target}
        numbers[field.id] = value
        self._restart(numbers["input"], numbers["weight"], numbers["target"])
        self.said = f"{field.label} {short(value)}: starts again from step 0."

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> OneWeightSnapshot:
        rows = tuple(self._rows[: self.updates + 1])
        return OneWeightSnapshot(
            rows=rows,
            hidden=tuple(self._hidden(row.step) for row in rows),
            input=self._input,
            target=self._target,
            rate=rate_text(self._rate),
            lines=self._words().lines(FACTORS if self.setup.by_factor else OF_AN_UPDATE),
            by_factor=self.setup.by_factor,
            curve=self._curve(rows),
            best=None if self._input == 0 else self._target / self._input,
            verdict=self._verdict(),
            diverged=bool(self._stopped),
            said=self.said or self._stopped,
        )

    def _hidden(self, step: int) -> frozenset[str]:
        """What is hidden of the state at `step`: all that the page's question is about."""
        hidden, first = hidden_with(self.hiding), self.setup.updates
        if step > first and "new weight" in hidden:
            return hidden_with(("weight",))
        return hidden if step == first else frozenset()

    @property
    def _just_updated(self) -> bool:
        """True when the lines on the screen are those that led to the present weight."""
        return self._stage == 0 and self.updates > 0

    def _words(self) -> Words:
        row = self._rows[self.updates - 1] if self._just_updated else self.row
        count = len(FACTORS) if self._just_updated else self._stage
        return Words(self._input, self._target, row, count, self._hidden(row.step))

    def _verdict(self) -> str:
        if self._input == 0:
            return "The input is 0, so the slope is 0: this weight cannot move."
        if self.updates == 0 or "error" in self._hidden(self.updates):
            return ""
        return verdict(self._rows[self.updates - 1], self.row)

    def _curve(self, rows: tuple[Row, ...]) -> tuple[np.ndarray, np.ndarray]:
        """The parabola over the start, its mirror image and the last dozen places."""
        middle = self._start if self._input == 0 else self._target / self._input
        far = max(abs(row.weight - middle) for row in (rows[0], *rows[-12:]))
        reach = 1.25 * max(far, 0.5)
        weights = np.linspace(middle - reach, middle + reach, 121)
        target = np.array([[self._target]])
        return weights, np.array([self._loss(self._input * weight, target) for weight in weights])

    def _loss(self, prediction: float, target: np.ndarray) -> float:
        assert self._model.loss is not None
        return self._model.loss.value(target, np.array([[prediction]]))

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        return FACTORS

    def current(self) -> str:
        return FACTORS[-1] if self._just_updated else FACTORS[max(self._stage - 1, 0)]

    def explain(self, name: str) -> Explanation:
        return self._words().explain(name)

    def code(self) -> tuple[Code, ...]:
        return listings(self._input, self.row.weight, self._target, self._rate)
