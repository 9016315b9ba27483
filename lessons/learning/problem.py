"""A problem: rows to learn from, rows held out, and what is asked of a network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine import StandardScaler, Table, split, to_categorical
from engine.data import split_point


@dataclass(frozen=True, eq=False)
class Problem:
    """Rows to learn from and rows held out, split once.

    `x_*` are raw inputs, (rows, columns). `y_*` are targets: (rows,) to be met in numbers, or,
    where `classes` names the classes, one column for each, 1 in that of the row: (rows, classes).
    With two classes they may also be the number of the class, 0 or 1: (rows,), for one output.
    `held_out` is the part of the rows that is held out. `split_seed` shuffles the rows before
    the split; None holds out the last ones, which is Keras's rule for `validation_split`.
    """

    name: str
    """Of the data set in lessons.datasets."""
    features: tuple[str, ...]
    target: str
    held_out: float
    split_seed: int | None
    x_train: np.ndarray
    y_train: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray
    classes: tuple[str, ...] = ()

    @property
    def classifies(self) -> bool:
        """True where a class is asked for, False where a number is."""
        return bool(self.classes)

    @property
    def outputs(self) -> int:
        """How many nodes the last layer needs."""
        return self.y_train.shape[1] if self.y_train.ndim > 1 else 1

    @property
    def last_activation(self) -> str | None:
        """What makes probabilities of the last layer's sums; None where numbers are asked for."""
        if not self.classifies:
            return None
        return "softmax" if self.outputs > 1 else "sigmoid"

    @cached_property
    def scaler(self) -> StandardScaler:
        """Mean and standard deviation of each column, over the training rows alone."""
        return StandardScaler().fit(self.x_train)

    @cached_property
    def scaled(self) -> tuple[np.ndarray, np.ndarray]:
        """The inputs of the training rows and of those held out, scaled by `scaler`: float32, as
        the networks compute."""
        scale = self.scaler.transform
        return scale(self.x_train).astype(np.float32), scale(self.x_validation).astype(np.float32)


def from_table(
    name: str,
    table: Table,
    target: str,
    held_out: float,
    split_seed: int | None,
    classes: tuple[str, ...] = (),
) -> Problem:
    """The problem of a table: every other column is a feature. With `classes` the target counts
    them from 0. Raises DataError for an unknown target or a split that leaves a side empty."""
    features = tuple(column for column in table.columns if column != target)
    y = table.column(target)
    targets: np.ndarray = to_categorical(y, len(classes)).astype(np.float32) if classes else y
    inputs = _inputs(table, features)
    parts: tuple[np.ndarray, ...]
    if split_seed is None:
        cut = split_point(len(table), held_out)
        parts = (inputs[:cut], inputs[cut:], targets[:cut], targets[cut:])  # views, not copies
    else:
        parts = (*split(inputs, held_out, seed=split_seed), *split(targets, held_out, split_seed))
    x_train, x_validation, y_train, y_validation = parts
    return Problem(
        name=name,
        features=features,
        target=target,
        held_out=held_out,
        split_seed=split_seed,
        x_train=x_train,
        y_train=y_train,
        x_validation=x_validation,
        y_validation=y_validation,
        classes=classes,
    )


def _inputs(table: Table, features: tuple[str, ...]) -> np.ndarray:
    """The columns of the features: the table's own numbers, not a copy, where they are in a row."""
    start = table.columns.index(features[0]) if features else 0
    stop = start + len(features)
    if table.columns[start:stop] == features:
        return table.values[:, start:stop]
    return table.select(*features).values
