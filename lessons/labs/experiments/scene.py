"""What the experiments lab is given and what the learner decides: scene, fields, tables to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lessons.labs.base import Field, Scene
from lessons.learning import problems
from lessons.learning.advice import Result
from lessons.learning.problem import Problem
from lessons.learning.recipe import BATCH_SIZES, RATES, Recipe
from lessons.numbers import exact

SHOWS = ("curves", "capacity")
"""What the lab's picture shows: losses over epochs, or losses over the size of the network."""
AXES = ("linear", "logarithmic")
ACTIVATIONS = ("relu", "tanh", "sigmoid")

NODES = (1, 2, 3, 5, 10, 25, 50, 100, 250)
MOST_NODES, MOST_LAYERS = 256, 4
EPOCHS = (10, 20, 50, 100, 200, 500)
MOST_EPOCHS = 1000
HIGHEST_SEED = 2**31 - 1

PROBLEMS: dict[str, Callable[[], Problem]] = {"hills": problems.hills, "wages": problems.wages}
"""What the learner calls a data set, and what makes its problem."""

USUAL = {
    "hills": (Recipe(hidden=(5,), rate=0.01, batch_size=16), 200),
    "wages": (Recipe(hidden=(5,), rate=0.01, batch_size=32), 60),
}
"""The recipe and the epochs that experiments on a data set begin with."""


@dataclass(frozen=True)
class Printed:
    """A table of results to be read row by row, and how far seeds lie apart, if that is told."""

    results: tuple[Result, ...]
    source: str
    inputs: int
    """How many inputs are assumed, to count parameters."""
    spread: float | None = None


@dataclass(frozen=True)
class ExperimentsScene(Scene):
    """Data, a network for it, and what is to be seen.

    `plan` are networks that are trained one after the other without further keys. With `printed`
    there is nothing to train: a step shows the next row of that table, `rows` are shown at first.
    """

    data: str = "hills"
    hidden: tuple[int, ...] = (5,)
    plan: tuple[tuple[int, ...], ...] = ()
    shows: str = "curves"
    printed: Printed | None = None
    rows: int = 1

    @property
    def setup(self) -> Setup:
        """What is trained first."""
        return usual(self.data, self.plan[0] if self.plan else self.hidden)


@dataclass(frozen=True)
class Setup:
    """What the learner decides: data, recipe, and after how many epochs an experiment ends."""

    data: str
    recipe: Recipe
    epochs: int

    @property
    def problem(self) -> Problem:
        """The rows of the data set."""
        return PROBLEMS[self.data]()

    def but(self, **changes: Any) -> Setup:
        """The same with changes of the recipe."""
        return replace(self, recipe=replace(self.recipe, **changes))


def usual(data: str, hidden: tuple[int, ...], seed: int = 1) -> Setup:
    """A network on a data set, with everything else as the lesson has it."""
    recipe, epochs = USUAL[data]
    return Setup(data, replace(recipe, hidden=hidden, seed=seed), epochs)


def setup_fields(setup: Setup) -> tuple[Field, ...]:
    """The setup as fields to edit. All hidden layers have the same number of nodes here."""
    recipe = setup.recipe
    sizes = tuple(str(size) for size in BATCH_SIZES)
    layers = tuple(str(count) for count in range(1, MOST_LAYERS + 1))
    nodes, epochs = recipe.hidden[0], setup.epochs
    return (
        Field("nodes", "nodes a layer", str(nodes), low=1, high=MOST_NODES, ladder=NODES),
        Field("layers", "hidden layers", str(len(recipe.hidden)), layers),
        Field("seed", "seed", str(recipe.seed), low=0, high=HIGHEST_SEED),
        Field("epochs", "epochs", str(epochs), low=1, high=MOST_EPOCHS, ladder=EPOCHS),
        Field("data", "data set", setup.data, tuple(PROBLEMS)),
        Field("rate", "learning rate", exact(recipe.rate), low=0, high=10, ladder=RATES),
        Field("batch", "batch size", str(recipe.batch_size), sizes),
        Field("activation", "activation", recipe.activation, ACTIVATIONS),
    )
