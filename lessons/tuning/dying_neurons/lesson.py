"""4.2 Dying neurons, vanishing gradients: two ways in which a network stops learning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from lessons.labs.activity.setup import RAW
from lessons.labs.layer_slopes.run import Trio
from lessons.labs.layer_slopes.setup import Settings
from lessons.learning.problems import titanic
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson
from lessons.tuning.dying_neurons.checks import checks
from lessons.tuning.dying_neurons.scenes import (
    EPOCHS,
    LOW_RATE,
    SEEDS,
    SIGMOID,
    TANH,
    deaths,
    make_lab,
    scenes,
    trained,
)


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="4.2",
        id="dying-neurons",
        title="Dying neurons, vanishing gradients",
        summary="Watch nodes die, and slopes fade away layer by layer.",
        minutes=20,
        pages=read_pages(Path(__file__).with_name("pages.md"), scenes(), checks()),
        make_lab=make_lab,
        facts=_facts,
    )


def _facts() -> dict[str, str]:
    problem = titanic()
    shares = problem.y_train.mean(axis=0)
    before = [sum(deaths(trained(replace(RAW, seed=seed), 0))) for seed in SEEDS]
    fare = problem.x_train[:, problem.features.index("fare")]
    return {
        "rows": str(len(problem.x_train)),
        "features": str(len(problem.features)),
        "fare": short(float(fare.max()), 0),
        "epochs": str(EPOCHS),
        "low_rate": short(LOW_RATE),
        "seeds": str(len(SEEDS)),
        "least_dead": str(min(before)),
        "most_dead": str(max(before)),
        "base": short(float(-(shares * np.log(shares)).sum()), 3),
        "died": short(100 * float(shares[0]), 0),
        "slope_at_2": short(TANH.slope, 5),
        "value_at_2": short(TANH.value),
        "best": short(SIGMOID.slope),
    } | _slopes_at_the_start()


def _slopes_at_the_start() -> dict[str, str]:
    """First and last layer of each network, as they start: the range over the seeds."""
    found = np.array(
        [
            Trio(titanic(), Settings(8, "glorot_uniform", "sgd", 0.1, seed)).slopes()
            for seed in SEEDS
        ]
    )
    named = {}
    for place, name in enumerate(("sigmoid", "tanh", "relu")):
        for layer, where in ((0, "first"), (-1, "last")):
            sizes = found[:, place, layer]
            named[f"{name}_{where}"] = f"{sizes.min():.1g} to {sizes.max():.1g}"
    return named
