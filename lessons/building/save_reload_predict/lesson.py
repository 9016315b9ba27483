"""3.4 Save, reload, predict: real files, real passengers, and what a probability is good for."""

from __future__ import annotations

from pathlib import Path

from lessons.building.save_reload_predict.checks import GIVEN, HALF, LOW, age, questions
from lessons.labs.saving.lab import SavingLab
from lessons.labs.saving.setup import EPOCHS, FILE, INPUTS, RAW, RELOADED, THRESHOLD, SavingScene
from lessons.learning.problems import titanic
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="3.4",
        id="save-reload-predict",
        title="Save, reload, predict",
        summary="Write a network to a file, read it back, and turn probabilities into answers.",
        minutes=15,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), questions()),
        make_lab=lambda seed: SavingLab(titanic(), seed, SavingScene()),
        facts=_facts,
    )


def _scenes() -> dict[str, SavingScene]:
    return {
        "network": SavingScene(),
        "save": SavingScene(rows=3),
        "file": SavingScene(shows=FILE, conceal=("rows in the file",)),
        "load": SavingScene(shows=RELOADED, conceal=("difference",)),
        "equal": SavingScene(shows=RELOADED),
        "columns": SavingScene(given=GIVEN, conceal=("[:,1]",)),
        "labels": SavingScene(given=GIVEN, threshold=HALF, conceal=("label at 0.5",)),
        "lower": SavingScene(given=GIVEN, threshold=LOW, conceal=("label at 0.15",)),
        "threshold": SavingScene(shows=THRESHOLD, rows=6),
        "scaled": SavingScene(shows=INPUTS, rows=1, conceal=("scaled age",)),
        "raw": SavingScene(shows=RAW, conceal=("raw",)),
        "scaler": SavingScene(shows=FILE),
        "formats": SavingScene(shows=FILE),
        "recap": SavingScene(shows=THRESHOLD, rows=6),
    }


def _facts() -> dict[str, str]:
    problem = titanic()
    at = problem.features.index("age")
    return {
        "train": str(len(problem.x_train)),
        "held_out": str(len(problem.x_validation)),
        "inputs": {10: "ten"}[len(problem.features)],
        "epochs": str(EPOCHS),
        "age": short(age()),
        "mean": short(float(problem.scaler.mean_[at]), 2),
        "deviation": short(float(problem.scaler.scale_[at]), 2),
    }
