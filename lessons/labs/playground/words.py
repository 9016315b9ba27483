"""Where the numbers of a playground come from, in words and with the values put in."""

from __future__ import annotations

import numpy as np

from lessons.labs.base import Explanation
from lessons.labs.playground.run import PlayRun
from lessons.labs.playground.seen import layer_slopes, scores
from lessons.labs.playground.worked import worked
from lessons.numbers import short, total

MOST_TERMS = 10
"""Products that a formula is written with; of more the largest are."""


MEAN_OF_EPOCH = "of each batch before its update, over a whole epoch"
"""What Keras calls the loss of an epoch: it looks back on all of it."""


def node_name(run: PlayRun, layer: int, node: int) -> str:
    """What a node is called: its layer from 1, its number from 0."""
    if layer < len(run.recipe.hidden):
        return f"layer {layer + 1} node {node}"
    return "output" if run.problem.outputs == 1 else f"output {run.problem.classes[node]}"


def sources(run: PlayRun, layer: int) -> tuple[str, ...]:
    """Names of what goes into a layer."""
    if layer == 0:
        return run.problem.features
    return tuple(f"node {at}" for at in range(run.recipe.hidden[layer - 1]))


def layer_names(run: PlayRun) -> tuple[tuple[str, ...], ...]:
    """Names of the nodes of every layer: inputs, hidden layers, outputs."""
    hidden = tuple(tuple(f"node {at}" for at in range(units)) for units in run.recipe.hidden)
    outputs = ("output",) if run.problem.outputs == 1 else run.problem.classes
    return (run.problem.features, *hidden, outputs)


def activation_of(run: PlayRun, layer: int) -> str:
    """The activation of a layer as a formula has it; none where it is linear."""
    if layer == len(run.recipe.hidden):
        return run.problem.last_activation or ""
    name = run.recipe.activation_of(layer)
    return "" if name == "linear" else name


def formula(run: PlayRun, layer: int, node: int, decimals: int) -> str:
    """A node with its weights: tanh(0.5 × x1 + (-1) × x2 + 0.25)."""
    dense = run.dense[layer]
    weights, bias = (
        dense.kernel[:, node],
        float(dense.bias[node]) if dense.bias is not None else 0.0,
    )
    names = sources(run, layer)
    shown = np.sort(np.argsort(-np.abs(weights), kind="stable")[:MOST_TERMS])
    terms = [f"{short(float(weights[at]), decimals)} × {names[at]}" for at in shown]
    left = len(weights) - len(shown)
    if left:
        terms.append(f"{left} smaller ones")
    inside = total([*terms, short(bias, decimals)])
    called = activation_of(run, layer)
    return f"{called}({inside})" if called else inside


def strongest(run: PlayRun, layer: int, node: int) -> str:
    """The source that a node listens to most."""
    weights = run.dense[layer].kernel[:, node]
    most = int(np.abs(weights).argmax())
    return f"most from {sources(run, layer)[most]}, weight {short(float(weights[most]), 3)}"


def explainable(run: PlayRun) -> tuple[str, ...]:
    """All that can be explained: every node, then the numbers of the whole network."""
    nodes = (
        node_name(run, layer, node)
        for layer, dense in enumerate(run.dense)
        for node in range(dense.units)
    )
    others = ("training loss", "test loss", "rate", "slopes")
    return (*nodes, *others, *(("accuracy",) if run.problem.classifies else ()))


def explain(name: str, run: PlayRun) -> Explanation:
    """Where one number of the playground comes from."""
    match name:
        case "training loss" | "test loss":
            return _loss(name, run)
        case "accuracy":
            return _accuracy(run)
        case "rate":
            return _rate(run)
        case "slopes":
            return _slopes(run)
    return _node(name, run)


