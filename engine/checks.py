"""Checks on data that comes in from outside: shapes, kinds and NaN, with messages for people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.losses import Loss

Array = NDArray[Any]
Shape = tuple[int, ...]


def as_rows(x: Any, shape: Shape, dtype: Any, what: str = "x") -> Array:
    """`x` as a contiguous array (rows, *shape) of the model's dtype.

    Plain numbers, one per row, are taken as one column when the model wants one column.

    Raises:
        ValueError: x is not numeric, has another shape, has no rows, or holds NaN or infinity.
    """
    array = as_numbers(x, what)
    if array.ndim == 1 and shape == (1,):
        array = array[:, None]
    if array.shape[1:] != shape or array.ndim == 0:
        raise ValueError(_wrong_shape(array.shape, shape, what))
    if not len(array):
        raise ValueError(f"{what} has no rows.")
    return _finite(array, dtype, what)


def as_targets(y: Any, rows: int, outputs: int, loss: Loss, dtype: Any, what: str = "y") -> Array:
    """`y` as a contiguous array (rows, target width of the loss) of the model's dtype.

    Raises:
        ValueError: as for `as_rows`, when y has another number of rows than x, or when it makes
            no sense for this loss.
    """
    array = as_numbers(y, what)
    width = loss.target_width(outputs)
    if array.ndim == 1 and width == 1:
        array = array[:, None]
    if array.ndim == 0 or array.shape[1:] != (width,):
        advice = _advice_for_targets(array.shape, outputs, width)
        raise ValueError(
            f"{what} has shape {array.shape}, but {loss.name} needs {_rows((width,))} for this "
            f"model's {_count(outputs, 'output')}. {advice}"
        )
    if len(array) != rows:
        raise ValueError(
            f"{what} has {len(array)} rows, but x has {rows}: there must be one target per row."
        )
    targets = _finite(array, dtype, what)
    loss.check_targets(targets, outputs)
    return targets


def as_weights(given: Any, rows: int, dtype: Any, what: str = "sample_weight") -> Array | None:
    """Sample weights as an array (rows,) of the model's dtype; None stays None.

    Raises:
        ValueError: they are not one finite number of 0 or more per row.
    """
    if given is None:
        return None
    array = as_numbers(given, what)
    if array.shape == (rows, 1):
        array = array[:, 0]
    if array.shape != (rows,):
        raise ValueError(
            f"{what} has shape {array.shape}, but there are {rows} rows: give one number per row, "
            f"shape ({rows},)."
        )
    weights = _finite(array, dtype, what)
    if weights.min() < 0:
        raise ValueError(f"{what} must be 0 or more for each row, but one is {weights.min():g}.")
    return weights


def as_numbers(values: Any, what: str) -> Array:
    """`values` as a numeric array of whatever shape.

    Raises:
        ValueError: there is something in it that is not a number, or rows differ in length.
    """
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(
            f"{what} is not a table of numbers: its rows have different lengths."
        ) from error
    if array.dtype.kind in "biuf":
        return array
    if array.dtype.kind in "cmMUSV":
        raise ValueError(
            f"{what} must hold numbers only, but it holds values of type {array.dtype}. "
            f"{_advice_for_kind(array.dtype.kind)}"
        )
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{what} must hold numbers only, but it holds values of type {array.dtype}: {error}."
        ) from error


def whole(name: str, value: Any, low: int = 1) -> int:
    """`value` as an int.

    Raises:
        ValueError: it is not a whole number of at least `low`.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
        raise ValueError(f"{name} must be a whole number, {low} or more, not {value!r}.")
    return int(value)


def _advice_for_kind(kind: str) -> str:
    if kind in "US":
        return "Turn digits into numbers with np.array(values, dtype=float), words into columns."
    if kind in "mM":
        return "Turn dates into numbers first, such as days since the first of them."
    return "Pass real numbers."


def _finite(given: Array, dtype: Any, what: str) -> Array:
    with np.errstate(over="ignore"):  # a number too large for the dtype is caught as inf
        array = np.ascontiguousarray(given, dtype=dtype)
    # One sum takes no memory, unlike isfinite; it can only cry wolf, so then look closely.
    with np.errstate(all="ignore"):
        if math.isfinite(array.sum()) or np.isfinite(array).all():
            return array
    bad = np.argwhere(~np.isfinite(array))
    first = tuple(int(i) for i in bad[0])
    value = f"{given[first]}"
    if np.isfinite(given[first]):
        value += f", too large for {array.dtype},"
    place = f"row {first[0]}" + (f", column {first[1]}" if len(first) == 2 else "")
    raise ValueError(
        f"{what} must hold finite numbers only, but {len(bad)} of its {array.size} are not: "
        f"the first is {value} in {place}. Remove or replace such rows before training."
    )


def _wrong_shape(came: Shape, shape: Shape, what: str) -> str:
    message = f"{what} has shape {came}, but the model expects {_rows(shape)}."
    if came == shape:
        one = ", ".join(["1", *map(str, shape)])
        return f"{message} This is a single row: pass it as shape ({one}), such as x[None]."
    if len(came) == 2 and len(shape) == 1:
        return f"{message} It has {came[1]} columns where {shape[0]} are needed."
    return message


def _advice_for_targets(came: Shape, outputs: int, width: int) -> str:
    if len(came) == 2 and width == 1 and outputs > 1:
        return "It takes labels such as 0, 1, 2; for one-hot rows use categorical_crossentropy."
    if outputs > 1 and (len(came) == 1 or came[1:] == (1,)):
        return (
            "Labels such as 0, 1, 2 become one column per class with to_categorical(y), or stay "
            "as they are with sparse_categorical_crossentropy."
        )
    if len(came) == 2:
        units, columns = _count(came[1], "unit"), _count(outputs, "column")
        return f"Give the last layer {units}, or y {columns}."
    return "Give y and the last layer the same number of columns."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _rows(shape: Shape) -> str:
    return "(" + ", ".join(["rows", *map(str, shape)]) + ")"
