"""The learner's experiments as a table of comma-separated values, for any other program."""

from __future__ import annotations

from collections.abc import Iterable

from lessons.learning.experiment import Experiment
from lessons.tables.writing import as_csv

HEADER = (
    *("id", "ended", "lesson", "data", "hidden_layers", "activation", "initializer"),
    *("optimizer", "learning_rate", "batch_size", "scaling", "seed", "training_rows"),
    *("validation_rows", "parameters", "epochs", "diverged", "training_loss", "validation_loss"),
    *("best_epoch", "best_validation_loss", "training_accuracy", "validation_accuracy", "seconds"),
)


def log_csv(log: Iterable[Experiment]) -> str:
    """The experiments as CSV, a line for each, under a line of headings."""
    return as_csv([HEADER, *map(_row, log)])


def _row(one: Experiment) -> tuple[object, ...]:
    recipe = one.recipe
    return (
        *(one.id, one.when, one.lesson, one.data, "-".join(map(str, recipe.hidden))),
        *(recipe.activation, recipe.initializer, recipe.optimizer, recipe.rate),
        *(recipe.batch_size, recipe.scaling, recipe.seed, one.rows, one.held_out),
        *(one.parameters, one.epochs, one.diverged, one.loss, one.val_loss),
        *(one.best_epoch, one.best_val_loss, one.accuracy, one.val_accuracy),
        round(one.seconds, 3),
    )
