"""A table as the inputs of a network: the same way when predicting as when it was trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from lessons.tables.columns import (
    Column,
    category_numbers,
    different_values,
    find,
    known_values,
    numbers,
    texts_of,
)
from lessons.tables.errors import TableError

if TYPE_CHECKING:
    import pandas

MOST_TEXTS = 5
"""Texts that are listed of those that are new."""

MOST_INPUTS = 10_000
"""Inputs of a network; more would not fit into the memory with a million rows."""


@dataclass(frozen=True)
class Preparation:
    """What becomes of each column, learned from the training rows.

    `columns` are those that are used, in order. `fill` holds for each the number that stands in
    for a missing one: the median of the training rows.
    """

    columns: tuple[Column, ...]
    fill: tuple[float, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the network's inputs, in order."""
        return tuple(name for column in self.columns for name in column.inputs())

    def to_config(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        kept = [_without_nan(asdict(column)) for column in self.columns]
        return {"columns": kept, "fill": list(self.fill)}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Preparation:
        """The preparation that `to_config` wrote. Raises TableError when it is damaged."""
        known = {one.name for one in fields(Column)}
        try:
            columns = tuple(
                Column(**{name: _restored(value) for name, value in one.items() if name in known})
                for one in config["columns"]
            )
            fill = tuple(float(value) for value in config["fill"])
        except (KeyError, TypeError, ValueError, AttributeError):
            raise TableError("What the model says about its table is damaged.") from None
        if len(fill) != len(columns):
            raise TableError("What the model says about its table is damaged.")
        return cls(columns, fill)

    def transform(self, frame: pandas.DataFrame) -> np.ndarray:
        """The inputs of every row, float64 (rows, inputs), not scaled.

        Raises TableError when a column is missing or holds something else than in training.
        """
        absent = [one.name for one in self.columns if one.name not in frame.columns]
        if absent:
            raise TableError(
                f"The table has no column {_listed(absent)}; it has {_listed(frame.columns)}."
            )
        x = np.zeros((len(frame), len(self.inputs)))
        at = 0
        for column, fill in zip(self.columns, self.fill, strict=True):
            series = frame[column.name]
            if column.use == "one-hot":
                places = category_numbers(series, column.categories)
                for place in range(len(column.categories)):
                    x[:, at] = places == place
                    at += 1
                continue
            values = numbers(series, column.kind, column.written)
            _check_readable(column, series, values)
            x[:, at] = np.where(np.isnan(values), fill, values)
            at += 1
        return x

    def warnings(self, frame: pandas.DataFrame) -> tuple[str, ...]:
        """A sentence about each one-hot column with texts that no training row had."""
        said = []
        for name, texts in self.unknown(frame).items():
            known, categories = known_values(frame[name]), find(self.columns, name).categories
            rows = int(np.isnan(category_numbers(known, categories)).sum())
            more = f" and {len(texts) - MOST_TEXTS:,} more" if len(texts) > MOST_TEXTS else ""
            where = "In 1 row" if rows == 1 else f"In {rows:,} rows"
            said.append(
                f"Column “{name}” has texts that no training row had: "
                f"{', '.join(texts[:MOST_TEXTS])}{more}. {where} every input made of “{name}” is 0."
            )
        return tuple(said)

    def unknown(self, frame: pandas.DataFrame) -> dict[str, tuple[str, ...]]:
        """For each one-hot column the texts that no training row had: they count as none."""
        found = {}
        for column in self.columns:
            if column.use == "one-hot":
                different = different_values(known_values(frame[column.name]))
                places = category_numbers(different, column.categories)
                if new := tuple(sorted(set(texts_of(different[np.isnan(places)])))):
                    found[column.name] = new
        return found


def prepare(
    frame: pandas.DataFrame, columns: Sequence[Column], target: str, training: np.ndarray
) -> Preparation:
    """The preparation of a table, with medians taken from the rows `training` alone.

    Raises TableError when no column is left to learn from, or too many inputs come of them.
    """
    used = tuple(one for one in columns if one.use != "drop" and one.name != target)
    if not used:
        raise TableError("No column is left to learn from: every other one is dropped.")
    fill = []
    for column in used:
        if column.use == "one-hot":
            fill.append(0.0)
            continue
        values = numbers(frame[column.name], column.kind, column.written)[training]
        known = values[~np.isnan(values)]
        fill.append(float(np.median(known)) if len(known) else 0.0)
    prepared = Preparation(used, tuple(fill))
    if len(prepared.inputs) > MOST_INPUTS:
        raise TableError(
            f"{len(prepared.inputs):,} inputs would come of the columns, {MOST_INPUTS:,} at most "
            "can be learned from. Drop some columns."
        )
    return prepared


def with_uses(columns: Sequence[Column], uses: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns, some put to another use by name. Raises TableError."""
    for name in uses:
        find(columns, name)
    return tuple(
        one.used_as(uses[one.name]) if one.name in uses else one  # type: ignore[arg-type]
        for one in columns
    )


def _check_readable(column: Column, series: pandas.Series, values: np.ndarray) -> None:
    """Raises TableError for the first cell that holds something of another kind."""
    import pandas

    unknown = np.isnan(values)
    if not unknown.any():
        return
    doubtful = np.flatnonzero(unknown & series.notna().to_numpy())
    if not len(doubtful):
        return
    # An infinite number is one that is not known, here as in training.
    found = pandas.to_numeric(series.iloc[doubtful], errors="coerce").to_numpy(np.float64)
    wrong = doubtful[~np.isinf(found)]
    if len(wrong):
        came = str(series.iloc[int(wrong[0])])[:30]
        raise TableError(
            f"Column “{column.name}”: expected {_named(column.kind)}, got “{came}” in row "
            f"{int(wrong[0]) + 1:,}. Correct the cell, or leave it empty."
        )


def _named(kind: str) -> str:
    return {"number": "numbers", "date": "dates", "yes or no": "yes or no"}[kind]


def _listed(names: Any, most: int = 8) -> str:
    texts = [f"“{name}”" for name in names]
    return ", ".join(texts[:most]) + (f" and {len(texts) - most} more" if len(texts) > most else "")


def _restored(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _without_nan(column: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no NaN: what is not known is left out, and comes back as the default."""
    return {name: value for name, value in column.items() if value == value}
