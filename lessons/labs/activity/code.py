"""The program of the run, and the lines after it that count dead nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.learning.listing import Package, program

if TYPE_CHECKING:
    from lessons.labs.activity.lab import ActivityLab

VALUES = {
    "relu": ("np.maximum(z, 0)", "z > 0"),
    "leaky_relu": ("np.where(z > 0, z, 0.2 * z)", "np.where(z > 0, 1, 0.2)"),
    "tanh": ("np.tanh(z)", "1 - values**2"),
    "sigmoid": ("(1 + np.tanh(z / 2)) / 2", "values * (1 - values)"),
}


def listings(lab: ActivityLab) -> tuple[Code, ...]:
    """Training as a program for Keras and for this engine, each with the count of dead nodes."""
    epochs = max(lab.run.epoch, 1)
    counted = "" if lab.hides_nodes else _counting(lab.run.recipe.activation)
    packages: dict[str, Package] = {"Keras": "keras", "this engine": "engine"}
    return tuple(
        Code(
            f"{title}: train, then count",
            program(lab.run.problem, lab.run.recipe, package, epochs=epochs) + counted,
        )
        for title, package in packages.items()
    )


def _counting(activation: str) -> str:
    value, slope = VALUES[activation]
    return f"""

import numpy as np

# a hidden node is dead when its slope is 0 on every row
weights = model.get_weights()
values = x.astype("float32")
for kernel, bias in zip(weights[:-2:2], weights[1:-2:2]):
    z = values @ kernel + bias
    values = {value}
    slope = {slope}
    print((slope == 0).all(axis=0).sum(), "of", len(bias), "nodes are dead")"""
