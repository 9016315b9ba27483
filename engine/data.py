"""Getting data ready for a network: split the rows, scale the columns, one column per class.

Tables, splitting and scaling live in `engine.table`, `engine.splitting` and `engine.scaling`;
their names are repeated here, so that `from engine.data import …` finds everything about data.
NaN and infinity are refused everywhere.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.arguments import whole
from engine.scaling import StandardScaler
from engine.splitting import split, split_point, split_rows, train_test_split
from engine.table import DataError, FloatArray, Table, read_csv, to_floats

__all__ = [
    "DataError",
    "StandardScaler",
    "Table",
    "read_csv",
    "split",
    "split_point",
    "split_rows",
    "to_categorical",
    "train_test_split",
]


def to_categorical(labels: npt.ArrayLike, num_classes: int | None = None) -> FloatArray:
    """One column per class, 1 in the column of the row's class and 0 elsewhere ("one-hot").

    `labels`: whole numbers from 0, of any shape; a last dimension of 1 is dropped. The result has
    shape (…, num_classes); without `num_classes` that is the largest label + 1. As
    `keras.utils.to_categorical`, except that Keras cuts 1.7 down to 1 and counts -1 from the end,
    and here both raise DataError, as does a label that is too large.
    """
    given = to_floats(labels, "labels")
    if num_classes is not None:
        num_classes = whole("num_classes", num_classes)
    shape = given.shape[:-1] if given.ndim > 1 and given.shape[-1] == 1 else given.shape
    flat = given.reshape(-1)
    fits = np.isfinite(flat) & (flat == np.floor(flat)) & (flat >= 0)
    if not fits.all():
        raise DataError(
            f"Labels have to be whole numbers from 0, got {flat[~fits][0]:g}. "
            "Number the classes 0, 1, 2 and so on."
        )
    if num_classes is None and not len(flat):
        raise DataError("There are no labels to count the classes by. Give num_classes.")
    classes = int(flat.max()) + 1 if num_classes is None else num_classes
    if len(flat) and flat.max() >= classes:
        raise DataError(
            f"{classes} classes have the labels 0 to {classes - 1}, got {flat.max():g}. "
            "Raise num_classes or renumber the labels."
        )
    try:
        columns = np.zeros((len(flat), classes))
    except (MemoryError, ValueError) as error:
        raise DataError(
            f"{len(flat)} labels of {classes:,} classes need more memory than there is. "
            "Number the classes 0, 1, 2 and so on, without gaps."
        ) from error
    columns[np.arange(len(flat)), flat.astype(np.intp)] = 1
    return columns.reshape((*shape, classes))
