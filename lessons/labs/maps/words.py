"""What a node of the maps lab responds to, and where its numbers come from, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from engine import Dense
from lessons.labs.base import Explanation
from lessons.labs.maps.run import grid, layer_values
from lessons.numbers import operand, short, total

if TYPE_CHECKING:
    from lessons.labs.maps.lab import MapsLab

SIDES = (
    "right", "upper right", "upper", "upper left", "left", "lower left", "lower", "lower right",
)  # fmt: skip
"""Where an arrow points, in eighths of a turn from the right."""

UNTIL = "hidden until the question about it is answered"


def node_name(lab: MapsLab, layer: int, node: int) -> str:
    """What a node is called: its layer from 1, its number from 0."""
    hidden = len(lab.settings.hidden)
    return "output" if layer == hidden else f"layer {layer + 1} node {node}"


def weights_of(lab: MapsLab, layer: int, node: int) -> tuple[np.ndarray, float]:
    """The weights into a node, and its bias."""
    dense = lab.model.layers[layer]
    assert isinstance(dense, Dense)
    assert dense.bias is not None
    return dense.kernel[:, node], float(dense.bias[node])


def in_a_line(lab: MapsLab, layer: int, node: int) -> str:
    """A node in one short line: its formula, or the node that it listens to most."""
    weights, bias = weights_of(lab, layer, node)
    if layer == 0:
        w = [short(float(one), 2) for one in (*weights, bias)]
        inside = f"{w[0]} x {_plus(w[1])} y {_plus(w[2])}"
        return f"{_called(lab, layer)}({inside})" if _called(lab, layer) else inside
    most = int(np.abs(weights).argmax())
    return f"most from node {most} of layer {layer}, weight {short(float(weights[most]), 2)}"


def side_of(weights: np.ndarray) -> str:
    """The side of its edge on which a first-layer node is above 0."""
    angle = math.atan2(float(weights[1]), float(weights[0]))
    return SIDES[round(angle / (math.pi / 4)) % 8]


def explain(name: str, lab: MapsLab) -> Explanation:
    """Where one number of the maps lab comes from, with its weights."""
    if name in ("loss", "accuracy"):
        return _score(name, lab)
    layer, node = _place(name, lab)
    output = name == "output"
    if lab.hides_score if output else lab.hides_maps:
        return Explanation(name, "A question asks about this node.", "value = ?", UNTIL)
    weights, bias = weights_of(lab, layer, node)
    sources = ("x", "y") if layer == 0 else tuple(f"node {at}" for at in range(len(weights)))
    called = _called(lab, layer)
    terms = [f"{short(float(w), 3)} × {s}" for w, s in zip(weights, sources, strict=True)]
    adds = total([*terms, short(bias, 3)])
    general = "weight × x + weight × y + bias"
    if layer:
        general = f"sum of weight × node over layer {layer} + bias"
    return Explanation(
        name,
        _meaning(lab, layer, weights, bias, output),
        f"value = {called}({general})" if called else f"value = {general}",
        f"value = {called}({adds})" if called else f"value = {adds}",
        where=_where(lab, layer, node),
    )


def _meaning(lab: MapsLab, layer: int, weights: np.ndarray, bias: float, output: bool) -> str:
    if output:
        return (
            "How sure the network is of class 1, from 0 to 1. It adds up the maps of the last "
            "hidden layer, each times a weight. From 0.5 on the network says class 1."
        )
    if layer:
        return (
            f"This node does not see the plane. It adds up the maps of layer {layer}, each times "
            "a weight: with several straight edges to build from, its own edge may bend. "
            "Nobody chose what it stands for."
        )
    if not _crosses(lab, weights, bias):
        return (
            "Its straight edge lies outside the part of the plane that is drawn: here it says "
            "nearly the same of every place, so it helps to part nothing."
        )
    side = side_of(weights)
    return {
        "tanh": f"One straight edge. On the {side} side of it the node is above 0, on the other "
        "side below 0.",
        "relu": f"One straight edge. On the {side} side of it the node is above 0, and more so "
        "further away; on the other side it is 0.",
        "sigmoid": f"One straight edge. On the {side} side of it the node is above 0.5, on the "
        "other side below 0.5.",
        "linear": f"No bend anywhere: the value rises steadily towards the {side} side.",
    }[lab.settings.activation] + (
        " Training put it there; nobody chose it." if lab.position else " Its weights are random."
    )


def _crosses(lab: MapsLab, weights: np.ndarray, bias: float) -> bool:
    """Whether the edge of a first-layer node runs through the part of the plane that is drawn."""
    if lab.settings.activation == "linear":
        return True  # there is no edge to look for
    sums = grid() @ weights + bias
    return bool(sums.min() < 0 < sums.max())


def _where(lab: MapsLab, layer: int, node: int) -> tuple[tuple[str, str], ...]:
    """What the node says of the two classes, on average."""
    x, kind = lab.data
    values = layer_values(lab.model, x)[layer][:, node]
    return tuple(
        (
            f"points of class {one}",
            f"{short(float(values[kind[:, 0] == one].mean()), 2)} on average",
        )
        for one in (1, 0)
    )


def _score(name: str, lab: MapsLab) -> Explanation:
    loss, accuracy = lab.score()
    points = len(lab.data[0])
    if name == "loss":
        filled = f"loss = {short(loss)}, over {points} points"
        meaning = (
            "How surprised the network is by the true classes: 0 when it is sure and right, "
            "0.69 when it says 0.5 to everything, more when it is sure and wrong. Chapter 3 "
            "comes back to it."
        )
        formula = "loss = mean of -log(what the network gave to the true class)"
    else:
        filled = f"{short(accuracy)} = {round(accuracy * points)} / {points}"
        meaning = "How many points get the right class: above 0.5 class 1, else class 0."
        formula = "accuracy = points that get their class / all points"
    return Explanation(name, meaning, formula, UNTIL if lab.hides_score else filled)


def _place(name: str, lab: MapsLab) -> tuple[int, int]:
    places = [(at, node) for at, size in enumerate(lab.sizes) for node in range(size)]
    return next(place for place in places if node_name(lab, *place) == name)


def _called(lab: MapsLab, layer: int) -> str:
    """The activation of a layer, as a formula has it; none where it is linear."""
    if layer == len(lab.settings.hidden):
        return "sigmoid"
    return "" if lab.settings.activation == "linear" else lab.settings.activation


def _plus(number: str) -> str:
    """A term that follows another: + 3, - 3."""
    return f"- {operand(-float(number))}" if number.startswith("-") else f"+ {number}"
