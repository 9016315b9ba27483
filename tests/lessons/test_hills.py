"""The hills: generated heights whose noise is known."""

from __future__ import annotations

import numpy as np

from lessons.datasets import hills
from lessons.learning import problems


def test_the_noise_is_what_the_lesson_says() -> None:
    table = hills.load()
    places = table.select(*hills.FEATURES).values
    noise = table.column(hills.TARGET) - hills.height(places)
    assert len(table) == hills.POINTS
    # 256 draws: the standard error of the standard deviation is 0.7 / √512
    assert abs(noise.std() - hills.NOISE) < 3 * hills.NOISE / np.sqrt(2 * len(noise))
    assert abs(noise.mean()) < 3 * hills.NOISE / np.sqrt(len(noise))
    assert np.abs(places).max() <= hills.EDGE


def test_the_same_seed_draws_the_same_points() -> None:
    again = hills.load.__wrapped__()
    np.testing.assert_array_equal(hills.load().values, again.values)
    assert not np.array_equal(hills.load.__wrapped__(seed=1).values, again.values)


def test_a_quarter_is_for_training_and_the_last_rows_are_held_out() -> None:
    problem = problems.hills()
    assert (len(problem.x_train), len(problem.x_validation)) == (64, 192)
    rows = hills.load().select(*hills.FEATURES).values
    np.testing.assert_array_equal(problem.x_validation, rows[64:])
