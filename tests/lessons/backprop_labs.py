"""Backpropagation labs to drive: the course's networks, and what stands in a lab."""

from __future__ import annotations

from dataclasses import replace

from lessons.backpropagation.networks import TABLE
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.backprop.scene import BackpropScene


def to_the_update(lab: BackpropLab) -> BackpropLab:
    """Go to the end of the pass: every number computed, no weight moved yet."""
    while lab.step_name != "update":
        lab.step()
    return lab


def table_lab(**changes: object) -> BackpropLab:
    """A lab with the network of the course's table."""
    return BackpropLab(replace(TABLE, **changes))  # type: ignore[arg-type]


def full(scene: BackpropScene) -> BackpropLab:
    """A lab at the end of its pass."""
    return to_the_update(BackpropLab(scene))


def weight_slopes(lab: BackpropLab) -> list[str]:
    return [edge.slope for edge in lab.snapshot().edges]


def weights(lab: BackpropLab) -> list[str]:
    return [edge.weight for edge in lab.snapshot().edges]


def node_slopes(lab: BackpropLab) -> list[list[tuple[str, str]]]:
    return [[(node.slope, node.gate) for node in layer] for layer in lab.snapshot().layers[1:]]
