"""Columns to think twice about: ids, and those that give the target away."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lessons.tables.columns import understand
from lessons.tables.preparing import with_uses
from lessons.tables.suspects import Suspect, suspects
from lessons.tables.target import choose_target
from tests.lessons.test_tables_columns import table

ROWS = 3000
RNG = np.random.default_rng(4)
TOWNS = np.array(["Oslo", "Rome", "Lyon"])
TOWN = RNG.integers(0, 3, ROWS)
PAY = RNG.normal(30, 5, ROWS)
GAPS = RNG.random(ROWS) < 0.1
NAMES_WITH_GAPS = [None if gap else "NSW"[at] for gap, at in zip(GAPS, TOWN, strict=True)]


def odd(target: Any, uses: dict[str, str] | None = None, **columns: Any) -> tuple[Suspect, ...]:
    """The suspects of these columns, beside one that hangs together with nothing."""
    frame = table(**columns, other=RNG.normal(size=len(target)), y=target).frame
    found = with_uses(understand(frame), uses or {})
    return suspects(frame, found, choose_target(frame, found, "y"))


def kinds(target: Any, **columns: Any) -> dict[str, str]:
    return {one.name: one.kind for one in odd(target, **columns)}


@pytest.mark.parametrize(
    "name", ["id", "ID", "customer_id", "PassengerId", "userID", "person id", "uuid"]
)
def test_a_column_that_is_called_an_id_looks_like_one(name: str) -> None:
    assert kinds(PAY, **{name: RNG.integers(0, 50, ROWS)}) == {name: "id"}


@pytest.mark.parametrize("name", ["paid", "grid", "width", "valid", "idea", "humidity"])
def test_other_words_with_these_letters_do_not(name: str) -> None:
    assert kinds(PAY, **{name: RNG.integers(0, 50, ROWS)}) == {}


def test_whole_numbers_that_all_differ_look_like_an_id() -> None:
    codes = RNG.permutation(np.arange(ROWS) * 7 + 100_000)
    assert kinds(PAY, code=codes) == {"code": "id"}
    assert kinds(PAY, code=np.where(GAPS, np.nan, codes)) == {"code": "id"}
    assert kinds(PAY, code=codes + 0.5) == {}
    assert kinds(PAY, code=codes // 20) == {}
    assert kinds(PAY[:10], code=codes[:10]) == {}


def test_what_is_dropped_or_the_target_is_not_looked_at() -> None:
    codes = RNG.permutation(np.arange(ROWS))
    assert odd(PAY, {"id": "drop"}, id=codes) == ()
    assert odd(codes) == ()
    assert odd(PAY, {"other": "drop"}) == ()


@pytest.mark.parametrize(
    "copy",
    [
        PAY,
        -2 * PAY + 7,
        np.exp(PAY / 10),
        np.where(GAPS, np.nan, PAY),
    ],
    ids=["a copy", "another unit", "another scale", "with gaps"],
)
def test_a_number_that_goes_with_the_target_gives_it_away(copy: np.ndarray) -> None:
    assert kinds(PAY, copy=copy) == {"copy": "giveaway"}


def test_a_number_that_nearly_goes_with_it_does_not() -> None:
    near = PAY.copy()
    near[ROWS // 2] += 100  # one row of them all, and none of those that are looked at first
    assert kinds(PAY, near=near) == {}
    assert kinds(PAY, near=PAY + RNG.normal(0, 0.5, ROWS)) == {}


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (TOWN * 10, True),
        (np.array(["N", "S", "W"])[TOWN], True),
        (TOWN * 40 + RNG.integers(0, 40, ROWS), True),  # many values, each with one class
        (TOWN + RNG.random(ROWS) * 0.9, True),  # class by class, in order
        (NAMES_WITH_GAPS, True),
        (np.array(["N", "S", "S"])[TOWN], False),
        (np.where(np.arange(ROWS) == 1501, 7, TOWN), True),
        (np.where(np.arange(ROWS) == 1501, TOWN + 1, TOWN), False),
        (np.where(np.arange(ROWS) % 3 == 0, np.nan, TOWN * RNG.integers(1, 3, ROWS)), False),
    ],
)
def test_a_class_is_given_away_by_what_has_one_class_for_each_value(
    column: Any, found: bool
) -> None:
    assert kinds(TOWNS[TOWN], column=column) == ({"column": "giveaway"} if found else {})


def test_a_target_that_is_sorted_or_rare_is_looked_at_as_well() -> None:
    rare = np.where(np.arange(ROWS) < ROWS - 12, "no", "yes")
    assert kinds(rare, copy=np.where(rare == "yes", 1, 0)) == {"copy": "giveaway"}
    assert kinds(rare, same=np.where(np.arange(ROWS) < 40, 1, 0)) == {}


def test_a_giveaway_behind_columns_that_are_nearly_empty_is_told() -> None:
    few = np.where(np.arange(ROWS) % 1000 == 0, PAY, np.nan)
    elsewhere = np.where(np.arange(ROWS) % 2 == 0, PAY, np.nan)  # known where the target is not
    half = np.where(np.arange(ROWS) % 2 == 0, np.nan, PAY)
    sparse = {f"few{at}": few for at in range(25)}
    assert kinds(PAY, **sparse, copy=PAY) == {"copy": "giveaway"}
    sparse = {f"elsewhere{at}": elsewhere for at in range(25)}
    assert kinds(half, **sparse, copy=PAY) == {"copy": "giveaway"}


def test_few_rows_give_nothing_away() -> None:
    assert kinds(PAY[:15], copy=PAY[:15]) == {}
    almost = np.where(np.arange(ROWS) < 3, "yes", "no")  # three rows are soon told by chance
    assert kinds(almost, copy=np.where(almost == "yes", 1, 0)) == {}


def test_it_says_which_and_why() -> None:
    (one,) = odd(PAY, copy=PAY)
    says = "“copy” gives “y” away in every row. Is it known only afterwards? Drop it."
    assert one.says("Drop it.") == says
    (two,) = odd(PAY, person_id=RNG.integers(0, 50, ROWS))
    assert two.says("drop it.").endswith("an id, which says nothing of new rows: drop it.")
