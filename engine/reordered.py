"""Rows whose numbers come in another order, without a copy of the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Reordered:
    """Stands for `rows[:, order]`: a part is put in order when it is asked for.

    A model or a Trainer takes it as its x. Large data in two orders then takes memory once.

    Args:
        rows: (rows, columns).
        order: (columns,): which old column stands at each new place.
    """

    def __init__(self, rows: Array, order: Array) -> None:
        if rows.ndim != 2 or sorted(order) != list(range(rows.shape[1])):
            raise ValueError(
                f"order must name each column of rows once, shape (rows, columns); rows has shape "
                f"{rows.shape}, and order names {len(order)}."
            )
        self._rows, self._order = rows, order
        self.shape, self.dtype, self.ndim = rows.shape, rows.dtype, rows.ndim
        self.nbytes = rows.nbytes

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, key: Any) -> Any:
        """`rows[:, order][key]`; the key of the rows comes first, as in an array."""
        rows, *columns = key if isinstance(key, tuple) else (key,)
        order = self._order[columns[0]] if columns else self._order
        return np.take(self._rows[rows], order, axis=-1)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.asarray(self[:], dtype=dtype)

    def take(
        self, places: Array, axis: int = 0, out: Array | None = None, mode: str = "raise"
    ) -> Array:
        """These rows, in order: what `np.take(self, places, axis=0)` asks for."""
        if axis != 0:
            raise ValueError(f"Whole rows can be taken, along axis 0, not along axis {axis}.")
        rows = self._rows.take(places, axis=0)
        return np.take(rows, self._order, axis=1, out=out, mode=mode)  # type: ignore[call-overload, no-any-return]

    def checked(self, check: Callable[[Array], Array]) -> Reordered:
        """The same with the rows that `check` makes of them; it may raise."""
        return Reordered(check(self._rows), self._order)
