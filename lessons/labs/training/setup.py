"""What the training lab is given and what the learner decides: scene and fields."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Field, Scene
from lessons.learning.recipe import BATCH_SIZES, OPTIMIZERS, RATES, Recipe
from lessons.numbers import exact

SHOWS = ("value", "slope", "change")
AXES = ("linear", "logarithmic")


@dataclass(frozen=True)
class TrainingScene(Scene):
    """Settings, and how many batches are already taken when the page opens."""

    optimizer: str = "adam"
    rate: float | None = None
    batch_size: int = 32
    scaling: bool = True
    layer: int = 0
    shows: str = "value"
    log_axis: bool = False
    steps: int = 0


def settings_fields(recipe: Recipe, rows: int) -> tuple[Field, ...]:
    """The settings as fields to edit, for a table of so many training rows."""
    sizes = (*(str(size) for size in BATCH_SIZES if size < rows), str(rows))
    rate = exact(recipe.rate)
    return (
        Field("optimizer", "optimizer", recipe.optimizer, tuple(OPTIMIZERS)),
        Field("rate", "learning rate", rate, low=0, high=10, ladder=RATES),
        Field("batch", "batch size", str(recipe.batch_size), sizes),
        Field("scaling", "scaling", "on" if recipe.scaling else "off", ("on", "off")),
    )
