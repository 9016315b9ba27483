"""What the activity lab is given and what the learner decides about it."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Field, Scene
from lessons.learning.recipe import RATES, Recipe
from lessons.numbers import exact

ACTIVATIONS = ("relu", "leaky_relu", "tanh", "sigmoid")
INITIALIZERS = ("glorot_uniform", "he_normal", "random_normal")
OPTIMIZERS = ("sgd", "adam")
SWITCH = ("on", "off")

DEAD, LOSS = "dead nodes", "loss"
PLOTS = (DEAD, LOSS)

RAW = Recipe(optimizer="sgd", rate=1.0, scaling=False, from_logits=True)
"""The network that dies: columns as they are, and a high rate."""

USUAL_RATES = {"sgd": 0.01, "adam": 0.001}


@dataclass(frozen=True)
class ActivityScene(Scene):
    """A recipe, and how many batches are taken when the page opens.

    `conceal` may hold "dead" with the tag of the scene, ``dead@rate``: which nodes are dead.
    """

    recipe: Recipe = RAW
    steps: int = 0
    plot: str = DEAD
    tag: str = ""


def settings_fields(recipe: Recipe) -> tuple[Field, ...]:
    """What the learner decides about training."""
    return (
        Field("rate", "learning rate", exact(recipe.rate), low=0, high=10, ladder=RATES),
        Field("scaling", "scaling", "on" if recipe.scaling else "off", SWITCH),
        Field("activation", "activation", recipe.activation, ACTIVATIONS),
        Field("initializer", "initializer", recipe.initializer, INITIALIZERS),
        Field("optimizer", "optimizer", recipe.optimizer, OPTIMIZERS),
    )
