"""The target column turned to one column for each class, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from engine import to_categorical
from lessons.datasets import shots
from lessons.labs.base import Code, Explanation, Field
from lessons.labs.classify.classes import MADE
from lessons.labs.classify.code import one_hot_listings
from lessons.labs.classify.worked import UNKNOWN, Worked
from lessons.numbers import short


@dataclass(frozen=True)
class ShotRow:
    """One row of the table; `columns` are empty until the row is turned."""

    values: tuple[str, ...]
    target: str
    columns: tuple[str, ...]
    now: bool


@dataclass(frozen=True)
class OneHotSnapshot:
    """All that is seen of the table."""

    features: tuple[str, ...]
    target: str
    classes: tuple[str, ...]
    rows: tuple[ShotRow, ...]
    lines: tuple[str, ...]
    said: str


class OneHotLab(Worked):
    """Four shots; a step turns the target of the next one. `given` is the class of each."""

    view = "one-hot"
    step_name = "one row"
    dataset = "shots"
    given: tuple[int, ...]

    def _first_given(self) -> tuple[int, ...]:
        return self.setup.targets

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"row {at + 1}" for at in range(len(self.given)))

    def columns(self, at: int) -> tuple[str, ...]:
        """The one-hot numbers of a row, or question marks."""
        if "one-hot" in self.hiding:
            return (UNKNOWN,) * len(MADE)
        row = to_categorical([self.given[at]], len(MADE))[0]
        return tuple(short(float(one)) for one in row)

    # -- editing --------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        return tuple(
            Field(name, f"{shots.TARGET} of {name}", str(target), ("0", "1"))
            for name, target in zip(self.names, self.given, strict=True)
        )

    def _apply(self, field: Field, text: str) -> None:
        at = self.names.index(field.id)
        given = (*self.given[:at], int(text), *self.given[at + 1 :])
        self._give(given, f"{field.label} is now {text}.")

    # -- what is seen ---------------------------------------------------------------------------

    def snapshot(self) -> OneHotSnapshot:
        return OneHotSnapshot(
            features=shots.FEATURES,
            target=shots.TARGET,
            classes=MADE,
            rows=tuple(self._row(at, name) for at, name in enumerate(self.names)),
            lines=tuple(self._line(at) for at in range(self.position)),
            said=self.said,
        )

    def _line(self, at: int) -> str:
        pairs = zip(MADE, self.columns(at), strict=True)
        shares = ", ".join(f"{one} {number}" for one, number in pairs)
        return f"row {at + 1}, class {self.given[at]}: {shares}"

    def _row(self, at: int, name: str) -> ShotRow:
        columns = self.columns(at) if self.uncovered(name) else ("",) * len(MADE)
        values = tuple(short(one) for one in shots.EXAMPLES.select(*shots.FEATURES).values[at])
        return ShotRow(values, str(self.given[at]), columns, self.now(name))

    def explain(self, name: str) -> Explanation:
        at = self.names.index(name)
        return Explanation(
            f"one-hot target of {name}",
            "One column for each class, numbered from 0. The column of the row's class holds 1, "
            "every other column 0. As probabilities: all of it on what really happened.",
            "column k = 1 if the class is k, else 0",
            self._line(at),
        )

    def code(self) -> tuple[Code, ...]:
        return one_hot_listings(self.given)
