"""The questions of 1.3 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

import numpy as np

from engine import Node, trace
from lessons.basics.activation_functions.network import value
from lessons.fresh import drawn, listed, summed
from lessons.labs.activation.functions import NAMES
from lessons.labs.activation.lab import ActivationScene
from lessons.labs.forward.network import Matrix, build
from lessons.numbers import short
from lessons.spec import Number, Numbers, Variant

WEIGHTS = (-5, -4, -3, -2, 1, 2, 3, 4, 5)
UNBOUNDED = ("linear", "relu", "leaky_relu", "softplus")
"""Those that may share a product with the ones asked for: hidden together."""


def relu(rng: Random) -> Variant:
    """ReLU of a negative number and of a positive one."""
    low, high = (float(one) for one in rng.sample(range(2, 10), 2))
    parts = value("relu", -low), value("relu", high)
    sums = f"relu({short(-low)}) + relu({short(high)})"
    check = Number(
        id="relu",
        prompt=f"What is {sums}?",
        answer=lambda: sum(parts),
        hints=(
            "One at a time: on which side of 0 is each?",
            f"{short(-low)} is negative. What does ReLU make of it?",
            f"{short(parts[0])} + {short(parts[1])}.",
        ),
        worked=f"{short(parts[0])} + {short(parts[1])} = {{answer}}",
    )
    text = f"A negative sum becomes 0, any other stays. Two sums are **{listed((-low, high))}**."
    return Variant(check=check, scene=ActivationScene(activation="relu"), text=text)


def relu_sum(rng: Random) -> Variant:
    """The value of a node with ReLU."""
    scene = _network(rng, *(f"node 1 {name}@second" for name in NAMES))
    node = _layers(scene, "relu")[0][1]
    before, weights = short(node.pre_activation), listed(item.weight for item in node.products)
    check = Number(
        id="relu-sum",
        prompt=f"Inputs {listed(scene.inputs)}, weights {weights}: the value of node 1?",
        answer=lambda: node.value,
        hints=(
            "First multiply and add. ReLU comes last.",
            f"The sum is {summed(node)}.",
            f"The sum is {before}. On which side of 0 is that?",
        ),
        worked=f"{summed(node)} = {before}, and ReLU makes it {{answer}}",
    )
    text = (
        f"The inputs are **{listed(scene.inputs)}**. Node 1 has the weights **{weights}**, "
        "and ReLU."
    )
    return Variant(check=check, scene=scene, text=text)


def with_without(rng: Random) -> Variant:
    """The output with ReLU and without."""
    scene = _network(rng, *(f"output {name}@second" for name in UNBOUNDED))
    (bent, (with_relu,)), (plain, (without,)) = (_layers(scene, one) for one in ("relu", "linear"))
    weights = listed(item.weight for item in without.products)
    kept, sums = (listed(node.value for node in layer) for layer in (bent, plain))
    check = Numbers(
        id="with-without",
        prompt="The output with ReLU, and the output without?",
        answer=lambda: (with_relu.value, without.value),
        hints=(
            "With ReLU a negative sum becomes nothing; without it both count.",
            f"With ReLU {kept} go on, without it {sums}. The weights are {weights}.",
            f"{summed(with_relu)}, and {summed(without)}.",
        ),
        worked=f"{summed(with_relu)} and {summed(without)} are {{answer}}",
    )
    text = f"The hidden sums are **{sums}**, and the weights to the output are **{weights}**."
    return Variant(check=check, scene=scene, text=text)


def _network(rng: Random, *conceal: str) -> ActivationScene:
    """Small whole numbers with which one of the two hidden sums is negative."""

    def make(rng: Random) -> ActivationScene:
        inputs = tuple(float(one) for one in rng.sample(range(2, 6), 2))
        rows: Matrix = tuple(tuple(float(rng.choice(WEIGHTS)) for _ in "01") for _ in "01")
        out = tuple(float(one) for one in rng.sample(range(2, 8), 2))
        return ActivationScene(
            shows="network",
            activation="relu",
            inputs=inputs,
            weights=(rows, (out,)),
            conceal=conceal,
            case="second",
        )

    def good(scene: ActivationScene) -> bool:
        low, high = sorted(node.value for node in _layers(scene, "linear")[0])
        return low < 0 < high

    return drawn(rng, make, good)


def _layers(scene: ActivationScene, activation: str) -> tuple[tuple[Node, ...], ...]:
    return tuple(trace(build(scene.weights, activation), np.array(scene.inputs)).layers)
