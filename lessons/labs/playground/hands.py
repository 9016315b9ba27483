"""What is done by hand: weights set and frozen in the middle of a training, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from lessons.labs.base import Field, Refused
from lessons.labs.playground.words import node_name
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.playground.lab import PlaygroundLab


LONG_EPOCH = 300
"""Batches of an epoch from which on it is not taken in one step: a key would have to wait."""


def look(lab: PlaygroundLab, what: str, text: str) -> None:
    """Bring another panel to the front, or let space take more or less. Raises Refused."""
    if what == "shows":
        lab.shows = text
    elif text == "epoch" and lab.run.steps_per_epoch > LONG_EPOCH:
        count = f"{lab.run.steps_per_epoch:,}"
        raise Refused(f"An epoch has {count} batches here: r runs through them.")
    else:
        lab.stride = text


def touch(lab: PlaygroundLab, field: Field, text: str) -> None:
    """Set the weight of a field, or freeze it or let it move. Raises Refused."""
    run = lab.run
    kind, _, which = field.id.partition(" ")
    place = int(which)
    if kind == "weight":
        value = field.read(text)
        if text != field.text:
            run.set_weight(place, value)
            lab.said = f"{field.label} is {short(value)} from step {lab.position} on."
    elif text != field.text:
        run.freeze(run.frozen | {place} if text == "on" else run.frozen - {place})
        state = "does not move any more" if text == "on" else "moves again"
        lab.said = f"{field.label.removesuffix(' frozen')} {state}."
    lab.stopped = ""


def freeze_node(lab: PlaygroundLab) -> Callable[[], None]:
    """Freeze all weights into the node pointed at, or free them if they all are frozen.

    Returns what takes it back.
    """
    run, (layer, node) = lab.run, lab.cursor
    sources = run.dense[layer].kernel.shape[0]
    places = {run.place(layer, node, source) for source in range(sources)}
    places.add(run.place(layer, node, None))
    free = places <= run.frozen
    way_back = way_back_of_weights(lab)
    run.freeze(run.frozen - places if free else run.frozen | places)
    name = node_name(run, layer, node)
    lab.stopped = ""
    lab.said = f"The weights into {name} move again." if free else f"{name} is frozen."
    return way_back


def way_back_of_weights(lab: PlaygroundLab) -> Callable[[], None]:
    """What brings back the weights and what is frozen, at the step where they were changed."""
    run, position, frozen = lab.run, lab.position, lab.run.frozen
    kept = run.model.parameters.copy()

    def restore() -> None:
        lab.run = run
        run.go(min(position, run.end))
        for place in np.flatnonzero(run.model.parameters != kept).tolist():
            run.set_weight(place, float(kept[place]))
        if run.frozen != frozen:
            run.freeze(frozen)
        lab.stopped = ""

    return restore
