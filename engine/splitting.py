"""Splitting rows into those to train with and those to hold out: Keras's way and scikit-learn's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt

from engine.arguments import flag, shown, whole
from engine.table import DataError, Table

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
    train = split_point(rows, validation_split)
    if seed is not None:
        whole("seed", seed, low=0)
    order = np.arange(rows) if seed is None else np.random.default_rng(seed).permutation(rows)
    return order[:train], order[train:]


def split_point(rows: int, validation_split: float) -> int:
    """How many of `rows` rows train, the first ones; raises what `split_rows` raises."""
    known = isinstance(validation_split, int | float | np.number)
    if not known or not 0 < validation_split < 1:
        raise DataError(
            f"validation_split is the part of the rows to hold out: expected a number between "
            f"0 and 1, such as 0.3, got {validation_split!r}."
        )
    train = int(rows * (1 - validation_split))
    if train == 0 or train >= rows:
        raise DataError(
            f"validation_split={validation_split} of {rows} rows leaves {train} to train on and "
            f"{rows - train} to validate on. Both need at least one row."
        )
    return train


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
    if not isinstance(data, Table | np.ndarray) or (isinstance(data, np.ndarray) and not data.ndim):
        raise DataError(f"split takes a Table or an array with rows, not {shown(data)}.")
    train, validation = split_rows(len(data), validation_split, seed)
    if isinstance(data, Table):
        return data.rows(train), data.rows(validation)
    return data[train], data[validation]


def train_test_split(
    *arrays: Any,
    test_size: float | int | None = None,
    train_size: float | int | None = None,
    random_state: int | np.random.RandomState | None = None,
    shuffle: bool = True,
    stratify: npt.ArrayLike | None = None,
) -> list[Any]:
    """Cut lists, arrays or tables of equal length into rows to train with and rows to test with.

    The arguments, the sizes and, for the same `random_state`, the very rows are those of
    scikit-learn (sklearn/model_selection/_split.py).

    Args:
        arrays: any number of them; row i of each belongs together.
        test_size: a part between 0 and 1 (rounded up to rows) or a number of rows. Without both
            sizes 0.25; with one of them the other is the rest.
        train_size: the same for training (rounded down).
        random_state: a seed; None gives another split each time.
        shuffle: False takes the rows as they stand, the test rows last.
        stratify: the class of each row; every class comes in its proportion on both sides.

    Returns:
        [first train, first test, second train, second test, ...], each of the kind it was.

    Raises:
        DataError: no arrays or of different lengths, a size that leaves a side without rows, or
            classes that cannot be spread over both sides.
    """
    if not arrays:
        raise DataError("train_test_split needs something to split, such as x and y.")
    lengths = [_length(array) for array in arrays]
    if len(set(lengths)) > 1:
        raise DataError(
            "What is split together must have as many rows each, got "
            f"{', '.join(map(str, lengths))}."
        )
    train, test = _sizes(lengths[0], test_size, train_size)
    if not flag("shuffle", shuffle):
        if stratify is not None:
            raise DataError("stratify draws rows at random: it needs shuffle=True.")
        rows = np.arange(train), np.arange(train, train + test)
    else:
        # NumPy's old generator, whose numbers never change: scikit-learn draws from it.
        rng = _random_state(random_state)
        if stratify is None:
            order = rng.permutation(lengths[0])
            rows = order[test : test + train], order[:test]
        else:
            rows = _stratified(_as_labels(stratify), lengths[0], train, test, rng)
    return [_rows(array, part) for array in arrays for part in rows]


def _sizes(
    rows: int, test_size: float | int | None, train_size: float | int | None
) -> tuple[int, int]:
    if test_size is None and train_size is None:
        test_size = 0.25
    test = _size("test_size", test_size, rows, math.ceil)
    train = _size("train_size", train_size, rows, math.floor)
    if test is None:
        assert train is not None
        test = rows - train
    if train is None:
        train = rows - test
    parts = [size for size in (train_size, test_size) if isinstance(size, float | np.floating)]
    if train == 0 or test == 0 or train + test > rows or sum(parts) > 1:
        raise DataError(
            f"test_size={test_size} and train_size={train_size} of {rows} rows make {test} rows to "
            f"test with and {train} to train with. Both need a row, and together at most {rows}."
        )
    return train, test


def _size(name: str, size: Any, rows: int, rounded: Any) -> int | None:
    if size is None:
        return None
    if isinstance(size, float | np.floating) and 0 < size < 1:
        return int(rounded(size * rows))
    is_whole = isinstance(size, int | np.integer) and not isinstance(size, bool)
    if is_whole and 0 < size < rows:
        return int(size)
    raise DataError(
        f"{name} must be a part between 0 and 1, such as 0.25, or a number of rows from 1 to "
        f"{rows - 1}; got {size!r}."
    )


def _random_state(seed: Any) -> np.random.RandomState:
    if isinstance(seed, np.random.RandomState):
        return seed
    try:
        return np.random.RandomState(seed)
    except (TypeError, ValueError) as error:
        raise DataError(
            f"random_state must be a whole number from 0 to 4294967295, or None; got {seed!r}."
        ) from error


def _stratified(
    labels: npt.NDArray[Any], rows: int, train: int, test: int, rng: np.random.RandomState
) -> tuple[IndexArray, IndexArray]:
    """Rows of both sides with every class in its proportion; the draws come in sklearn's order."""
    if labels.ndim not in (1, 2) or len(labels) != rows:
        raise DataError(
            f"stratify must have the class of each of the {rows} rows, got shape {labels.shape}."
        )
    axis = 0 if labels.ndim == 2 else None
    classes, of_row, counts = np.unique(labels, return_inverse=True, return_counts=True, axis=axis)
    if counts.min() < 2:
        alone = classes[counts < 2][0]
        raise DataError(f"Class {alone} has a single row: it cannot be on both sides.")
    if min(train, test) < len(classes):
        raise DataError(
            f"With {len(classes)} classes both sides need at least as many rows, got {train} to "
            f"train with and {test} to test with."
        )
    members = np.split(np.argsort(of_row.ravel(), kind="stable"), np.cumsum(counts)[:-1])
    to_train = _shares(counts, train, rng)
    to_test = _shares(counts - to_train, test, rng)
    sides: tuple[list[IndexArray], list[IndexArray]] = ([], [])
    for one, first, second in zip(members, to_train, to_test, strict=True):
        shuffled = one[rng.permutation(len(one))]
        sides[0].append(shuffled[:first])
        sides[1].append(shuffled[first : first + second])
    return rng.permutation(np.concatenate(sides[0])), rng.permutation(np.concatenate(sides[1]))


