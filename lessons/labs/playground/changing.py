"""What a playground is after one setting was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lessons.labs.base import Field, Refused
from lessons.labs.playground.features import FEATURES
from lessons.labs.playground.fields import MIXED
from lessons.labs.playground.play import MOST_NODES, Play, usual_for

NEW_LAYER = 4
"""Nodes of a layer that is added."""


def changed(play: Play, field: Field, text: str) -> Play:
    """The playground with the setting of `field` at `text`. Raises Refused."""
    kind, _, which = field.id.partition(" ")
    match kind:
        case "data":
            return usual_for(text, seed=play.seed)
        case "noise" | "strength":
            return _replaced(play, kind, field.read(text))
        case "points":
            return replace(play, points=int(text))
        case "held":
            return replace(play, held_out=float(text))
        case "dropout":
            return replace(play, dropout=float(text))
        case "batch":
            return replace(play, batch_size=int(text))
        case "scaling":
            return replace(play, scaling=text == "on")
        case "feature":
            return replace(play, features=_features(play, int(which), on=text == "on"))
        case "layers":
            grown = (*play.hidden, *[NEW_LAYER] * int(text))
            return play.resized(grown[: int(text)])
        case "nodes":
            return _with_nodes(play, int(which) - 1, field.read(text))
        case "activation" if which:
            names = [play.activation_of(at) for at in range(len(play.hidden))]
            names[int(which) - 1] = text
            return replace(play, activations=tuple(names))
        case "activation":
            return play if text == MIXED else replace(play, activation=text, activations=())
        case "seed":
            return replace(play, seed=_seed(field.read(text)))
        case _:
            return _replaced(play, kind, text)


def counted(field: Field, direction: int) -> str:
    """One more layer, or one less, as the field has it. Raises Refused."""
    count = str(int(field.text) + direction)
    if count not in field.choices:
        raise Refused(f"A playground has {field.choices[0]} to {field.choices[-1]} layers.")
    return count


def _replaced(play: Play, name: str, value: Any) -> Play:
    return replace(play, **{name: value})


def _features(play: Play, at: int, *, on: bool) -> tuple[str, ...]:
    name = tuple(FEATURES)[at - 1]
    kept = {*play.features, name} if on else set(play.features) - {name}
    if not kept:
        raise Refused("A network needs an input: switch another one on first.")
    return tuple(one for one in FEATURES if one in kept)


def _with_nodes(play: Play, layer: int, count: float) -> Play:
    if count != int(count):
        raise Refused(f"Nodes are counted: a whole number from 1 to {MOST_NODES}.")
    hidden = list(play.hidden)
    hidden[layer] = int(count)
    return replace(play, hidden=tuple(hidden))


def _seed(seed: float) -> int:
    if seed != int(seed):
        raise Refused("A seed is a whole number.")
    return int(seed)
