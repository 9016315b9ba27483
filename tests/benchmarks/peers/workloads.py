"""The pieces of work that every peer does, on data made here: nothing is downloaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Workload:
    """One piece of work: some epochs of training, or one prediction of all rows.

    Attributes:
        widths: of the inputs and of each layer; the hidden ones are ReLU. The last is softmax with
            categorical cross-entropy, or linear with mean squared error where it is 1.
        rows, batch: of the data and of a step.  epochs: in one round.
        optimizer: "adam" or "sgd", with the peer's defaults but for a rate of 0.001 and 0.01.
        predicts: whether a round predicts all rows instead.
        bars: peer -> how many times longer than the engine it should at least take.
    """

    name: str
    rows: int
    widths: tuple[int, ...]
    batch: int = 32
    epochs: int = 1
    optimizer: str = "adam"
    predicts: bool = False
    bars: dict[str, float] = field(default_factory=dict)

    @property
    def classifies(self) -> bool:
        """Whether the rows belong to classes."""
        return self.widths[-1] > 1

    @property
    def steps(self) -> int:
        """Optimizer steps in a round."""
        return -(-self.rows // self.batch) * self.epochs

    def data(self) -> tuple[Array, Array]:
        """x (rows, inputs) and y: labels (rows,), whole numbers, or numbers (rows, 1)."""
        rng = np.random.default_rng(0)
        x = rng.standard_normal((self.rows, self.widths[0]), dtype=np.float32)
        if self.classifies:
            kernel = rng.standard_normal((self.widths[0], self.widths[-1]), dtype=np.float32)
            return x, (x @ kernel).argmax(axis=1)
        return x, np.tanh(x.sum(axis=1, keepdims=True))


TITANIC, DIGITS, PICTURES = (4, 100, 100, 2), (64, 50, 50, 10), (784, 50, 50, 10)

WORKLOADS = {
    workload.name: workload
    for workload in (
        Workload(
            "epoch",
            89_648,
            TITANIC,
            bars={"scikit-learn": 9, "torch": 15, "keras": 7, "limit": 0.5},
        ),
        Workload("digits", 1_797, DIGITS, epochs=5),
        Workload("pictures", 5_000, PICTURES),
        Workload("big-batch", 89_648, TITANIC, batch=1024),
        Workload("predict", 128_069, TITANIC, predicts=True, bars={"scikit-learn": 1.6}),
        Workload("tiny-step", 4_000, (2, 2, 1), batch=4, optimizer="sgd", bars={"torch": 40}),
    )
}


def one_hot(labels: Array, classes: int) -> Array:
    """(rows,) whole numbers -> (rows, classes) of float32."""
    return np.eye(classes, dtype=np.float32)[labels]
