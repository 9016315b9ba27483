"""Softmax by hand: e to every score, their sum, and each one's share of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.activations import get as activation
from lessons.labs.base import Code, Explanation, Field
from lessons.labs.classify.code import softmax_listings
from lessons.labs.classify.scene import concealed
from lessons.labs.classify.worked import UNKNOWN, Worked
from lessons.numbers import exact, operand, short

LIMIT = 1000.0
"""The largest score: e to this is far beyond what a computer can hold."""

SUM = "sum"
NEXT_SCORE = 0.1
"""Of a third class that is added."""


@dataclass(frozen=True)
class Scores:
    """What the output nodes computed, and what is added to every one."""

    single: tuple[float, ...]
    added: float

    @property
    def all(self) -> tuple[float, ...]:
        """The scores that softmax is given."""
        return tuple(round(one + self.added, 9) for one in self.single)

    @property
    def pattern(self) -> tuple[float, ...]:
        """How far each is below the largest: all that softmax sees of them."""
        largest = max(self.all)
        return tuple(round(one - largest, 6) for one in self.all)

    @property
    def probabilities(self) -> tuple[float, ...]:
        """The engine's softmax of them."""
        row = activation("softmax").value(np.array([self.all]))[0]
        return tuple(float(one) for one in row)

    @property
    def powers(self) -> tuple[float, ...]:
        """e to every score; infinite or 0 where that is beyond what a computer can hold."""
        with np.errstate(over="ignore", under="ignore"):
            return tuple(float(one) for one in np.exp(np.array(self.all)))


@dataclass(frozen=True)
class ClassScore:
    """One class: its score, e to it, its probability. Empty while it is not computed, or ?."""

    name: str
    score: str
    level: float
    """The score as a number, without what is added to all."""
    power: str
    probability: str
    share: float | None
    """The probability as a number; None while it is not to be seen."""
    now: str
    """Which of these was computed last: power, probability or nothing."""


@dataclass(frozen=True)
class SoftmaxSnapshot:
    """All that is seen of softmax."""

    classes: tuple[ClassScore, ...]
    added: float
    """What is added to every score."""
    sum: str
    sum_now: bool
    total: str
    """What the probabilities add up to, once they are all there."""
    lines: tuple[str, ...]
    said: str


