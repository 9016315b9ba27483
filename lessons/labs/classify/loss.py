"""Cross-entropy beside accuracy: what a row costs by the probability its true class was given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.losses import CategoricalCrossentropy
from engine.metrics import CategoricalAccuracy
from lessons.labs.base import Code, Explanation, Field
from lessons.labs.classify.classes import MADE
from lessons.labs.classify.code import loss_listings
from lessons.labs.classify.scene import concealed
from lessons.labs.classify.worked import UNKNOWN, Worked
from lessons.numbers import exact, short

MEAN, ACCURACY = "mean loss", "accuracy"
LEAST = 0.01
"""Where the curve begins: at 0 there is no end to it."""
POINTS = 199


@dataclass(frozen=True)
class Given:
    """For each row its true class, and the probability which that class was given."""

    truths: tuple[int, ...]
    shares: tuple[float, ...]

    @property
    def targets(self) -> np.ndarray:
        """One-hot, (rows, 2)."""
        return np.eye(len(MADE))[list(self.truths)]

    @property
    def predicted(self) -> np.ndarray:
        """The probabilities of both classes, (rows, 2)."""
        share = np.array(self.shares)[:, None]
        return np.where(self.targets == 1, share, np.round(1 - share, 9))

    @property
    def losses(self) -> np.ndarray:
        """The loss of each row, by the engine."""
        return CategoricalCrossentropy().per_row(self.targets, self.predicted)


@dataclass(frozen=True)
class GivenRow:
    """One row of the table. Its last texts are empty until computed; `loss` may be ?."""

    name: str
    truth: str
    probabilities: tuple[str, ...]
    loss: str
    says: str
    """The class with the largest probability."""
    verdict: str
    now: bool
    place: tuple[float, float] | None
    """Where it lies on the curve; None while that is not to be seen."""


@dataclass(frozen=True)
class LossSnapshot:
    """All that is seen of the losses."""

    classes: tuple[str, ...]
    rows: tuple[GivenRow, ...]
    mean: str
    accuracy: str
    curve: tuple[np.ndarray, np.ndarray] | None
    """p and -ln p; None while a question asks for a point of it."""
    lines: tuple[str, ...]
    said: str


class LossLab(Worked):
    """A step computes the loss of the next row, then their mean, then the accuracy."""

    view = "loss"
    given: Given

    def _first_given(self) -> Given:
        return Given(self.setup.truths, self.setup.given)

    @property
    def step_name(self) -> str:  # type: ignore[override]
        name = self.names[self.position] if self.can("step") else ""
        return {MEAN: "mean", ACCURACY: "accuracy", "": "step"}.get(name, "one row")

    @property
    def names(self) -> tuple[str, ...]:
        rows = (f"loss of row {at + 1}" for at in range(len(self.given.shares)))
        return (*rows, MEAN, ACCURACY)

    # -- the numbers ----------------------------------------------------------------------------

    @property
    def right(self) -> np.ndarray:
        """Whether the class with the larger probability is the true one, for each row."""
        return CategoricalAccuracy().per_row(self.given.targets, self.given.predicted)

    @property
    def hidden_rows(self) -> tuple[bool, ...]:
        """For each row whether a question asks for its loss."""
        asked = {float(share) for (share,) in concealed(self.hiding, "loss")}
        return tuple(round(share, 6) in asked for share in self.given.shares)

    def loss(self, at: int) -> str:
        """The loss of a row, or a question mark."""
        return UNKNOWN if self.hidden_rows[at] else short(float(self.given.losses[at]))

    # -- editing --------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        truths = self.given.truths
        return tuple(
            Field(
                f"row {at + 1}",
                f"row {at + 1}: p of {MADE[truths[at]]}",
                exact(share),
                low=0.0,
                high=1.0,
                nudge=0.01,
            )
            for at, share in enumerate(self.given.shares)
        )

    def _apply(self, field: Field, text: str) -> None:
        at = int(field.id.split()[1]) - 1
        value = field.read(text)
        shares = (*self.given.shares[:at], value, *self.given.shares[at + 1 :])
        said = f"{field.label} is now {short(value)}."
        self._give(Given(self.given.truths, shares), said)

    # -- what is seen ---------------------------------------------------------------------------

    def snapshot(self) -> LossSnapshot:
        places = np.linspace(LEAST, 1.0, POINTS)
        return LossSnapshot(
            classes=MADE,
            rows=tuple(self._row(at) for at in range(len(self.given.shares))),
            mean=self._mean if self.uncovered(MEAN) else "",
            accuracy=short(float(self.right.mean())) if self.uncovered(ACCURACY) else "",
            curve=None if concealed(self.hiding, "loss") else (places, -np.log(places)),
            lines=tuple(self._line(name) for name in self.names[: self.position]),
            said=self.said,
        )

    @property
    def _mean(self) -> str:
        return UNKNOWN if any(self.hidden_rows) else short(float(self.given.losses.mean()))

    def _row(self, at: int) -> GivenRow:
        name = f"loss of row {at + 1}"
        seen = self.uncovered(name)
        place = (max(self.given.shares[at], LEAST), float(self.given.losses[at]))
        return GivenRow(
            name=f"row {at + 1}",
            truth=MADE[self.given.truths[at]],
            probabilities=tuple(short(float(one)) for one in self.given.predicted[at]),
            loss=self.loss(at) if seen else "",
            says=MADE[int(self.given.predicted[at].argmax())] if seen else "",
            verdict=("right" if self.right[at] else "wrong") if seen else "",
            now=self.now(name),
            place=place if seen and not self.hidden_rows[at] else None,
        )

    def _line(self, name: str) -> str:
        count = len(self.given.shares)
        if name == MEAN:
            terms = " + ".join(self.loss(at) for at in range(count))
            total = f"({terms})" if count > 1 else terms
            return f"mean loss = {total} / {count} = {self._mean}"
        if name == ACCURACY:
            right = int(self.right.sum())
            return f"accuracy = {right} / {count} = {short(right / count)}"
        at = int(name.split()[-1]) - 1
        return f"row {at + 1}: -ln({short(self.given.shares[at])}) = {self.loss(at)}"

    # -- explaining -----------------------------------------------------------------------------

    def explain(self, name: str) -> Explanation:
        if name == MEAN:
            return Explanation(
                "mean loss",
                "The mean over the rows. This is what training makes smaller.",
                "loss = sum of the rows' losses / rows",
                self._line(name),
            )
        if name == ACCURACY:
            return Explanation(
                "accuracy",
                "The part of the rows whose true class got the largest probability. By how much "
                "does not count. Where both are equal, the first class is taken.",
                "accuracy = rows that are right / rows",
                self._line(name),
            )
        at = int(name.split()[-1]) - 1
        meaning = (
            "Cross-entropy: minus the natural logarithm of the probability that the true class "
            "was given. 0 for a probability of 1, and ever more as it comes near 0."
        )
        if self.hidden_rows[at]:
            meaning += " The number stays hidden until you have answered the question."
        elif self.given.shares[at] < 1e-7:
            meaning += " Keras and this engine hold p at 0.0000001 or more: it would be infinite."
        return Explanation(
            name,
            meaning,
            "loss of a row = -ln(p of its true class)",
            self._line(name),
            where=(("p", f"what {MADE[self.given.truths[at]]} was given"),),
        )

    def code(self) -> tuple[Code, ...]:
        return loss_listings(self.given.truths, self.given.predicted)
