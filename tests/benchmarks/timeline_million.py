"""A million steps of a 9-100-100-1 network in a Timeline: time, memory, and how quick going is.

    python tests/benchmarks/timeline_million.py [--steps 1000000] [--optimizer sgd]

Prints, for SGD and Adam: what recording costs against the bare Trainer, the memory by tracemalloc
(model, trainer and data included) and by the timeline's own count, and the milliseconds of single
steps back at random places, of runs of steps back, and of random jumps. A place is jumped to first
and that is not counted, so the steps back begin with nothing ready but what the jump left. It
asserts nothing. A million steps take about a minute for each optimizer.
"""

# ruff: noqa: E402 - the number of threads has to be set before NumPy is imported

from __future__ import annotations

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine import SGD, Adam, Dense, Input, Optimizer, Sequential, Timeline, Trainer

OPTIMIZERS: dict[str, Callable[[], Optimizer]] = {"sgd": lambda: SGD(0.01), "adam": lambda: Adam()}
ROUND = 1000
PLACES = 200
RUN = 40


class CountingTrainer(Trainer):
    """Counts the steps that it replays: a measure that no busy machine can blur."""

    replayed = 0

    def replay(self) -> float:
        self.replayed += 1
        return super().replay()


def trainer_for(optimizer: str) -> CountingTrainer:
    """374 rows of 9 numbers, batches of 32: the size of the course's wages."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((374, 9))
    y = np.tanh(x[:, 0]) + x[:, 1] * x[:, 2] + 0.3 * rng.standard_normal(374)
    model = Sequential([Input((9,)), Dense(100, "relu"), Dense(100, "relu"), Dense(1)], seed=0)
    model.compile(OPTIMIZERS[optimizer](), "mse")
    return CountingTrainer(model, x, y)


def seconds(run: Callable[[], object], times: int = 1) -> float:
    """The time of so many calls together."""
    begun = perf_counter()
    for _ in range(times):
        run()
    return perf_counter() - begun


def record(timeline: Timeline, bare: Trainer, steps: int) -> tuple[float, float]:
    """Both take so many steps, in turn; the median seconds of 1,000 of them."""
    with_it, without = [], []
    for _ in range(steps // ROUND):
        with_it.append(seconds(timeline.forward, ROUND))
        without.append(seconds(bare.step, ROUND))
    return float(np.median(with_it)), float(np.median(without))


class Measured:
    """Seconds and replayed steps of what a timeline was told to do, by name."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.by_name: dict[str, list[tuple[float, int]]] = {}

    def do(self, name: str, what: Callable[[], object]) -> None:
        """Do it and remember what it cost."""
        trainer = self.timeline.trainer
        assert isinstance(trainer, CountingTrainer)
        trainer.replayed = 0
        taken = seconds(what)
        self.by_name.setdefault(name, []).append((taken, trainer.replayed))

    def show(self) -> None:
        """Print medians and worsts."""
        for name, costs in self.by_name.items():
            times, steps = zip(*costs, strict=True)
            p50, p95, worst = (1e3 * np.quantile(times, part) for part in (0.5, 0.95, 1.0))
            print(f"  {name:<31} p50 {p50:7.2f}   p95 {p95:7.2f}   worst {worst:7.2f} ms", end="")
            print(f"   {np.median(steps):6,.0f} steps, worst {max(steps):6,}")


def go_about(timeline: Timeline) -> Measured:
    """Jumps and steps back, at places drawn once for all."""
    measured, rng = Measured(timeline), np.random.default_rng(1)
    for place in rng.integers(RUN + 1, timeline.end + 1, size=PLACES):
        measured.do("a random jump", partial(timeline.go, int(place)))
        measured.do("the first step back after it", timeline.back)
        for _ in range(RUN - 1):
            measured.do(f"{RUN - 1} more, one by one", timeline.back)
    timeline.go(timeline.end)
    for _ in range(min(10_000, timeline.end)):
        measured.do("10,000 steps back from the end", timeline.back)
    for checkpoint in timeline.checkpoints[1::9]:  # the gap behind is as near as it can be
        timeline.go(checkpoint + 1)
        for _ in range(3):
            measured.do("back across a checkpoint", timeline.back)
    return measured


def report(optimizer: str, steps: int) -> None:
    """Record, go about, and print."""
    timeline = Timeline(trainer_for(optimizer))
    with_it, without = record(timeline, trainer_for(optimizer), steps)
    print(f"{optimizer}, {timeline.end:,} steps, {len(timeline.checkpoints):,} checkpoints")
    print(f"  recording / bare training       {with_it / without:8.2f}")
    print(f"  a step                          {without / ROUND * 1e6:8.1f} us")
    print(f"  widest gap                      {int(np.diff(timeline.checkpoints).max()):8,} steps")
    print(f"  its own count of bytes        {timeline.nbytes:12,}")
    go_about(timeline).show()


def peak_memory(optimizer: str, steps: int) -> int:
    """The most bytes that model, trainer and timeline took in so many steps.

    On a recording of its own, since tracemalloc slows it; it is full long before a million steps.
    """
    tracemalloc.start()
    timeline = Timeline(trainer_for(optimizer))
    for _ in range(steps):
        timeline.forward()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def main() -> None:
    """Read the options, then measure one optimizer after the other."""
    parser = argparse.ArgumentParser(description="A million steps in a Timeline.")
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--optimizer", choices=sorted(OPTIMIZERS))
    options = parser.parse_args()
    for optimizer in [options.optimizer] if options.optimizer else sorted(OPTIMIZERS):
        report(optimizer, options.steps)
        peak = peak_memory(optimizer, min(options.steps, 60_000))
        print(f"  most bytes, by tracemalloc    {peak:12,}")


if __name__ == "__main__":
    main()
