"""2.8 Stochastic gradient descent: batches, updates and epochs, and why the way wobbles."""

from __future__ import annotations

import math
from pathlib import Path

from lessons.backpropagation.stochastic_gradient_descent.checks import checks
from lessons.backpropagation.stochastic_gradient_descent.scenes import (
    FOUR,
    MANY,
    ROWS,
    TABLE,
    TWO,
    scenes,
    slope_of,
)
from lessons.labs.batches.lab import BatchesLab
from lessons.labs.batches.problem import Problem
from lessons.labs.batches.run import Run
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.8",
        id="stochastic-gradient-descent",
        title="Stochastic gradient descent",
        summary="A few rows for each update: the way wobbles, and arrives sooner.",
        minutes=18,
        pages=read_pages(Path(__file__).with_name("pages.md"), scenes(), checks()),
        make_lab=lambda seed: BatchesLab(seed, ROWS),
        facts=_facts,
    )


def _facts() -> dict[str, str]:
    rows = len(ROWS.inputs)
    two = Run(Problem(TWO.inputs, TWO.targets), TWO.weights, TWO.settings(0))
    two.forward()
    return {
        "rows": str(rows),
        "batch": str(ROWS.size),
        "per_epoch": str(math.ceil(rows / ROWS.size)),
        "rest": str(rows % 8),
        "many": f"{MANY:,}",
        "table": str(TABLE),
        "full": short(slope_of(FOUR, (0, 1, 2, 3))),
        "part": short(slope_of(FOUR, (0, 1))),
        "other": short(slope_of(FOUR, (2, 3))),
        "two_weight": short(TWO.weights[0]),
        "two_rate": short(TWO.rate),
        "two_loss": short(two.problem.loss(TWO.weights)),
        "two_new": short(two.weights[0]),
    }
