"""The 1,309 passengers of the Titanic, in numbers: who they were, and whether they survived.

`load()` is the table; `TARGET` is the column to predict and `FEATURES` are the ten to predict it
from. CREDITS.md says where the numbers are from, make_titanic.py how the file was made.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.data import Table, read_csv
from lessons.datasets import Column

COLUMNS = (
    Column("survived", "0 or 1", "1: the passenger survived"),
    Column("pclass", "class", "class of the ticket, 1 the dearest and 3 the cheapest"),
    Column("age", "years", "age; where it is not known, the mean of those that are"),
    Column("sibsp", "people", "brothers, sisters, husband or wife on board"),
    Column("parch", "people", "parents and children on board"),
    Column("fare", "pounds", "what the ticket cost, often one ticket for a whole family"),
    Column("male", "0 or 1", "1: the passenger was a man or a boy"),
    Column("age_was_missing", "0 or 1", "1: the age is not known, and the mean stands there"),
    Column("from_cherbourg", "0 or 1", "1: came on board in Cherbourg"),
    Column("from_queenstown", "0 or 1", "1: came on board in Queenstown"),
    Column("from_southampton", "0 or 1", "1: came on board in Southampton"),
)
TARGET = COLUMNS[0].name
FEATURES = tuple(column.name for column in COLUMNS[1:])

ABOUT = """\
The 1,309 passengers of the Titanic, which sank on 15 April 1912. Each row is one real person, \
without the name. 263 ages are not known: the mean of the others, 29.9, stands in for them, and \
age_was_missing says so. Rows are in no order."""
ASKED = "Whether the passenger survived, from the ten other columns."
CREDIT = """\
Real. titanic3 by Thomas Cason and Frank E. Harrell Jr. (OpenML 40945); licence: “Public”."""
CLASSES: tuple[str, ...] = ("died", "survived")


@cache
def load() -> Table:
    """All 1,309 rows, float64, the target first and then the features.

    Raises DataError when the file that came with the course is missing or damaged.
    """
    columns = [column.name for column in COLUMNS]
    return read_csv(Path(__file__).with_name("titanic.csv"), columns=columns)
