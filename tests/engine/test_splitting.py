"""train_test_split: scikit-learn's sizes and rows, and what it refuses."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import DataError, Table, train_test_split

# What scikit-learn 1.9 makes of list(range(10)).
SKLEARN: list[tuple[dict[str, Any], list[list[int]]]] = [
    ({"test_size": 0.33, "random_state": 0}, [[1, 6, 7, 3, 0, 5], [2, 8, 4, 9]]),
    ({"test_size": 3, "random_state": 1}, [[4, 0, 3, 1, 7, 8, 5], [2, 9, 6]]),
    ({"train_size": 0.6, "random_state": 2}, [[7, 2, 3, 6, 9, 8], [4, 1, 5, 0]]),
    (
        {"train_size": 0.6, "test_size": 0.2, "random_state": 3},
        [[1, 2, 9, 6, 7, 0], [5, 4]],
    ),
    ({"random_state": 4}, [[9, 2, 6, 0, 1, 5, 7], [3, 8, 4]]),
    ({"shuffle": False, "test_size": 0.21}, [[0, 1, 2, 3, 4, 5, 6], [7, 8, 9]]),
    (
        {"test_size": 4, "random_state": 5, "stratify": [0] * 6 + [1] * 4},
        [[4, 2, 6, 1, 7, 5], [0, 8, 9, 3]],
    ),
    (
        {"test_size": 0.3, "random_state": 6, "stratify": list("aaabbbbccc")},
        [[7, 9, 5, 3, 1, 0, 4], [2, 6, 8]],
    ),
    (
        {"test_size": 5, "train_size": 3, "random_state": 7, "stratify": [1, 0] * 5},
        [[1, 7, 4], [0, 8, 2, 3, 5]],
    ),
]


@pytest.mark.parametrize(("arguments", "expected"), SKLEARN)
def test_the_rows_are_those_of_scikit_learn(arguments, expected) -> None:
    assert train_test_split(list(range(10)), **arguments) == expected


def test_everything_is_split_in_step_and_keeps_its_kind() -> None:
    x = np.arange(20.0).reshape(10, 2).astype("float32")
    table = Table(("a", "b"), x)
    names = [f"row {i}" for i in range(10)]
    parts = train_test_split(x, table, names, test_size=0.3, random_state=0)
    x_train, x_test, table_train, table_test, names_train, names_test = parts
    assert x_train.dtype == np.float32
    assert (len(x_train), len(x_test)) == (7, 3)
    assert np.array_equal(table_train.values, x_train)
    assert table_test.columns == ("a", "b")
    assert names_train == [f"row {int(row[0]) // 2}" for row in x_train]
    assert names_test == [f"row {int(row[0]) // 2}" for row in x_test]


def test_the_seed_repeats_the_split() -> None:
    x = np.arange(50)
    first, second, other = (train_test_split(x, random_state=seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


@given(st.lists(st.integers(0, 2), min_size=20, max_size=60), st.integers(0, 99))
def test_stratified_sides_have_each_class_in_its_proportion(labels: list[int], seed: int) -> None:
    if min(Counter(labels).values()) < 2:
        return
    rows = list(range(len(labels)))
    train, test = train_test_split(rows, test_size=0.3, random_state=seed, stratify=labels)
    assert sorted(train + test) == rows
    for label, count in Counter(labels).items():
        of_test = sum(labels[row] == label for row in test)
        assert abs(of_test - count * len(test) / len(rows)) <= 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"test_size": 1.0}, "test_size must be a part between 0 and 1"),
        ({"test_size": 0}, "a number of rows from 1 to 9; got 0"),
        ({"test_size": 10}, "got 10"),
        ({"test_size": -0.2}, "got -0.2"),
        ({"test_size": True}, "got True"),
        ({"train_size": "half"}, "train_size must be a part between 0 and 1"),
        ({"train_size": 0.01}, "10 rows to test with and 0 to train with"),
        ({"test_size": 0.9, "train_size": 0.2}, "together at most 10"),
        ({"test_size": 6, "train_size": 5}, "together at most 10"),
        ({"random_state": -1}, "random_state must be a whole number"),
        ({"random_state": "dice"}, "random_state must be a whole number"),
        ({"shuffle": False, "stratify": [0, 1] * 5}, "it needs shuffle=True"),
        ({"stratify": [0, 1]}, "the class of each of the 10 rows"),
        ({"stratify": [0] * 9 + [1]}, "Class 1 has a single row"),
        ({"stratify": [0, 1, 2, 3, 4] * 2}, "With 5 classes both sides"),
    ],
)
def test_what_cannot_be_split(arguments, message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        train_test_split(list(range(10)), **arguments)


def test_what_is_split_must_fit_together() -> None:
    with pytest.raises(DataError, match="as many rows each, got 3, 2"):
        train_test_split([1, 2, 3], [1, 2])
    with pytest.raises(DataError, match="needs something to split"):
        train_test_split()
    with pytest.raises(DataError, match="lists, arrays and tables"):
        train_test_split(5)
