"""A network as a textbook writes it: clear NumPy, one array after the other, nothing reused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.peers.workloads import Workload, one_hot

Array = NDArray[Any]


class TextbookNetwork:
    """Dense layers with ReLU between them; softmax with cross-entropy, or linear with MSE."""

    def __init__(self, widths: tuple[int, ...], optimizer: str) -> None:
        rng = np.random.default_rng(0)
        self.classifies = widths[-1] > 1
        self.adam = optimizer == "adam"
        self.weights: list[Array] = []
        for inputs, outputs in pairwise(widths):
            limit = np.sqrt(6 / (inputs + outputs))
            kernel = rng.uniform(-limit, limit, size=(inputs, outputs))
            self.weights += [kernel.astype(np.float32), np.zeros(outputs, dtype=np.float32)]
        self.m = [np.zeros_like(weight) for weight in self.weights]
        self.v = [np.zeros_like(weight) for weight in self.weights]
        self.t = 0

    def forward(self, x: Array) -> list[Array]:
        """The values of all layers, the input first."""
        values = [x]
        for layer in range(0, len(self.weights), 2):
            z = values[-1] @ self.weights[layer] + self.weights[layer + 1]
            values.append(np.maximum(z, 0))
        if self.classifies:
            e = np.exp(z - z.max(axis=1, keepdims=True))
            z = e / e.sum(axis=1, keepdims=True)
        values[-1] = z
        return values

    def step(self, x: Array, y: Array) -> float:
        """One step on this batch; returns its loss before."""
        values = self.forward(x)
        p = values[-1]
        if self.classifies:
            loss = -np.mean(np.sum(y * np.log(np.clip(p, 1e-7, 1)), axis=1))
            slope = (p - y) / len(x)
        else:
            loss = np.mean((p - y) ** 2)
            slope = 2 * (p - y) / p.size
        gradients: list[Array] = []
        for layer in reversed(range(0, len(self.weights), 2)):
            value = values[layer // 2]
            gradients = [value.T @ slope, slope.sum(axis=0), *gradients]
            if layer:
                slope = (slope @ self.weights[layer].T) * (value > 0)
        self.update(gradients)
        return float(loss)

    def update(self, gradients: list[Array]) -> None:
        """Move all weights against their slopes."""
        self.t += 1
        for i, g in enumerate(gradients):
            if not self.adam:
                self.weights[i] = self.weights[i] - 0.01 * g
                continue
            self.m[i] = 0.9 * self.m[i] + 0.1 * g
            self.v[i] = 0.999 * self.v[i] + 0.001 * g**2
            m_hat = self.m[i] / (1 - 0.9**self.t)
            v_hat = self.v[i] / (1 - 0.999**self.t)
            self.weights[i] = self.weights[i] - 0.001 * m_hat / (np.sqrt(v_hat) + 1e-7)

    def epoch(self, x: Array, y: Array, batch: int, rng: np.random.Generator) -> float:
        """All rows once, in a new order; returns the mean loss of the batches."""
        order = rng.permutation(len(x))
        losses = []
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            losses.append(self.step(x[rows], y[rows]))
        return float(np.mean(losses))


def prepare(work: Workload) -> Callable[[], object]:
    """The textbook's round."""
    x, y = work.data()
    y = one_hot(y, work.widths[-1]) if work.classifies else y
    network = TextbookNetwork(work.widths, work.optimizer)
    if work.predicts:
        return lambda: network.forward(x)[-1]
    rng = np.random.default_rng(0)
    return lambda: [network.epoch(x, y, work.batch, rng) for _ in range(work.epochs)]