class SoftmaxLab(Worked):
    """A step computes the next power, the sum, or the next probability."""

    view = "softmax"
    given: Scores

    def _first_given(self) -> Scores:
        return Scores(self.setup.scores, self.setup.added)

    @property
    def step_name(self) -> str:  # type: ignore[override]
        if not self.can("step"):
            return "step"
        name = self.names[self.position]
        return "add" if name == SUM else "power" if name.startswith("e") else "divide"

    @property
    def names(self) -> tuple[str, ...]:
        count = range(len(self.given.single))
        powers = (f"e to score {at}" for at in count)
        return (*powers, SUM, *(f"probability {at}" for at in count))

    # -- the numbers ----------------------------------------------------------------------------

    @property
    def hides_probabilities(self) -> bool:
        """Whether a question asks what softmax makes of scores that differ as these do."""
        for kind in ("softmax", "shifted"):
            for scores in concealed(self.hiding, kind):
                asked = Scores(tuple(map(float, scores)), 0.0)
                if asked.pattern == self.given.pattern and (
                    kind == "softmax" or asked.all != self.given.all
                ):
                    return True
        return False

    def _held(self) -> bool:
        """Whether the sum of the powers can be held."""
        return 0 < sum(self.given.powers) < float("inf")

    # -- editing --------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        scores = (
            Field(f"score {at}", f"score {at}", exact(one), low=-LIMIT, high=LIMIT, nudge=0.1)
            for at, one in enumerate(self.given.single)
        )
        added = exact(self.given.added)
        return (
            *scores,
            Field("added", "added to all", added, low=-LIMIT, high=LIMIT, nudge=10.0),
            Field("classes", "classes", str(len(self.given.single)), ("2", "3", "4")),
        )

    def _apply(self, field: Field, text: str) -> None:
        given = self.given
        match field.id:
            case "added":
                self._give(
                    replace(given, added=field.read(text)), f"{text} is added to each score."
                )
            case "classes":
                rest = (NEXT_SCORE,) * int(text)
                single = (*given.single, *rest)[: int(text)]
                if single != given.single:
                    self.go(0)
                    self._end = 0
                self._give(replace(given, single=single), f"{text} classes.")
            case _:
                at = int(field.id.split()[1])
                single = (*given.single[:at], field.read(text), *given.single[at + 1 :])
                said = f"Score {at} is now {short(single[at])}: all probabilities follow."
                self._give(replace(given, single=single), said)

    # -- what is seen ---------------------------------------------------------------------------

    def snapshot(self) -> SoftmaxSnapshot:
        count = len(self.given.single)
        whole = self.uncovered(self.names[-1]) and not self.hides_probabilities
        return SoftmaxSnapshot(
            classes=tuple(self._class(at) for at in range(count)),
            added=self.given.added,
            sum=_power(sum(self.given.powers)) if self.uncovered(SUM) else "",
            sum_now=self.now(SUM),
            total=short(sum(self.given.probabilities)) if whole else "",
            lines=tuple(self._line(name) for name in self.names[: self.position]),
            said=self.said,
        )

    def _class(self, at: int) -> ClassScore:
        power, probability = f"e to score {at}", f"probability {at}"
        value, hidden = self.given.probabilities[at], self.hides_probabilities
        shown = self.uncovered(probability)
        return ClassScore(
            name=f"class {at}",
            score=short(self.given.all[at]),
            level=self.given.single[at],
            power=_power(self.given.powers[at]) if self.uncovered(power) else "",
            probability=(UNKNOWN if hidden else short(value)) if shown else "",
            share=value if shown and not hidden else None,
            now="power" if self.now(power) else "probability" if self.now(probability) else "",
        )

    def _line(self, name: str) -> str:
        """The arithmetic of one number."""
        if name == SUM:
            terms = " + ".join(_power(one) for one in self.given.powers)
            return f"sum = {terms} = {_power(sum(self.given.powers))}"
        at = int(name.split()[-1])
        if name.startswith("e"):
            return f"{_e(self.given.all[at])} = {_power(self.given.powers[at])}"
        result = UNKNOWN if self.hides_probabilities else short(self.given.probabilities[at])
        if self._held():
            above, below = _power(self.given.powers[at]), _power(sum(self.given.powers))
        else:
            pattern = np.exp(np.array(self.given.pattern))
            above, below = short(float(pattern[at])), short(float(pattern.sum()))
        return f"class {at}: {above} / {below} = {result}"

    # -- explaining -----------------------------------------------------------------------------

    def explain(self, name: str) -> Explanation:
        if name == SUM:
            return Explanation(
                "the sum",
                "Everything that is to be shared out. Dividing by it makes the shares add up to 1.",
                "sum = e^score 0 + e^score 1 + …",
                self._line(name),
            )
        at = int(name.split()[-1])
        if name.startswith("e"):
            return Explanation(
                f"e to the score of class {at}",
                "e is about 2.718. A power of it is never negative, and 1 more in the score makes "
                "it 2.718 times as large.",
                "power = e^score",
                f"power = {self._line(name)}",
            )
        return self._explain_probability(at)

    def _explain_probability(self, at: int) -> Explanation:
        meaning = "The share of this class in the sum of all powers."
        if self.hides_probabilities:
            meaning += " It stays hidden until you have answered the question."
        where: tuple[tuple[str, str], ...] = ()
        if not self._held():
            meaning += (
                " These powers cannot be held, so the largest score is taken off every score "
                "first, as the engine always does. It changes nothing."
            )
            taken = operand(max(self.given.all))
            where = tuple(
                (_e(below), f"for score {short(score)}, less {taken}")
                for below, score in zip(self.given.pattern, self.given.all, strict=True)
            )
        return Explanation(
            f"probability of class {at}",
            meaning,
            "probability = e^score / sum of all e^score",
            self._line(f"probability {at}"),
            where,
        )

    def code(self) -> tuple[Code, ...]:
        return softmax_listings(self.given.all)


def _e(score: float) -> str:
    return f"e^{operand(score)}"


def _power(value: float) -> str:
    """A power of e as it is written: four decimals, or four digits where it is large."""
    if value == 0:
        return "0"
    return f"{value:.4g}" if np.isfinite(value) and value >= 1e6 else short(value)
