"""Driving a forward-propagation lab: to its end, and what stands in it then."""

from __future__ import annotations

from lessons.labs.forward.lab import ForwardLab
from lessons.labs.forward.state import ForwardSnapshot


def to_the_end(lab: ForwardLab) -> ForwardSnapshot:
    while lab.can("step"):
        lab.step()
    return lab.snapshot()


def values(lab: ForwardLab) -> list[list[str]]:
    return [[node.value for node in layer] for layer in lab.snapshot().layers]


def output(lab: ForwardLab) -> float:
    to_the_end(lab)
    return lab.trace.outputs[0]
