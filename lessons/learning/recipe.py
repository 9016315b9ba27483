"""A recipe: everything that names a training but its data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine import SGD, Adam, Dense, Input, Optimizer, Sequential
from engine.losses import CategoricalCrossentropy
from lessons.learning.problem import Problem
from lessons.numbers import short

OPTIMIZERS: dict[str, tuple[Callable[[float], Optimizer], float]] = {
    "adam": (lambda rate: Adam(learning_rate=rate), 0.001),
    "sgd": (lambda rate: SGD(learning_rate=rate), 0.01),
    "sgd, momentum 0.9": (lambda rate: SGD(learning_rate=rate, momentum=0.9), 0.01),
    "sgd, nesterov 0.9": (lambda rate: SGD(learning_rate=rate, momentum=0.9, nesterov=True), 0.01),
}
"""What the learner calls an optimizer, how it is made, and the learning rate Keras gives it."""

RATES = tuple(digit * 10.0**power for power in range(-6, 1) for digit in (1, 2, 5))
BATCH_SIZES = (1, 8, 16, 32, 64, 128)


@dataclass(frozen=True)
class Recipe:
    """The network, what it is compiled with, how it is fitted, and the seed of all chance."""

    hidden: tuple[int, ...] = (100, 100)
    """Nodes of each hidden layer."""
    activation: str = "relu"
    initializer: str = "glorot_uniform"
    optimizer: str = "adam"
    """A name of OPTIMIZERS."""
    rate: float = 0.001
    batch_size: int = 32
    scaling: bool = True
    """Whether each column is scaled by mean and standard deviation of the training rows."""
    loss: str = ""
    """Keras's name; empty for the usual one: mean_squared_error, or categorical_crossentropy."""
    from_logits: bool = False
    """For classes: the last layer gives scores, and softmax is part of the loss. Then nothing is
    clipped: however sure and wrong the network is, a slope comes back."""
    seed: int = 1

    def loss_for(self, problem: Problem) -> str:
        """Keras's name of the loss that is used on this problem."""
        if self.loss or not problem.classifies:
            return self.loss or "mean_squared_error"
        return "categorical_crossentropy" if problem.outputs > 1 else "binary_crossentropy"

    def build(self, problem: Problem) -> Sequential:
        """The compiled network with the random weights of the seed."""
        model = self.network(problem)
        self.compile(model, problem)
        return model

    def network(self, problem: Problem) -> Sequential:
        """The network with the random weights of the seed, not compiled yet."""
        model = Sequential([Input((len(problem.features),))], seed=self.seed)
        for units in self.hidden:
            model.add(Dense(units, activation=self.activation, kernel_initializer=self.initializer))
        last = None if self.from_logits else problem.last_activation
        model.add(Dense(problem.outputs, activation=last))
        return model

    def compile(self, model: Sequential, problem: Problem) -> None:
        """Give it the optimizer, the loss and the metrics."""
        make, _ = OPTIMIZERS[self.optimizer]
        of_scores = CategoricalCrossentropy(from_logits=True)
        model.compile(
            optimizer=make(self.rate),
            loss=of_scores if self.from_logits else self.loss_for(problem),
            metrics=["accuracy"] if problem.classifies else None,
        )

    def unlike(self, other: Recipe) -> str:
        """What is different here from `other`, in a few words, to tell two curves apart."""
        words = []
        if self.hidden != other.hidden:
            words.append("-".join(map(str, self.hidden)) or "no hidden layer")
        if self.activation != other.activation:
            words.append(self.activation)
        if self.initializer != other.initializer:
            words.append(self.initializer)
        if self.optimizer != other.optimizer:
            words.append(self.optimizer)
        if self.loss != other.loss:
            words.append(self.loss.replace("_", " ") or "the usual loss")
        if self.from_logits != other.from_logits:
            words.append("loss of scores" if self.from_logits else "loss of probabilities")
        if self.rate != other.rate:
            words.append(f"rate {short(self.rate, 6)}")
        if self.batch_size != other.batch_size:
            words.append(f"batch {self.batch_size}")
        if self.scaling != other.scaling:
            words.append("scaled" if self.scaling else "unscaled")
        if self.seed != other.seed:
            words.append(f"seed {self.seed}")
        return ", ".join(words) or "same settings"
