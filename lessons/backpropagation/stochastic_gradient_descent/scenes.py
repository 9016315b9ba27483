"""The rows of the lesson, where each page wants the lab to be, and what the engine says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine import SGD, Dense, Input, Sequential, Trainer
from lessons.labs.batches.problem import Problem, angle
from lessons.labs.batches.run import Run
from lessons.labs.batches.scene import BatchesScene

MANY = 89_648
TABLE = 374
BATCH, EPOCHS = 32, 10

# Twelve rows of 2 × input 0 + 1 × input 1, with noise, so that rows want different weights.
ROWS = BatchesScene(
    inputs=(
        (-0.7, 1.9),
        (-0.7, 1.2),
        (1.5, -0.4),
        (-0.2, -0.5),
        (-1.6, -0.1),
        (-1.0, -1.0),
        (-1.3, -1.2),
        (1.3, -0.3),
        (-1.0, 0.4),
        (0.4, 0.6),
        (1.6, -1.4),
        (-0.5, -0.9),
    ),
    targets=(0.4, -0.5, 2.4, -0.6, -5.5, -1.1, -4.8, -0.4, -1.7, 3.1, 1.2, 0.0),
    weights=(-2.0, 4.0),
    x_range=(-2.5, 4.0),
    y_range=(-1.0, 4.5),
    tag="rows",
)
FOUR = BatchesScene(
    inputs=((1.0,), (2.0,), (3.0,), (4.0,)),
    targets=(2.0, 4.0, 6.0, 8.0),
    weights=(1.0,),
    size=2,
    rate=0.0,
    shuffle=False,
    x_range=(0.0, 4.0),
    pace=2.0,
    tag="four",
)
TWO = BatchesScene(
    inputs=((1.0,), (1.0,)),
    targets=(1.0, -1.0),
    weights=(0.0,),
    size=1,
    rate=0.5,
    shuffle=False,
    x_range=(-2.0, 2.0),
    pace=2.0,
    tag="two",
)


def scenes() -> dict[str, BatchesScene]:
    """The scene of each page."""
    return {
        "all-rows": replace(ROWS, size=0),
        "batch": replace(ROWS, conceal=("rows:per epoch",)),
        "left-over": replace(ROWS, size=8),
        "count": replace(ROWS, size=8),
        "full": replace(FOUR, size=0, conceal=("four:slope 0 1 2 3",)),
        "part": replace(FOUR, conceal=("four:slope 0 1",)),
        "other": replace(FOUR, updates=1, conceal=("four:slope 2 3",)),
        "arrows": ROWS,
        "always": replace(ROWS, size=1),
        "worse": replace(TWO, conceal=("two:loss", "two:slope", "two:per epoch")),
        "beside": replace(ROWS, beside="all rows"),
        "smaller": replace(ROWS, size=8, beside="all rows"),
        "settle": replace(ROWS, size=1, updates=60),
        "shuffle": replace(ROWS, beside="another order"),
        "again": replace(ROWS, beside="another order"),
        "recap": replace(ROWS, beside="all rows", updates=18),
    }


# -- what the engine says ---------------------------------------------------------------------


def updates_of(rows: int, size: int = BATCH) -> int:
    """Updates in an epoch, as the engine's Trainer divides the rows."""
    model = Sequential([Input((1,)), Dense(1)])
    model.compile(optimizer=SGD(), loss="mean_squared_error")
    nothing = np.zeros((rows, 1))
    return Trainer(model, nothing, nothing, batch_size=size).steps_per_epoch


def slope_of(scene: BatchesScene, rows: Sequence[int]) -> float:
    """The slope of the first weight over these rows, where the scene starts."""
    return Problem(scene.inputs, scene.targets).at(scene.weights, rows).slopes[0]


def run_of(scene: BatchesScene, updates: int, seed: int = 1) -> Run:
    """A training after so many updates."""
    run = Run(Problem(scene.inputs, scene.targets), scene.weights, scene.settings(seed))
    for _ in range(updates):
        run.forward()
    return run


def losses_of(scene: BatchesScene, updates: int) -> tuple[float, ...]:
    """The loss of all rows at the start and after each update."""
    run = run_of(scene, updates)
    return tuple(run.problem.loss(place) for place in run.path)


def wobble(size: int, epochs: int = 20) -> float:
    """The mean angle between a batch's gradient and that of all rows, at the start."""
    run = run_of(replace(ROWS, size=size, rate=0.0), 0)
    full = run.problem.at(run.start, run.problem.rows).slopes
    for _ in range(epochs * run.per_epoch):
        run.forward()
    angles = [angle(update.slopes, full) or 0.0 for update in run.updates]
    return sum(angles) / len(angles)
