"""The lines that train the lab's network in Keras's words, and one optimizer step in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.learning.listing import Package, program
from lessons.numbers import exact

if TYPE_CHECKING:
    from lessons.labs.training.lab import TrainingLab


def listings(lab: TrainingLab) -> tuple[Code, ...]:
    """Training as one program for Keras, for this engine, and the last change in NumPy."""
    return (
        Code("Keras", _program(lab, "keras")),
        Code("this engine", _program(lab, "engine")),
        Code("NumPy: the last change of one weight", _change(lab)),
    )


def _program(lab: TrainingLab, package: Package) -> str:
    return program(lab.problem, lab.recipe, package, epochs=max(lab.epochs, 10))


def _change(lab: TrainingLab) -> str:
    """The update of the weight under the cursor, with the values of the last batch put in."""
    at = lab.cursor_in_parameters()
    optimizer = lab.optimizer
    values = {name: exact(float(slot[at])) for name, slot in optimizer.slots.items()}
    slope, rate = exact(float(lab.model.gradient[at])), exact(lab.last_rate)
    if lab.position == 0:
        return "# no batch has been taken yet: press space, then c\nprint(0.0)"
    if lab.recipe.optimizer == "adam":
        return f"""\
import numpy as np

# running means of the slopes and of their squares, and batches so far
m = {values["m"]}
v = {values["v"]}
t = {lab.position}
learning_rate = {rate}

alpha = learning_rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
change = -alpha * m / (np.sqrt(v) + 1e-7)
print(change)"""
    rule = "-learning_rate * slope"
    lines = [f"slope = {slope}", f"learning_rate = {rate}"]
    if "velocity" in values:
        lines.append("# velocity: 0.9 × the one before - learning_rate × slope")
        lines.append(f"velocity = {values['velocity']}")
        rule = "velocity"
        if "nesterov" in lab.recipe.optimizer:
            rule = "0.9 * velocity - learning_rate * slope"
    return "\n".join([*lines, f"change = {rule}", "print(change)"])
