"""One run: a network on one data set, trained epoch by epoch, forwards and back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from engine import Adam, Dense, Diverged, Input, Sequential, Timeline, Trainer
from lessons.datasets import plane
from lessons.labs.maps.setup import Settings

BATCH_SIZE = 10
HISTORY = 4 * 2**20
"""Bytes for the checkpoints of a run: a network as small as these needs no more."""

SIDE = 48
"""Points along each side of the plane at which the nodes are asked for their values."""


@cache
def grid() -> np.ndarray:
    """The places of a map, (SIDE * SIDE, 2), row by row from the top left."""
    half = plane.EDGE / SIDE
    along = np.linspace(-plane.EDGE + half, plane.EDGE - half, SIDE)
    x, y = np.meshgrid(along, along[::-1])
    return np.column_stack([x.ravel(), y.ravel()]).astype(np.float32)


def network(settings: Settings, dtype: str = "float32") -> Sequential:
    """A new network of these settings, compiled, its weights drawn from the seed."""
    model = Sequential([Input((2,))], seed=settings.seed, dtype=dtype)
    for size in settings.hidden:
        model.add(Dense(size, activation=settings.activation))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(
        optimizer=Adam(learning_rate=settings.rate),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    return model


def layer_values(model: Sequential, points: np.ndarray) -> list[np.ndarray]:
    """What every node says of these points: an array (points, nodes) for each layer."""
    values, seen = points.astype(model.dtype, copy=False), []
    for layer in model.layers:
        values = layer.forward(values)
        seen.append(values.copy())  # the layer uses its array again
    return seen


class Run:
    """Trains a network on a data set of the plane. Its settings stay, but for the rate."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        table = plane.load(settings.data)
        self.model = network(settings)
        self.x = table.select(*plane.FEATURES).values.astype(np.float32)
        self.y = table.column(plane.TARGET).astype(np.float32)[:, None]
        # The seed as fit takes it, so that the program under `c` ends with these very weights.
        seed = self.model.next_shuffle_seed()
        self.trainer = Trainer(self.model, self.x, self.y, batch_size=BATCH_SIZE, seed=seed)
        self._timeline = Timeline(self.trainer, memory=HISTORY)

    @property
    def position(self) -> int:
        """Epochs behind the weights that are shown."""
        return self.trainer.epoch

    @property
    def end(self) -> int:
        """Epochs that are recorded."""
        return self._timeline.end // self.trainer.steps_per_epoch

    @property
    def rate(self) -> float:
        """The learning rate from here on."""
        return self.settings.rate

    def forward(self) -> None:
        """One epoch on, recorded or new. Raises Diverged, back at the start of the epoch then."""
        start = self._timeline.position
        try:
            for _ in range(self.trainer.steps_per_epoch):
                self._timeline.forward()
        except Diverged:
            self._timeline.go(start)
            raise

    def go(self, epoch: int) -> None:
        """To a recorded epoch, with the learning rate that it had."""
        self._timeline.go(epoch * self.trainer.steps_per_epoch)
        self.settings = replace(self.settings, rate=self.trainer.learning_rate)

    def set_rate(self, rate: float) -> None:
        """Another learning rate from here on; what came after is forgotten."""
        self._timeline.set_learning_rate(rate)
        self.settings = replace(self.settings, rate=rate)

    def score(self) -> tuple[float, float]:
        """Loss and accuracy on all points, with the weights as they are."""
        logs = self.model.evaluate_rows(self.x, self.y)
        return logs["loss"], logs["accuracy"]

    def losses(self) -> np.ndarray:
        """The loss of every recorded epoch, a mean over its batches."""
        return self._timeline.train_loss.arrays()[3]


@cache
def trained(settings: Settings, epochs: int) -> Run:
    """A run after so many epochs, for the lessons' questions and facts: look, do not train on."""
    run = Run(settings)
    for _ in range(epochs):
        run.forward()
    return run
