"""Where each page wants the lab to be, and what the engine says of these cases."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from lessons.labs.activation.lab import ActivationLab
from lessons.labs.activation.scene import ActivationScene
from lessons.labs.activity.lab import ActivityLab
from lessons.labs.activity.run import WatchedRun
from lessons.labs.activity.setup import LOSS, RAW, ActivityScene
from lessons.labs.base import Lab, Scene
from lessons.labs.layer_slopes.lab import LayerSlopesLab
from lessons.labs.layer_slopes.setup import SlopesScene
from lessons.labs.several.lab import SeveralLab
from lessons.labs.worked.chain import ChainCase
from lessons.labs.worked.gate import GateCase
from lessons.labs.worked.lab import WorkedLab, WorkedScene
from lessons.learning.problems import titanic
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run

SEED = 1
"""Of the numbers that the pages quote; the story has to hold for others as well."""
SEEDS = range(1, 6)
EPOCHS = 5
"""After which the question on the high rate counts."""
LOW_RATE = 0.001

DEAD = GateCase(
    rows=((1.0, 2.0), (3.0, 1.0), (2.0, 2.0), (1.0, 4.0)),
    targets=(1.0, 2.0, 1.0, 3.0),
    weights=(-1.0, -1.0),
)
ALIVE = GateCase(
    rows=((1.0, 2.0), (1.0, 3.0), (2.0, 1.5), (1.0, 4.0)),
    targets=(1.0, 1.0, 1.0, 1.0),
    weights=(1.0, -1.0),
)
TANH = ChainCase("tanh", z=2.0, layers=10)
SIGMOID = ChainCase("sigmoid", z=0.0, layers=8)

COLUMNS = ("gate", "∂ w 0", "∂ w 1")


def scenes() -> dict[str, Scene]:
    """The scene of each page."""
    dead = tuple(f"{name}@dead" for name in COLUMNS)
    alive = tuple(f"{name}@alive" for name in COLUMNS)
    return {
        "flat": WorkedScene(case=DEAD, tag="dead", conceal=dead),
        "one-row": WorkedScene(case=ALIVE, tag="alive", conceal=alive),
        "nodes": ActivityScene(recipe=replace(RAW, rate=LOW_RATE)),
        "rate": ActivityScene(tag="rate", conceal=("dead@rate",)),
        "left": ActivityScene(steps=58, plot=LOSS),
        "revive": ActivityScene(steps=58),
        "remedies": ActivityScene(recipe=replace(RAW, scaling=True)),
        "tanh": ActivationScene(activation="tanh", z=-2.0, right=10.0, conceal=("slope tanh",)),
        "ten": WorkedScene(case=TANH, tag="tanh", conceal=("product@tanh",)),
        "sigmoid": WorkedScene(case=SIGMOID, tag="sigmoid", conceal=("product@sigmoid",)),
        "flow": SlopesScene(flows=True),
        "learn": SlopesScene(),
        "start": SlopesScene(initializer="random_normal"),
        "recap": SlopesScene(depth=4),
    }


def make_lab(seed: int) -> Lab:
    """The labs of the lesson, one for each kind of scene."""
    problem = titanic()
    return SeveralLab(
        "learning that stops",
        {
            WorkedScene: WorkedLab,
            ActivityScene: lambda scene: ActivityLab(problem, seed, scene),
            ActivationScene: _activation,
            SlopesScene: lambda scene: LayerSlopesLab(problem, seed, scene),
        },
        WorkedScene(case=DEAD, tag="dead"),
    )


def _activation(scene: Scene) -> ActivationLab:
    assert isinstance(scene, ActivationScene)
    return ActivationLab(scene)


# -- what the engine says ---------------------------------------------------------------------


@cache
def trained(recipe: Recipe, epochs: int) -> WatchedRun:
    """A network of a recipe after so many epochs on the Titanic."""
    run = WatchedRun(titanic(), recipe)
    # Its own way forward counts dead nodes on the way, which takes longer than the training.
    for _ in range(epochs * run.steps_per_epoch):
        Run.forward(run)
    return run


def deaths(run: WatchedRun) -> tuple[int, ...]:
    """How many nodes of each hidden layer are dead."""
    return tuple(layer.deaths for layer in run.activity())


def deaths_in_layer_1(*, then: float | None, scaling: bool = False) -> int:
    """Dead nodes of the first layer: after twice EPOCHS, the second half at the rate `then`; None
    starts again with other weights."""
    if then is None:
        return deaths(trained(replace(RAW, seed=SEED + 1, scaling=scaling), EPOCHS))[0]
    run = WatchedRun(titanic(), replace(RAW, seed=SEED))
    for half in (RAW.rate, then):
        if half != run.rate:
            run.set_rate(half)
        for _ in range(EPOCHS * run.steps_per_epoch):
            Run.forward(run)
    return deaths(run)[0]
