"""Where a number of the lab of slopes per layer comes from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.labs.layer_slopes.setup import WIDTH
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.layer_slopes.lab import LayerSlopesLab

NAMES = ("size of the slopes", "first against last", "initializer", "loss of a batch")

STARTS = {
    "glorot_uniform": (
        "Random numbers between -limit and limit, alike likely, and wider for fewer values. It "
        "suits functions that pass through 0 at slope 1, such as tanh.",
        "limit = root of 6 / (values in + nodes)",
    ),
    "he_normal": (
        "Random numbers around 0. Twice the variance of lecun_normal: ReLU lets half through.",
        "variance = 2 / values in",
    ),
    "lecun_normal": ("Random numbers around 0.", "variance = 1 / values in"),
    "random_normal": (
        "Random numbers around 0, of one size in every layer, whatever comes in.",
        "standard deviation = 0.05",
    ),
}


def layer_name(lab: LayerSlopesLab, layer: int) -> str:
    """A layer of weights by the nodes it leads to."""
    return "output" if layer == lab.depth else f"layer {layer + 1}"


def in_a_line(lab: LayerSlopesLab) -> str:
    """The number under the cursor."""
    layer, network = lab.cursor
    column = lab.columns()[network]
    slope = column.slopes[layer]
    said = "?" if slope is None else f"{slope:.3g}"
    return f"{column.activation}, weights to {layer_name(lab, layer)}: mean size of slopes {said}"


def explain(name: str, lab: LayerSlopesLab) -> Explanation:
    """Where one number comes from, with its values."""
    layer, network = lab.cursor
    column = lab.columns()[network]
    match name:
        case "size of the slopes":
            came_in = len(lab.problem.features) if layer == 0 else WIDTH
            nodes = lab.problem.outputs if layer == lab.depth else WIDTH
            slope = column.slopes[layer]
            return Explanation(
                f"slopes of {layer_name(lab, layer)}, {column.activation}",
                f"{came_in} × {nodes} weights lead to this layer. The slope of each is the mean "
                "over all training rows. This is the mean of their sizes, without their signs.",
                "size = mean of |slope of a weight|",
                "size = ?" if slope is None else f"size = {slope:.4g}",
            )
        case "first against last":
            first, last = column.slopes[0], column.slopes[-1]
            filled = "ratio = ?"
            if column.ratio is not None and first is not None and last is not None:
                filled = f"ratio: {first:.3g} over {last:.3g}, about {column.ratio:.2g}"
            return Explanation(
                f"first against last, {column.activation}",
                "The size of the slopes in the first layer, as a part of that in the last one.",
                "ratio = size in layer 1 / size at the output",
                filled,
            )
        case "initializer":
            meaning, formula = STARTS[lab.settings.initializer]
            return Explanation(
                lab.settings.initializer,
                meaning,
                formula,
                f"between hidden layers: {WIDTH} values in, {WIDTH} nodes",
            )
        case _:
            loss = column.loss
            return Explanation(
                f"loss of a batch, {column.activation}",
                "Cross-entropy: minus the logarithm of the probability that the true class got, "
                "the mean over the rows of the last batch, before its update.",
                "loss = mean of -ln(probability of the true class)",
                "no batch has been taken yet" if loss is None else f"loss = {short(loss)}",
            )
