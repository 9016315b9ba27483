"""The questions of 2.6 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lessons.backpropagation.networks import DEEP, TABLE, numbers, weights_into
from lessons.fresh import listed, product
from lessons.labs.backprop.scene import BackpropScene
from lessons.numbers import operand, short
from lessons.spec import Number, Numbers, Variant

NODES = ("node 0", "node 1")
INTO_10, INTO_11 = weights_into(DEEP, 0)[:2], weights_into(DEEP, 0)[2:]


def node_slopes(rng: Random) -> Variant:
    """The slopes of the two hidden nodes."""
    hidden = (*NODES, *weights_into(TABLE, 1))
    until, conceal = "∂ output", tuple(f"∂ {name}" for name in hidden)
    out = tuple(float(one) for one in rng.sample(range(1, 6), 2))
    scene = _off(rng, replace(TABLE, weights=(TABLE.weights[0], (out,))), until, conceal)
    found = numbers(scene)
    slope, slopes = found["∂ output"], tuple(found[f"∂ {name}"] for name in NODES)
    lines = [product(weight, slope) for weight in out]
    check = Numbers(
        id="node-slopes",
        prompt="The slopes of node 0 and of node 1?",
        answer=lambda: slopes,
        hints=(
            "Each is its own weight times the slope of the output.",
            f"The weights are {listed(out)}; the output has slope {short(slope)}.",
            f"{lines[0]}, and {lines[1]}.",
        ),
        worked=f"{lines[0]} = {short(slopes[0])}, and {lines[1]} = {short(slopes[1])}",
    )
    text = (
        f"The weights to the output are **{listed(out)}**. The output has the slope "
        f"**{short(slope)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def summed_ways(rng: Random) -> Variant:
    """The slope of a node that feeds two others."""
    scene = _deep(rng, "gate of node 1.0", "deep:∂ node 1.1")
    found = numbers(scene)
    weights = tuple(row[1] for row in scene.weights[1])
    slopes = tuple(found[f"∂ node 2.{k}"] for k in (0, 1))
    ways = [product(*pair) for pair in zip(weights, slopes, strict=True)]
    parts = [weight * slope for weight, slope in zip(weights, slopes, strict=True)]
    check = Number(
        id="sum",
        prompt="What is the slope of node 1.1?",
        answer=lambda: found["∂ node 1.1"],
        hints=(
            "Two ways on. Each is weight × slope of the node it feeds. Add them.",
            f"The ways are {ways[0]} and {ways[1]}.",
            f"{short(parts[0])} + {operand(parts[1])}.",
        ),
        worked=f"{ways[0]} + {ways[1]} = {{answer}}",
    )
    text = (
        f"Node 1.1 has weight **{short(weights[0])}** to node 2.0, whose slope is "
        f"**{short(slopes[0])}**, and weight **{short(weights[1])}** to node 2.1, whose slope is "
        f"**{short(slopes[1])}**. Both of their gates are open."
    )
    return Variant(check=check, scene=scene, text=text)


def three_factors(rng: Random) -> Variant:
    """The slope of a weight of the first layer, behind an open gate."""
    scene = _deep(rng, f"∂ {INTO_10[1]}", f"deep:∂ {INTO_11[0]}")
    found, value = numbers(scene), scene.inputs[0]
    slope, gate = found["∂ node 1.1"], found["gate of node 1.1"]
    factors = product(value, slope, gate)
    check = Number(
        id="three-factors",
        prompt="The slope of the first weight into node 1.1?",
        answer=lambda: found[f"∂ {INTO_11[0]}"],
        hints=(
            "Three factors; the weight itself is none of them.",
            f"Value in {short(value)}, slope of node 1.1 {short(slope)}, gate {short(gate)}.",
            f"{factors}.",
        ),
        worked=f"{factors} = {{answer}}",
    )
    text = (
        f"The first input is **{short(value)}**. Node 1.1 has the slope **{short(slope)}**, and "
        f"its gate is open. The weight is **{short(scene.weights[0][1][0])}**."
    )
    return Variant(check=check, scene=scene, text=text)


def _deep(rng: Random, until: str, *conceal: str) -> BackpropScene:
    """The deep network with the gate of node 1.0 shut and all others open."""
    inputs = (0.5, 1.0) if rng.random() < 0.5 else (2.0, 1.0)
    first = ((1.0, -4.0), (4.0, -1.0))
    second = tuple((float(rng.randint(0, 2)), float(rng.randint(1, 2))) for _ in NODES)
    out = tuple(float(one) for one in rng.sample(range(1, 4), 2))
    scene = replace(DEEP, inputs=inputs, weights=(first, second, (out,)))
    return _off(rng, scene, until, conceal)


def _off(rng: Random, scene: BackpropScene, until: str, conceal: tuple[str, ...]) -> BackpropScene:
    """The scene with a target that its output misses by a little."""
    error = float(rng.choice((-3, -2, -1, 1, 2, 3)))
    target = numbers(scene)["output"] - error
    return replace(scene, target=target, until=until, conceal=conceal)
