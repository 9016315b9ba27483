"""The weights of layers, out of a file: shapes compared before a number is read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.storage.errors import StorageError
from engine.storage.hdf5 import StoredArray

Array = NDArray[Any]
Shape = tuple[int, ...]


def check_shapes(
    names: list[str], wanted: list[list[Shape]], stored: list[list[StoredArray]]
) -> None:
    """Compare what layers need with what a file has for them; nothing is read.

    Raises:
        StorageError: they differ; the message has the name of the layer.
    """
    for name, shapes, arrays in zip(names, wanted, stored, strict=True):
        found = [array.shape for array in arrays]
        if found != shapes:
            raise StorageError(
                f"layer {name!r} needs weights of shapes {_listed(shapes)}, but the file has "
                f"{_listed(found)} for it."
            )


def read_all(names: list[str], stored: list[list[StoredArray]], dtype: Any) -> list[Array]:
    """All weights as arrays of the model's dtype, in the order of `get_weights`.

    Raises:
        StorageError: one is NaN, infinity, or too large for the dtype.
    """
    read = []
    for name, arrays in zip(names, stored, strict=True):
        for array in arrays:
            with np.errstate(over="ignore"):
                values = array.read().astype(dtype)
            if not np.isfinite(values).all():
                raise StorageError(
                    f"layer {name!r} has weights that are NaN, infinity or too large for "
                    f"{np.dtype(dtype).name}: the model had diverged when it was saved."
                )
            read.append(values)
    return read


def _listed(shapes: list[Shape]) -> str:
    return ", ".join(str(shape) for shape in shapes) or "none"
