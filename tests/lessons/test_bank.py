"""The bank's customers: generated, the same each time, with one interaction in them."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.datasets import bank
from lessons.datasets.bank import make_bank

TABLE = bank.load()


def weights(*inputs: np.ndarray) -> np.ndarray:
    """By least squares, the constant first."""
    columns = np.column_stack([np.ones(len(TABLE)), *inputs])
    best, *_ = np.linalg.lstsq(columns, TABLE.column(bank.TARGET))
    return np.array(best)


def test_the_script_makes_the_file_that_ships(tmp_path) -> None:
    target = tmp_path / "bank.csv"
    make_bank.make(target)
    assert target.read_bytes() == make_bank.TARGET_FILE.read_bytes()
    assert list(tmp_path.glob("*.new")) == []


def test_columns_and_ranges() -> None:
    assert TABLE.columns == make_bank.NAMES == (*bank.FEATURES, bank.TARGET)
    assert len(TABLE) == make_bank.ROWS == 200
    ranges = {"children": (0, 4), "accounts": (1, 5), "balance": (0, 100), "working": (0, 1)}
    for name, (low, high) in ranges.items():
        column = TABLE.column(name)
        assert low <= column.min() <= column.max() <= high
    assert all(column.unit and column.meaning for column in bank.COLUMNS)


def test_it_says_that_it_is_generated() -> None:
    assert "generated" in bank.ABOUT
    assert "generated" in make_bank.TARGET_FILE.with_name("CREDITS.md").read_text(encoding="utf8")


def test_the_effect_of_the_balance_depends_on_working() -> None:
    balance, working = TABLE.column("balance"), TABLE.column("working")
    retired_slope, both = weights(balance, working, balance * working)[[1, 3]]
    assert retired_slope == pytest.approx(make_bank.PER_BALANCE[0], abs=0.02)
    assert retired_slope + both == pytest.approx(make_bank.PER_BALANCE[1], abs=0.02)


@pytest.mark.parametrize("name", ["accounts", "children"])
def test_the_other_inputs_have_no_part_in_an_interaction(name: str) -> None:
    values, working = TABLE.column(name), TABLE.column("working")
    assert abs(weights(values, working, values * working)[3]) < 0.5


def test_the_interaction_is_not_a_correlation() -> None:
    correlation = np.corrcoef(TABLE.column("balance"), TABLE.column("working"))[0, 1]
    assert abs(correlation) < 0.15
