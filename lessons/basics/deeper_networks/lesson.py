"""1.4 Deeper networks: two hidden layers, node by node."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lessons.basics.deeper_networks.checks import questions
from lessons.basics.deeper_networks.network import (
    HIDDEN_1,
    HIDDEN_2,
    INPUTS,
    OTHERS,
    OUT,
    SWAPPED,
    WEIGHTS,
    run,
)
from lessons.labs.forward.lab import ForwardLab, ForwardScene
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson

ACTIVATIONS = ("relu", "linear", "leaky_relu", "tanh", "sigmoid")


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="1.4",
        id="deeper-networks",
        title="Deeper networks",
        summary="Two hidden layers, node by node, and what ReLU has to do with depth.",
        minutes=12,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), questions()),
        make_lab=lambda seed: ForwardLab(_scene()),
        facts=_facts,
    )


def _scene(until: str = "", *conceal: str, **changed: Any) -> ForwardScene:
    numbers = {"inputs": INPUTS, "weights": WEIGHTS, "activation": "relu"} | changed
    return ForwardScene(until=until, conceal=conceal, by_node=True, **numbers)


def _scenes() -> dict[str, ForwardScene]:
    other: dict[str, Any] = {"inputs": OTHERS, "case": "other"}
    linear: dict[str, Any] = {"activation": "linear", "activations": ACTIVATIONS}
    swapped: dict[str, Any] = {"weights": SWAPPED, "activations": ACTIVATIONS}
    return {
        "two-layers": _scene(),
        "first-layer": _scene("", "node 1.0", "node 1.1"),
        "second-layer": _scene("node 1.1", "node 2.1"),
        "output": _scene("node 2.1", "output"),
        "wake": _scene("", "node 1.0@other", "node 1.1@other", **other),
        "wake-output": _scene("node 2.1", "output@other", **other),
        "identity": _scene("", "output@linear", case="linear", **linear),
        "collapse": _scene("output", **linear),
        "swap": _scene("", "output@swapped", case="swapped", **swapped),
        "edit": _scene("output", activations=ACTIVATIONS),
        "recap": _scene("output", activations=ACTIVATIONS),
    }


def _facts() -> dict[str, str]:
    first, other = run(), run(OTHERS)
    facts = {f"input_{i}": short(value) for i, value in enumerate(INPUTS)}
    facts |= {f"other_{i}": short(value) for i, value in enumerate(OTHERS)}
    for layer, (nodes, others) in enumerate(zip(first.layers[:-1], other.layers, strict=False), 1):
        for node, again in zip(nodes, others, strict=True):
            facts[f"node_{layer}_{node.index}"] = short(node.value)
            facts[f"other_{layer}_{node.index}"] = short(again.value)
    for name, row in (
        ("weights_1_0", HIDDEN_1[0]),
        ("weights_1_1", HIDDEN_1[1]),
        ("weights_2_1", HIDDEN_2[1]),
        ("weights_out", OUT[0]),
    ):
        facts[name] = " and ".join(short(weight) for weight in row)
    facts["output"] = short(first.outputs[0])
    facts["linear_output"] = short(run(activation="linear").outputs[0])
    return facts
