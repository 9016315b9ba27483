"""How fast the engine trains, against the matrix products that no engine can avoid.

Run from the top of the repository: python tests/benchmarks/engine_speed.py

Two networks: 4-100-100-2 with softmax on 89,648 rows, and 9-100-100-1 on 374 rows; Adam, batches
of 32, float32, one thread. For each, three loops over the same number of steps are timed in turn,
several times, so that a busy machine slows all three alike; ratios of medians are printed.

    products  the matrix products of a step alone: three forwards, three for the weights' slopes,
              two for the slopes between the layers
    Adam      one pass of Adam over a flat vector: the other work that cannot be avoided
    engine    Trainer.step
"""

# ruff: noqa: E402 - the number of threads has to be set before NumPy is imported

from __future__ import annotations

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine import Dense, Input, Sequential, Timeline, Trainer
from tests.benchmarks.peers.limit import adam_alone, products_of_a_step

BATCH = 32
ROUNDS = 9
STEPS = 1000


def trainer_for(widths: list[int], rows: int) -> Trainer:
    """A trainer of a ReLU network with these widths, on random rows."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((rows, widths[0]), dtype=np.float32)
    classes = widths[-1] > 1
    score = x.sum(axis=1)
    y = np.eye(2)[(score > 0).astype(int)] if classes else score
    hidden = [Dense(width, activation="relu") for width in widths[1:-1]]
    output = Dense(widths[-1], activation="softmax" if classes else None)
    model = Sequential([Input((widths[0],)), *hidden, output], seed=0)
    loss = "categorical_crossentropy" if classes else "mean_squared_error"
    model.compile("adam", loss, metrics=["accuracy"] if classes else [])
    return Trainer(model, x, y, batch_size=BATCH)


def microseconds(run: Callable[[], object], steps: int = STEPS) -> float:
    """The time of one call, averaged over `steps` calls."""
    start = perf_counter()
    for _ in range(steps):
        run()
    return (perf_counter() - start) / steps * 1e6


def compare(title: str, widths: list[int], rows: int) -> None:
    """Time the three loops in turn and print how they relate."""
    trainer = trainer_for(widths, rows)
    timeline = Timeline(trainer_for(widths, rows))
    loops: dict[str, Callable[[], object]] = {
        "products": products_of_a_step(widths, BATCH),
        "Adam": adam_alone(trainer.model.count_params()),
        "engine": trainer.step,
        "engine with timeline": timeline.forward,
    }
    times: dict[str, list[float]] = {name: [] for name in loops}
    for _ in range(ROUNDS):
        for name, run in loops.items():
            times[name].append(microseconds(run))
    middle = {name: median(values) for name, values in times.items()}
    limit = middle["products"] + middle["Adam"]
    print(title)
    for name, value in middle.items():
        print(f"  {name:<22}{value:8.1f} us a step")
    print(f"  an epoch of {rows:,} rows: {middle['engine'] * trainer.steps_per_epoch / 1e6:.3f} s")
    print(f"  engine / (products + Adam)    {middle['engine'] / limit:.2f}")
    print(f"  engine / products             {middle['engine'] / middle['products']:.2f}")
    print(
        f"  timeline / engine             {middle['engine with timeline'] / middle['engine']:.2f}"
    )


def tiny_step() -> None:
    """One SGD step of a 2-2-1 network on a batch of 4: what the interpreter costs."""
    rng = np.random.default_rng(0)
    model = Sequential([Input((2,)), Dense(2, activation="relu"), Dense(1)], seed=0)
    model.compile("sgd", "mse")
    x, y = rng.standard_normal((4000, 2)), rng.standard_normal(4000)
    trainer = Trainer(model, x, y, batch_size=4)
    print("2-2-1, batch 4, SGD")
    print(f"  engine{median(microseconds(trainer.step) for _ in range(ROUNDS)):18.1f} us a step")


if __name__ == "__main__":
    compare("4-100-100-2 softmax, categorical cross-entropy", [4, 100, 100, 2], 89_648)
    compare("9-100-100-1, mean squared error", [9, 100, 100, 1], 374)
    tiny_step()
