"""What can be changed in a playground, as fields to edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lessons.labs.base import Field
from lessons.labs.playground.features import FEATURES
from lessons.labs.playground.play import (
    ACTIVATIONS,
    DATA,
    INITIALIZERS,
    MOST_LAYERS,
    REGULARIZERS,
    SCHEDULES,
    Play,
)
from lessons.labs.playground.run import PlayRun
from lessons.labs.playground.words import sources
from lessons.learning.recipe import OPTIMIZERS, RATES
from lessons.numbers import exact

NOISES = tuple(round(0.05 * step, 2) for step in range(31))
COUNTS = tuple(str(count) for count in (50, 100, 200, 300, 500, 1000, 2000))
PARTS = tuple(f"{part}" for part in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9))
NODES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 50, 100)
STRENGTHS = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
DROPOUTS = ("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8")
BATCHES = ("1", "5", "10", "20", "30", "32", "50", "64", "100", "128")
MIXED = "mixed"
HIGHEST_SEED = 2**31 - 1
ON_OFF = ("on", "off")
MOST_SOURCES = 20
"""Weights into a node that are listed to be edited one by one."""

WIDE_RATES = (*RATES, 2.0, 3.0, 5.0, 10.0)


def fields_of(run: PlayRun, cursor: tuple[int, int]) -> tuple[Field, ...]:
    """Data, network and training, then the weights into the node that is pointed at."""
    play = run.recipe
    groups = {
        "data": _data(run),
        "network": _network(play),
        "training": _training(play),
        "weights": _weights(run, *cursor),
    }
    return tuple(replace(one, group=name) for name, found in groups.items() for one in found)


def first_weight(run: PlayRun, cursor: tuple[int, int]) -> str:
    """The id of the field of the first weight into a node."""
    return f"weight {run.place(*cursor, 0)}"


def _data(run: PlayRun) -> Iterator[Field]:
    play, own = run.recipe, run.own
    yield Field("data", "data", play.data, (*DATA, own.problem.name) if own else DATA)
    if not play.on_the_plane:
        return
    yield Field("noise", "noise", exact(play.noise), low=0, high=2, ladder=NOISES)
    yield Field("points", "points", str(play.points), _with(COUNTS, str(play.points)))
    part = exact(play.held_out)
    yield Field("held out", "held out", part, _with(PARTS, part))
    for at, name in enumerate(FEATURES, start=1):
        on = "on" if name in play.features else "off"
        yield Field(f"feature {at}", f"input {name}", on, ON_OFF)


def _network(play: Play) -> Iterator[Field]:
    counts = tuple(str(count) for count in range(MOST_LAYERS + 1))
    yield Field("layers", "hidden layers", str(len(play.hidden)), counts)
    for at, units in enumerate(play.hidden, start=1):
        yield Field(
            f"nodes {at}", f"nodes in layer {at}", str(units), low=1, high=100, ladder=NODES
        )
    one = play.normal()
    if one.hidden:
        name = MIXED if one.activations else one.activation
        yield Field("activation", "activation", name, _with(ACTIVATIONS, name))
    if len(play.hidden) > 1:
        for at in range(len(play.hidden)):
            label = f"activation of layer {at + 1}"
            yield Field(f"activation {at + 1}", label, play.activation_of(at), ACTIVATIONS)
    yield Field("initializer", "initializer", play.initializer, INITIALIZERS)
    yield Field("regularizer", "penalty on weights", play.regularizer, REGULARIZERS)
    if play.regularizer != "none":
        yield Field(
            "strength", "penalty strength", exact(play.strength), low=0, high=10, ladder=STRENGTHS
        )
    if play.hidden:
        part = exact(play.dropout)
        yield Field("dropout", "dropout", part, _with(DROPOUTS, part))


def _training(play: Play) -> Iterator[Field]:
    yield Field("optimizer", "optimizer", play.optimizer, tuple(OPTIMIZERS))
    yield Field("rate", "learning rate", exact(play.rate), low=0, high=1000, ladder=WIDE_RATES)
    yield Field("schedule", "schedule", play.schedule, SCHEDULES)
    size = str(play.batch_size)
    yield Field("batch", "batch size", size, _with(BATCHES, size))
    yield Field("scaling", "scaling", "on" if play.scaling else "off", ON_OFF)
    yield Field("seed", "seed", str(play.seed), low=0, high=HIGHEST_SEED)


def _weights(run: PlayRun, layer: int, node: int) -> Iterator[Field]:
    """The weights into a node, each to be set and to be frozen; then its bias."""
    names = sources(run, layer)[:MOST_SOURCES]
    for source, name in (*enumerate(names), (None, "bias")):
        place = run.place(layer, node, source)
        label = "bias" if source is None else f"weight {name}"
        value = exact(round(float(run.model.parameters[place]), 6))
        yield Field(f"weight {place}", label, value, low=-1e6, high=1e6, nudge=0.1)
        state = "on" if place in run.frozen else "off"
        yield Field(f"frozen {place}", f"{label} frozen", state, ON_OFF)


def _with(choices: tuple[str, ...], present: str) -> tuple[str, ...]:
    """The choices, with the present one among them where it came from elsewhere."""
    return choices if present in choices else (*choices, present)
