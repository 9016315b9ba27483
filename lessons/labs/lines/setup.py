"""What the lines lab is given and what the learner decides: rows, scene, settings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine import StandardScaler, Table
from lessons.labs.base import Field, Scene
from lessons.numbers import exact

RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
NODES = ("1", "2", "3", "4", "8", "16")
ACTIVATIONS = ("relu", "none")
LAST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Group:
    """The two kinds of rows: a column of 0 and 1, and what each is called."""

    column: str
    zero: str
    one: str


@dataclass(frozen=True)
class Problem:
    """Rows to learn from; any of `axes` can be the input that is drawn."""

    name: str
    table: Table
    axes: tuple[str, ...]
    units: dict[str, str]
    group: Group
    target: str


@dataclass(frozen=True)
class Settings:
    """What the learner decides about both models."""

    axis: str
    nodes: int
    activation: str
    rate: float
    seed: int


@dataclass(frozen=True)
class LinesScene(Scene):
    """Which models stand beside the rows, and the epochs they are trained when the page opens."""

    models: tuple[str, ...] = ("straight", "network")
    axis: str = ""
    """The input that is drawn; empty: the first of the problem."""
    nodes: int = 8
    activation: str = "relu"
    rate: float = 0.02
    places: tuple[float, float] = (10.0, 90.0)
    """Where the gaps between the lines are measured."""
    epochs: int = 0


class Rows:
    """The rows as both models get them: one input and the group, scaled; and the target."""

    def __init__(self, problem: Problem, axis: str) -> None:
        table = problem.table
        self.values = table.column(axis)
        self.group = table.column(problem.group.column)
        self.y = table.column(problem.target)
        raw = np.column_stack([self.values, self.group])
        self._scaler = StandardScaler().fit(raw)
        self.x = self._scaler.transform(raw)

    @property
    def low(self) -> float:
        """The smallest value of the input, down to a whole number."""
        return float(np.floor(self.values.min()))

    @property
    def high(self) -> float:
        """The largest value of the input, up to a whole number."""
        return float(np.ceil(self.values.max()))

    @property
    def places(self) -> tuple[float, float]:
        """Two places near the ends of the axis, whole numbers, to measure gaps at."""
        tenth = (self.high - self.low) / 10
        return float(round(self.low + tenth)), float(round(self.high - tenth))

    def inputs(self, values: np.ndarray, group: int) -> np.ndarray:
        """What the models get for these values of the input, all of one group: (values, 2)."""
        return self._scaler.transform(np.column_stack([values, np.full(len(values), group)]))


def fields_of(
    problem: Problem, settings: Settings, places: tuple[float, float], rows: Rows
) -> tuple[Field, ...]:
    """All that the learner can change."""
    nodes = str(settings.nodes)
    choices = NODES if nodes in NODES else (*NODES, nodes)
    nudge = 10.0 if rows.high - rows.low > 20 else 1.0
    near, far = (exact(place) for place in places)
    return (
        Field("input", "input on the axis", settings.axis, problem.axes),
        Field("nodes", "hidden nodes", nodes, choices),
        Field("activation", "activation", settings.activation, ACTIVATIONS),
        Field("rate", "learning rate", exact(settings.rate), low=0, high=10, ladder=RATES),
        Field("seed", "seed", str(settings.seed), low=0, high=LAST_SEED),
        Field("near", "gap at", near, low=rows.low, high=rows.high, nudge=nudge),
        Field("far", "and gap at", far, low=rows.low, high=rows.high, nudge=nudge),
    )
