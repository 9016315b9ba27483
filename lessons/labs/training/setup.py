"""What the training lab is given and what the learner decides: scene and fields."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Field, Scene
from lessons.learning.problem import Problem
from lessons.learning.recipe import BATCH_SIZES, OPTIMIZERS, RATES, Recipe
from lessons.numbers import exact

TABLES = ("value", "slope", "change")
"""What of one layer's weights a table shows."""

AXES = ("linear", "logarithmic")
ON_OFF = ("on", "off")

MANY, LARGE = 4096, 1024
"""Of so many rows all can be one batch; of more, the largest batch has so many."""

LOSSES = ("mean_squared_error", "mean_absolute_error")
"""Where a number is to be met. Where a class is, there is one loss to choose."""


@dataclass(frozen=True)
class TrainingScene(Scene):
    """Settings, and how many batches are already taken when the page opens."""

    optimizer: str = "adam"
    rate: float | None = None
    batch_size: int = 32
    scaling: bool = True
    loss: str = ""
    """Keras's name; empty for the usual one."""
    layer: int = 0
    shows: str = ""
    """What is in sight first; empty for the first of the looks."""
    looks: tuple[str, ...] = ()
    """What `w` turns through; empty for what suits the problem. "value", "slope" and "change" are
    tables of weights; "loss" and "accuracy" are curves with the log of the epochs, and "loss
    beside" the same beside the printed log; "printed" is that log alone, "pair" two models on two
    rows."""
    log_axis: bool = False
    steps: int = 0
    compiled: bool = True
    """False where the page is about compiling: the network has no loss and no optimizer yet."""
    pace: float | None = 100.0
    again: bool = False
    """Whether the training rows are evaluated after each epoch too."""
    splits: bool = False
    """Whether the rows are shown as a bar: used in this epoch, waiting, held out."""
    pair: tuple[tuple[float, float], tuple[float, float]] = ((0.5, 0.5), (0.5, 0.5))
    """What model A gave to the right class of two rows, and what model B gave."""


def looks_of(problem: Problem, scene: TrainingScene) -> tuple[str, ...]:
    """What there is to be seen on this page, in the order in which `w` turns through it."""
    measures = ("loss", "accuracy") if problem.classifies else ("loss",)
    usual = (*measures, *TABLES) if problem.classifies else (*TABLES, *measures)
    return scene.looks or usual


def settings_fields(problem: Problem, recipe: Recipe) -> tuple[Field, ...]:
    """The settings of a recipe as fields to edit."""
    rows = len(problem.x_train)
    most = (rows,) if rows <= MANY else (LARGE,)  # all of very many rows would keep keys waiting
    sizes = tuple(str(size) for size in (*(one for one in BATCH_SIZES if one < rows), *most))
    rate = exact(recipe.rate)
    losses = () if problem.classifies else (Field("loss", "loss", recipe.loss, LOSSES),)
    return (
        Field("optimizer", "optimizer", recipe.optimizer, tuple(OPTIMIZERS)),
        Field("rate", "learning rate", rate, low=0, high=10, ladder=RATES),
        *losses,
        Field("batch", "batch size", str(recipe.batch_size), sizes),
        Field("scaling", "scaling", "on" if recipe.scaling else "off", ON_OFF),
    )
