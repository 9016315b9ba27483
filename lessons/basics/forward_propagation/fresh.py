"""The questions of 1.2 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from engine import Node, trace
from lessons.labs.forward.lab import ForwardScene, Matrix, build
from lessons.numbers import operand, short
from lessons.spec import Number, Variant

WEIGHTS = (-2, -1, 1, 2, 3)


def node(index: int) -> Callable[[Random], Variant]:
    """A maker of questions for the value of one hidden node."""

    def make(rng: Random) -> Variant:
        inputs, weights = _network(rng)
        name = f"node {index}"
        text = (
            f"The inputs are **{_and(inputs)}**. The weights of {name} are "
            f"**{_and(weights[0][index])}**."
        )
        before = "" if index == 0 else f"node {index - 1}"
        scene = ForwardScene(inputs=inputs, weights=weights, until=before, conceal=(name,))
        asked = _question(f"node-{index}", f"What is the value of {name}?", _nodes(scene)[index])
        return Variant(check=asked, scene=scene, text=text)

    return make


def output(rng: Random) -> Variant:
    """A question for the output, from the values of the hidden nodes."""
    inputs, weights = _network(rng)
    scene = ForwardScene(inputs=inputs, weights=weights, until="node 1", conceal=("output",))
    *hidden, last = _nodes(scene)
    text = (
        f"The hidden values are **{_and([one.value for one in hidden])}**. The weights to the "
        f"output are **{_and(weights[1][0])}**."
    )
    return Variant(check=_question("output", "What is the output?", last), scene=scene, text=text)


def _network(rng: Random) -> tuple[tuple[float, ...], tuple[Matrix, ...]]:
    """Two inputs and the weights of two hidden nodes and an output, all small and whole."""
    inputs = tuple(float(one) for one in rng.sample(range(2, 7), 2))
    rows = [tuple(float(rng.choice(WEIGHTS)) for _ in inputs) for _ in range(3)]
    return inputs, ((rows[0], rows[1]), (rows[2],))


def _nodes(scene: ForwardScene) -> tuple[Node, ...]:
    """Every node of the scene's network, computed."""
    run = trace(build(scene.weights, "linear"), np.array(scene.inputs))
    return tuple(one for layer in run.layers for one in layer)


def _question(name: str, prompt: str, asked: Node) -> Number:
    products = [f"{short(one.input)} × {operand(one.weight)}" for one in asked.products]
    first, second = (short(one.value) for one in asked.products)
    return Number(
        id=name,
        prompt=prompt,
        answer=lambda: asked.value,
        hints=(
            "Two products, then one sum.",
            f"The products are {products[0]} and {products[1]}.",
            f"Add {first} and {second}.",
        ),
        worked=f"{products[0]} + {products[1]} = {{answer}}",
    )


def _and(numbers: tuple[float, ...] | list[float]) -> str:
    return " and ".join(short(one) for one in numbers)
