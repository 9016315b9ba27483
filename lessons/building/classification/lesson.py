"""3.3 Classification: one-hot targets, softmax, cross-entropy, and probabilities that move."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from lessons.building.classification.asked import written
from lessons.building.classification.checks import (
    FEWER,
    FEWER_DIED,
    NOT_KNOWING,
    SAME,
    SCORES,
    SHIFTED,
    questions,
)
from lessons.datasets import shots
from lessons.labs.classify.base_rate import base_accuracy, base_loss
from lessons.labs.classify.classes import counts
from lessons.labs.classify.lab import ClassifyLab, ClassifyScene
from lessons.labs.classify.loss import Given
from lessons.labs.classify.softmax import Scores
from lessons.learning import problems
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe
from lessons.numbers import percent, short
from lessons.pages import read_pages
from lessons.spec import Lesson

NEAR = {"shot_dis": 1.0, "close_def_dis": 0.5}
"""Feet by which a shot may differ from another and still be like it."""

ROWS = (0.9, 0.51, 0.4, 0.05)
"""What the true classes of four rows were given: right, just right, wrong, wrong and sure."""


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="3.3",
        id="classification",
        title="Classification",
        summary="One-hot targets, softmax and cross-entropy; watch probabilities move.",
        minutes=20,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), questions()),
        make_lab=lambda seed: ClassifyLab(seed, ClassifyScene()),
        facts=_facts,
    )


def _scenes() -> dict[str, ClassifyScene]:
    pattern = " ".join(map(short, SCORES.single))
    return {
        "classes": ClassifyScene(),
        "one-hot": ClassifyScene(conceal=("one-hot",)),
        "softmax": ClassifyScene(shows="softmax", conceal=(f"softmax {pattern}",)),
        "shift": ClassifyScene(shows="softmax", added=100.0, conceal=(f"shifted {pattern}",)),
        "differences": ClassifyScene(shows="softmax", scores=(1.0, 0.0), done=5),
        "loss": ClassifyScene(
            shows="loss", given=(NOT_KNOWING,), truths=(1,), conceal=("loss 0.5",)
        ),
        "same": ClassifyScene(
            shows="loss",
            given=SAME,
            truths=(1, 0),
            conceal=tuple(f"loss {short(share)}" for share in SAME),
        ),
        "sure": ClassifyScene(shows="loss", given=ROWS, done=3),
        "base-rate": ClassifyScene(shows="base rate", data="titanic", conceal=("base rate",)),
        "network": ClassifyScene(shows="base rate", done=4),
        "train": ClassifyScene(shows="training", pace=100.0),
        "log": ClassifyScene(shows="training"),
        "titanic": ClassifyScene(shows="training", data="titanic", trains="titanic", pace=100.0),
        "recap": ClassifyScene(shows="training"),
    }


def _facts() -> dict[str, str]:
    of_shots, of_titanic = problems.shots(), problems.titanic()
    powers = [round(one, 3) for one in SCORES.powers]
    lead = Scores((1.0, 0.0), 0.0).probabilities
    died, survived = counts("titanic")
    missed, _ = counts("shots")
    return {
        "all_shots": f"{sum(counts('shots')):,}",
        "first_classes": "1 and 0",
        "scores": written(SCORES.all),
        "powers": written(powers),
        "power_sum": short(sum(SCORES.powers), 3),
        "shifted": written(SHIFTED.all),
        "lead_one": short(lead[0], 3),
        "lead_one_rest": short(lead[1], 3),
        "sure": short(SAME[0]),
        "unsure": short(SAME[1]),
        "worst": short(ROWS[-1]),
        "worst_loss": short(float(Given((0,), ROWS[-1:]).losses[0]), 3),
        "passengers": f"{died + survived:,}",
        "died": str(died),
        "survived": str(survived),
        "fewer": str(FEWER),
        "fewer_died": str(FEWER_DIED),
        "fewer_rate": percent(FEWER_DIED / FEWER),
        "inputs": str(len(of_shots.features)),
        "parameters": f"{Recipe().build(of_shots).count_params():,}",
        "missed_part": f"{missed:,}",
        "missed_share": percent(base_accuracy("shots", 0)),
        "base_loss": short(base_loss("shots")),
        "train": f"{len(of_shots.x_train):,}",
        "held_out": f"{len(of_shots.x_validation):,}",
        "steps": f"{_steps(of_shots):,}",
        "like_row_1": percent(_like_row_1()),
        "ln_two": short(math.log(2)),
        "titanic_train": str(len(of_titanic.x_train)),
        "titanic_steps": str(_steps(of_titanic)),
        "titanic_base": percent(base_accuracy("titanic")),
    }


def _like_row_1() -> float:
    """The part that goes in of the generated shots from about the place of the first printed one,
    with the defender about as near."""
    table, row = shots.load(), shots.EXAMPLES.select(*NEAR).values[0]
    like = (np.abs(table.select(*NEAR).values - row) < list(NEAR.values())).all(axis=1)
    return float(table.column(shots.TARGET)[like].mean())


def _steps(problem: Problem) -> int:
    """Batches in an epoch."""
    return math.ceil(len(problem.x_train) / Recipe().batch_size)
