"""What the settings of a playground can be, wherever they come from: an option, a code."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lessons.labs.playground.features import FEATURES
from lessons.labs.playground.play import (
    ACTIVATIONS,
    DATA,
    INITIALIZERS,
    MOST_LAYERS,
    MOST_NODES,
    REGULARIZERS,
    SCHEDULES,
    Play,
)
from lessons.learning.recipe import OPTIMIZERS
from lessons.numbers import exact, written

CHOICES: Mapping[str, tuple[str, ...]] = {
    "data": DATA,
    "activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
    "regularizer": REGULARIZERS,
    "schedule": SCHEDULES,
    "optimizer": tuple(OPTIMIZERS),
    "loss": ("", "mean_squared_error", "mean_absolute_error"),
}
NUMBERS: Mapping[str, tuple[float, float]] = {
    "rate": (1e-12, 1000.0),
    "noise": (0.0, 2.0),
    "held_out": (0.1, 0.9),
    "strength": (0.0, 10.0),
    "dropout": (0.0, 0.9),
}
WHOLE: Mapping[str, tuple[int, int]] = {
    "batch_size": (1, 1000),
    "points": (20, 2000),
    "seed": (0, 2**31 - 1),
}
HIDDEN = f"1 to {MOST_NODES} nodes in each of {MOST_LAYERS} layers at most"


class Unfit(ValueError):
    """A value that a setting of a playground cannot have: its name, what it takes, what came."""

    def __init__(self, setting: str, takes: str, came: object) -> None:
        self.setting, self.takes = setting, takes
        self.came = exact(came) if isinstance(came, float) else str(came)
        super().__init__(f"{setting} takes {takes}, not {self.came}")


def checked(play: Play) -> Play:
    """The same, if all of it makes sense. Raises Unfit."""
    for setting, choices in CHOICES.items():
        _one_of(setting, getattr(play, setting), choices)
    for setting, limits in NUMBERS.items():
        _between(setting, getattr(play, setting), limits)
    for setting, (low, high) in WHOLE.items():
        _whole(setting, getattr(play, setting), low, high)
    for name in play.activations:
        _one_of("activations", name, ACTIVATIONS)
    if len(play.activations) not in (0, len(play.hidden)):
        raise Unfit("activations", "one for each layer", len(play.activations))
    if len(play.hidden) > MOST_LAYERS:
        raise Unfit("hidden", HIDDEN, f"{len(play.hidden)} layers")
    for units in play.hidden:
        if not _is_whole(units) or not 1 <= units <= MOST_NODES:
            raise Unfit("hidden", HIDDEN, units)
    _features(play)
    if not isinstance(play.scaling, bool) or play.from_logits is not False:
        raise Unfit("scaling", "true or false", play.scaling)
    return play


def _features(play: Play) -> None:
    for name in play.features:
        _one_of("features", name, tuple(FEATURES))
    if not play.features or len(set(play.features)) != len(play.features):
        raise Unfit("features", "one input or more, each once", ",".join(play.features))


def _one_of(setting: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise Unfit(setting, ", ".join(choices), value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _whole(setting: str, value: int, low: int, high: int) -> None:
    if not _is_whole(value) or not low <= value <= high:
        raise Unfit(setting, f"a whole number from {low} to {high}", value)


def _between(setting: str, value: float, limits: tuple[float, float]) -> None:
    low, high = limits
    number = _is_whole(value) or isinstance(value, float)
    if not number or not (math.isfinite(value) and low <= value <= high):
        raise Unfit(setting, f"a number from {written(low)} to {written(high)}", value)
