"""Where two outcomes of a case differ by more than rounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from tests.engine.keras_reference.replay import Array, Case, Outcome

#: relative; the same sums in another order differ by this much after a dozen steps
TOLERANCE = {"float64": 1e-9, "float32": 2e-5}


def stored_outcome(case: Case, numbers: Array) -> tuple[Array, Outcome]:
    """The weights that a case of cases.json begins with, and what Keras made of them.

    `numbers` is the vector of that name in arrays.npz.
    """
    arrays = {}
    for name, where in case["arrays"].items():
        length = int(np.prod(where["shape"]))
        arrays[name] = numbers[where["at"] : where["at"] + length].reshape(where["shape"])
    initial = arrays.pop("initial")
    of_dtype = {name: array.astype(case["dtype"]) for name, array in arrays.items()}
    return initial, Outcome(case["outcome"], of_dtype)


def differences(ours: Outcome, keras: Outcome, tolerance: float) -> list[str]:
    """One line for each number, key, shape or array that is not the same.

    An array of ours may have more rows than the one of Keras; those are not looked at.
    """
    found = list(number_differences(ours.numbers, keras.numbers, tolerance, ""))
    for name, expected in keras.arrays.items():
        came = ours.arrays[name]
        if came.dtype != expected.dtype or came.shape[1:] != expected.shape[1:]:
            found.append(
                f"{name}: {came.dtype} {came.shape}, in Keras {expected.dtype} {expected.shape}"
            )
            continue
        close = np.isclose(
            came[: len(expected)], expected, rtol=tolerance, atol=tolerance, equal_nan=True
        )
        if not close.all():
            at = np.unravel_index(np.argmin(close), close.shape)
            found.append(
                f"{name}: {np.sum(~close)} of {close.size} numbers, the first "
                f"{came[at]!r}, in Keras {expected[at]!r}"
            )
    return found


def number_differences(ours: Any, keras: Any, tolerance: float, where: str) -> Iterator[str]:
    """The same for nested dicts (keys in the same order), lists and numbers."""
    if isinstance(keras, Mapping):
        if not isinstance(ours, Mapping) or list(ours) != list(keras):
            names = list(ours) if isinstance(ours, Mapping) else ours
            yield f"{where}: {names}, in Keras {list(keras)}"
            return
        for name in keras:
            yield from number_differences(ours[name], keras[name], tolerance, f"{where}/{name}")
    elif isinstance(keras, list):
        if not isinstance(ours, list) or len(ours) != len(keras):
            yield f"{where}: {ours}, in Keras {keras}"
            return
        for i, pair in enumerate(zip(ours, keras, strict=True)):
            yield from number_differences(*pair, tolerance, f"{where}/{i}")
    elif not np.isclose(ours, keras, rtol=tolerance, atol=tolerance / 1000, equal_nan=True):
        yield f"{where}: {ours!r}, in Keras {keras!r}"
