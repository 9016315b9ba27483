"""The lines that print the slopes of each layer, and train."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.learning.listing import program

if TYPE_CHECKING:
    from lessons.labs.layer_slopes.lab import LayerSlopesLab

SLOPES = """

# the slopes over all training rows with the weights of now, layer by layer
import numpy as np

model.compute_gradient(x, y)
for number, layer in enumerate(model.layers, start=1):
    print(number, np.abs(layer.kernel_gradient).mean())"""


def listings(lab: LayerSlopesLab) -> tuple[Code, ...]:
    """The program of the network pointed at, for Keras, and with its slopes for this engine."""
    network = lab.columns()[lab.cursor[1]]
    recipe = lab.settings.recipe(network.activation)
    epochs = max(lab.epoch, 1)
    keras = program(lab.problem, recipe, "keras", epochs=epochs)
    own = program(lab.problem, recipe, "engine", epochs=epochs)
    hidden = any(slope is None for slope in network.slopes) and lab.hides(network.activation)
    listing = Code(f"this engine: {network.activation}", own if hidden else _with_slopes(lab, own))
    return Code(f"Keras: {network.activation}", keras), listing


def _with_slopes(lab: LayerSlopesLab, source: str) -> str:
    """The slopes of the weights that are seen: before training, or after so many epochs."""
    if lab.epoch:
        return source + SLOPES
    compiled, fitted, _ = source.partition("\nmodel.fit(")
    assert fitted
    return compiled + SLOPES
