"""A run of the playground as an experiment, for the learner's log."""

from __future__ import annotations

from dataclasses import fields, replace

from lessons.labs.playground.run import PlayRun
from lessons.learning.experiment import Experiment, experiment_of
from lessons.learning.recipe import Recipe
from lessons.numbers import short


def logged(run: PlayRun, seconds: float) -> Experiment:
    """The run as far as it was trained, in so many seconds without the pauses.

    What only a playground has is said with the data.
    """
    play = run.recipe
    found = experiment_of(run, seconds, lesson="playground")
    plain = Recipe(**{one.name: getattr(found.recipe, one.name) for one in fields(Recipe)})
    words = [play.data]
    if play.on_the_plane:
        words += [f"{play.points} points", f"noise {short(play.noise)}"]
        if play.features != ("x1", "x2"):
            words.append(f"inputs {' '.join(play.features)}")
    if play.regularizer != "none":
        words.append(f"{play.regularizer} {short(play.strength, 6)}")
    if play.dropout:
        words.append(f"dropout {short(play.dropout)}")
    if play.schedule != "constant":
        words.append(play.schedule)
    return replace(found, recipe=plain, data=", ".join(words))