def _as_labels(stratify: Any) -> npt.NDArray[Any]:
    try:
        labels = np.asarray(stratify)
        np.sort(labels, axis=None)
    except (TypeError, ValueError) as error:
        raise DataError(
            "stratify must have one class per row, numbers or text, but they differ in kind or "
            "in length."
        ) from error
    return labels


def _shares(counts: IndexArray, rows: int, rng: np.random.RandomState) -> IndexArray:
    """How many of `rows` rows fall to each class: rounded down, then the largest remainders up."""
    exact = counts / counts.sum() * rows
    shares = np.floor(exact)
    remainders = exact - shares
    missing = int(rows - shares.sum())
    for remainder in np.unique(remainders)[::-1]:
        if missing <= 0:
            break
        tied = np.flatnonzero(remainders == remainder)
        drawn = rng.choice(tied, size=min(len(tied), missing), replace=False)
        shares[drawn] += 1
        missing -= len(drawn)
    whole: IndexArray = shares.astype(np.int64)
    return whole


def _length(array: Any) -> int:
    if isinstance(array, str | bytes | set | frozenset | Mapping):
        raise DataError(f"Only lists, arrays and tables can be split, not {shown(array)}.")
    try:
        return len(array)
    except TypeError as error:
        raise DataError(
            f"Only lists, arrays and tables can be split, not {shown(array)}."
        ) from error


def _rows(array: Any, rows: IndexArray) -> Any:
    if isinstance(array, Table):
        return array.rows(rows)
    if isinstance(array, np.ndarray):
        return array[rows]
    if isinstance(array, Sequence):
        return [array[row] for row in rows]
    return np.asarray(array)[rows]
