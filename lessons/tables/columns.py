"""What is in each column of a table, and what becomes of it before a network sees it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lessons.tables.errors import TableError

if TYPE_CHECKING:
    import pandas

Kind = Literal["number", "yes or no", "date", "text", "empty"]
Use = Literal["number", "one-hot", "drop"]

MOST_CATEGORIES = 20
"""Different texts in a column that are turned to one column each; with more, it is left out."""

YES = ("yes", "true", "y", "t", "on")
NO = ("no", "false", "n", "f", "off")

DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "ISO8601")
"""Ways of writing a date that are understood; the first that fits every cell is taken."""

SAMPLE = 500
"""Cells that are tried before a whole column is."""


@dataclass(frozen=True)
class Column:
    """One column: what is in it, what becomes of it, and why."""

    name: str
    kind: Kind
    use: Use
    why: str
    """The reason, in a few words, where it is not plain."""
    missing: int
    distinct: int
    low: float = float("nan")
    mean: float = float("nan")
    high: float = float("nan")
    categories: tuple[str, ...] = ()
    """The different texts, the most frequent first, up to MOST_CATEGORIES and one more."""
    written: str = ""
    """For dates: the way they are written."""

    @property
    def uses(self) -> tuple[Use, ...]:
        """What can be made of it."""
        can: list[Use] = []
        if self.kind in ("number", "yes or no", "date"):
            can.append("number")
        if self.kind not in ("empty", "date") and 1 < self.distinct <= MOST_CATEGORIES:
            can.append("one-hot")
        return (*can, "drop")

    def used_as(self, use: Use) -> Column:
        """The column put to another use. Raises TableError where it cannot be."""
        if use not in self.uses:
            raise TableError(
                f"Column “{self.name}” ({self.kind}, {self.distinct:,} different values) "
                f"cannot be used as {use}: {' or '.join(self.uses)}."
            )
        return replace(self, use=use, why="as you said")

    def inputs(self) -> tuple[str, ...]:
        """Names of the network's inputs that it becomes."""
        if self.use == "one-hot":
            return tuple(f"{self.name}={category}" for category in self.categories)
        return (self.name,) if self.use == "number" else ()


def understand(frame: pandas.DataFrame) -> tuple[Column, ...]:
    """Every column of a table, in order, with a suggestion of what becomes of it."""
    return tuple(_column(str(name), frame[name]) for name in frame.columns)


def find(columns: Sequence[Column], name: str) -> Column:
    """The column of that name. Raises TableError, whose message names the nearest one."""
    for column in columns:
        if column.name == name:
            return column
    from engine.table import unknown_name

    raise TableError(unknown_name("column", name, [column.name for column in columns]))


def _column(name: str, series: pandas.Series) -> Column:
    known = known_values(series)
    missing = len(series) - len(known)
    different = different_values(known)
    distinct = len(different)
    if known.empty:
        return Column(name, "empty", "drop", "nothing in it", missing, 0)
    kind, written = _kind(different)
    categories: tuple[str, ...] = ()
    if distinct <= MOST_CATEGORIES and kind != "date":
        categories = categories_of(known)
    low = mean = high = float("nan")
    if kind in ("number", "yes or no", "date"):
        values = numbers(known, kind, written)
        finite = values[np.isfinite(values)]
        missing += len(values) - len(finite)
        if len(finite):
            low, mean, high = float(finite.min()), float(finite.mean()), float(finite.max())
    column = Column(name, kind, "drop", "", missing, distinct, low, mean, high, categories, written)
    use, why = _suggestion(column, known)
    return replace(column, use=use, why=why)


def known_values(series: pandas.Series) -> pandas.Series:
    """The cells with something in them: an infinite number is one that is not known."""
    import pandas

    known = series.dropna()
    if not pandas.api.types.is_float_dtype(known):
        return known
    infinite = np.isinf(known.to_numpy(np.float64))
    return known[~infinite] if infinite.any() else known


def different_values(series: pandas.Series) -> pandas.Series:
    """Its different values, each once: of a million texts there are often only a few."""
    import pandas

    return pandas.Series(series.unique(), dtype=series.dtype)


def _once_each(
    series: pandas.Series, make: Callable[[pandas.Series], Any], dtype: Any
) -> np.ndarray:
    """What `make` makes of each different value, for every row; None or NaN where none is known."""
    import pandas

    codes, values = pandas.factorize(series)
    made = np.empty(len(values) + 1, dtype=dtype)
    made[:-1] = make(pandas.Series(values, dtype=series.dtype))
    made[-1] = None  # the code of what is missing is -1
    found: np.ndarray = made[codes]
    return found


def _kind(known: pandas.Series) -> tuple[Kind, str]:
    import pandas

    if pandas.api.types.is_bool_dtype(known):
        return "yes or no", ""
    if pandas.api.types.is_numeric_dtype(known):
        return "number", ""
    texts = known.astype(str).str.strip().str.casefold()
    if texts.isin(YES + NO).all() and texts.nunique() > 1:
        return "yes or no", ""
    for written in DATES:
        if _parses(known.head(SAMPLE), written) and _parses(known, written):
            return "date", written
    return "text", ""


