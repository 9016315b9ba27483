"""The questions of 3.1 with other numbers, for a recap; the engine counts them anew."""

from __future__ import annotations

from random import Random

from lessons.labs.builder.network import LayerSpec, NetworkSpec, count, counts
from lessons.labs.builder.scene import BuilderScene
from lessons.spec import Number, Slip, Variant

WIDTHS = (20, 25, 30, 40, 50, 60, 80)
INPUTS = (4, 5, 6, 7, 8, 11, 12)


def dense(rng: Random) -> Variant:
    """The parameters of a first layer."""
    spec = NetworkSpec(rng.choice(INPUTS), (_hidden(rng.choice(WIDTHS)),))
    values, nodes = spec.pairs[0]
    check = Number(
        id="dense",
        prompt=f"{values} values come in. How many parameters has Dense({nodes})?",
        answer=lambda: float(counts(spec)[0]),
        hints=(
            "How many weights has one node? And what has it besides?",
            f"One node: {values} weights and 1 bias.",
            f"{nodes} nodes with {values} + 1 numbers each.",
        ),
        worked=f"{values} × {nodes} + {nodes} = {{answer}}",
        slips=(
            Slip(
                answer=lambda: float(values * nodes),
                says=f"These are the weights. Each of the {nodes} nodes has a bias too.",
            ),
        ),
    )
    text = (
        f"A layer of **{nodes}** nodes reads **{values}** values. Each node has a weight for each "
        "value, and a bias."
    )
    return Variant(check=check, scene=_scene(spec, f"{values}×{nodes}", spec.name), text=text)


def count_all(rng: Random) -> Variant:
    """The parameters of a whole network."""
    first, second = rng.sample(WIDTHS, 2)
    spec = NetworkSpec(rng.choice(INPUTS), (_hidden(first), _hidden(second), LayerSpec(1)))
    parts = counts(spec)
    check = Number(
        id="count",
        prompt="How many parameters does the network have?",
        answer=lambda: float(count(spec)),
        hints=(
            "Count each layer for itself, then add.",
            f"Layer 2: {first} × {second} weights and {second} biases.",
            f"{parts[0]:,} for layer 1, {parts[1]:,} for layer 2, {parts[2]} for the output.",
        ),
        worked=f"{parts[0]:,} + {parts[1]:,} + {parts[2]} = {{answer}}",
    )
    text = (
        f"**{spec.inputs}** values go in. Two hidden layers have **{first}** and **{second}** "
        "nodes, and there is one output."
    )
    names = [f"{values}×{nodes}" for values, nodes in spec.pairs]
    return Variant(check=check, scene=_scene(spec, spec.name, *names), text=text)


def wider(rng: Random) -> Variant:
    """A layer between two that are both made wider."""
    width, times = rng.choice(WIDTHS[:4]), rng.choice((2, 3))
    before, after = (NetworkSpec(9, (_hidden(n), _hidden(n))) for n in (width, times * width))
    nodes = times * width
    check = Number(
        id="wider",
        prompt="How many parameters does layer 2 have now?",
        answer=lambda: float(counts(after)[1]),
        hints=(
            "How many values does each of its nodes read now?",
            f"{nodes} nodes, and each reads {nodes} values and has a bias.",
            f"{nodes} × {nodes} weights, and {nodes} biases.",
        ),
        worked=f"{nodes} × {nodes} + {nodes} = {{answer}}",
        slips=(
            Slip(
                answer=lambda: float(times * counts(before)[1]),
                says=f"That is {times} times as many. Each node also reads {times} times as many.",
            ),
        ),
    )
    text = (
        f"Two hidden layers had **{width}** nodes each, and layer 2 had {counts(before)[1]:,} "
        f"parameters. Now both have **{nodes}**."
    )
    return Variant(check=check, scene=_scene(after, f"{nodes}×{nodes}", after.name), text=text)


def _hidden(nodes: int) -> LayerSpec:
    return LayerSpec(nodes, "relu")


def _scene(spec: NetworkSpec, *conceal: str) -> BuilderScene:
    return BuilderScene(network=spec, conceal=conceal)
