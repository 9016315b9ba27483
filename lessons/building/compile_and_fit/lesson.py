"""3.2 Compile and fit: a network learns wages, batch by batch, in front of you."""

from __future__ import annotations

from pathlib import Path

from lessons.building.compile_and_fit import facts
from lessons.building.compile_and_fit.checks import checks
from lessons.building.compile_and_fit.facts import HIDDEN
from lessons.datasets import wages
from lessons.labs.training.lab import TrainingLab
from lessons.labs.training.setup import TrainingScene
from lessons.learning import problems
from lessons.learning.recipe import OPTIMIZERS
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="3.2",
        id="compile-and-fit",
        title="Compile and fit",
        summary="Train a network on 534 real wages and watch every weight, batch by batch.",
        minutes=20,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), checks()),
        make_lab=lambda seed: TrainingLab(problems.wages(), HIDDEN, seed, TrainingScene()),
        facts=_facts,
    )


def _scenes() -> dict[str, TrainingScene]:
    return {
        "data": TrainingScene(),
        "compile": TrainingScene(compiled=False, conceal=("compiled",)),
        "absolute": TrainingScene(loss="mean_absolute_error", shows="loss"),
        "batch": TrainingScene(conceal=("batches",)),
        "run": TrainingScene(),
        "inside": TrainingScene(shows="change", conceal=("change",)),
        "one-weight": TrainingScene(shows="change", optimizer="sgd", steps=1),
        "scaling": TrainingScene(shows="slope", steps=1, scaling=False, optimizer="sgd"),
        "unscaled": TrainingScene(scaling=False, optimizer="sgd", log_axis=True),
        "try": TrainingScene(),
        "recap": TrainingScene(),
    }


def _facts() -> dict[str, str]:
    lab = facts.lab(TrainingScene())
    view = lab.snapshot()
    table = wages.load()
    wage, age = table.column(wages.TARGET), table.column("age")
    return {
        "inputs": str(len(wages.FEATURES)),
        "units": str(HIDDEN[0]),
        "parameters": f"{view.parameters:,}",
        "rows": str(len(table)),
        "mean": short(float(wage.mean()), 2),
        "deviation": short(float(wage.std())),
        "variance": short(facts.guess_the_mean(), 2),
        "train": str(view.rows),
        "held_out": str(view.held_out),
        "batch": str(view.recipe.batch_size),
        "steps": str(view.steps_per_epoch),
        "rate": short(view.recipe.rate),
        "sgd_rate": short(OPTIMIZERS["sgd"][1]),
        "age_low": short(float(age.min())),
        "age_high": short(float(age.max())),
        "linear": short(facts.linear_loss(), 2),
        "squared": short(facts.loss_of_errors("mean_squared_error")),
        "slope": short(facts.slope()),
        "sgd_step": short(facts.moved_by_sgd()),
    }
