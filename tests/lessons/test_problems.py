"""The problems of the course: how many rows, which are held out, and what is asked."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.datasets import shots, titanic
from lessons.learning import problems


def test_the_shots_are_split_as_the_printed_log_says() -> None:
    problem = problems.shots()
    assert len(problem.x_train) == 89_648
    assert len(problem.x_validation) == 38_421
    assert (problem.features, problem.outputs) == (shots.FEATURES, 2)


@pytest.mark.parametrize(("name", "data"), [("shots", shots), ("titanic", titanic)])
def test_the_last_rows_are_held_out_and_every_class_has_its_column(name: str, data: object) -> None:
    problem, table = getattr(problems, name)(), data.load()  # type: ignore[attr-defined]
    truths = np.concatenate([problem.y_train, problem.y_validation])
    assert np.array_equal(truths.argmax(axis=1), table.column(problem.target))
    assert np.array_equal(truths.sum(axis=1), np.ones(len(truths)))
    inputs = np.concatenate([problem.x_train, problem.x_validation])
    np.testing.assert_allclose(inputs, table.select(*problem.features).values, rtol=1e-6)


def test_a_problem_is_made_once() -> None:
    assert problems.shots() is problems.shots()