def _node(name: str, run: PlayRun) -> Explanation:
    layer, node = place_of(run, name)
    called = activation_of(run, layer)
    general = "sum of weight × input + bias"
    where = [
        (
            f"weight from {source}",
            f"{short(weight, 4)}, {'frozen' if frozen else f'last slope {short(slope, 5)}'}",
        )
        for source, weight, slope, frozen in _largest(run, layer, node)
    ]
    return Explanation(
        name,
        "Every value that comes in times its weight, all added up, then the activation function."
        if called
        else "Every value that comes in times its weight, all added up.",
        f"value = {called}({general})" if called else f"value = {general}",
        f"value = {formula(run, layer, node, 3)}",
        where=(worked(run, layer, node, called), *where),
    )


def _largest(run: PlayRun, layer: int, node: int) -> list[tuple[str, float, float, bool]]:
    """The largest weights into a node: from where, how large, their slopes, whether frozen."""
    weights, names = run.dense[layer].kernel[:, node], sources(run, layer)
    order = np.argsort(-np.abs(weights), kind="stable")[:MOST_TERMS].tolist()
    places = [run.place(layer, node, at) for at in order]
    return [
        (names[at], float(weights[at]), float(run.model.gradient[place]), place in run.frozen)
        for at, place in zip(order, places, strict=True)
    ]


def place_of(run: PlayRun, name: str) -> tuple[int, int]:
    """Layer and node of a name that `node_name` gave."""
    sizes = (*run.recipe.hidden, run.problem.outputs)
    places = [(layer, node) for layer, size in enumerate(sizes) for node in range(size)]
    return next(place for place in places if node_name(run, *place) == name)


def _loss(name: str, run: PlayRun) -> Explanation:
    """Of the network as it stands where there is time for it, else of the last epoch."""
    learned, found = name == "training loss", scores(run)
    value = found.train_loss if learned else found.val_loss
    kind = run.recipe.loss_for(run.problem).replace("_", " ")
    rows = len(run.problem.x_train if learned else run.problem.x_validation)
    now = found.epoch is None
    if now:
        when = "with the weights as they are now" if learned else "which are never learned from"
    else:
        when = MEAN_OF_EPOCH if learned else "after the epoch; they are never learned from"
    penalty = "" if run.recipe.regularizer == "none" else " The penalty on the weights is added."
    curve = f" A point of its curve is the loss {MEAN_OF_EPOCH}." if learned and now else ""
    return Explanation(
        name,
        f"The {kind} over {rows:,} rows, {when}.{penalty}{curve}",
        "loss = mean over the rows of the loss of a row",
        "no epoch is finished yet" if value is None else f"{name} = {short(value, 5)}",
    )


def _accuracy(run: PlayRun) -> Explanation:
    share = scores(run).val_accuracy
    rows = len(run.problem.x_validation)
    return Explanation(
        "accuracy",
        "The part of the rows held out that get their class.",
        "accuracy = rows that get their class / all rows",
        "no epoch is finished yet"
        if share is None
        else f"{short(share)} = {round(share * rows)} / {rows}",
    )


def _rate(run: PlayRun) -> Explanation:
    now = run.trainer.learning_rate
    schedule = {
        "constant": "It stays until you change it.",
        "exponential": "It halves every 1000 steps.",
        "cosine": "It falls along half a wave and is 0 from step 1000 on.",
    }[run.recipe.schedule]
    return Explanation(
        "rate",
        f"How far a step goes against the slope. {schedule}",
        "new weight = weight - rate × slope (and what the optimizer makes of the slope)",
        f"rate = {short(now, 8)}",
    )


def _slopes(run: PlayRun) -> Explanation:
    found = layer_slopes(run)
    where = tuple(
        (one.name, "no batch yet" if one.slope is None else f"{one.slope:.3g}") for one in found
    )
    first, last = found[0].slope, found[-1].slope
    filled = (
        "no batch has been taken yet"
        if not first or not last
        else f"the first layer's are {first / last:.3g} times those of the output"
    )
    return Explanation(
        "slopes",
        "The mean size of the slopes of each layer's weights, over the last batch. Where they are "
        "tiny, the layer hardly moves.",
        "size = mean of |slope| over the weights of a layer",
        filled,
        where=where,
    )
