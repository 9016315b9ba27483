"""`dl-tutor play`: the playground at a data set, a scene of the gallery or a code."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.command import Mistake

if TYPE_CHECKING:
    from lessons.labs.playground.lab import PlayScene
    from lessons.labs.playground.play import Play

OPTIONS = (
    "activation",
    "rate",
    "noise",
    "points",
    "optimizer",
    "dropout",
    "regularizer",
    "strength",
)
"""Options that are called as what they set."""


def scene_of(arguments: argparse.Namespace) -> PlayScene:
    """The scene that was asked for. Raises Mistake."""
    from lessons.labs.playground.gallery import GALLERY, exhibit
    from lessons.labs.playground.lab import PlayScene
    from lessons.labs.playground.play import DATA, usual_for
    from lessons.labs.playground.share import MARK, NotACode, Shared, decode

    what = arguments.what or DATA[0]
    if what.startswith(MARK):
        try:
            shared = decode(what)
        except NotACode as problem:
            raise Mistake(str(problem)) from None
        return PlayScene(shared=replace(shared, play=_changed(shared.play, arguments)))
    if found := exhibit(what):
        play = _changed(found.play, arguments)
        return PlayScene(shared=Shared(play), shows=found.shows, exhibit=found.id)
    if what not in DATA:
        names = ", ".join(DATA)
        scenes = ", ".join(one.id for one in GALLERY)
        raise Mistake(f"play takes data ({names}), a scene ({scenes}) or a code, not “{what}”")
    return PlayScene(shared=Shared(_changed(usual_for(what), arguments)))


def _changed(play: Play, arguments: argparse.Namespace) -> Play:
    from lessons.labs.playground.features import FEATURES
    from lessons.labs.playground.share import checked

    given = {name: getattr(arguments, name) for name in OPTIONS}
    given |= {"batch_size": arguments.batch, "hidden": arguments.hidden, "seed": arguments.seed}
    if arguments.features is not None:
        names = tuple(name.strip() for name in arguments.features.split(","))
        unknown = [name for name in names if name not in FEATURES]
        if unknown:
            raise Mistake(f"--features takes {', '.join(FEATURES)}, not “{unknown[0]}”")
        given["features"] = names
    told = {name: value for name, value in given.items() if value is not None}
    if "activation" in told:
        told["activations"] = ()
    try:
        return checked(replace(play, **told))
    except (ValueError, TypeError) as problem:
        raise Mistake(f"the playground cannot do that: {problem}") from None
