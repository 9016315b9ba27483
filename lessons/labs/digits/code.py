"""The program that trains the digits lab's network, in Keras's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.labs.digits.tracks import SHUFFLE_SEED
from lessons.learning.listing import program

if TYPE_CHECKING:
    from lessons.labs.digits.lab import DigitsLab

EPOCHS = 10


def listings(lab: DigitsLab) -> tuple[Code, ...]:
    """Training for Keras and for this engine; none while its sizes are asked for."""
    if {"inputs", "outputs"} & set(lab.hiding):
        return ()
    lines = _data(lab)
    return tuple(
        Code(
            title,
            program(
                lab.problem,
                lab.recipe,
                package,  # type: ignore[arg-type]
                epochs=EPOCHS,
                data=lines,
                helpers=("to_categorical",),
            ),
        )
        for title, package in (("Keras", "keras"), ("this engine", "engine"))
    )


def _data(lab: DigitsLab) -> list[str]:
    """Load, divide by 255, hold out the last images; shuffle the pixels where the lab does."""
    cut, outputs = len(lab.problem.x_train), lab.problem.outputs
    pixels = len(lab.problem.features)
    lines = [
        "images, labels = digits.load()",
        'x = images.astype("float32") / 255',
        f"y = to_categorical(labels, {outputs})",
    ]
    if lab.track == "pair":
        lines += [
            "",
            "# the same shuffle of the pixels for every image; without it: the other curve",
            f"order = np.random.default_rng({SHUFFLE_SEED}).permutation({pixels})",
            "x = x[:, order]",
            "",
        ]
    return [
        *lines,
        f"x, x_held_out = x[:{cut}], x[{cut}:]",
        f"y, y_held_out = y[:{cut}], y[{cut}:]",
    ]
