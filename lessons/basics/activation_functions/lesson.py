"""1.3 Activation functions: what a node does to its sum, and why."""

from __future__ import annotations

from pathlib import Path

from lessons.basics.activation_functions.checks import questions
from lessons.basics.activation_functions.network import BANK, INPUTS, SECOND, run, value
from lessons.labs.activation.functions import NAMES
from lessons.labs.activation.lab import ActivationLab, ActivationScene
from lessons.numbers import exact, short
from lessons.pages import read_pages
from lessons.spec import Lesson

UNBOUNDED = ("linear", "relu", "leaky_relu", "softplus")
"""Those that give on the sum 16 as it is: hidden together, for they share a product."""


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="1.3",
        id="activation-functions",
        title="Activation functions",
        summary="Tanh, ReLU and others: what a node does to its sum, and why it has to.",
        minutes=12,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), questions()),
        make_lab=lambda seed: ActivationLab(ActivationScene()),
        facts=_facts,
    )


def _curves(activation: str, z: float = -3.0, *conceal: str) -> ActivationScene:
    return ActivationScene(activation=activation, z=z, conceal=conceal)


def _network(activation: str, computed: int, *conceal: str) -> ActivationScene:
    return ActivationScene(
        shows="network", activation=activation, computed=computed, conceal=conceal
    )


def _second(computed: int, *conceal: str) -> ActivationScene:
    return ActivationScene(
        shows="network",
        activation="relu",
        weights=SECOND,
        computed=computed,
        conceal=conceal,
        case="second",
    )


def _scenes() -> dict[str, ActivationScene]:
    return {
        "straight": ActivationScene(slopes=False),
        "step": _curves("tanh"),
        "tanh": _network("tanh", 0, "output tanh"),
        "flat": ActivationScene(activation="tanh", z=5.0, stride=5.0, right=50.0),
        "relu": _curves("relu"),
        "relu-sum": _second(0, *(f"node 1 {name}@second" for name in NAMES)),
        "with-without": _second(0, *(f"output {name}@second" for name in UNBOUNDED)),
        "sigmoid": _curves("sigmoid", -3.0, "slope sigmoid"),
        "corner": _curves("relu", -1.0),
        "compare": _network("tanh", 2),
        "recap": _curves("tanh"),
    }


def _facts() -> dict[str, str]:
    plain, bent, second = run("linear"), run("tanh"), run("linear", SECOND)
    hidden, (out,) = SECOND
    return {
        "inputs": " and ".join(short(one) for one in INPUTS),
        "sum_0": short(plain.layers[0][0].value),
        "sum_1": short(plain.layers[0][1].value),
        "linear_output": short(plain.outputs[0]),
        "tanh_0": short(bent.layers[0][0].value),
        "tanh_1": short(bent.layers[0][1].value),
        "tanh_output": exact(bent.outputs[0]),
        "weights_out": " and ".join(short(one) for one in BANK[1][0]),
        "weight_out_0": short(BANK[1][0][0]),
        "second_1": " and ".join(short(one) for one in hidden[1]),
        "second_out": " and ".join(short(one) for one in out),
        "second_sums": " and ".join(short(node.value) for node in second.layers[0]),
        "sigmoid_0": short(value("sigmoid", 0.0)),
    }
