"""What the lab of slopes per layer is given, and what the learner decides about it."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Field, Scene
from lessons.learning.recipe import RATES, Recipe
from lessons.numbers import exact

ACTIVATIONS = ("sigmoid", "tanh", "relu")
"""The networks side by side; all else about them is the same."""
INITIALIZERS = ("glorot_uniform", "he_normal", "lecun_normal", "random_normal")
OPTIMIZERS = ("sgd", "adam")

WIDTH = 8
"""Nodes in each hidden layer."""
SHALLOWEST, DEEPEST = 2, 20

BARS, LOSSES = "slopes", "losses"
PLOTS = (BARS, LOSSES)

USUAL_RATES = {"sgd": 0.1, "adam": 0.01}


@dataclass(frozen=True)
class SlopesScene(Scene):
    """Networks of so many hidden layers, and what a step is.

    With `flows` a step takes the slopes one layer back, and nothing is trained; else a step is a
    batch. `conceal` may hold "slopes", or "slopes sigmoid" for those of one network.
    """

    depth: int = 8
    initializer: str = "glorot_uniform"
    flows: bool = False
    steps: int = 0
    plot: str = BARS


@dataclass(frozen=True)
class Settings:
    """What the learner decides; the three networks have it in common."""

    depth: int
    initializer: str
    optimizer: str
    rate: float
    seed: int

    def recipe(self, activation: str) -> Recipe:
        """The recipe of one of the networks."""
        return Recipe(
            hidden=(WIDTH,) * self.depth,
            activation=activation,
            initializer=self.initializer,
            optimizer=self.optimizer,
            rate=self.rate,
            seed=self.seed,
        )


def settings_fields(settings: Settings, flows: bool) -> tuple[Field, ...]:
    """The settings as fields to edit."""
    depth = Field("depth", "hidden layers", str(settings.depth), low=SHALLOWEST, high=DEEPEST)
    start = Field("initializer", "initializer", settings.initializer, INITIALIZERS)
    if flows:
        return depth, start
    rate = Field("rate", "learning rate", exact(settings.rate), low=0, high=10, ladder=RATES)
    return depth, start, rate, Field("optimizer", "optimizer", settings.optimizer, OPTIMIZERS)
