"""Labs that train, for the tests: the course's own, and one small enough for thousands of steps."""

from __future__ import annotations

from functools import cache

import numpy as np

from lessons.course import find
from lessons.labs.base import Refused
from lessons.labs.training.lab import TrainingLab
from lessons.labs.training.setup import TrainingScene
from lessons.learning.problem import Problem
from lessons.learning.run import MANY

HIDDEN = (3, 2)


@cache
def _problem() -> Problem:
    """Ten rows of y = a + 2 b with columns of different scale, seven to learn from."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(10, 2)) * [1.0, 30.0] + [0.0, 100.0]
    y = x @ np.array([1.0, 0.02])
    return Problem("small", ("a", "b"), "y", 0.3, 0, x[:7], y[:7], x[7:], y[7:])


def small(optimizer: str = "adam", *, seed: int = 1, batch_size: int = 3) -> TrainingLab:
    """Seven rows in batches of three, so three batches an epoch, the last one a single row."""
    scene = TrainingScene(optimizer=optimizer, batch_size=batch_size)
    return TrainingLab(_problem(), HIDDEN, seed, scene)


@cache
def _classes() -> Problem:
    """Two classes by the sign of a sum; more rows are held out than are evaluated at once."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(MANY + 1050, 2)).astype("float32")
    y = np.eye(2, dtype="float32")[(x.sum(axis=1) > 0).astype(int)]
    train, held_out = slice(0, 50), slice(50, None)
    return Problem(
        "small",
        ("a", "b"),
        "y",
        0.9,
        None,
        x[train],
        y[train],
        x[held_out],
        y[held_out],
        classes=("no", "yes"),
    )


def classes(scene: TrainingScene | None = None, seed: int = 1) -> TrainingLab:
    """Fifty rows of two classes in batches of 16: four an epoch."""
    return TrainingLab(_classes(), HIDDEN, seed, scene or TrainingScene(batch_size=16))


def wages(scene: TrainingScene | None = None, seed: int = 1) -> TrainingLab:
    """The lab of lesson 3.2."""
    lab = find("3.2").make_lab(seed)
    assert isinstance(lab, TrainingLab)
    if scene is not None:
        lab.show(scene)
    return lab


def take(lab: TrainingLab, steps: int) -> TrainingLab:
    for _ in range(steps):
        lab.step()
    return lab


def run_out(lab: TrainingLab, most: int = 1000) -> str:
    """Step until the lab refuses; returns what it says then."""
    for _ in range(most):
        try:
            lab.step()
        except Refused as refusal:
            return str(refusal)
    raise AssertionError("it never stopped")


def bits(lab: TrainingLab) -> bytes:
    """All that a step depends on and leaves behind, to the bit."""
    slots = [lab.optimizer.slots[name] for name in sorted(lab.optimizer.slots)]
    arrays = [lab.model.parameters, lab.model.gradient, lab.optimizer.change, *slots]
    return b"".join(array.tobytes() for array in arrays)
