"""The learner's experiments as a table of comma-separated values, for any other program."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable
from pathlib import Path

from lessons.learning.experiment import Experiment

HEADER = (
    *("id", "ended", "lesson", "data", "hidden_layers", "activation", "initializer"),
    *("optimizer", "learning_rate", "batch_size", "scaling", "seed", "training_rows"),
    *("validation_rows", "parameters", "epochs", "diverged", "training_loss", "validation_loss"),
    *("best_epoch", "best_validation_loss", "training_accuracy", "validation_accuracy", "seconds"),
)


class NotSaved(Exception):
    """The table could not be written; the message is one line and says why."""


def table(log: Iterable[Experiment]) -> str:
    """The experiments as CSV, a line for each, under a line of headings."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(map(_row, log))
    return text.getvalue()


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


def save(log: Iterable[Experiment], name: str) -> Path:
    """Write the table into a new file, never over an old one; its path. Raises NotSaved."""
    try:
        path = Path(name.strip()).expanduser()
    except RuntimeError:  # ~somebody who is not there
        raise NotSaved(f"There is no such folder: {name.strip()}.") from None
    if not name.strip() or path.is_dir():
        raise NotSaved("Give the name of a file, such as experiments.csv.")
    try:
        _write_new(path, table(log))
    except FileExistsError:
        raise NotSaved(f"{path} is there already: choose another name.") from None
    except FileNotFoundError:
        raise NotSaved(f"There is no such folder: {path.parent}.") from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = getattr(error, "strerror", None) or str(error)
        raise NotSaved(f"{path} could not be written: {why.lower()}.") from None
    return path


def _write_new(path: Path, content: str) -> None:
    """Write a file that is not there yet: all of it or none."""
    with open(path, "x", encoding="utf-8", newline="") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
