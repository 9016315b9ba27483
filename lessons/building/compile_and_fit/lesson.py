"""3.2 Compile and fit: a network learns wages, batch by batch, in front of you."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine import Adam, Dense, Sequential
from lessons.datasets import wages
from lessons.labs.training.lab import TrainingLab
from lessons.labs.training.setup import TrainingScene
from lessons.learning import problems
from lessons.learning.recipe import OPTIMIZERS
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Check, Lesson, Number, Slip

HIDDEN = (100, 100)
SEED = 1
SMALL, LARGE = 1.0, 1000.0


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="3.2",
        id="compile-and-fit",
        title="Compile and fit",
        summary="Train a network on 534 real wages and watch every weight, batch by batch.",
        minutes=15,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: TrainingLab(problems.wages(), HIDDEN, seed, TrainingScene()),
        facts=_facts,
    )


def _scenes() -> dict[str, TrainingScene]:
    return {
        "compile": TrainingScene(),
        "data": TrainingScene(),
        "batch": TrainingScene(conceal=("batches",)),
        "run": TrainingScene(),
        "inside": TrainingScene(shows="change", conceal=("change",)),
        "scaling": TrainingScene(shows="slope", steps=1, scaling=False, optimizer="sgd"),
        "unscaled": TrainingScene(scaling=False, optimizer="sgd", log_axis=True),
        "try": TrainingScene(),
        "recap": TrainingScene(),
    }


def _lab(scene: TrainingScene) -> TrainingLab:
    return TrainingLab(problems.wages(), HIDDEN, SEED, scene)


def _moved_by_compiling() -> float:
    model = Sequential([Dense(100, activation="relu", input_shape=(9,)), Dense(1)], seed=SEED)
    before = model.parameters.copy()
    model.compile(optimizer="adam", loss="mean_squared_error")
    return float(np.abs(model.parameters - before).max())


def _guess_the_mean() -> float:
    """Mean squared error of a model that answers the mean wage to everything."""
    wage = wages.load().column(wages.TARGET)
    model = Sequential([Dense(1, input_shape=(1,))], dtype="float64")
    model.compile(loss="mean_squared_error", optimizer="sgd")
    model.set_weights([np.zeros((1, 1)), np.array([wage.mean()])])
    loss = model.evaluate(np.zeros((len(wage), 1)), wage, verbose=0)
    return float(loss)


def _first_change() -> float:
    """How far Adam's first step moves a weight that has a slope, at its usual rate."""
    lab = _lab(TrainingScene(shows="change"))
    lab.step()
    slopes = np.abs(lab.model.gradient)
    change = np.abs(lab.optimizer.change)
    return float(np.median(change[slopes > slopes.max() / 1000]))


def _slope_ratio() -> float:
    """Slopes of two weights on one row whose inputs are SMALL and LARGE."""
    model = Sequential([Dense(1, use_bias=False, input_shape=(2,))], dtype="float64")
    model.compile(optimizer=Adam(), loss="mean_squared_error")
    model.set_weights([np.zeros((2, 1))])
    _ = model.compute_gradient(np.array([[SMALL, LARGE]]), np.array([[1.0]]))
    small, large = model.gradient
    return float(large / small)


def _linear_loss() -> float:
    """Mean squared error of the best straight model on the training rows, by least squares."""
    train = problems.wages()
    columns = np.column_stack([np.ones(len(train.x_train)), train.x_train])
    best, *_ = np.linalg.lstsq(columns, train.y_train, rcond=None)
    return float(((columns @ best - train.y_train) ** 2).mean())


def _checks() -> dict[str, Check]:
    return {
        "compile": Number(
            id="compile",
            prompt="By how much does compiling change the weights?",
            answer=_moved_by_compiling,
            hints=(
                "Compiling makes two choices. Are any rows of data in them?",
                "Slopes need predictions, and predictions need data.",
                "No data, no slopes, no steps.",
            ),
            worked="No data, no slopes, no steps: every weight moves by {answer}.",
        ),
        "data": Number(
            id="data",
            prompt="What is the mean squared error of that guess?",
            answer=_guess_the_mean,
            decimals=2,
            hints=(
                "The standard deviation is the square root of the variance.",
                "Square the standard deviation.",
                "5.1343 × 5.1343.",
            ),
            worked="5.1343 × 5.1343 = {answer}. A network has to do better than that.",
            slips=(
                Slip(
                    answer=lambda: float(wages.load().column(wages.TARGET).std()),
                    says="5.13 is the standard deviation, in dollars. The loss is its square.",
                ),
            ),
        ),
        "batch": Number(
            id="batch",
            prompt="How many batches make an epoch?",
            answer=lambda: float(_lab(TrainingScene()).steps_per_epoch),
            hints=(
                "How often does 32 go into 373, and is anything left?",
                "11 batches of 32 are 352 rows.",
                "The last 21 rows are a batch too.",
            ),
            worked="11 × 32 = 352 rows, and a last batch of 21: {answer} batches.",
            slips=(
                Slip(
                    answer=lambda: float(len(problems.wages().x_train) // 32),
                    says="11 × 32 = 352. The 21 rows that are left are a batch too.",
                ),
            ),
        ),
        "inside": Number(
            id="inside",
            prompt="How far will Adam's first step move a weight?",
            answer=_first_change,
            decimals=3,
            hints=(
                "Adam divides the slope by its own size.",
                "What is left of the slope is its sign.",
                "A sign times the learning rate.",
            ),
            worked="0.001 × 1 = {answer}, up or down, unless the slope is tiny. Press space.",
        ),
        "scaling": Number(
            id="scaling",
            prompt="How many times larger is the slope of the second weight?",
            answer=_slope_ratio,
            hints=(
                "slope = 2 × error × input, for both, with the same error.",
                "Only the input differs.",
                "1000 / 1.",
            ),
            worked="1000 / 1 = {answer}: the inputs are 1 and 1000, the error is the same.",
        ),
    }


def _facts() -> dict[str, str]:
    lab = _lab(TrainingScene())
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
        "variance": short(_guess_the_mean(), 2),
        "train": str(view.rows),
        "held_out": str(view.held_out),
        "batch": str(view.recipe.batch_size),
        "steps": str(view.steps_per_epoch),
        "rate": short(view.recipe.rate),
        "sgd_rate": short(OPTIMIZERS["sgd"][1]),
        "age_low": short(float(age.min())),
        "age_high": short(float(age.max())),
        "linear": short(_linear_loss(), 2),
    }
