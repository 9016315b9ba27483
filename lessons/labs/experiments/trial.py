"""What the experiments lab stands on: a training that ends, or a printed table that is read."""

from __future__ import annotations

from time import perf_counter

from lessons.labs.experiments.scene import Printed, Setup
from lessons.learning.experiment import Experiment, experiment_of
from lessons.learning.run import Run

MEMORY = 4 * 2**20
"""Bytes for the checkpoints: the runs are short."""


class Trial(Run):
    """The run of one experiment. It knows when it has ended and how long it has taken."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup.problem, setup.recipe, memory=MEMORY)
        self.setup = setup
        self.seconds = 0.0
        self.logged = False

    @property
    def ended(self) -> bool:
        """Whether it stands after its last epoch."""
        return self.position >= self.setup.epochs * self.steps_per_epoch

    def forward(self) -> None:
        """One step on. Raises Diverged, and then nothing has changed."""
        new = self.position == self.end
        begun = perf_counter()
        super().forward()
        if new:
            self.seconds += perf_counter() - begun

    def experiment(self, lesson: str, *, diverged: bool = False) -> Experiment:
        """What it has come to."""
        return experiment_of(self, self.seconds, lesson, diverged=diverged)


class Reading:
    """A printed table, row by row: a LiveRun in which nothing is trained."""

    rate = 0.0

    def __init__(self, printed: Printed, rows: int) -> None:
        self.printed = printed
        self.position = self.end = min(rows, len(printed.results))
        self.first = self.position

    def forward(self) -> None:
        """The next row."""
        self.go(min(self.position + 1, len(self.printed.results)))
        self.end = max(self.end, self.position)

    def go(self, position: int) -> None:
        """To the row of this number."""
        self.position = position

    def set_rate(self, rate: float) -> None:
        """A table has no learning rate."""
