"""What is done by hand: weights set and frozen in the middle of a training, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lessons.labs.base import Field, Refused
from lessons.labs.playground.logged import logged
from lessons.labs.playground.words import node_name
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.playground.lab import PlaygroundLab


FORGETS = " The steps that came after are forgotten; u brings them back."
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
    forgets = FORGETS if lab.position < lab.end else ""
    kind, _, which = field.id.partition(" ")
    place = int(which)
    if kind == "weight":
        value = field.read(text)
        if text != field.text:
            run.set_weight(place, value)
            lab.said = f"{field.label} is {short(value)} from step {lab.position:,} on.{forgets}"
    elif text != field.text:
        run.freeze(run.frozen | {place} if text == "on" else run.frozen - {place})
        state = "does not move any more" if text == "on" else "moves again"
        lab.said = f"{field.label.removesuffix(' frozen')} {state}.{forgets}"
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
    forgets = FORGETS if lab.position < lab.end else ""
    way_back = way_back_of_hands(lab)
    run.freeze(run.frozen - places if free else run.frozen | places)
    name = node_name(run, layer, node)
    lab.stopped = ""
    words = f"The weights into {name} move again." if free else f"{name} is frozen."
    lab.said = words + forgets
    return way_back


def way_back_of_hands(lab: PlaygroundLab) -> Callable[[], None]:
    """What brings back this moment of the training, and the steps that came after it."""
    run, stopped, back = lab.run, lab.stopped, lab.run.way_back()

    def restore() -> None:
        lab.run = run
        back()
        lab.stopped = stopped

    return restore


def go_to_best(lab: PlaygroundLab) -> None:
    """To the end of the epoch with the lowest test loss. Raises Refused before the first one."""
    best = lab.run.best()
    if best is None:
        raise Refused("No epoch is finished yet: r runs, and then B goes to the best one.")
    step, loss = best
    lab.go(step)
    epoch = step // lab.run.steps_per_epoch
    lab.said = f"Epoch {epoch:,}: the lowest test loss so far, {short(loss, 5)}."


def log_run(lab: PlaygroundLab) -> None:
    """Hand the run on to the learner's log of experiments, once. Raises Refused."""
    run = lab.run
    if run.end < run.steps_per_epoch:
        raise Refused("The log takes a run from its first finished epoch on: r runs.")
    this = (run, run.end, run.rates, run.timeline.interventions.by_step)
    if lab.in_log == this:
        raise Refused("This run is in your log already: E opens it.")
    run.finish()
    lab.hand_on(logged(run, run.seconds))
    lab.in_log = this
    lab.said = "In your log of experiments: E opens it."
