"""What can be edited in the backpropagation lab, and what an edit makes of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from engine import Trace
from lessons.labs.backprop.nudge import AMOUNTS, NAME, NONE, places
from lessons.labs.backprop.passes import Setup
from lessons.labs.base import Field
from lessons.numbers import exact, short

T = TypeVar("T")

RATES = (0.0001, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def fields_of(setup: Setup, trace: Trace, rate: float, nudged: str, by: float) -> Iterator[Field]:
    """Inputs, weights, target, learning rate, then the nudge."""
    for name, value in zip(trace.input_names, setup.inputs, strict=True):
        yield Field(name, name, exact(value), low=-100, high=100)
    weights = places(trace)
    for name, item in weights.items():
        yield Field(name, name, exact(item.weight), low=-100, high=100, shown=short(item.weight, 6))
    yield Field("target", "target", exact(setup.target), low=-1000, high=1000)
    yield Field("rate", "learning rate", exact(rate), low=0, high=1, ladder=RATES)
    yield Field(NAME, "nudge", nudged, (NONE, *weights))
    yield Field("by", "nudge by", exact(by), low=-10, high=10, ladder=AMOUNTS)


def edited(setup: Setup, trace: Trace, field_id: str, value: float) -> Setup:
    """`setup` with one of its numbers replaced."""
    if field_id == "target":
        return replace(setup, target=value)
    if field_id in trace.input_names:
        at = trace.input_names.index(field_id)
        return replace(setup, inputs=_with(setup.inputs, at, value))
    item = places(trace)[field_id]
    rows = setup.weights[item.layer]
    rows = _with(rows, item.node, _with(rows[item.node], item.source, value))
    return replace(setup, weights=_with(setup.weights, item.layer, rows))


def _with(row: tuple[T, ...], at: int, value: T) -> tuple[T, ...]:
    """`row` with the item at one place replaced."""
    return (*row[:at], value, *row[at + 1 :])
