"""The networks and rows of the lesson on loss, and what the engine says of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine import losses
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.labs.two_weights.surface import Standing, Surface

THREE = TwoWeightsScene(
    rows=((3.0, 4.0), (2.0, 4.0), (1.0, 4.0)),
    targets=(20.0, 3.0, 1.0),
    weights=(2.0, 1.0),
    shows="table",
    tag="three",
    by_line=True,
)
"""Predictions 10, 8 and 6: errors -10, 5 and 5."""

FIRST = TwoWeightsScene(
    rows=((0.0, 3.0), (1.0, 2.0), (-1.0, -2.0), (4.0, 0.0)),
    targets=(1.0, 3.0, 5.0, 7.0),
    hidden=(((2.0, 1.0), (1.0, 2.0)),),
    activation="relu",
    weights=(1.0, 1.0),
    shows="table",
    tag="first",
    by_line=True,
    x_range=(-1.0, 3.0),
    y_range=(-2.0, 2.0),
    nudge=0.25,
)
SECOND = replace(FIRST, hidden=(((2.0, 1.0), (1.0, 1.5)),), weights=(1.0, 1.5), tag="second")

BANK = TwoWeightsScene(
    rows=((2.0, 3.0),),
    targets=(13.0,),
    hidden=(((1.0, 1.0), (-1.0, 1.0)),),
    weights=(2.0, -1.0),
    tag="bank",
    x_range=(0.0, 6.0),
    y_range=(-10.0, 10.0),
    nudge=0.5,
)
IN_VALLEY = (3.0, -2.0)


def start(scene: TwoWeightsScene) -> Standing:
    """The network of a scene at the scene's weights."""
    return Surface(scene.data).at(scene.weights)


def half_errors() -> tuple[float, ...]:
    """The three errors, halved."""
    return tuple(error / 2 for error in start(THREE).errors)


def mse_of_errors(errors: tuple[float, ...]) -> float:
    """The engine's mean squared error of predictions that are off by `errors`."""
    off = np.array(errors)[:, None]
    return losses.get("mean_squared_error").value(np.zeros_like(off), off)


def weight_1_in_valley(weight_0: float) -> float:
    """The weight 1 that keeps the loss of BANK at 0: two predictions tell it."""
    surface = Surface(BANK.data)
    at_0, at_1 = (surface.at((weight_0, one)).predictions[0] for one in (0.0, 1.0))
    return (BANK.targets[0] - at_0) / (at_1 - at_0)
