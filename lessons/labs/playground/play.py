"""Everything that names a playground: its data, its features, its network and how it learns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine import (
    CosineDecay,
    Dense,
    Dropout,
    ExponentialDecay,
    Input,
    LearningRateSchedule,
    Sequential,
)
from engine.regularizers import L1, L2, Regularizer
from lessons.labs.playground.features import FEATURES
from lessons.labs.playground.points import SETS
from lessons.learning.problem import Problem
from lessons.learning.recipe import OPTIMIZERS, Recipe

TABLES = ("wages", "titanic", "shots", "digits")
"""Data sets of the course that can be played with as well."""

DATA = (*SETS, *TABLES)
MOST_LAYERS = 6
MOST_NODES = 100
"""More than FULL_LAYER of them are summarised in the picture."""
ACTIVATIONS = ("tanh", "relu", "sigmoid", "linear", "leaky_relu", "elu", "gelu", "swish")
INITIALIZERS = ("glorot_uniform", "he_normal", "lecun_normal", "random_normal", "zeros")
REGULARIZERS = ("none", "l1", "l2")
SCHEDULES = ("constant", "exponential", "cosine")
DECAY_STEPS = 1000
"""Steps after which an exponential schedule has halved the rate, and a cosine has ended."""


@dataclass(frozen=True)
class Play(Recipe):
    """A recipe, the data it is for, and what a playground can do beyond the lessons."""

    hidden: tuple[int, ...] = (4, 2)
    rate: float = 0.03
    batch_size: int = 10
    activation: str = "tanh"
    scaling: bool = False
    data: str = "circle"
    noise: float = 0.1
    """How far points are thrown from their shape, in units of the plane."""
    points: int = 300
    held_out: float = 0.3
    features: tuple[str, ...] = ("x1", "x2")
    activations: tuple[str, ...] = ()
    """Of each hidden layer, where they are not all `activation`."""
    regularizer: str = "none"
    strength: float = 0.001
    dropout: float = 0.0
    """Part of the nodes of each hidden layer that is left out in a step."""
    schedule: str = "constant"

    @property
    def on_the_plane(self) -> bool:
        """Whether its data are points of the plane, so that maps can be drawn."""
        return self.data in SETS

    def activation_of(self, layer: int) -> str:
        """The activation of a hidden layer, counted from 0."""
        return self.activations[layer] if layer < len(self.activations) else self.activation

    def resized(self, hidden: tuple[int, ...]) -> Play:
        """The same with other hidden layers; a new layer gets the activation of all."""
        kept = tuple(self.activation_of(at) for at in range(len(hidden)))
        return replace(self, hidden=hidden, activations=() if not self.activations else kept)

    def normal(self) -> Play:
        """The same playground, written in the one way that two equal ones are equal."""
        names = tuple(self.activation_of(at) for at in range(len(self.hidden)))
        same = len(set(names)) <= 1
        return replace(
            self,
            activation=names[0] if names and same else self.activation,
            activations=() if same else names,
            features=tuple(name for name in FEATURES if name in self.features),
        )

    def rate_setting(self) -> float | LearningRateSchedule:
        """The learning rate, or the schedule that begins with it."""
        if self.schedule == "exponential":
            return ExponentialDecay(self.rate, DECAY_STEPS, 0.5)
        if self.schedule == "cosine":
            return CosineDecay(self.rate, DECAY_STEPS)
        return self.rate

    def network(self, problem: Problem) -> Sequential:
        """The network with the random weights of the seed, not compiled yet."""
        model = Sequential([Input((len(problem.features),))], seed=self.seed)
        for layer, units in enumerate(self.hidden):
            model.add(self._dense(units, self.activation_of(layer)))
            if self.dropout:
                model.add(Dropout(self.dropout))
        model.add(self._dense(problem.outputs, problem.last_activation))
        return model

    def _dense(self, units: int, activation: str | None) -> Dense:
        return Dense(
            units,
            activation=activation,
            kernel_initializer=self.initializer,
            kernel_regularizer=self._penalty(),
        )

    def _penalty(self) -> Regularizer | None:
        kinds: dict[str, Any] = {"l1": L1, "l2": L2}
        return kinds[self.regularizer](self.strength) if self.regularizer in kinds else None

    def compile(self, model: Sequential, problem: Problem) -> None:
        """Give it the optimizer, the loss and the metrics."""
        make, _ = OPTIMIZERS[self.optimizer]
        optimizer = make(self.rate)
        optimizer.rate_setting = self.rate_setting()
        model.compile(
            optimizer=optimizer,
            loss=self.loss_for(problem),
            metrics=["accuracy"] if problem.classifies else None,
        )


def usual_for(data: str, **changes: Any) -> Play:
    """A playground as it opens for a data set: tables are scaled and get a larger network."""
    if data in SETS:
        usual = Play(data=data)
    elif data == "digits":
        usual = Play(data=data, hidden=(50, 50), activation="relu", rate=0.1, batch_size=32)
        usual = replace(usual, optimizer="sgd")
    else:
        usual = Play(data=data, hidden=(20, 20), activation="relu", rate=0.001, batch_size=32)
        usual = replace(usual, optimizer="adam", scaling=True)
    return replace(usual, **changes)
