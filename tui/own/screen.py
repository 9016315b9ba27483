"""`dl-tutor train` on a terminal: the columns of the table, then the playground on it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from lessons.labs.playground.goal import Goal
from lessons.labs.playground.lab import PlaygroundLab
from lessons.labs.playground.play import usual_for
from lessons.labs.playground.scene import PlayScene
from lessons.labs.playground.share import Shared
from lessons.tables.columns import Column
from lessons.tables.errors import TableError
from lessons.tables.problem import OwnProblem
from lessons.tables.reading import RawTable
from tui.own.options import asked, seed_of
from tui.screens.table import TableScreen

if TYPE_CHECKING:
    from tui.app import DLTutor


def table_screen(
    arguments: argparse.Namespace, table: RawTable, columns: tuple[Column, ...], target: str
) -> TableScreen:
    """The screen of the columns; its problem opens the playground with what was typed."""

    def train(own: OwnProblem) -> None:
        app = cast("DLTutor", screen.app)
        if app.played is not None and app.played.go_home(own):
            app.open_playground()  # as it was left: what was trained is not lost
            return
        app.played = playground_of(arguments, own)
        app.open_playground(runs=True)

    screen = TableScreen(
        table,
        columns,
        target,
        train,
        task=arguments.task,
        held_out=arguments.split,
        seed=seed_of(arguments),
    )
    return screen


def playground_of(arguments: argparse.Namespace, own: OwnProblem) -> PlaygroundLab:
    """What `train --plain` trains, to be looked at: the same network, the same end.

    Raises TableError for what the target does not allow, such as a loss that is for classes.
    """
    usual = usual_for(own.problem.name, scaling=arguments.scaling)
    shared = Shared(replace(usual, **asked(arguments, own)))
    goal = Goal(arguments.epochs, arguments.patience)
    try:
        return PlaygroundLab(PlayScene(shared=shared, own=own, goal=goal))
    except (ValueError, TypeError) as problem:
        raise TableError(str(problem)) from None
