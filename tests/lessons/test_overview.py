"""What is told of a data set agrees with its rows, and every data set tells what is asked of it."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

from engine.data import Table
from lessons.course import lessons
from lessons.datasets import wages
from lessons.datasets.overview import decimals_of, names, overview

LOADS = {"plane": "plane:ring"}
"""Data sets that have to be told which one of several is meant."""
ALL = [LOADS.get(name, name) for name in names()]


def test_there_are_the_data_sets_of_the_course() -> None:
    assert {"bank", "plane", "wages", "shots", "titanic", "digits"} <= set(names())


@pytest.mark.parametrize("name", ALL)
def test_every_data_set_says_whether_it_is_real_and_under_which_licence(name: str) -> None:
    module = importlib.import_module(f"lessons.datasets.{name.partition(':')[0]}")
    found = overview(name)

    assert found.credit.startswith(("Real. ", "Generated "))
    assert ("generated" in found.about) == found.credit.startswith("Generated ")
    assert "\n" not in found.credit
    assert found.asked.endswith(".")
    assert found.target == module.TARGET
    folder = importlib.resources.files(module)
    assert "# Where" in folder.joinpath("CREDITS.md").read_text(encoding="utf8")


@pytest.mark.parametrize("name", ALL)
def test_lowest_mean_highest_and_shares_are_those_of_all_rows(name: str) -> None:
    found = overview(name)
    for facts in found.columns:
        assert facts.lowest <= facts.mean <= facts.highest
        assert facts.column.meaning
    assert sum(share.rows for share in found.shares) in (0, found.rows)
    if found.images is None:
        assert found.first.shape[1] == len(found.columns)


def test_wages_at_a_glance() -> None:
    found, wage = overview("wages"), wages.load().column("wage_per_hour")
    facts = found.columns[0]

    assert (facts.column.name, found.rows, found.shares) == ("wage_per_hour", 534, ())
    assert (facts.lowest, facts.highest) == (1.0, 44.5)
    assert facts.mean == pytest.approx(wage.mean())
    assert np.array_equal(found.first, wages.load().values[: len(found.first)])


def test_shares_of_the_titanic() -> None:
    shares = {share.name: share.rows for share in overview("titanic").shares}

    assert shares == {"died": 809, "survived": 500}


def test_the_plane_is_the_one_that_is_named() -> None:
    ring, spiral = overview("plane:ring"), overview("plane:spiral")

    assert ring.name == spiral.name == "plane"
    assert not np.array_equal(ring.first, spiral.first)


def test_images_stand_for_their_pixels() -> None:
    found = overview("digits")

    assert found.images is not None
    assert found.images.shape[1:] == (28, 28)
    assert len(found.first) == len(found.images)
    assert (found.images.min(), found.images.max()) == (0, 1)
    pixels, digit = found.columns
    assert pixels.column.name == "pixel_0 … 783"
    assert (pixels.lowest, pixels.highest) == (0, 255)
    assert digit.column.name == found.target


@pytest.mark.parametrize(
    ("values", "decimals"), [([1, 2], 0), ([0.5, 1], 1), ([0.9167, 3], 4), ([np.pi], 2)]
)
def test_decimals_that_numbers_are_written_with(values, decimals: int) -> None:
    assert decimals_of(np.array(values, float)) == decimals


def test_every_lab_with_a_data_set_names_one_that_there_is() -> None:
    for lesson in lessons():
        lab = lesson.make_lab(1)
        if lab.dataset:
            assert overview(lab.dataset).rows > 0


def test_rows_of_a_table_may_be_in_any_order_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(("b", "a"), np.array([[1.0, 0.0], [2.0, 1.0]]))
    monkeypatch.setattr(wages, "COLUMNS", (wages.COLUMNS[0], wages.COLUMNS[1]))
    monkeypatch.setattr(wages, "load", lambda: table)

    found = overview.__wrapped__("wages")

    assert [facts.mean for facts in found.columns] == [1.5, 0.5]
