"""What the training lab is given and what the learner decides: data, scene, settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine import SGD, Adam, Optimizer
from lessons.labs.base import Field, Scene
from lessons.numbers import exact, short

OPTIMIZERS: dict[str, tuple[Callable[[float], Optimizer], float]] = {
    "adam": (lambda rate: Adam(learning_rate=rate), 0.001),
    "sgd": (lambda rate: SGD(learning_rate=rate), 0.01),
    "sgd, momentum 0.9": (lambda rate: SGD(learning_rate=rate, momentum=0.9), 0.01),
    "sgd, nesterov 0.9": (lambda rate: SGD(learning_rate=rate, momentum=0.9, nesterov=True), 0.01),
}
"""What the learner calls an optimizer, how it is made, and the learning rate Keras gives it."""

RATES = tuple(digit * 10.0**power for power in range(-6, 1) for digit in (1, 2, 5))
BATCH_SIZES = (1, 8, 16, 32, 64, 128)
SHOWS = ("value", "slope", "change")
AXES = ("linear", "logarithmic")


@dataclass(frozen=True)
class Problem:
    """Rows to learn from, split once: raw inputs (rows, columns) and targets (rows, 1)."""

    name: str
    features: tuple[str, ...]
    target: str
    held_out: float
    """The part of the rows that is held out, and the seed it is chosen with."""
    split_seed: int
    x_train: np.ndarray
    y_train: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray


@dataclass(frozen=True)
class TrainingScene(Scene):
    """Settings, and how many batches are already taken when the page opens."""

    optimizer: str = "adam"
    rate: float | None = None
    batch_size: int = 32
    scaling: bool = True
    layer: int = 0
    shows: str = "value"
    log_axis: bool = False
    steps: int = 0


@dataclass(frozen=True)
class Settings:
    """What the learner decides about training."""

    optimizer: str
    rate: float
    batch_size: int
    scaling: bool

    def unlike(self, other: Settings) -> str:
        """What is different here from `other`, in a few words, to tell two curves apart."""
        words = []
        if self.optimizer != other.optimizer:
            words.append(self.optimizer)
        if self.rate != other.rate:
            words.append(f"rate {short(self.rate, 6)}")
        if self.batch_size != other.batch_size:
            words.append(f"batch {self.batch_size}")
        if self.scaling != other.scaling:
            words.append("scaled" if self.scaling else "unscaled")
        return ", ".join(words) or "same settings"


def settings_fields(settings: Settings, rows: int) -> tuple[Field, ...]:
    """The settings as fields to edit, for a table of so many training rows."""
    sizes = (*(str(size) for size in BATCH_SIZES if size < rows), str(rows))
    rate = exact(settings.rate)
    return (
        Field("optimizer", "optimizer", settings.optimizer, tuple(OPTIMIZERS)),
        Field("rate", "learning rate", rate, low=0, high=10, ladder=RATES),
        Field("batch", "batch size", str(settings.batch_size), sizes),
        Field("scaling", "scaling", "on" if settings.scaling else "off", ("on", "off")),
    )
