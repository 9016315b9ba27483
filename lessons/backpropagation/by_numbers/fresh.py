"""The questions of 2.7 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lessons.backpropagation.by_numbers.facts import HIDDEN, OUT
from lessons.backpropagation.networks import TABLE, numbers
from lessons.fresh import listed, product, summed
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.backprop.scene import BackpropScene
from lessons.numbers import short
from lessons.spec import Number, Numbers, Variant

NODES = ("node 0", "node 1")


def network(rng: Random) -> Variant:
    """The output, forward through two layers."""
    scene = _place(rng, "", "output")
    (first, second), (last,) = BackpropLab(scene).trace.layers
    values = listed((first.value, second.value))
    check = Number(
        id="network",
        prompt="What is the output?",
        answer=lambda: last.value,
        hints=(
            "Two hidden nodes first: input × weight, added up, through ReLU.",
            f"Node 0 is {summed(first)}, node 1 is {summed(second)}. Both are above 0.",
            f"{summed(last)}.",
        ),
        worked=f"The nodes are {values}; then {summed(last)} = {{answer}}",
    )
    rows, (out,) = scene.weights
    text = (
        f"The inputs are **{listed(scene.inputs)}**. The weights into node 0 are "
        f"**{listed(rows[0])}**, those into node 1 **{listed(rows[1])}**, those to the output "
        f"**{listed(out)}**. Both nodes have ReLU."
    )
    return Variant(check=check, scene=scene, text=text)


def output_slope(rng: Random) -> Variant:
    """The slope of the output."""
    scene = _place(rng, "loss", "∂ output")
    found = numbers(scene)
    error = found["error"]
    check = Number(
        id="output-slope",
        prompt="What is the slope of the output?",
        answer=lambda: found["∂ output"],
        hints=(
            "The slope of a squared error is not the error itself.",
            f"The error is {short(error)}, and a factor goes before it.",
            f"{product(2, error)}.",
        ),
        worked=f"{product(2, error)} = {{answer}}",
    )
    text = (
        f"The output is **{short(found['output'])}**, the target **{short(scene.target)}**: the "
        f"error is **{short(error)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def output_weights(rng: Random) -> Variant:
    """The slopes of the two weights to the output."""
    scene = _place(rng, "∂ output", *(f"∂ {name}" for name in OUT))
    found = numbers(scene)
    slope, values = found["∂ output"], tuple(found[name] for name in NODES)
    lines = [product(value, slope, 1) for value in values]
    slopes = tuple(found[f"∂ {name}"] for name in OUT)
    check = Numbers(
        id="output-weights",
        prompt="The slopes of the two weights to the output?",
        answer=lambda: slopes,
        hints=(
            "What goes in over each of these two weights?",
            f"The values {listed(values)} go in. The output has slope {short(slope)}.",
            f"{lines[0]}, and {lines[1]}.",
        ),
        worked=_equal(lines, slopes),
    )
    text = (
        f"The hidden nodes have the values **{listed(values)}**. The output has the slope "
        f"**{short(slope)}** and no activation."
    )
    return Variant(check=check, scene=scene, text=text)


def table(rng: Random) -> Variant:
    """The slopes of the four weights before the hidden nodes."""
    scene = _place(rng, "gate of node 1", *(f"∂ {name}" for name in HIDDEN))
    found = numbers(scene)
    nodes = tuple(found[f"∂ {name}"] for name in NODES)
    lines = [product(value, slope) for slope in nodes for value in scene.inputs]
    slopes = tuple(found[f"∂ {name}"] for name in HIDDEN)
    check = Numbers(
        id="table",
        prompt="The slopes of these four weights, in this order?",
        answer=lambda: slopes,
        hints=(
            "Each is input × slope of the node × its gate. The weights are no factors.",
            f"The inputs are {listed(scene.inputs)}; the slopes of the nodes {listed(nodes)}.",
            f"{', '.join(lines)}.",
        ),
        worked=_equal(lines, slopes),
    )
    text = (
        "The order: input 0 to node 0, input 1 to node 0, input 0 to node 1, input 1 to node 1. "
        f"The inputs are **{listed(scene.inputs)}**. The hidden nodes have the slopes "
        f"**{listed(nodes)}**, and their gates are open."
    )
    return Variant(check=check, scene=scene, text=text)


def _place(rng: Random, until: str, *conceal: str) -> BackpropScene:
    """Small whole numbers with both gates open, and a target that the output misses."""
    inputs = tuple(float(one) for one in rng.sample(range(1, 4), 2))
    hidden = tuple((float(rng.randint(0, 2)), float(rng.randint(1, 2))) for _ in NODES)
    out = tuple(float(one) for one in rng.sample(range(1, 5), 2))
    scene = replace(TABLE, inputs=inputs, weights=(hidden, (out,)), until=until, conceal=conceal)
    error = float(rng.choice((-3, -2, -1, 1, 2, 3)))
    return replace(scene, target=numbers(scene)["output"] - error)


def _equal(lines: list[str], results: tuple[float, ...]) -> str:
    return ", ".join(f"{a} = {short(b)}" for a, b in zip(lines, results, strict=True))
