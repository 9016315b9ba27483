"""Checks on data that comes in from outside: shapes, kinds and NaN, with messages for people."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from engine.reordered import Reordered

if TYPE_CHECKING:
    from engine.losses import Loss

Array = NDArray[Any]
Shape = tuple[int, ...]


def as_rows(x: Any, shape: Shape, dtype: Any, what: str = "x") -> Array:
    """`x` as a contiguous array (rows, *shape) of the model's dtype.

    Plain numbers, one per row, are taken as one column when the model wants one column. `Reordered`
    rows stay so: they give arrays wherever rows are taken from them.

    Raises:
        ValueError: x is not numeric, has another shape, has no rows, or holds NaN or infinity.
    """
    if isinstance(x, Reordered):
        return cast(Array, x.checked(lambda rows: as_rows(rows, shape, dtype, what)))
    array = as_numbers(x, what)
    if array.ndim == 1 and shape == (1,):
        array = array[:, None]
    if array.ndim and not len(array):
        raise ValueError(f"{what} has no rows. At least one is needed.")
    if array.shape[1:] != shape or array.ndim == 0:
        raise ValueError(_wrong_shape(array.shape, shape, what))
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
    if values is None:
        raise ValueError(f"{what} is missing: an array or a list of numbers is needed, not None.")
    if _masked(values):
        raise ValueError(
            f"{what} is a masked array with masked values, whose numbers nobody knows. "
            "Fill them in or leave their rows out."
        )
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(
            f"{what} is not a table of numbers: its rows have different lengths."
        ) from error
    if array.dtype.kind in "biuf":
        return array
    if array.dtype.kind == "O":
        return _from_objects(array, what)
    raise ValueError(
        f"{what} must hold numbers only, but it holds values of type {array.dtype}. "
        f"{_advice_for_kind(array.dtype.kind)}"
    )


def _masked(values: Any) -> bool:
    # NumPy imports its masked arrays when they are first named; it takes longer than the check.
    if "numpy.ma" not in sys.modules:
        return False
    return isinstance(values, np.ma.MaskedArray) and bool(np.ma.getmaskarray(values).any())


def _from_objects(array: Array, what: str) -> Array:
    """Python's own objects as float64, if all of them are numbers; None becomes NaN."""
    if array.ndim == 0:
        kind = type(array.item()).__name__
        raise ValueError(f"{what} must be an array or a list of numbers, not a {kind}.")
    for value in array.ravel():
        # Without this, NumPy would quietly read the text "1" as the number 1.
        if isinstance(value, str | bytes):
            raise ValueError(
                f"{what} must hold numbers only, but it holds the text {value!r}. "
                f"{_advice_for_kind('U')}"
            )
    try:
        return array.astype(np.float64)
    except OverflowError as error:
        raise ValueError(f"{what} holds a whole number that is too large for a float.") from error
    except (TypeError, ValueError) as error:
        kinds = sorted({type(value).__name__ for value in array.ravel()})
        raise ValueError(
            f"{what} must hold numbers only, but it holds values of type {', '.join(kinds)}. "
            "Rows of different lengths come out like this too."
        ) from error


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
        f"the first is {value} in {place}. Remove or replace such rows."
    )


def _wrong_shape(came: Shape, shape: Shape, what: str) -> str:
    message = f"{what} has shape {came}, but the model expects {_rows(shape)}."
    if came == shape:
        one = ", ".join(["1", *map(str, shape)])
        return f"{message} This is a single row: pass it as shape ({one}), such as x[None]."
    if len(came) == 2 and len(shape) == 1:
        return f"{message} It has {came[1]} columns where {shape[0]} are needed."
    if len(came) != len(shape) + 1:
        return f"{message} Of {len(shape) + 1} axes there should be, it has {len(came)}."
    return message


def _advice_for_targets(came: Shape, outputs: int, width: int) -> str:
    if not came:
        return "Give one target per row of x, in an array or a list."
    if len(came) == 2 and came[1] == 0:
        return "It has no columns."
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
