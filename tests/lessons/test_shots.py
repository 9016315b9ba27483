"""The shots: generated, with the columns, the size and the difficulty of the real log.

The facts are those the curriculum gives of that log: 128,069 rows, about 45 % go in, closer and
more open shots more often, and a good network is right about 61 times in 100.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lessons.datasets import shots
from lessons.datasets.shots.draw import chance, draw

TABLE = shots.load()
MADE = TABLE.column(shots.TARGET)
TRAINED = 89_648


def test_columns_and_size_are_those_of_the_real_log() -> None:
    assert TABLE.columns == (
        *("shot_clock", "dribbles", "touch_time", "shot_dis", "close_def_dis"),
        "shot_result",
    )
    assert (*shots.FEATURES, shots.TARGET) == TABLE.columns == shots.EXAMPLES.columns
    assert TABLE.values.shape == (128_069, 6)
    assert all(column.unit and column.meaning for column in shots.COLUMNS)


def test_it_says_that_it_is_generated() -> None:
    assert "generated" in shots.ABOUT
    assert "Nobody took them" in credits_text()


def credits_text() -> str:
    return Path(shots.__file__).with_name("CREDITS.md").read_text(encoding="utf8")


@pytest.mark.parametrize(
    ("name", "lowest", "highest", "most"),
    [
        ("shot_clock", 0, 0, 24),
        ("dribbles", 0, 0, 32),
        ("touch_time", 0.3, 0.6, 24.9),
        ("shot_dis", 0.1, 1, 47.2),
        ("close_def_dis", 0, 1, 53.2),
    ],
)
def test_ranges(name: str, lowest: float, highest: float, most: float) -> None:
    column = TABLE.column(name)
    assert lowest <= column.min() <= highest
    assert 0.5 * most < column.max() <= most


def test_a_seed_draws_the_same_shots() -> None:
    assert np.array_equal(draw(5, 1000), draw(5, 1000))
    assert not np.array_equal(draw(5, 1000), draw(6, 1000))


@pytest.mark.parametrize("part", [slice(None), slice(TRAINED), slice(TRAINED, None)])
def test_about_45_percent_go_in_in_both_parts(part: slice) -> None:
    assert MADE[part].mean() == pytest.approx(0.45, abs=0.007)


def test_closer_shots_go_in_more_often() -> None:
    distance = TABLE.column("shot_dis")
    edges = (0, 2, 4, 6, 9)
    rates = [MADE[(distance >= a) & (distance < b)].mean() for a, b in pairwise(edges)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 0.6 > MADE[distance > 22].mean() + 0.15


@pytest.mark.parametrize(("near", "far"), [(0, 4), (4, 8), (8, 22), (22, 40)])
def test_open_shots_go_in_more_often_from_everywhere(near: float, far: float) -> None:
    distance, defender = TABLE.column("shot_dis"), TABLE.column("close_def_dis")
    here = (distance >= near) & (distance < far)
    assert MADE[here & (defender > 4)].mean() > MADE[here & (defender < 2)].mean() + 0.05


def test_who_dribbles_holds_the_ball_long() -> None:
    touch = np.corrcoef(TABLE.column("dribbles"), TABLE.column("touch_time"))
    assert touch[0, 1] > 0.9


def test_not_even_the_true_chances_foretell_many_more_than_61_in_100() -> None:
    held_out = TABLE.values[TRAINED:]
    right = (chance(held_out[:, :5]) > 0.5) == (held_out[:, 5] == 1)
    assert 0.605 < right.mean() < 0.625
    always_missed = 1 - held_out[:, 5].mean()
    assert right.mean() > always_missed + 0.05


def test_the_printed_rows_are_those_of_the_curriculum() -> None:
    assert shots.EXAMPLES.values.tolist() == [
        [10.8, 2, 1.9, 7.7, 1.3, 1],
        [3.4, 0, 0.8, 28.2, 6.1, 0],
        [0, 3, 2.7, 10.1, 0.9, 0],
        [10.3, 2, 1.9, 17.2, 3.4, 0],
    ]
