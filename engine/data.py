"""Getting data ready for a network: split the rows, scale the columns, one column per class.

Tables and reading them live in `engine.table`; their names are repeated here, so that
`from engine.data import …` finds everything about data. NaN and infinity are refused everywhere.
"""

from __future__ import annotations

from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

from engine.table import DataError, FloatArray, Table, read_csv

__all__ = ["DataError", "Scaler", "Table", "read_csv", "split", "split_rows", "to_categorical"]

IndexArray = npt.NDArray[np.int64]
Scalar = TypeVar("Scalar", bound=np.generic)


def split_rows(
    rows: int, validation_split: float, seed: int | None = None
) -> tuple[IndexArray, IndexArray]:
    """Which of `rows` rows to train on and which to hold out, as two arrays of row numbers.

    The first int(rows · (1 - validation_split)) train and the rest are held out. That is Keras's
    rule for `fit(validation_split=…)`: the *last* rows, before any shuffling. With a `seed` the
    rows are shuffled first; the same seed and number of rows give the same two sets.

    Raises DataError when the split is not between 0 and 1 or leaves one side without rows.
    """
    if not 0 < validation_split < 1:
        raise DataError(
            f"validation_split is the part of the rows to hold out: expected a number between "
            f"0 and 1, such as 0.3, got {validation_split}."
        )
    train = int(rows * (1 - validation_split))
    if train == 0 or train >= rows:
        raise DataError(
            f"validation_split={validation_split} of {rows} rows leaves {train} to train on and "
            f"{rows - train} to validate on. Both need at least one row."
        )
    order = np.arange(rows) if seed is None else np.random.default_rng(seed).permutation(rows)
    return order[:train], order[train:]


@overload
def split(data: Table, validation_split: float, seed: int | None = None) -> tuple[Table, Table]: ...


@overload
def split(
    data: npt.NDArray[Scalar], validation_split: float, seed: int | None = None
) -> tuple[npt.NDArray[Scalar], npt.NDArray[Scalar]]: ...


def split(
    data: Table | npt.NDArray[Scalar], validation_split: float, seed: int | None = None
) -> tuple[Table, Table] | tuple[npt.NDArray[Scalar], npt.NDArray[Scalar]]:
    """Cut a table or an array into its training and its validation rows; see `split_rows`.

    Inputs and targets that are split with the same seed stay in step, row for row.
    """
    train, validation = split_rows(len(data), validation_split, seed)
    if isinstance(data, Table):
        return data.rows(train), data.rows(validation)
    return data[train], data[validation]


class Scaler:
    """Standardize columns: (value - mean) / standard deviation.

    After `fit` on the training rows, `mean` and `deviation` are float64 of shape (columns,), in the
    unit of the column. The deviation is that of the whole set (divided by n, not n - 1). A constant
    column has nothing to be measured by, so it is only centred: its deviation is kept as 1.
    """

    mean: FloatArray | None = None
    deviation: FloatArray | None = None

    def fit(self, values: Table | npt.ArrayLike) -> Scaler:
        """Take mean and deviation from (rows, columns) or (rows,). Raises DataError on NaN."""
        numbers = _finite(values)
        if len(numbers) == 0:
            raise DataError("Cannot scale by a table without rows.")
        lowest = numbers.min(axis=0)
        # Compared exactly: the mean of equal decimals is often off by a bit, and dividing that
        # rounding error by itself would turn a constant column into noise of size 1.
        constant = lowest == numbers.max(axis=0)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.where(constant, lowest, numbers.mean(axis=0))
            deviation = np.where(constant, 1.0, numbers.std(axis=0))
        if not (np.isfinite(mean).all() and np.isfinite(deviation).all()):
            raise DataError("The numbers are too large to scale: their squares overflow.")
        self.mean = mean
        self.deviation = np.where(deviation == 0, 1.0, deviation)  # squares that underflowed
        return self

    def transform(self, values: Table | npt.ArrayLike) -> FloatArray:
        """Scaled values, the same shape. Raises DataError before `fit`, or on NaN."""
        mean, deviation = self._fitted()
        scaled: FloatArray = (_fitting(values, mean) - mean) / deviation
        return scaled

    def inverse(self, values: npt.ArrayLike) -> FloatArray:
        """From scaled values back to the unit of the columns."""
        mean, deviation = self._fitted()
        original: FloatArray = _fitting(values, mean) * deviation + mean
        return original

    def _fitted(self) -> tuple[FloatArray, FloatArray]:
        if self.mean is None or self.deviation is None:
            raise DataError("The scaler has seen no data yet. Call fit with the training rows.")
        return self.mean, self.deviation


def _fitting(values: Table | npt.ArrayLike, mean: FloatArray) -> FloatArray:
    """The numbers, if their rows have the columns that the scaler was fitted to."""
    numbers = _finite(values)
    if numbers.shape[1:] != mean.shape:
        raise DataError(
            f"The scaler was fitted to rows of shape {mean.shape}, got {numbers.shape[1:]}."
        )
    return numbers


def _finite(values: Table | npt.ArrayLike) -> FloatArray:
    numbers = np.asarray(values.values if isinstance(values, Table) else values, dtype=np.float64)
    if numbers.ndim not in (1, 2):
        raise DataError(f"Expected (rows, columns) or (rows,), got the shape {numbers.shape}.")
    bad = np.argwhere(~np.isfinite(numbers))
    if len(bad):
        place = f"row {bad[0][0]}" + (f", column {bad[0][1]}" if numbers.ndim == 2 else "")
        raise DataError(f"Expected numbers, got {numbers[tuple(bad[0])]} in {place} (from 0).")
    return numbers


def to_categorical(labels: npt.ArrayLike, num_classes: int | None = None) -> FloatArray:
    """One column per class, 1 in the column of the row's class and 0 elsewhere ("one-hot").

    `labels`: whole numbers from 0, of any shape; a last dimension of 1 is dropped. The result has
    shape (…, num_classes); without `num_classes` that is the largest label + 1. As
    `keras.utils.to_categorical`, except that Keras cuts 1.7 down to 1 and counts -1 from the end,
    and here both raise DataError, as does a label that is too large.
    """
    given = np.asarray(labels)
    shape = given.shape[:-1] if given.ndim > 1 and given.shape[-1] == 1 else given.shape
    flat = given.astype(np.float64).reshape(-1)
    whole = np.isfinite(flat) & (flat == np.floor(flat)) & (flat >= 0)
    if not whole.all():
        raise DataError(
            f"Labels have to be whole numbers from 0, got {flat[~whole][0]:g}. "
            "Number the classes 0, 1, 2 and so on."
        )
    if not num_classes and not len(flat):
        raise DataError("There are no labels to count the classes by. Give num_classes.")
    classes = num_classes or int(flat.max()) + 1
    if len(flat) and flat.max() >= classes:
        raise DataError(
            f"{classes} classes have the labels 0 to {classes - 1}, got {flat.max():g}. "
            "Raise num_classes or renumber the labels."
        )
    columns = np.zeros((len(flat), classes))
    columns[np.arange(len(flat)), flat.astype(np.intp)] = 1
    return columns.reshape((*shape, classes))
