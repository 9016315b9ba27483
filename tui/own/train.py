"""`dl-tutor train`: a table in, a trained network out, in plain lines that work over pipes."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tui.command import Mistake
from tui.own.options import EPOCHS, asked, check_options, check_playable, seed_of

if TYPE_CHECKING:
    from engine import History, Sequential
    from lessons.learning.recipe import Recipe
    from lessons.tables.problem import OwnProblem
    from tui.screens.table import TableScreen

Arguments = argparse.Namespace


def train_on_screen(arguments: Arguments) -> int:
    """Show what was understood of the table, and train on it in the playground."""
    from lessons.tables.columns import find, understand
    from lessons.tables.preparing import with_uses
    from lessons.tables.reading import read_table
    from tui.launching import launch, prepare_process

    prepare_process()  # before the table brings NumPy in
    check_playable(arguments)
    table = read_table(arguments.file, header=arguments.header)
    columns = with_uses(understand(table.frame), _uses(arguments))
    target = find(columns, arguments.target).name if arguments.target else columns[-1].name

    def opened() -> TableScreen:
        from tui.own.screen import table_screen

        return table_screen(arguments, table, columns, target)

    return launch(arguments, table=opened)


def own_problem(arguments: Arguments) -> OwnProblem:
    """Read the table, say what was understood, and make the problem of it."""
    from lessons.tables.columns import understand
    from lessons.tables.preparing import with_uses
    from lessons.tables.problem import make_problem
    from lessons.tables.reading import read_table
    from lessons.tables.suspects import suspects
    from lessons.tables.target import choose_target
    from tui.own.words import problem_lines, table_lines

    table = read_table(arguments.file, header=arguments.header)
    columns = understand(table.frame)
    if not arguments.target:
        names = ", ".join(column.name for column in columns[:20])
        raise Mistake(f"train needs --target COLUMN; the table has {names}")
    columns = with_uses(columns, _uses(arguments))
    target = choose_target(table.frame, columns, arguments.target, arguments.task)
    odd = suspects(table.frame, columns, target)
    _say(*table_lines(table, columns, target.name, odd), "")
    own = make_problem(table, columns, target, arguments.split, seed_of(arguments))
    _say(*problem_lines(own), "")
    return own


def recipe_of(arguments: Arguments, own: OwnProblem) -> Recipe:
    """The network and its settings, as typed or as usual. Raises Mistake."""
    from lessons.learning.recipe import Recipe

    recipe = Recipe(**asked(arguments, own))
    try:
        recipe.build(own.problem)
    except (ValueError, TypeError) as problem:
        raise Mistake(str(problem)) from None
    return recipe


def train_plain(arguments: Arguments) -> int:
    """Train with a line for each epoch. 0: it has been trained; 1: it has diverged."""
    from engine import Diverged
    from lessons.tables.judging import judged

    check_options(arguments)
    own = own_problem(arguments)
    recipe = recipe_of(arguments, own)
    model = recipe.build(own.problem)
    try:
        history = _fit(model, recipe, own, arguments)
    except (Diverged, ValueError) as problem:  # ValueError: numbers too large once they are scaled
        print(f"dl-tutor: {problem}", file=sys.stderr)
        return 1
    _say("", *_ending(history, arguments), *judged(own, model))
    return _keep(model, own, arguments)


def _fit(model: Sequential, recipe: Recipe, own: OwnProblem, arguments: Arguments) -> History:
    from engine import EarlyStopping
    from engine.callbacks import Callback
    from tui.own.history import HistoryFile

    problem = own.problem
    epochs = arguments.epochs or EPOCHS
    callbacks: list[Callback] = []
    if arguments.history:
        callbacks.append(HistoryFile(arguments.history))
    if arguments.patience is not None:
        stopping = EarlyStopping(patience=arguments.patience, restore_best_weights=True)
        callbacks.append(stopping)
    x, x_validation = problem.x_train, problem.x_validation
    if recipe.scaling:
        model.scaler = problem.scaler
        x, x_validation = problem.scaled
    own.note_on(model)
    return model.fit(
        x,
        problem.y_train,
        batch_size=recipe.batch_size,
        epochs=epochs,
        validation_data=(x_validation, problem.y_validation),
        callbacks=callbacks,
        verbose=1 if sys.stdout.isatty() else 2,
    )


def _ending(history: History, arguments: Arguments) -> list[str]:
    losses = history.history["val_loss"]
    best = min(range(len(losses)), key=losses.__getitem__)
    lines = [f"Lowest validation loss {losses[best]:.4g}, after epoch {best + 1}."]
    if arguments.patience is None:
        if best + 1 < len(losses):
            lines.append("The weights are those of the last epoch; --patience 5 keeps the best.")
        return lines
    if len(losses) < (arguments.epochs or EPOCHS):
        lines.append(
            f"Stopped after epoch {len(losses)}: no better for {arguments.patience} epochs."
        )
    return [*lines, f"The weights are those of epoch {best + 1}."]


def _keep(model: Sequential, own: OwnProblem, arguments: Arguments) -> int:
    if not arguments.save:
        return 0
    model.save(arguments.save)
    print(f"Saved as {arguments.save}. dl-tutor predict {arguments.save} TABLE uses it.")
    return 0


def _uses(arguments: Arguments) -> dict[str, str]:
    uses = dict.fromkeys(arguments.drop, "drop")
    uses |= dict.fromkeys(arguments.one_hot, "one-hot")
    return uses | dict.fromkeys(arguments.number, "number")


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)
