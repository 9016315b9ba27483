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
OTHERS = {"batch": "batch_size", "hidden": "hidden", "seed": "seed"}
"""Options that other commands have too, with what they set here."""


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
    from lessons.labs.playground.limits import Unfit, checked

    given = {name: getattr(arguments, name) for name in OPTIONS}
    given |= {name: getattr(arguments, option) for option, name in OTHERS.items()}
    if arguments.features is not None:
        given["features"] = tuple(name.strip() for name in arguments.features.split(","))
    told = {name: value for name, value in given.items() if value is not None}
    if "activation" in told:
        told["activations"] = ()
    try:
        return checked(replace(play, **told))
    except Unfit as problem:
        names = {setting: option for option, setting in OTHERS.items()}
        option = names.get(problem.setting, problem.setting)
        raise Mistake(f"--{option} takes {problem.takes}, not “{problem.came}”") from None
