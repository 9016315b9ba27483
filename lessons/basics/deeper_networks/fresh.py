"""The questions of 1.4 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

from engine import Node
from lessons.basics.deeper_networks.network import run
from lessons.fresh import drawn, listed, summed
from lessons.labs.forward.lab import ForwardScene, Matrix
from lessons.numbers import short
from lessons.spec import Number, Numbers, Variant

WEIGHTS = (-3, -2, 2, 3, 4)


def first_layer(rng: Random) -> Variant:
    """The values of the first hidden layer, one of them held at 0 by ReLU."""
    scene = _network(rng, "", "node 1.0", "node 1.1")
    nodes = _layers(scene)[0]
    sums = " and ".join(summed(node) for node in nodes)
    rows = [f"{node.name} has the weights **{_weights(node)}**" for node in nodes]
    check = Numbers(
        id="first-layer",
        prompt="The values of node 1.0 and node 1.1, with ReLU?",
        answer=lambda: tuple(node.value for node in nodes),
        hints=(
            "Two products and a sum for each, then ReLU.",
            f"The sums are {sums}. One of them is negative.",
            f"The sums are {listed(node.pre_activation for node in nodes)}. Now ReLU.",
        ),
        worked=" and ".join(f"relu({summed(node)})" for node in nodes) + " are {answer}",
    )
    text = f"The inputs are **{listed(scene.inputs)}**. In the first layer {', '.join(rows)}."
    return Variant(check=check, scene=scene, text=text)


def second_layer(rng: Random) -> Variant:
    """The value of a node of the second hidden layer."""
    scene = _network(rng, "node 1.1", "node 2.1")
    first, second, _ = _layers(scene)
    node = second[1]
    check = Number(
        id="second-layer",
        prompt="What is the value of node 2.1?",
        answer=lambda: node.value,
        hints=(
            "It reads the first hidden layer, not the inputs.",
            f"What comes in is {_values(first)}; the weights are {_weights(node)}.",
            f"{summed(node)}, and then ReLU.",
        ),
        worked=f"{summed(node)} = {{answer}}, and ReLU leaves it as it is",
    )
    text = (
        f"The first hidden layer is **{_values(first)}**. The weights of node 2.1 are "
        f"**{_weights(node)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def output(rng: Random) -> Variant:
    """The output, from the second hidden layer."""
    scene = _network(rng, "node 2.1", "output")
    _, second, (last,) = _layers(scene)
    check = Number(
        id="output",
        prompt="What is the output?",
        answer=lambda: last.value,
        hints=(
            "Two products and a sum, and no ReLU after it.",
            f"What comes in is {_values(second)}; the weights are {_weights(last)}.",
            f"{summed(last)}.",
        ),
        worked=f"{summed(last)} = {{answer}}",
    )
    text = (
        f"The second hidden layer is **{_values(second)}**. The weights to the output are "
        f"**{_weights(last)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def _network(rng: Random, until: str, *conceal: str) -> ForwardScene:
    """Small whole numbers with which one node of the first layer is 0 and node 2.1 is not."""

    def make(rng: Random) -> ForwardScene:
        inputs = tuple(float(one) for one in rng.sample(range(2, 7), 2))
        weights = (_matrix(rng, 2), _matrix(rng, 2), _matrix(rng, 1))
        return ForwardScene(
            inputs=inputs,
            weights=weights,
            activation="relu",
            until=until,
            by_node=True,
            conceal=conceal,
        )

    def good(scene: ForwardScene) -> bool:
        first, second, _ = _layers(scene)
        low, high = sorted(node.pre_activation for node in first)
        return low < 0 < high and second[1].value > 0

    return drawn(rng, make, good)


def _matrix(rng: Random, nodes: int) -> Matrix:
    return tuple(tuple(float(rng.choice(WEIGHTS)) for _ in range(2)) for _ in range(nodes))


def _layers(scene: ForwardScene) -> tuple[tuple[Node, ...], ...]:
    return tuple(run(scene.inputs, scene.activation, scene.weights).layers)


def _values(layer: tuple[Node, ...]) -> str:
    return " and ".join(short(node.value) for node in layer)


def _weights(node: Node) -> str:
    return listed(item.weight for item in node.products)
