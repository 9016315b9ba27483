"""What was understood of a table, and what a model is, as lines of text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from shlex import quote

from lessons.numbers import plain
from lessons.tables.columns import Column
from lessons.tables.problem import OwnProblem
from lessons.tables.reading import RawTable
from lessons.tables.suspects import Suspect

MOST_COLUMNS = 40
"""Columns that are listed; of a table with thousands of them the first ones."""

MOST_DOUBTS = 2
"""Columns to think twice about that get a sentence each."""

MOST_NAMES = 8
"""Classes that are named."""


def table_lines(
    table: RawTable, columns: Sequence[Column], target: str, odd: Sequence[Suspect] = ()
) -> Iterator[str]:
    """How the file was read, what becomes of each column, and which to think twice about."""
    doubts = {one.name: one.short for one in odd}
    rows, held = counted(len(table), "row"), counted(len(columns), "column")
    yield f"{table.name}: {rows}, {held}."
    yield from (*table.notes, *table.warnings)
    yield ""
    shown = columns[:MOST_COLUMNS]
    width = min(max(len(column.name) for column in shown), 28)
    yield f"  {'column':<{width}}  {'holds':<9}  {'missing':>7}  {'used as':<8}  "
    for column in shown:
        use = "target" if column.name == target else column.use
        name = column.name if len(column.name) <= width else column.name[: width - 1] + "…"
        about = about_column(column, use == "target", doubts.get(column.name, ""))
        yield (
            f"  {name:<{width}}  {column.kind:<9}  {column.missing or '':>7}  {use:<8}  {about}"
        ).rstrip()
    if len(columns) > len(shown):
        yield f"  … and {len(columns) - len(shown):,} more columns"
    if odd:
        yield ""
        yield from doubt_lines(odd, lambda one: f"--drop {quote(one.name)} leaves it out.")


def doubt_lines(odd: Sequence[Suspect], remedy: Callable[[Suspect], str]) -> Iterator[str]:
    """A sentence about each of the columns to think twice about, and what can be done."""
    for one in odd[:MOST_DOUBTS]:
        yield one.says(remedy(one))
    if len(odd) > MOST_DOUBTS:
        more = counted(len(odd) - MOST_DOUBTS, "more column")
        yield f"{more} to think twice about: marked in the list."


def counted(number: int, noun: str) -> str:
    """How many of something: 1 row, 1,309 rows."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def about_column(column: Column, is_target: bool, doubt: str = "") -> str:
    """What is odd about it, why it is used as it is, and what is in it, in a few words."""
    why = "" if is_target else column.why
    return "; ".join(part for part in (doubt, why, _range(column)) if part)


def _range(column: Column) -> str:
    if column.kind == "number" and math.isfinite(column.low):
        digits = 4 if abs(column.mean) < 10_000 else 6
        return f"{column.low:.6g} to {column.high:.6g}, mean {column.mean:.{digits}g}"
    if column.kind == "text" and column.use == "one-hot":
        texts = ", ".join(column.categories[:4])
        return texts + (", …" if len(column.categories) > 4 else "")
    return ""


def problem_lines(own: OwnProblem) -> Iterator[str]:
    """What is to be predicted, from what, and what the simplest guess reaches."""
    problem, target = own.problem, own.target
    if problem.classifies:
        more = len(problem.classes) - MOST_NAMES
        names = ", ".join(problem.classes[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
        yield f"A classification of “{target.name}” ({target.why}): {names}."
    else:
        yield f"A regression: “{target.name}” is a number to come near to ({target.why})."
    if own.left_out:
        one = own.left_out == 1
        has, are = (" has", "is") if one else ("s have", "are")
        yield f"{own.left_out:,} row{has} no target and {are} left out."
    rows = counted(len(problem.x_train), "row")
    inputs = counted(len(problem.features), "input")
    yield f"{rows} to learn from, {len(problem.x_validation):,} held out; {inputs}."
    words, value = own.simplest
    yield f"The simplest guess, {words} {plain(value)}{own.of_what} on the rows held out."
    if not problem.classifies:
        mean, spread = own.unit.mean, own.unit.spread
        yield (
            f"The network learns how many spreads of {plain(spread)} it is from the mean "
            f"{plain(mean)}: a squared error of 1 is no better than the mean."
        )
