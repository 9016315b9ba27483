"""What no NumPy engine can avoid: the matrix products of a step and one pass of the optimizer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from tests.benchmarks.peers.workloads import Workload


def products_of_a_step(widths: Sequence[int], batch: int) -> Callable[[], None]:
    """The products of one step of a network with these widths, on arrays made beforehand."""
    forward, backward = _products(widths, batch)

    def run() -> None:
        forward()
        backward()

    return run


def adam_alone(size: int) -> Callable[[], None]:
    """One Adam update of a vector of that size, in place: twelve passes over it."""
    rng = np.random.default_rng(0)
    w, g = (rng.standard_normal(size, dtype=np.float32) for _ in range(2))
    m, v, change = (np.zeros(size, dtype=np.float32) for _ in range(3))
    t = 0

    def run() -> None:
        nonlocal t
        t += 1
        np.subtract(g, m, out=change)
        np.multiply(change, 0.1, out=change)
        np.add(m, change, out=m)
        np.multiply(g, g, out=change)
        np.subtract(change, v, out=change)
        np.multiply(change, 0.001, out=change)
        np.add(v, change, out=v)
        np.sqrt(v, out=change)
        np.add(change, 1e-7, out=change)
        np.divide(m, change, out=change)
        np.multiply(change, 0.001 * math.sqrt(1 - 0.999**t) / (1 - 0.9**t), out=change)
        np.subtract(w, change, out=w)

    return run


def sgd_alone(size: int) -> Callable[[], None]:
    """One update of plain gradient descent of a vector of that size, in place."""
    w, g, change = (np.zeros(size, dtype=np.float32) for _ in range(3))

    def run() -> None:
        np.multiply(g, 0.01, out=change)
        np.subtract(w, change, out=w)

    return run


def prepare(work: Workload) -> Callable[[], None]:
    """The limit's round."""
    if work.predicts:
        forward, _ = _products(work.widths, 1024)
        chunks = -(-work.rows // 1024)
        return lambda: _repeat(chunks, forward)
    size = sum((inputs + 1) * outputs for inputs, outputs in pairwise(work.widths))
    update = adam_alone(size) if work.optimizer == "adam" else sgd_alone(size)
    products = products_of_a_step(work.widths, work.batch)
    return lambda: _repeat(work.steps, products, update)


def _products(widths: Sequence[int], batch: int) -> tuple[Callable[[], None], Callable[[], None]]:
    rng = np.random.default_rng(0)
    values = [rng.standard_normal((batch, width), dtype=np.float32) for width in widths]
    kernels = [rng.standard_normal(shape, dtype=np.float32) * 0.01 for shape in pairwise(widths)]
    gradients = [np.empty_like(kernel) for kernel in kernels]
    made = [np.empty_like(value) for value in values]

    def forward() -> None:
        for layer, kernel in enumerate(kernels):
            np.dot(values[layer], kernel, out=made[layer + 1])

    def backward() -> None:
        for layer in reversed(range(len(kernels))):
            np.dot(values[layer].T, values[layer + 1], out=gradients[layer])
            if layer:
                np.dot(values[layer + 1], kernels[layer].T, out=made[layer])

    return forward, backward


def _repeat(times: int, *parts: Callable[[], None]) -> None:
    for _ in range(times):
        for part in parts:
            part()
