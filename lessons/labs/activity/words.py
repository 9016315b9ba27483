"""Where a number of the activity lab comes from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lessons.labs.base import Explanation
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.activity.lab import ActivityLab

UNTIL = "It stays hidden until you have answered the question."

NAMES = ("node", "z", "slopes of its weights", "dead nodes", "loss of a batch", "base loss")

MEANINGS = {
    "relu": "With ReLU: when z is never above 0.",
    "leaky_relu": "With leaky ReLU it is 0.2 at least, so no node is dead.",
    "tanh": "With tanh: when z is so far from 0 that its slope is too small to be held.",
    "sigmoid": "With sigmoid: when z is so far from 0 that its slope is too small to be held.",
}


def in_a_line(lab: ActivityLab) -> str:
    """The node under the cursor."""
    layer, node = lab.cursor
    seen = lab.activity[layer]
    rows = len(lab.run.rows)
    low, high = _z(float(seen.lowest[node])), _z(float(seen.highest[node]))
    name = f"layer {layer + 1} node {node}"
    if seen.dead[node]:
        return f"{name}: dead, z {low} to {high} on all {rows} rows"
    return f"{name}: above 0 on {seen.above[node]} of {rows} rows, z {low} to {high}"


def explain(name: str, lab: ActivityLab) -> Explanation:
    """Where one number comes from, with its values."""
    layer, node = lab.cursor
    if lab.hides_nodes and name in NAMES[:4]:
        return Explanation(name, UNTIL, "dead = slope 0 on every row", "dead nodes = ?")
    seen, rows = lab.activity[layer], len(lab.run.rows)
    called = f"layer {layer + 1} node {node}"
    match name:
        case "node":
            above = int(seen.above[node])
            return Explanation(
                called,
                "The share of the training rows on which its sum z is above 0."
                + (" It is dead: on every row its slope is 0." if seen.dead[node] else ""),
                "share = rows with z above 0 / rows",
                f"{above} / {rows} = {short(above / rows)}",
            )
        case "z":
            low, high = float(seen.lowest[node]), float(seen.highest[node])
            before = "the inputs" if layer == 0 else f"the values of layer {layer}"
            return Explanation(
                f"z of {called}",
                f"The sum before the activation, over all rows. It is made of {before}.",
                "z = bias + sum of value × weight",
                f"z runs from {_z(low)} to {_z(high)}",
            )
        case "slopes of its weights":
            return _slopes(called, lab)
        case "dead nodes":
            counts = [one.deaths for one in lab.activity]
            nodes = sum(len(one.dead) for one in lab.activity)
            return Explanation(
                "dead nodes",
                "A node is dead when the slope of its activation is 0 on every training row. "
                + MEANINGS[lab.run.recipe.activation],
                "dead = nodes with slope 0 on every row",
                f"{' + '.join(map(str, counts))} = {sum(counts)}, of {nodes} hidden nodes",
            )
        case "loss of a batch":
            loss = lab.run.trainer.last_loss
            return Explanation(
                "loss of a batch",
                "Cross-entropy: minus the logarithm of the probability that the true class got, "
                "the mean over the rows of the last batch, before its update.",
                "loss = mean of -ln(probability of the true class)",
                "no batch has been taken yet" if loss is None else f"loss = {short(loss)}",
            )
        case _:
            shares = lab.run.problem.y_train.mean(axis=0)
            classes = lab.run.problem.classes
            return Explanation(
                "base loss",
                "The loss of an answer that is the same for every row: how often each class comes.",
                "base loss = -(sum of share × ln(share))",
                f"base loss = {short(lab.base)}",
                where=tuple(
                    (name, f"share {short(float(share))}, ln {short(float(np.log(share)))}")
                    for name, share in zip(classes, shares, strict=True)
                ),
            )


def _slopes(called: str, lab: ActivityLab) -> Explanation:
    layer, node = lab.cursor
    slopes = np.abs(lab.run.slopes_over_all()[layer][:, node])
    largest = float(np.nan_to_num(slopes, posinf=np.inf).max())
    if lab.activity[layer].dead[node]:
        meaning = (
            "A slope on its way back is multiplied by the slope of the activation. Here that is 0 "
            "on every row, so every weight into the node gets 0, in every batch."
        )
    else:
        meaning = "The largest slope, without its sign, of a weight into this node, over all rows."
    return Explanation(
        f"slopes of the weights of {called}",
        meaning,
        "slope of a weight = mean of (slope of the node × slope of ReLU × value that comes in)"
        if lab.run.recipe.activation == "relu"
        else "slope of a weight = mean of (slope of the node × its activation's × value)",
        f"largest slope = {short(largest, 6)}, of {len(slopes)} weights",
    )


def _z(value: float) -> str:
    """A sum in few characters, however large it has become."""
    return f"{value:.3g}"
