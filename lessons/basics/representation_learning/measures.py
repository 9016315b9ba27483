"""What the lesson's questions and facts rest on: networks trained by the engine, and looked at."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine import Dense
from lessons.datasets import plane
from lessons.facts import Lazily
from lessons.labs.maps.run import grid, layer_values, network, trained
from lessons.labs.maps.setup import Settings

RATE = 0.02
SEEDS, MORE_SEEDS = 5, 8
LEARNED = 0.97
"""An accuracy from which a data set counts as learned."""
RING_EPOCHS, XOR_EPOCHS, LINEAR_EPOCHS, SPIRAL_EPOCHS = 30, 20, 30, 60
LINEAR_SEEDS = SPIRAL_SEEDS = 3
STRAIGHT = 0.02
"""A pre-activation that is off a straight plane by less, as a part of its size, is straight."""

EDGE_THROUGH_MIDDLE = "one straight edge through the middle"
EMPTY = "grey all over: it has learned nothing"
SPECKLES = "a random speckle at each place"

STRAIGHT_EDGE = "straight in layer 1, bent in layer 2"
BOTH_STRAIGHT = "straight in both layers"
BOTH_BENT = "bent in both layers"


def settings(
    data: str, hidden: tuple[int, ...], seed: int = 1, activation: str = "tanh", rate: float = RATE
) -> Settings:
    """Settings as the lesson's pages have them."""
    return Settings(data, hidden, activation, rate, seed)


@cache
def accuracy(setup: Settings, epochs: int) -> float:
    """The part of the points that a network of these settings gets right after so many epochs."""
    return trained(setup, epochs).score()[1]


def worst(data: str, hidden: tuple[int, ...], epochs: int, seeds: int) -> float:
    """The lowest accuracy of seeds 1 to `seeds`."""
    return min(accuracy(settings(data, hidden, seed), epochs) for seed in range(1, seeds + 1))


def look_before_training() -> str:
    """What the map of a first-layer node looks like before training."""
    values = layer_values(network(settings("ring", (4,))), grid())[0][:, 0]
    if not values.any():
        return EMPTY
    # Turned half around the middle, the plane changes only its sign; and a slope is all there is.
    through_middle = np.allclose(values, -values[::-1], atol=1e-6)
    return EDGE_THROUGH_MIDDLE if through_middle and _straight(values) else SPECKLES


def cuts_for_xor() -> int:
    """The fewest hidden nodes, so straight cuts, with which some seed learns XOR."""
    for nodes in range(1, 9):
        if found_with(nodes):
            return nodes
    raise AssertionError("no network of one layer learns XOR")


def found_with(nodes: int) -> int:
    """With how many seeds a layer of so many nodes learns XOR."""
    tries = (settings("XOR", (nodes,), seed, rate=0.05) for seed in range(1, MORE_SEEDS + 1))
    return sum(accuracy(one, XOR_EPOCHS) >= LEARNED for one in tries)


def change_by_swapping() -> float:
    """By how much any prediction changes when nodes 0 and 1 of a trained network trade places."""
    setup = settings("XOR", (4,))
    model = network(setup, dtype="float64")
    kernel, bias, out, out_bias = trained(setup, XOR_EPOCHS).model.get_weights()
    order = [1, 0, 2, 3]
    model.set_weights([kernel, bias, out, out_bias])
    before = model.predict(grid())
    model.set_weights([kernel[:, order], bias[order], out[order], out_bias])
    return float(np.abs(model.predict(grid()) - before).max())


def targets_for_hidden_nodes() -> int:
    """How many columns of the data are neither an input nor the target of the output."""
    model = network(settings("ring", (4,)))
    given = len(plane.load("ring").columns)
    return given - model.input_shape[0] - model.output_shape[0]


def linear_accuracy(data: str) -> float:
    """The mean accuracy of networks without activation, over a few seeds."""
    seeds = range(1, LINEAR_SEEDS + 1)
    setups = [settings(data, (4,), seed, activation="linear") for seed in seeds]
    return float(np.mean([accuracy(setup, LINEAR_EPOCHS) for setup in setups]))


def linear_loss(data: str) -> float:
    """The loss of a network without activation, once trained."""
    return trained(settings(data, (4,), activation="linear"), LINEAR_EPOCHS).score()[0]


def learned_without_activation() -> str:
    """The data sets that a network without activation learns."""
    return ", ".join(name for name in plane.SHAPES if linear_accuracy(name) >= LEARNED)


def edges_of_two_layers() -> str:
    """Whether the edges of layers 1 and 2 of a trained network are straight."""
    model = trained(settings("ring", (4, 4)), RING_EPOCHS).model
    layer_values(model, grid())
    first, second = (
        all(_straight(node) for node in layer.pre_activation(len(grid())).T)
        for layer in model.layers[:2]
        if isinstance(layer, Dense)
    )
    if first:
        return BOTH_STRAIGHT if second else STRAIGHT_EDGE
    return BOTH_BENT


def _straight(values: np.ndarray) -> bool:
    """Whether values over the plane rise the same way everywhere: then so runs each edge."""
    columns = np.column_stack([grid(), np.ones(len(values))])
    raw = np.arctanh(np.clip(values, -0.999999, 0.999999)) if np.abs(values).max() < 1 else values
    best, *_ = np.linalg.lstsq(columns, raw, rcond=None)
    return bool(np.abs(columns @ best - raw).max() <= STRAIGHT * np.abs(raw).max())


def _percent(part: float) -> str:
    return f"{100 * part:.1f}".removesuffix(".0") + "\N{NO-BREAK SPACE}%"


def facts() -> Lazily:
    """The numbers that the pages quote."""
    return Lazily(
        {
            "points": lambda: str(len(plane.load("ring"))),
            "seeds": lambda: str(SEEDS),
            "ring_epochs": lambda: str(RING_EPOCHS),
            "ring_worst": lambda: _percent(worst("ring", (4,), RING_EPOCHS, SEEDS)),
            "xor_worst": lambda: _percent(worst("XOR", (4,), XOR_EPOCHS, SEEDS)),
            "two_seeds": lambda: str(MORE_SEEDS),
            "two_found": lambda: str(found_with(2)),
            "linear_loss": lambda: f"{linear_loss('XOR'):.2f}",
            "linear_seeds": lambda: str(LINEAR_SEEDS),
            "linear_epochs": lambda: str(LINEAR_EPOCHS),
            "linear_scores": lambda: ", ".join(
                f"{name} {_percent(round(linear_accuracy(name), 2))}" for name in plane.SHAPES
            ),
            "spiral_seeds": lambda: str(SPIRAL_SEEDS),
            "spiral_epochs": lambda: str(SPIRAL_EPOCHS),
            "spiral_worst": lambda: _percent(worst("spiral", (8, 8), SPIRAL_EPOCHS, SPIRAL_SEEDS)),
        }
    )
