"""Columns to think twice about: those that look like an id, and those that give the target away.

Nothing is dropped here. A number that differs in every row is learned by heart and says nothing of
new rows; a column that tells the target alone is often written down after it is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from lessons.tables.columns import Column, category_numbers, numbers
from lessons.tables.target import Target, target_values

if TYPE_CHECKING:
    import pandas

ID_NAMES = ("id", "ids", "uuid", "guid")
LEAST_ROWS = 20
"""With fewer, numbers that all differ, or that go with the target, mean nothing."""
LEAST_OTHERS = 5
"""Rows outside the most frequent target that a column must tell before it is told of."""
REPEATS = 5
"""Rows for each value, on average, from which on a value that always has one target tells it."""
SAMPLE = 200
"""Rows that are looked at first: a column that they clear needs no more."""
MOST_CHECKED = 20
"""Columns of which all rows are looked at after that."""


@dataclass(frozen=True)
class Suspect:
    """A column, and what is odd about it: in a word or two, and in a sentence without its end."""

    name: str
    kind: Literal["id", "giveaway"]
    short: str
    _says: str

    def says(self, remedy: str) -> str:
        """What is odd about it, and what can be done: a learner knows best whether to do it."""
        return f"{self._says}{'?' if self.kind == 'giveaway' else ':'} {remedy}"


def suspects(
    frame: pandas.DataFrame, columns: Sequence[Column], target: Target
) -> tuple[Suspect, ...]:
    """The columns that may better be left out to predict `target`, in the order of the table.

    Those that are dropped are not among them.
    """
    used = [one for one in columns if one.use != "drop" and one.name != target.name]
    rows, y = target_values(frame, target)
    if not used or not len(rows):
        return ()
    sample = _sample(y)
    picked = frame.take(rows[sample])
    values = _sampled(picked, used)
    tells = np.flatnonzero(_tells(values, y[sample], used, len(frame), target))
    # A column with hardly a cell filled tells all of them, and would be checked in another's place.
    maybe = [used[at] for at in tells.tolist() if _often_known(frame, used[at], rows)]
    telling = {one.name for one in maybe[:MOST_CHECKED] if _gives_away(frame, one, rows, y, target)}
    whole = _whole(values)
    found = []
    for column, counts in zip(used, whole.tolist(), strict=True):
        if column.name in telling:
            found.append(_giveaway(column, target))
        elif why := _why_id(frame, column, counts):
            found.append(Suspect(column.name, "id", "an id?", f"“{column.name}” {why}"))
    return tuple(found)


# -- ids --------------------------------------------------------------------------------------


def _why_id(frame: pandas.DataFrame, column: Column, counts: bool) -> str:
    """Why a column looks like an id; empty where it does not. `counts`: some rows are whole."""
    if _called_id(column.name):
        return "is called an id, which says nothing of new rows"
    known = len(frame) - column.missing
    if column.kind != "number" or column.distinct < known or known < LEAST_ROWS:
        return ""
    if not counts or not _whole(numbers(frame[column.name], column.kind)[None])[0]:
        return ""
    return "looks like an id, a whole number for each row"


def _whole(values: np.ndarray) -> np.ndarray:
    """Which columns, (columns, rows), have whole numbers wherever they have any."""
    found: np.ndarray = ((values == np.rint(values)) | np.isnan(values)).all(axis=1)
    return found


def _called_id(name: str) -> bool:
    """True for id, ID, customer_id, PassengerId; false for paid, grid, idea."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return any(word.casefold() in ID_NAMES for word in words)


# -- what gives the target away ---------------------------------------------------------------


def _giveaway(column: Column, target: Target) -> Suspect:
    says = f"“{column.name}” gives “{target.name}” away in every row. Is it known only afterwards"
    return Suspect(column.name, "giveaway", "tells the target?", says)


def _sample(y: np.ndarray) -> np.ndarray:
    """Some of the rows with a target: half of them, if there are so many, with a rarer one."""
    values, codes = np.unique(y[:: max(len(y) // 10_000, 1)], return_counts=True)
    most = values[codes.argmax()] if len(values) else 0
    halves = (np.flatnonzero(y == most), np.flatnonzero(y != most))
    return np.sort(np.concatenate([_spread(half, SAMPLE // 2) for half in halves]))


def _spread(rows: np.ndarray, most: int) -> np.ndarray:
    """Up to so many of the rows, evenly over all of them."""
    if len(rows) <= most:
        return rows
    found: np.ndarray = rows[np.linspace(0, len(rows) - 1, most).astype(int)]
    return found


def _sampled(picked: pandas.DataFrame, columns: Sequence[Column]) -> np.ndarray:
    """The columns as numbers, one in each row: (columns, rows). Texts are numbered."""
    values = np.empty((len(columns), len(picked)))
    plain = [at for at, one in enumerate(columns) if one.kind == "number"]
    values[plain] = picked[[columns[at].name for at in plain]].to_numpy(np.float64).T
    for at in set(range(len(columns))) - set(plain):
        values[at] = _as_numbers(picked, columns[at])
    return np.where(np.isfinite(values), values, np.nan)


def _as_numbers(frame: pandas.DataFrame, column: Column) -> np.ndarray:
    series = frame[column.name]
    if column.kind == "text":
        return category_numbers(series, column.categories)
    return numbers(series, column.kind, column.written)


def _tells(
    values: np.ndarray, y: np.ndarray, columns: Sequence[Column], table: int, target: Target
) -> np.ndarray:
    """Which columns, (columns, rows), could tell the target: each value has one target only.

    Where hardly a value comes twice in the rows of the table that says nothing: then the targets
    must stand class by class once the rows are in the order of the column, or rise or fall.
    """
    order = np.argsort(values, axis=1, kind="stable")
    ranked = np.take_along_axis(values, order, axis=1)
    steps = np.diff(y[order], axis=1)
    steps[~np.isfinite(ranked[:, 1:])] = 0  # unknown cells stand last
    single = ~((steps != 0) & (np.diff(ranked, axis=1) == 0)).any(axis=1)
    if target.classes:
        sorted_out = (steps != 0).sum(axis=1) < len(np.unique(y))
    else:
        sorted_out = (steps >= 0).all(axis=1) | (steps <= 0).all(axis=1)
    repeated = [one.distinct * REPEATS <= table - one.missing for one in columns]
    ordered = [one.kind != "text" for one in columns]
    found: np.ndarray = single & (np.array(repeated) | (np.array(ordered) & sorted_out))
    return found


def _least_known(rows: np.ndarray) -> float:
    """In how many of these rows a column must be known to be told of."""
    return max(LEAST_ROWS, len(rows) / 2)


def _often_known(frame: pandas.DataFrame, column: Column, rows: np.ndarray) -> bool:
    """Whether a column is known in enough of the rows; they are counted only where in doubt."""
    least = _least_known(rows)
    if len(frame) - column.missing < least:
        return False
    if len(rows) - column.missing >= least:
        return True
    return int(frame[column.name].notna().to_numpy()[rows].sum()) >= least


def _gives_away(
    frame: pandas.DataFrame, column: Column, rows: np.ndarray, y: np.ndarray, target: Target
) -> bool:
    """Whether a column tells the target of all rows in which it is known, and those are many."""
    values = _as_numbers(frame, column)[rows]
    known = np.isfinite(values)
    values, y = values[known], y[known]
    if len(y) < _least_known(rows):
        return False
    _, counts = np.unique(y, return_counts=True)
    if len(y) - counts.max() < LEAST_OTHERS:
        return False
    (found,) = _tells(values[None], y, [column], len(frame), target)
    return bool(found)
