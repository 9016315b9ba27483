"""The problems of the course: how many rows, which are held out, and what a network has to say."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Table, split
from lessons.datasets import digits as digits_data
from lessons.datasets import shots as shots_data
from lessons.datasets import titanic as titanic_data
from lessons.learning import problems
from lessons.learning.problem import Problem, from_table

ALL = (problems.wages, problems.shots, problems.titanic, problems.digits)


@pytest.mark.parametrize(
    ("make", "trained", "held_out", "columns", "outputs"),
    [
        (problems.wages, 373, 161, 9, 1),
        (problems.shots, 89_648, 38_421, 5, 2),
        (problems.titanic, 916, 393, 10, 2),
        (problems.digits, 4000, 1000, 784, 10),
    ],
)
def test_sizes(make, trained: int, held_out: int, columns: int, outputs: int) -> None:
    problem: Problem = make()
    assert problem is make()
    assert problem.x_train.shape == (trained, columns)
    assert problem.x_validation.shape == (held_out, columns)
    assert len(problem.features) == columns
    assert problem.outputs == outputs
    assert problem.classifies == (outputs > 1)
    shape = (trained, outputs) if problem.classifies else (trained,)
    assert problem.y_train.shape == shape
    if problem.classifies:
        assert len(problem.classes) == outputs
        assert (problem.y_train.sum(axis=1) == 1).all()


@pytest.mark.parametrize("make", ALL)
def test_scaled_inputs_are_float32_with_mean_0_and_deviation_1_or_0(make) -> None:
    train, validation = make().scaled
    assert train.dtype == validation.dtype == np.float32
    assert np.abs(train.mean(axis=0, dtype=float)).max() < 1e-4
    deviations = train.std(axis=0, dtype=float)
    assert np.all((np.abs(deviations - 1) < 1e-3) | (deviations == 0))


def test_the_last_shots_are_held_out_as_keras_does_it() -> None:
    problem, rows = problems.shots(), shots_data.load()
    last = rows.values[-38_421:]
    assert np.array_equal(problem.x_validation, last[:, :5])
    assert np.array_equal(problem.y_validation.argmax(axis=1), last[:, 5])
    assert problem.classes[1] == "made"
    assert np.shares_memory(problem.x_train, rows.values)  # 5 MB that need not be there twice


def test_passengers_are_split_as_the_program_under_c_splits_them() -> None:
    problem, target = problems.titanic(), titanic_data.TARGET
    train, held_out = split(titanic_data.load(), problem.held_out, seed=problem.split_seed)
    assert np.array_equal(problem.x_train, train.without(target).values)
    assert np.array_equal(problem.x_validation, held_out.without(target).values)
    assert np.array_equal(problem.y_train.argmax(axis=1), train.column(target))
    assert problem.classes[1] == "survived"


def test_passengers_held_out_are_like_the_others() -> None:
    problem = problems.titanic()
    survived = problem.y_train[:, 1].mean() - problem.y_validation[:, 1].mean()
    assert abs(survived) < 0.02
    for name in ("male", "pclass"):
        at = problem.features.index(name)
        assert abs(problem.x_train[:, at].mean() - problem.x_validation[:, at].mean()) < 0.05


def test_pixels_go_from_0_to_1() -> None:
    problem, data = problems.digits(), digits_data.load()
    assert problem.x_train.dtype == np.float32
    assert (problem.x_train.min(), problem.x_train.max()) == (0, 1)
    assert problem.x_validation[-1] * 255 == pytest.approx(data.images[-1])
    assert np.array_equal(problem.y_validation.argmax(axis=1), data.labels[4000:])


@pytest.mark.parametrize("target", ["a", "b", "c"])
@pytest.mark.parametrize("seed", [None, 3])
def test_a_table_is_split_the_same_wherever_its_target_stands(target: str, seed) -> None:
    table = Table(("a", "b", "c"), np.arange(30.0).reshape(10, 3))
    problem = from_table("small", table, target, 0.3, seed)
    train, held_out = split(table, 0.3, seed=seed)
    assert np.array_equal(problem.x_train, train.without(target).values)
    assert np.array_equal(problem.y_train, train.column(target))
    assert np.array_equal(problem.x_validation, held_out.without(target).values)
    assert np.array_equal(problem.y_validation, held_out.column(target))