def _parses(known: pandas.Series, written: str) -> bool:
    import pandas

    texts = known.astype(str)
    if not texts.str.contains(r"\d[-/.]\d", regex=True).all():
        return False
    return bool(pandas.to_datetime(texts, format=written, errors="coerce", utc=True).notna().all())


def numbers(series: pandas.Series, kind: Kind, written: str = "") -> np.ndarray:
    """A column as float64 numbers, (rows,): NaN where nothing or nothing of that kind stands.

    Yes is 1 and no is 0; a date is the number of days since the start of 1970.
    """
    import pandas

    if kind == "yes or no" and not pandas.api.types.is_numeric_dtype(series):
        values = _once_each(series, _yes_or_no, np.float64)
    elif kind == "date":
        values = _once_each(series, lambda different: _days(different, written), np.float64)
    elif series.dtype in (np.float64, np.int64):  # as nearly all columns of numbers are
        values = series.to_numpy(np.float64)
    else:
        values = pandas.to_numeric(series, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    return np.where(np.isfinite(values), values, np.nan)


def _yes_or_no(series: pandas.Series) -> np.ndarray:
    texts = series.astype(str).str.strip().str.casefold()
    return np.where(texts.isin(YES), 1.0, np.where(texts.isin(NO), 0.0, np.nan))


def _days(series: pandas.Series, written: str) -> np.ndarray:
    import pandas

    moments = pandas.to_datetime(series.astype(str), format=written, errors="coerce", utc=True)
    days = (moments - pandas.Timestamp(0, tz="UTC")) / pandas.Timedelta(days=1)
    return np.asarray(days.to_numpy(dtype=np.float64))


def categories_of(known: pandas.Series) -> tuple[str, ...]:
    """The different values of a column as texts, the most frequent first, then by name."""
    import pandas

    codes, values = pandas.factorize(known)
    counts: Counter[str] = Counter()
    for text, count in zip(
        texts_of(pandas.Series(values, dtype=known.dtype)), np.bincount(codes), strict=True
    ):
        counts[text] += int(count)
    return tuple(sorted(counts, key=lambda text: (-counts[text], text)))


def texts_of(series: pandas.Series) -> pandas.Series:
    """A column as texts, different ones for different numbers; 1 and 1.0 are the same."""
    import pandas

    if pandas.api.types.is_bool_dtype(series):
        return series.map({True: "yes", False: "no"})
    if pandas.api.types.is_numeric_dtype(series):
        return series.map(_number_text)
    return series.astype(str).str.strip()


def _number_text(value: float) -> str | None:
    if value != value:
        return None
    # From 2**64 on there is no column of whole numbers that it has to agree with.
    if abs(value) < 2**64 and value == int(value):
        return str(int(value))
    return repr(float(value))


def category_numbers(series: pandas.Series, categories: Sequence[str]) -> np.ndarray:
    """Which of the categories, from 0, stands in each row, float64 (rows,); NaN where none."""
    import pandas

    places = {name: float(at) for at, name in enumerate(categories)}
    rounded = {name: at for name, at in places.items() if _is_rounded(name)}

    def placed(different: pandas.Series) -> list[float]:
        found = [places.get(text, math.nan) for text in texts_of(different)]
        if rounded and pandas.api.types.is_numeric_dtype(different):
            old = [rounded.get(f"{value:g}", math.nan) for value in different]
            return [then if math.isnan(now) else now for now, then in zip(found, old, strict=True)]
        return found

    return _once_each(series, placed, np.float64)


def _is_rounded(category: str) -> bool:
    """Whether a category is a number as older models wrote it, with six digits, such as 1e+06.

    Others, such as 0.123457, may be exact: a number that only comes near to one is another.
    """
    try:
        value = float(category)
    except ValueError:
        return False
    return category == f"{value:g}" != _number_text(value)


def _suggestion(column: Column, known: pandas.Series) -> tuple[Use, str]:
    if column.distinct == 1:
        return "drop", "the same in every row"
    if column.kind == "text":
        if column.distinct > MOST_CATEGORIES:
            return "drop", f"{column.distinct:,} different texts, too many for one column each"
        return "one-hot", f"{column.distinct} different texts"
    if column.kind == "number" and _counts_rows(known):
        return "drop", "counts the rows"
    if column.kind == "date":
        return "number", "as days since 1970"
    return "number", "yes is 1, no is 0" if column.kind == "yes or no" else ""


def _counts_rows(known: pandas.Series) -> bool:
    """True for 0, 1, 2 … or 1, 2, 3 …: the number of a row says nothing about it."""
    values = known.to_numpy(dtype=np.float64)
    return len(values) > 2 and values[0] in (0, 1) and bool((np.diff(values) == 1).all())
