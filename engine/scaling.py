"""StandardScaler: columns of mean 0 and deviation 1, with scikit-learn's names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from engine.table import DataError, FloatArray, Table, to_floats


class StandardScaler:
    """Standardize columns: (value - mean) / standard deviation.

    The numbers are those of sklearn.preprocessing.StandardScaler: the deviation is that of the
    whole set (divided by n, not n - 1). A constant column has nothing to be measured by, so it is
    only centred: its variance is 0 and its scale 1. A plain list (rows,) is one column.

    Attributes, after `fit`, float64 of shape (columns,), in the unit of the column:
        mean_, scale_: what is subtracted, and what is divided by.  var_: the variances.
        n_features_in_: the number of columns.
        columns: their names, when fitted to a Table; else None.
    """

    mean_: FloatArray
    var_: FloatArray
    scale_: FloatArray
    n_features_in_: int
    columns: tuple[str, ...] | None

    def fit(self, values: Table | npt.ArrayLike, y: Any = None) -> Self:
        """Take mean and deviation from the training rows, (rows, columns) or (rows,).

        `y` is ignored; scikit-learn has it.

        Raises:
            DataError: no rows, NaN or infinity, or numbers whose squares overflow.
        """
        numbers, _ = _finite(values)
        if numbers.size == 0:
            what = "columns" if len(numbers) else "rows"
            raise DataError(f"Cannot scale by a table without {what}.")
        lowest = numbers.min(axis=0)
        # Compared exactly: the mean of equal decimals is often off by a bit, and dividing that
        # rounding error by itself would turn a constant column into noise of size 1.
        constant = lowest == numbers.max(axis=0)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.where(constant, lowest, numbers.mean(axis=0))
            variance = np.where(constant, 0.0, numbers.var(axis=0))
        if not (np.isfinite(mean).all() and np.isfinite(variance).all()):
            raise DataError("The numbers are too large to scale: their squares overflow.")
        self._set(mean, variance)
        self.columns = values.columns if isinstance(values, Table) else None
        return self

    def transform(self, values: Table | npt.ArrayLike) -> FloatArray:
        """Scaled values, an array of the same shape.

        Raises:
            DataError: before `fit`, NaN or infinity, another number of columns; or a Table whose
                columns are not those of the fit, in their order.
        """
        self._check_fitted()
        numbers, shape = self._fitting(values)
        with np.errstate(over="ignore"):
            scaled: FloatArray = (numbers - self.mean_) / self.scale_
        return _in_range(scaled).reshape(shape)

    def fit_transform(self, values: Table | npt.ArrayLike, y: Any = None) -> FloatArray:
        """`fit`, then `transform` of the same rows."""
        return self.fit(values).transform(values)

    def inverse_transform(self, values: Table | npt.ArrayLike) -> FloatArray:
        """From scaled values back to the unit of the columns."""
        self._check_fitted()
        numbers, shape = self._fitting(values)
        with np.errstate(over="ignore"):
            original: FloatArray = numbers * self.scale_ + self.mean_
        return _in_range(original).reshape(shape)

    # -- storage -----------------------------------------------------------------------------

    def get_config(self) -> dict[str, Any]:
        """What makes the same scaler again, in plain JSON values. Raises DataError before `fit`."""
        self._check_fitted()
        return {
            "columns": None if self.columns is None else list(self.columns),
            "mean": self.mean_.tolist(),
            "var": self.var_.tolist(),
        }

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """The scaler of such values.

        Raises:
            DataError: they are not those of a scaler.
        """
        try:
            columns = config["columns"]
            mean, variance = (
                np.array(config[name], dtype=np.float64, ndmin=1) for name in ("mean", "var")
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"This is not what a StandardScaler is made of: {config!r}.") from error
        numbers = np.concatenate([mean.ravel(), variance.ravel()])
        fits = mean.ndim == 1 and mean.shape == variance.shape and np.isfinite(numbers).all()
        named = columns is None or (
            isinstance(columns, list | tuple)
            and len(columns) == len(mean)
            and all(isinstance(name, str) for name in columns)
        )
        if not fits or not named or (variance < 0).any():
            raise DataError(
                "A StandardScaler needs a finite mean and a variance of 0 or more for each column, "
                f"and as many names if any; got {config!r}."
            )
        scaler = cls()
        scaler._set(mean, variance)
        scaler.columns = None if columns is None else tuple(columns)
        return scaler

    # -- inside ------------------------------------------------------------------------------

    def _set(self, mean: FloatArray, variance: FloatArray) -> None:
        self.mean_, self.var_ = mean, variance
        deviation = np.sqrt(variance)
        self.scale_ = np.where(deviation == 0, 1.0, deviation)
        self.n_features_in_ = len(mean)

    def _check_fitted(self) -> None:
        if not hasattr(self, "mean_"):
            raise DataError("The scaler has seen no data yet. Call fit with the training rows.")

    def _fitting(self, values: Table | npt.ArrayLike) -> tuple[FloatArray, tuple[int, ...]]:
        if isinstance(values, Table) and self.columns is not None:
            _check_columns(values.columns, self.columns)
        numbers, shape = _finite(values)
        if numbers.shape[1] != self.n_features_in_:
            raise DataError(
                f"The scaler was fitted to {self.n_features_in_} columns, but these rows have "
                f"{numbers.shape[1]}."
            )
        return numbers, shape


def _in_range(numbers: FloatArray) -> FloatArray:
    if not np.isfinite(numbers).all():
        raise DataError("The numbers are too far from those of the fit: the result overflows.")
    return numbers


def _check_columns(given: tuple[str, ...], fitted: tuple[str, ...]) -> None:
    if given == fitted:
        return
    missing = [name for name in fitted if name not in given]
    extra = [name for name in given if name not in fitted]
    how = [f"{', '.join(missing)} missing"] if missing else []
    how += [f"{', '.join(extra)} too many"] if extra else []
    raise DataError(
        f"The scaler was fitted to the columns {', '.join(fitted)}; this table has "
        f"{'; '.join(how) or 'them in another order'}. Take table.select(*scaler.columns)."
    )


def _finite(values: Table | npt.ArrayLike) -> tuple[FloatArray, tuple[int, ...]]:
    """The numbers as (rows, columns), and the shape they came in."""
    numbers = to_floats(values.values if isinstance(values, Table) else values, "The table")
    if numbers.ndim not in (1, 2):
        raise DataError(f"Expected (rows, columns) or (rows,), got the shape {numbers.shape}.")
    bad = np.argwhere(~np.isfinite(numbers))
    if len(bad):
        place = f"row {bad[0][0]}" + (f", column {bad[0][1]}" if numbers.ndim == 2 else "")
        raise DataError(f"Expected numbers, got {numbers[tuple(bad[0])]} in {place} (from 0).")
    return (numbers[:, None] if numbers.ndim == 1 else numbers), numbers.shape
