"""`dl-tutor train` on a terminal: the columns of the table, then the playground on it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from lessons.labs.playground.play import Play, usual_for
from lessons.labs.playground.scene import PlayScene
from lessons.labs.playground.share import Shared
from lessons.tables.columns import Column
from lessons.tables.problem import OwnProblem
from lessons.tables.reading import RawTable
from tui.screens.table import TableScreen

if TYPE_CHECKING:
    from tui.app import DLTutor


def table_screen(
    arguments: argparse.Namespace, table: RawTable, columns: tuple[Column, ...], target: str
) -> TableScreen:
    """The screen of the columns; its problem opens the playground with what was typed."""

    def train(own: OwnProblem) -> None:
        app = cast("DLTutor", screen.app)
        if app.played is not None and app.played.setup.own is own:
            app.open_playground()  # as it was left: what was trained is not lost
            return
        scene = PlayScene(shared=Shared(_play(arguments, own)), own=own)
        app.open_playground(scene, runs=True)

    screen = TableScreen(
        table,
        columns,
        target,
        train,
        task=arguments.task,
        held_out=arguments.split,
        seed=arguments.seed or 0,
    )
    return screen


def _play(arguments: argparse.Namespace, own: OwnProblem) -> Play:
    play = usual_for(own.problem.name, scaling=arguments.scaling)
    told = {
        "hidden": arguments.layers,
        "activation": arguments.activation,
        "optimizer": arguments.optimizer,
        "rate": arguments.rate,
        "batch_size": min(arguments.batch, len(own.problem.x_train)),
        "seed": arguments.seed,
    }
    return replace(play, **{name: value for name, value in told.items() if value is not None})
