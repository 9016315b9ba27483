"""What is typed after `dl-tutor train`: looked at before a table is read, not after it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.command import Mistake

if TYPE_CHECKING:
    from lessons.tables.problem import OwnProblem

Arguments = argparse.Namespace


EPOCHS = 30
"""Epochs of a training in lines where none are asked for."""


def seed_of(arguments: Arguments) -> int:
    """Draws the rows held out and the first weights: the same in lines and on the screen."""
    return arguments.seed or 0


def asked(arguments: Arguments, own: OwnProblem) -> dict[str, Any]:
    """The settings of a recipe for this table, as typed or as usual, in lines or on the screen."""
    from lessons.learning.recipe import OPTIMIZERS

    rate = arguments.rate if arguments.rate is not None else OPTIMIZERS[arguments.optimizer][1]
    return {
        "hidden": arguments.layers,
        "activation": arguments.activation,
        "optimizer": arguments.optimizer,
        "rate": rate,
        "batch_size": min(arguments.batch, len(own.problem.x_train)),
        "scaling": arguments.scaling,
        "loss": _loss_named(arguments.loss) if arguments.loss else "",
        "seed": seed_of(arguments),
    }


def _loss_named(name: str) -> str:
    """The long name of a loss that may be written in several ways: mae is mean_absolute_error."""
    from engine import losses

    kind = type(losses.get(name))
    return next(one for one, its_kind in losses.LOSSES.items() if its_kind is kind)


def check_options(arguments: Arguments) -> None:
    """What training in lines can use, whatever the table is. Raises Mistake, or StorageError."""
    from engine import activations
    from engine.storage.models import ENDINGS, check_place
    from lessons.learning.recipe import OPTIMIZERS

    _known("--activation", arguments.activation, activations.get)
    _one_of("--optimizer", arguments.optimizer, tuple(OPTIMIZERS))
    _check_loss(arguments)
    _check_target(arguments)
    for path in (arguments.save, arguments.history):
        _check_free(path, arguments.force)
    if arguments.save:
        check_place(arguments.save)
    if arguments.history and arguments.history.casefold().endswith(ENDINGS):
        raise Mistake(
            "--history writes the losses as a table, such as history.csv, not "
            f"{arguments.history}; --save writes the network"
        )


def check_playable(arguments: Arguments) -> None:
    """What is typed must be something that the playground has. Raises Mistake."""
    from lessons.labs.playground.play import ACTIVATIONS, MOST_LAYERS, MOST_NODES
    from lessons.learning.recipe import OPTIMIZERS

    _one_of("--activation", arguments.activation, ACTIVATIONS)
    _one_of("--optimizer", arguments.optimizer, tuple(OPTIMIZERS))
    _check_loss(arguments)
    _check_target(arguments)
    if len(arguments.layers) > MOST_LAYERS or max(arguments.layers, default=1) > MOST_NODES:
        raise Mistake(
            f"on the screen there are {MOST_LAYERS} layers of {MOST_NODES} nodes at most; "
            "--plain takes more"
        )


def _one_of(option: str, value: str, names: Sequence[str]) -> None:
    if value in names:
        return
    from engine.names import nearest

    *others, last = [f"“{name}”" if "," in name else name for name in names]
    near = nearest(value, names)
    hint = f"; the nearest is “{near}”" if near else ""
    raise Mistake(f"{option} takes {', '.join(others)} or {last}, not “{value}”{hint}")


def _known(option: str, value: str, find: Callable[[str], object]) -> None:
    try:
        find(value)
    except ValueError as problem:
        raise Mistake(f"{option}: {problem}") from None


def _check_loss(arguments: Arguments) -> None:
    from engine import losses

    if arguments.loss is not None:
        _known("--loss", arguments.loss, losses.get)


def _check_target(arguments: Arguments) -> None:
    if arguments.target is not None and arguments.target in arguments.drop:
        raise Mistake(
            f"--drop leaves “{arguments.target}” out, but it is the column to predict; "
            "drop another, or name another --target"
        )


def _check_free(path: str | None, force: bool) -> None:
    """Before an hour of training, not after it: what is there stays unless --force says so."""
    if not path:
        return
    file = Path(path).expanduser()
    if file.exists() and not force:
        raise Mistake(f"{path} is there already; --force writes over it")
    if not file.parent.is_dir():
        raise Mistake(f"there is no folder {file.parent}; make it first")
    if not os.access(file.parent, os.W_OK):
        raise Mistake(f"you may not write into the folder {file.parent}; name a file in another")
