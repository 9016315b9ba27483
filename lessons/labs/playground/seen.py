"""What is to be seen of a run: maps, wires, slopes, results. Computed anew for every picture."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lessons.labs.maps.run import SIDE, grid, layer_values
from lessons.labs.maps.state import NodeMap, Points
from lessons.labs.playground.features import columns
from lessons.labs.playground.problem import places
from lessons.labs.playground.run import PlayRun
from lessons.labs.playground.state import Confusion, Fit, LayerSlopes, Scores, Wires
from lessons.learning.activity import dead_nodes
from lessons.learning.curves import EpochLog
from lessons.tables.judging import judged

MOST_ROWS = 2000
"""Rows held out that results are taken from: more would take longer than a frame."""
MOST_NUMBERS = 400_000
"""Inputs that dead nodes are counted over, so that it takes less than a frame."""
BOUNDED = ("tanh", "sigmoid")


@lru_cache(maxsize=16)
def grid_features(features: tuple[str, ...]) -> np.ndarray:
    """The features of every place of a map."""
    return columns(grid(), features)


@lru_cache(maxsize=16)
def input_maps(features: tuple[str, ...]) -> tuple[NodeMap, ...]:
    """A map of each input, as it is given."""
    return _maps(0, features, grid_features(features))


def node_maps(run: PlayRun) -> tuple[tuple[tuple[NodeMap, ...], ...], NodeMap]:
    """A map of every hidden node, and the one of the output."""
    with np.errstate(all="ignore"):
        found = layer_values(run.model, run.inputs(grid_features(run.recipe.features)))
    by_layer = [
        values for layer, values in zip(run.model.layers, found, strict=True) if layer in run.dense
    ]
    layers = tuple(
        _maps(
            layer + 1,
            tuple(f"node {node}" for node in range(units)),
            by_layer[layer],
            bounded=run.recipe.activation_of(layer) in BOUNDED,
        )
        for layer, units in enumerate(run.recipe.hidden)
    )
    says = by_layer[-1][:, :1]
    if run.problem.classifies:
        says = 2 * says - 1  # from 0.5 on it says class 1: that is where the colours part
    return layers, _maps(len(layers) + 1, ("output",), says, bounded=True)[0]


def _maps(
    layer: int, names: tuple[str, ...], values: np.ndarray, *, bounded: bool = False
) -> tuple[NodeMap, ...]:
    """A map for each node of a layer, of its values at all places, (places, nodes).

    All of them at once: this is done for every picture.
    """
    values = np.nan_to_num(np.ascontiguousarray(values.T, dtype=np.float64))
    largest = np.ones(len(values)) if bounded else np.abs(values).max(axis=1)
    largest[largest == 0] = 1.0
    squares = (values / largest[:, None]).reshape(-1, SIDE, SIDE)
    return tuple(
        NodeMap(layer, node, name, square, size)
        for node, (name, square, size) in enumerate(
            zip(names, squares, largest.tolist(), strict=True)
        )
    )


def plane_points(run: PlayRun) -> Points:
    """The points of the plane, their classes, and whether the network is right about each."""
    play = run.recipe
    x, y = places(play.data, play.points, play.noise)
    if not run.problem.classifies:
        return Points(x[:, 0], x[:, 1], y > 0, np.ones(len(y), dtype=bool))
    with np.errstate(all="ignore"):
        says = run.model.predict(run.inputs(columns(x, play.features)), verbose=0)[:, 0] > 0.5
    return Points(x[:, 0], x[:, 1], y == 1, says == (y == 1))


def wires(run: PlayRun) -> tuple[Wires, ...]:
    """The weights into every layer, and which are frozen."""
    frozen = np.zeros(len(run.model.parameters), dtype=bool)
    frozen[list(run.frozen)] = True
    largest = max((float(np.abs(layer.kernel).max()) for layer in run.dense), default=1.0) or 1.0
    return tuple(
        Wires(layer.kernel / largest, frozen[layer.kernel_slice].reshape(layer.kernel.shape))
        for layer in run.dense
    )


def layer_slopes(run: PlayRun) -> tuple[LayerSlopes, ...]:
    """For every layer the mean size of its slopes, and its dead nodes over the training rows."""
    gradient = run.model.gradient
    most = min(MOST_ROWS, MOST_NUMBERS // len(run.problem.features))
    rows = run.inputs(run.problem.x_train[:most])
    dead = dead_nodes(run.model, rows)
    found = []
    for at, layer in enumerate(run.dense):
        last = at == len(run.dense) - 1
        name = "output" if last else f"layer {at + 1}"
        slope = float(np.abs(gradient[layer.kernel_slice]).mean()) if run.position else None
        closes = not last and run.recipe.activation_of(at) == "relu"
        found.append(LayerSlopes(name, slope, dead[at] if closes else 0, layer.units))
    return tuple(found)


def scores(run: PlayRun) -> Scores:
    """Losses and accuracies of the network as it stands; where that takes too long, of an epoch."""
    problem = run.problem
    rows = len(problem.x_train) + len(problem.x_validation)
    if rows * len(problem.features) > MOST_NUMBERS:
        log = next(iter(run.logs(1)), EpochLog(0, None))
        return Scores(log.loss, log.val_loss, log.accuracy, log.val_accuracy, log.epoch)
    x, x_held_out = run.network_rows
    y, y_held_out = (
        rows.reshape(-1, problem.outputs) for rows in (problem.y_train, problem.y_validation)
    )
    with np.errstate(all="ignore"):
        train = run.model.evaluate_rows(x, y)
        held_out = run.model.evaluate_rows(x_held_out, y_held_out)
    return Scores(train["loss"], held_out["loss"], train.get("accuracy"), held_out.get("accuracy"))


def results(run: PlayRun) -> tuple[Confusion | None, Fit | None]:
    """How the network does on the rows held out: a count of mistakes, or predicted and true."""
    problem = run.problem
    x, y = problem.x_validation[:MOST_ROWS], problem.y_validation[:MOST_ROWS]
    with np.errstate(all="ignore"):
        said = run.model.predict(run.inputs(x), verbose=0)
    if not problem.classifies:
        return None, Fit(run.unit.back(said[:, 0]), run.unit.back(y.reshape(-1)))
    if problem.outputs == 1:
        true, predicted = y.astype(int), (said[:, 0] > 0.5).astype(int)
    else:
        true, predicted = y.argmax(axis=1), said.argmax(axis=1)
    count = len(problem.classes)
    counts = np.bincount(true * count + predicted, minlength=count * count)
    return Confusion(problem.classes, counts.reshape(count, count)), None


def verdict(run: PlayRun) -> str:
    """How it does on the rows held out of a learner's own table, beside the simplest guess.

    Empty where it trains on other data.
    """
    if run.own is None or not run.on_own_table:
        return ""
    with np.errstate(all="ignore"):
        return next(judged(run.own, run.model))


def node_in_a_line(run: PlayRun, layer: int, node: int) -> str:
    """A node in one short line: its formula, or the node that it listens to most."""
    from lessons.labs.playground.words import formula, strongest

    if layer == 0 and len(run.problem.features) <= 3:
        return formula(run, layer, node, 2)
    return strongest(run, layer, node)
