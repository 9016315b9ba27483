"""A learner's own table at a glance: what was understood of it, and its first rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lessons.numbers import plain
from lessons.tables.columns import Column
from lessons.tables.problem import OwnProblem

MOST_COLUMNS = 200
"""Columns that are listed; of a table with thousands of them the first ones, and the target."""
LONGEST_CELL = 40
"""Characters of a cell that are looked at."""
UNKNOWN = "·"
"""Stands in a cell in which nothing is known."""


@dataclass(frozen=True)
class OwnColumn:
    """A column, what it is used as, and how a network gets it."""

    column: Column
    used: str
    enters: str
    """Empty for one that is not used."""


@dataclass(frozen=True, eq=False)
class OwnOverview:
    """What there is to know of a table before a network learns from it."""

    own: OwnProblem
    rows: int
    width: int
    """How many columns the table has, listed or not."""
    scaled: bool
    notes: tuple[str, ...]
    """How it was read, and what is odd about its rows."""
    columns: tuple[OwnColumn, ...]
    first: tuple[tuple[str, ...], ...]
    """The first rows as they stand in the file: the cells of each of the columns."""


def own_overview(own: OwnProblem, *, scaled: bool) -> OwnOverview:
    """The table of a problem; `scaled` says whether its network gets its inputs scaled."""
    target = own.target.name
    listed = [one for at, one in enumerate(own.columns) if at < MOST_COLUMNS or one.name == target]
    enters = _enters(own, scaled)
    head = own.head
    return OwnOverview(
        own=own,
        rows=len(own.problem.x_train) + len(own.problem.x_validation) + own.left_out,
        width=len(own.columns),
        scaled=scaled,
        notes=(*head.notes, *head.warnings) if head is not None else (),
        columns=tuple(
            OwnColumn(
                one,
                "target" if one.name == target else one.use,
                enters.get(one.name, ""),
            )
            for one in listed
        ),
        first=tuple(tuple(map(_cell, head.frame[one.name].tolist())) for one in listed)
        if head is not None
        else (),
    )


def _enters(own: OwnProblem, scaled: bool) -> dict[str, str]:
    """How a network gets each column that it gets, by its name; and what it learns of the target.

    The scaling of a problem is worked out when it is first asked for.
    """
    found, at = {}, 0
    scaler = own.problem.scaler if scaled else None
    for column, fill in zip(own.preparation.columns, own.preparation.fill, strict=True):
        if column.use == "one-hot":
            found[column.name] = "an input for each text, 1 or 0" + (", scaled" if scaled else "")
            at += len(column.categories)
            continue
        words = list(_missing(column, fill))
        if scaler is not None:
            words.append(f"scaled: {_unit(float(scaler.mean_[at]), float(scaler.scale_[at]))}")
        found[column.name] = "; ".join(words) or "as it is"
        at += 1
    unit = own.unit
    found[own.target.name] = (
        f"learned as {_unit(unit.mean, unit.spread)}"
        if not own.target.classes
        else "learned as an output for each class"
    )
    return found


def _missing(column: Column, fill: float) -> Iterator[str]:
    if column.missing:
        yield f"where it is missing, the median {plain(fill)}"


def _unit(mean: float, spread: float) -> str:
    sign = "-" if mean >= 0 else "+"
    return f"(value {sign} {plain(abs(mean))}) / {plain(spread)}"


def _cell(value: Any) -> str:
    """A cell as text: whole numbers without a point, what could move the screen's cursor away."""
    if value is None or value != value:
        return UNKNOWN
    if isinstance(value, float):
        whole = np.isfinite(value) and value == round(value) and abs(value) < 1e15
        return f"{value:.0f}" if whole else f"{value:.6g}"
    text = str(value)[:LONGEST_CELL]
    return "".join(sign if sign.isprintable() else " " for sign in text)
