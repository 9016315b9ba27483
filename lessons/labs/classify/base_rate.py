"""The base rate: what a model is worth that looks at no column and says the same of every row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from engine.losses import CategoricalCrossentropy
from lessons.labs.base import Code, Explanation, Field
from lessons.labs.classify.classes import CLASSES, MODULES, counts
from lessons.labs.classify.code import base_rate_listings
from lessons.labs.classify.worked import UNKNOWN, Worked
from lessons.numbers import percent, short

ACCURACY, LOSS = "accuracy", "loss"


@dataclass(frozen=True)
class Saying:
    """The data, and the class that is said of every row."""

    data: str
    always: int


@dataclass(frozen=True)
class ClassCount:
    """One class: its rows and its share of all. Texts are empty until counted, or ?."""

    name: str
    rows: str
    share: str
    part: float | None
    """The share as a number; None while it is not to be seen."""
    said: bool
    """Whether this is the class that is said of every row."""
    now: bool


@dataclass(frozen=True)
class BaseRateSnapshot:
    """All that is seen of the base rate."""

    data: str
    rows: int
    classes: tuple[ClassCount, ...]
    accuracy: str
    loss: str
    lines: tuple[str, ...]
    said: str


class BaseRateLab(Worked):
    """A step counts the rows of the next class, then comes the accuracy, then the loss."""

    view = "base rate"
    given: Saying

    def _first_given(self) -> Saying:
        return Saying(self.setup.data, self.setup.always)

    @property
    def step_name(self) -> str:  # type: ignore[override]
        name = self.names[self.position] if self.can("step") else "step"
        return name if name in (ACCURACY, LOSS, "step") else "count"

    @property
    def dataset(self) -> str:  # type: ignore[override]
        return self.given.data

    @property
    def classes(self) -> tuple[str, ...]:
        """What the classes are called."""
        return CLASSES[self.given.data]

    @property
    def names(self) -> tuple[str, ...]:
        return (*(f"rows of {one}" for one in self.classes), ACCURACY, LOSS)

    # -- the numbers ----------------------------------------------------------------------------

    @property
    def counts(self) -> tuple[int, ...]:
        """Rows of each class."""
        return counts(self.given.data)

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.counts)

    @property
    def accuracy(self) -> float:
        """Of saying the same class of every row."""
        return base_accuracy(self.given.data, self.given.always)

    @property
    def loss(self) -> float:
        """Of giving every row the shares of the classes."""
        return base_loss(self.given.data)

    @property
    def hides(self) -> bool:
        """Whether a question asks for a base rate."""
        return "base rate" in self.hiding

    # -- editing --------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        said = self.classes[self.given.always]
        return (
            Field("data", "data", self.given.data, tuple(CLASSES)),
            Field("always", "always say", said, self.classes),
        )

    def _apply(self, field: Field, text: str) -> None:
        if field.id == "data":
            self._give(replace(self.given, data=text), f"The rows of {text}.")
        else:
            always = self.classes.index(text)
            self._give(replace(self.given, always=always), f"The model says {text}, always.")

    # -- what is seen ---------------------------------------------------------------------------

    def snapshot(self) -> BaseRateSnapshot:
        shown = {name: self._number(name) for name in (ACCURACY, LOSS) if self.uncovered(name)}
        return BaseRateSnapshot(
            data=self.given.data,
            rows=self.rows,
            classes=tuple(self._class(at) for at in range(len(self.classes))),
            accuracy=shown.get(ACCURACY, ""),
            loss=shown.get(LOSS, ""),
            lines=tuple(self._line(name) for name in self.names[: self.position]),
            said=self.said,
        )

    def _class(self, at: int) -> ClassCount:
        name = f"rows of {self.classes[at]}"
        seen = self.uncovered(name)
        part = self.counts[at] / self.rows
        return ClassCount(
            name=self.classes[at],
            rows=f"{self.counts[at]:,}" if seen else "",
            share=(UNKNOWN if self.hides else percent(part)) if seen else "",
            part=part if seen and not self.hides else None,
            said=at == self.given.always,
            now=self.now(name),
        )

    def _number(self, name: str) -> str:
        if self.hides:
            return UNKNOWN
        return percent(self.accuracy) if name == ACCURACY else short(self.loss)

    def _line(self, name: str) -> str:
        if name == ACCURACY:
            count = self.counts[self.given.always]
            result = UNKNOWN if self.hides else short(self.accuracy)
            return f"accuracy = {count} / {self.rows} = {result}"
        if name == LOSS:
            if self.hides:
                return "loss = ?"
            shares = [short(count / self.rows) for count in self.counts]
            terms = " + ".join(f"{one} × ln({one})" for one in shares)
            return f"loss = -({terms}) = {short(self.loss)}"
        at = self.names.index(name)
        return f"{self.classes[at]}: {self.counts[at]:,} of {self.rows:,} rows"

    # -- explaining -----------------------------------------------------------------------------

    def explain(self, name: str) -> Explanation:
        hidden = " It stays hidden until you have answered the question." if self.hides else ""
        if name == ACCURACY:
            return Explanation(
                f"accuracy of always saying {self.classes[self.given.always]}",
                "It is right on the rows of that class and wrong on all others. The share of the "
                f"largest class is the base rate: what can be had without looking.{hidden}",
                "accuracy = rows of the class / all rows",
                self._line(name),
            )
        if name == LOSS:
            return Explanation(
                "loss of saying the shares",
                "A model that gives every row the same probabilities does best with the shares of "
                f"the classes. A network that learned something has less.{hidden}",
                "loss = -(share 0 × ln(share 0) + share 1 × ln(share 1))",
                self._line(name),
            )
        return Explanation(
            name,
            f"The rows whose {MODULES[self.given.data].TARGET} is {self.names.index(name)}.",
            "rows of a class = how many rows have its number",
            self._line(name),
        )

    def code(self) -> tuple[Code, ...]:
        return base_rate_listings(self.given.data, self.given.always)


def base_accuracy(data: str, always: int | None = None) -> float:
    """The part of the rows that a class has; without one, that of the largest."""
    rows = counts(data)
    return (max(rows) if always is None else rows[always]) / sum(rows)


@cache
def base_loss(data: str) -> float:
    """Cross-entropy of giving every row the shares of the classes, by the engine."""
    rows = np.array(counts(data))
    shares = rows / rows.sum()
    predicted = np.tile(shares, (len(shares), 1))
    each = CategoricalCrossentropy().per_row(np.eye(len(shares)), predicted)
    return float((each * shares).sum())
