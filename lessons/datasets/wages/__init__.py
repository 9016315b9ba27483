"""Hourly wages of 534 workers in the United States, May 1985.

`load()` is the table; `TARGET` is the column to predict and `FEATURES` are the nine to predict it
from. CREDITS.md says where the numbers are from, make_wages.py how the file was made.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.data import Table, read_csv
from lessons.datasets import Column

COLUMNS = (
    Column("wage_per_hour", "dollars an hour", "what the worker earns"),
    Column("union", "0 or 1", "1: the job is a union job"),
    Column("education_yrs", "years", "years of schooling"),
    Column("experience_yrs", "years", "years since school: age - schooling - 6"),
    Column("age", "years", "age of the worker"),
    Column("female", "0 or 1", "1: the worker is a woman"),
    Column("marr", "0 or 1", "1: the worker is married"),
    Column("south", "0 or 1", "1: lives in the southern states"),
    Column("manufacturing", "0 or 1", "1: works in manufacturing or mining"),
    Column("construction", "0 or 1", "1: works in construction"),
)
TARGET = COLUMNS[0].name
FEATURES = tuple(column.name for column in COLUMNS[1:])

ABOUT = """\
534 workers, drawn at random from a survey of the United States census office in May 1985. \
Each row is one worker: the hourly wage in dollars of that year, and nine facts about the person \
and the job. Rows with 0 in both manufacturing and construction work in any other sector."""
ASKED = "The hourly wage of the worker, from the nine other columns."
CREDIT = """\
Real. Current Population Survey, May 1985, sampled by Ernst R. Berndt; public domain (PDDL, CC0)."""
CLASSES: tuple[str, ...] = ()


@cache
def load() -> Table:
    """All 534 rows, float64, the target first and then the features.

    Raises DataError when the file that came with the course is missing or damaged.
    """
    columns = [column.name for column in COLUMNS]
    return read_csv(Path(__file__).with_name("wages.csv"), columns=columns)
