"""A table that a learner brought, as a problem that a network trains on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine import Sequential, to_categorical
from engine.splitting import split_rows
from engine.table import DataError
from lessons.learning.problem import Problem
from lessons.tables.columns import Column
from lessons.tables.errors import TableError
from lessons.tables.preparing import Preparation, prepare
from lessons.tables.reading import RawTable
from lessons.tables.target import Target, target_values
from lessons.tables.units import Unit

FIRST_ROWS = 100
"""Rows of a table that are kept to be looked at."""

NOTE = "table"
"""What a model's notes call what they say about its table."""


@dataclass(frozen=True, eq=False)
class OwnProblem:
    """A problem made of a table, and what has to be remembered to predict with its network."""

    problem: Problem
    preparation: Preparation
    target: Target
    left_out: int
    """Rows without a target: nothing can be learned from them."""
    path: str = ""
    header: bool = True
    uses: Mapping[str, str] = field(default_factory=dict)
    """What becomes of each column, by its name."""
    unit: Unit = field(default_factory=Unit)
    """In which a number to be predicted stands in the problem."""
    columns: tuple[Column, ...] = ()
    """All columns of the table, used or not."""
    head: RawTable | None = None
    """The first rows of the table: the whole of it is not kept."""

    def note_on(self, model: Sequential) -> None:
        """Write into the model what its inputs and outputs mean, for the day it predicts."""
        about = {
            "preparation": self.preparation.to_config(),
            "target": self.target.name,
            "classes": list(self.target.classes),
            "unit": [self.unit.mean, self.unit.spread],
            "dates": self.target.column.kind == "date" and not self.target.classes,
        }
        model.notes = {**(model.notes or {}), NOTE: about}

    @property
    def simplest(self) -> tuple[str, float]:
        """The guess that needs no network, in words, and how it does on the rows held out.

        Where a number is asked for: how far the mean of the training rows is off on average, in
        the unit of the table. For classes: the accuracy of the most frequent one.
        """
        problem = self.problem
        if problem.classifies:
            most = int(problem.y_train.sum(axis=0).argmax())
            share = float(problem.y_validation[:, most].mean())
            return f"always “{problem.classes[most]}”: accuracy", share
        errors = problem.y_validation - problem.y_train.mean()
        return "always the mean: off by", float(np.abs(errors).mean()) * self.unit.spread

    @property
    def of_what(self) -> str:
        """What its errors are counted in, to be put behind a number; nothing for plain numbers."""
        return " days" if self.target.column.kind == "date" else ""


def make_problem(
    table: RawTable, columns: Sequence[Column], target: Target, held_out: float, seed: int
) -> OwnProblem:
    """The rows with a target, shuffled by the seed and split; the last part is held out.

    Raises TableError when too few rows or no columns are left.
    """
    rows, y = target_values(table.frame, target)
    try:
        train, validation = split_rows(len(rows), held_out, seed)
    except DataError as problem:
        raise TableError(str(problem)) from None
    preparation = prepare(table.frame, columns, target.name, rows[train])
    x = preparation.transform(table.frame)
    _check_size(x, preparation.inputs)
    _check_size(y[:, None], (target.name,))
    unit = Unit()
    if target.classes:
        y = to_categorical(y, len(target.classes))
    else:
        unit = Unit.of(y[train])
        y = unit.into(y)
    return OwnProblem(
        problem=Problem(
            name=table.name,
            features=preparation.inputs,
            target=target.name,
            held_out=held_out,
            split_seed=seed,
            x_train=x[rows[train]],
            y_train=y[train],
            x_validation=x[rows[validation]],
            y_validation=y[validation],
            classes=target.classes,
        ),
        preparation=preparation,
        target=target,
        left_out=len(table) - len(rows),
        path=table.path,
        header=table.dialect.header,
        uses={column.name: column.use for column in columns if column.name != target.name},
        unit=unit,
        columns=tuple(columns),
        head=replace(table, frame=table.frame.head(FIRST_ROWS).copy()),
    )


def _check_size(values: np.ndarray, names: Sequence[str], when: str = "") -> None:
    """A network computes in float32. Raises TableError for a column with larger numbers."""
    most = float(np.finfo(np.float32).max)
    for name, largest in zip(
        names, np.maximum(values.max(axis=0), -values.min(axis=0)), strict=True
    ):
        if largest > most:
            raise TableError(
                f"Column “{name}”{when} has numbers as large as {largest:.2g}: a network "
                f"computes with numbers up to {most:.2g}. Divide the column by a number, or "
                "leave it out."
            )


@dataclass(frozen=True, eq=False)
class Predictions:
    """What a saved network says of a table: names of the columns, and a value for each row."""

    columns: tuple[str, ...]
    values: tuple[np.ndarray, ...]
    notes: tuple[str, ...]


def predict(model: Sequential, table: RawTable) -> Predictions:
    """What `model` predicts for every row of a table, scaled and ordered as it was trained.

    Raises TableError when the model does not say what its inputs mean, or the table does not fit.
    """
    about = about_table(model)
    if about is None:
        raise TableError(
            "The model does not say which columns its inputs are: only a model that "
            "dl-tutor train --save has written can predict a table."
        )
    preparation = Preparation.from_config(about["preparation"])
    x = preparation.transform(table.frame)
    _check_size(x, preparation.inputs)
    notes = preparation.warnings(table.frame)
    if model.scaler is not None:
        x = model.scaler.transform(x)
        _check_size(x, preparation.inputs, ", once it is scaled as in training,")
    y = np.asarray(model.predict(x, verbose=0), dtype=np.float64)
    target, classes = str(about["target"]), tuple(map(str, about["classes"]))
    if not classes:
        values = Unit(*about.get("unit", ())).back(y[:, 0])
        return Predictions((target,), (_dates(values) if about.get("dates") else values,), notes)
    names = np.array(classes)[y.argmax(axis=1)]
    shares = tuple(y[:, at] for at in range(len(classes)))
    heads = tuple(f"probability of {name}" for name in classes)
    return Predictions((target, *heads), (names, *shares), notes)


def _dates(days: np.ndarray) -> np.ndarray:
    """Days since 1970 as dates, year first."""
    return np.array([str(np.datetime64(round(day), "D")) for day in days.tolist()])


def about_table(model: Sequential) -> Mapping[str, Any] | None:
    """What a model says about the table it was trained on, or None."""
    about = (model.notes or {}).get(NOTE)
    known = isinstance(about, dict) and {"preparation", "target", "classes"} <= about.keys()
    return about if known else None
