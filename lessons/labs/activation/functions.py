"""The activation functions of the lab: their numbers from the engine, their formulas in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine import Activation, Input, Sequential, trace
from lessons.numbers import operand, short

DIGITS = 6
"""Decimals of the numbers at the cursor: enough to see that tanh(5) is not 1."""

FINEST = 15
"""Decimals that tell the largest number below 1 from 1."""

FLAT = 0.01
"""A slope this close to 0 lets almost nothing through."""


@dataclass(frozen=True)
class Wording:
    """How one function is written: in symbols, then with {z} and {value} put in.

    `slope_filled` is empty where there is nothing to put in.
    """

    value: str
    value_filled: str
    slope: str
    slope_filled: str
    meaning: str


WORDINGS = {
    "linear": Wording("z", "{z}", "1", "", "No activation: the sum goes on as it is."),
    "tanh": Wording(
        "tanh(z)",
        "tanh({z})",
        "1 - f(z) × f(z)",
        "1 - {value} × {value}",
        "An S between -1 and 1. Around 0 it is nearly straight, at both ends it is flat.",
    ),
    "relu": Wording(
        "max(0, z)",
        "max(0, {z})",
        "1 where z > 0, else 0",
        "",
        "A negative sum becomes 0. Any other goes on as it is.",
    ),
    "leaky_relu": Wording(
        "max(0.2 × z, z)",
        "max(0.2 × {z}, {z_bare})",
        "1 where z ≥ 0, else 0.2",
        "",
        "A negative sum shrinks to a fifth. Any other goes on as it is.",
    ),
    "sigmoid": Wording(
        "1 / (1 + exp(-z))",
        "1 / (1 + exp({minus_z}))",
        "f(z) × (1 - f(z))",
        "{value} × (1 - {value_operand})",
        "An S between 0 and 1, flat at both ends.",
    ),
    "softplus": Wording(
        "log(1 + exp(z))",
        "log(1 + exp({z}))",
        "1 / (1 + exp(-z))",
        "1 / (1 + exp({minus_z}))",
        "ReLU with its corner rounded off. It is never quite 0.",
    ),
}
"""By Keras's name, in the order of the lab."""

NAMES = tuple(WORDINGS)


def apply(name: str, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Value and slope of an activation at every z, shape (n,), from the engine."""
    model = Sequential([Input((len(z),)), Activation(name)], dtype="float64")
    nodes = trace(model, z).layers[0]
    values = np.array([node.value for node in nodes])
    return values, np.array([node.activation_slope for node in nodes])


def filled(text: str, z: float, value: float, *, hidden: bool = False) -> str:
    """A formula of a Wording with the numbers put in; a hidden value reads ?."""
    # Far out the value is so near to 1 that its slope would come out as 0 with it.
    digits = DIGITS if abs(value) == 1 or short(abs(value), DIGITS) != "1" else FINEST
    return text.format(
        z=operand(z, DIGITS) if "×" in text else short(z, DIGITS),
        z_bare=short(z, DIGITS),
        minus_z=short(-z, DIGITS),
        value="?" if hidden else operand(value, digits),
        value_operand="?" if hidden else short(value, digits),
    )


def verdict(name: str, z: float, slope: float) -> str:
    """What the slope says about this place."""
    if z == 0 and name in ("relu", "leaky_relu"):
        return f"A corner: the slope here is a convention, {short(slope)} in Keras."
    if slope == 0:
        return "Flat: slope 0. No change of z gets through."
    if abs(slope) < FLAT:
        return "Flat: slope near 0. A change of z hardly gets through."
    if slope == 1:
        return "Slope 1: a change of z gets through as it is."
    return f"A small change of z gets through times {short(slope, 2)}."
