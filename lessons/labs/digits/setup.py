"""What the digits lab starts from: the recipe, the networks to choose, paces, fields to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Field
from lessons.labs.digits.scene import REVEALS, TRACK
from lessons.learning.recipe import BATCH_SIZES, RATES, Recipe
from lessons.numbers import exact

if TYPE_CHECKING:
    from lessons.labs.digits.lab import DigitsLab

NETWORKS: dict[str, tuple[int, ...]] = {"50-50": (50, 50), "100": (100,), "10": (10,), "none": ()}
"""Nodes of the hidden layers, as they are written in the settings."""
RECIPE = Recipe(hidden=NETWORKS["50-50"], scaling=False)
"""Pixels lie between 0 and 1 already."""
MOST_MISTAKES = 40
COMPARED_AT = 5
"""The epoch at which the two trainings of a seed are compared."""
FEW_STEPS = 200
"""Steps that are replayed before a learner notices."""
STEP_NAMES = {"images": "image", "rows": "row", "training": "batch", "pair": "batch"}
PACES: dict[str, tuple[float | None, ...]] = {
    "images": (0.5, 1.0, 2.0, 4.0, 8.0),
    "rows": (1.0, 2.0, 4.0, 8.0, 20.0),
    "training": (5.0, 20.0, 100.0, 300.0, 1000.0, None),
    "pair": (5.0, 20.0, 100.0, 300.0, 1000.0, None),
}


def views_of(lab: DigitsLab) -> tuple[str, ...]:
    """The views that can be turned to: those that give no answer away."""
    asked, shown = set(lab.hiding), (lab.setup.view, lab.view)
    return tuple(view for view in TRACK if view in shown or not asked & set(REVEALS.get(view, ())))


def fields_of(lab: DigitsLab) -> tuple[Field, ...]:
    """What can be edited in this view."""
    shows = Field("shows", "view", lab.view, views_of(lab), undoable=False)
    if lab.view == "drawing":
        on = "on" if lab.centring else "off"
        centring = Field("centring", "centring", on, ("on", "off"), undoable=False)
        return (shows, centring, *_settings(lab.recipe))
    return (shows, *_chosen(lab), *_settings(lab.recipe)) if lab.learns else (shows,)


def _chosen(lab: DigitsLab) -> tuple[Field, ...]:
    """The picture that is chosen, where there is a row of them."""
    if lab.view not in ("nodes", "mistakes") or lab.pictures == 0:
        return ()
    at = lab.node if lab.view == "nodes" else lab.mistake
    numbers = tuple(str(number + 1) for number in range(lab.pictures))
    return (Field("layer", lab.turn_words["layer"], str(at + 1), numbers, undoable=False),)


def _settings(recipe: Recipe) -> tuple[Field, ...]:
    network = next(name for name, hidden in NETWORKS.items() if hidden == recipe.hidden)
    sizes = tuple(str(size) for size in BATCH_SIZES)
    rate = exact(recipe.rate)
    return (
        Field("network", "hidden layers", network, tuple(NETWORKS)),
        Field("rate", "learning rate", rate, low=0, high=10, ladder=RATES),
        Field("batch", "batch size", str(recipe.batch_size), sizes),
    )
