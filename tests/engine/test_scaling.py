"""StandardScaler: scikit-learn's names and numbers, and what it refuses."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import DataError, StandardScaler, Table

BANK = Table(("age", "balance"), np.array([[30.0, 100.0], [40.0, 300.0], [50.0, -100.0]]))


def test_scaled_columns_have_mean_0_and_deviation_1() -> None:
    values = np.random.default_rng(0).normal([3, -200], [0.1, 50], (200, 2))
    scaled = StandardScaler().fit(values).transform(values)
    assert scaled.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert scaled.std(axis=0) == pytest.approx([1, 1])


def test_scaling_by_hand() -> None:
    scaler = StandardScaler().fit([[1.0], [3.0]])
    assert scaler.transform([[5.0]]).tolist() == [[3.0]]
    assert scaler.inverse_transform([[3.0]]).tolist() == [[5.0]]
    assert StandardScaler().fit([1.0, 3.0]).transform([2.0]).tolist() == [0.0]


def test_a_constant_column_is_only_centred() -> None:
    values = np.full((3, 1), 0.1)  # whose mean in floating point is not 0.1
    assert values.mean() != 0.1
    scaler = StandardScaler().fit(values)
    assert scaler.transform(values).tolist() == [[0.0]] * 3
    assert scaler.transform([[1.1]])[0, 0] == pytest.approx(1.0)


def test_a_column_too_narrow_to_square_is_only_centred() -> None:
    scaler = StandardScaler().fit([0.0, 1e-300])
    assert np.isfinite(scaler.transform([0.0, 1.0])).all()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_inverse_undoes_transform(column: list[float]) -> None:
    scaler = StandardScaler().fit(column)
    back = scaler.inverse_transform(scaler.transform(column))
    assert back == pytest.approx(np.array(column), rel=1e-9, abs=1e-6)


def test_a_table_scales_like_its_values() -> None:
    table = BANK
    assert np.array_equal(
        StandardScaler().fit(table).transform(table),
        StandardScaler().fit(table.values).transform(table.values),
    )


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_scaling_refuses_what_is_not_finite(bad: float) -> None:
    values = np.array([[1.0, 2.0], [3.0, bad]])
    with pytest.raises(DataError, match="row 1, column 1"):
        StandardScaler().fit(values)
    with pytest.raises(DataError, match="row 1, column 1"):
        StandardScaler().fit(np.eye(2)).transform(values)


def test_scaling_says_what_is_wrong() -> None:
    with pytest.raises(DataError, match="Call fit"):
        StandardScaler().transform([[1.0]])
    with pytest.raises(DataError, match="fitted to 2 columns, but these rows have 3"):
        StandardScaler().fit(np.eye(2)).transform(np.eye(3))
    with pytest.raises(DataError, match="without rows"):
        StandardScaler().fit(np.zeros((0, 2)))
    with pytest.raises(DataError, match="too large"):
        StandardScaler().fit([-1e308, 1e308])


def test_the_numbers_of_scikit_learn() -> None:
    # sklearn.preprocessing.StandardScaler (1.9) on the same three rows; column 2 is constant
    scaler = StandardScaler()
    scaled = scaler.fit_transform([[1.0, 10.0, 7.0], [2.0, 20.0, 7.0], [6.0, 60.0, 7.0]])
    assert scaler.mean_ == pytest.approx([3.0, 30.0, 7.0])
    assert scaler.var_ == pytest.approx([4.666666666666667, 466.6666666666667, 0.0])
    assert scaler.scale_ == pytest.approx([2.160246899469287, 21.602468994692867, 1.0])
    assert scaler.n_features_in_ == 3
    assert scaled[:, 0] == pytest.approx(
        [-0.9258200997725514, -0.4629100498862757, 1.388730149658827]
    )


def test_a_list_is_one_column_and_comes_back_as_a_list() -> None:
    scaler = StandardScaler().fit([1.0, 3.0])
    assert scaler.n_features_in_ == 1
    assert scaler.transform([1.0, 5.0]).tolist() == [-1.0, 3.0]
    assert scaler.transform([[1.0], [5.0]]).tolist() == [[-1.0], [3.0]]


# -- the columns of a table ----------------------------------------------------------------------


def test_the_columns_of_the_fit_are_remembered() -> None:
    scaler = StandardScaler().fit(BANK)
    assert scaler.columns == ("age", "balance")
    assert scaler.fit(BANK.values).columns is None


@pytest.mark.parametrize(
    ("columns", "how"),
    [
        (("balance", "age"), "this table has them in another order"),
        (("age", "income"), "this table has balance missing; income too many"),
        (("age",), "this table has balance missing."),
        (("age", "balance", "income"), "this table has income too many"),
    ],
)
def test_another_tables_columns_are_refused(columns: tuple[str, ...], how: str) -> None:
    scaler = StandardScaler().fit(BANK)
    other = Table(columns, np.ones((1, len(columns))))
    with pytest.raises(DataError, match=re.escape(how)):
        scaler.transform(other)
    with pytest.raises(DataError, match=re.escape("fitted to the columns age, balance")):
        scaler.inverse_transform(other)


def test_numbers_without_names_are_taken_as_they_stand() -> None:
    scaler = StandardScaler().fit(BANK)
    assert np.array_equal(scaler.transform(BANK.values), scaler.transform(BANK))
    named = StandardScaler().fit(BANK.values)
    assert np.array_equal(named.transform(Table(("b", "a"), BANK.values)), scaler.transform(BANK))


# -- storage -------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [BANK, BANK.values, [0.1, 0.1]])
def test_a_scaler_comes_back_from_json_to_the_bit(values) -> None:
    scaler = StandardScaler().fit(values)
    copy = StandardScaler.from_config(json.loads(json.dumps(scaler.get_config())))
    assert copy.columns == scaler.columns
    assert copy.n_features_in_ == scaler.n_features_in_
    for name in ("mean_", "var_", "scale_"):
        assert np.array_equal(getattr(copy, name), getattr(scaler, name)), name


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"columns": None, "mean": [1.0]},
        {"columns": None, "mean": ["a"], "var": [1.0]},
        {"columns": None, "mean": [1.0], "var": [-1.0]},
        {"columns": None, "mean": [1.0], "var": [float("nan")]},
        {"columns": None, "mean": [1.0, 2.0], "var": [1.0]},
        {"columns": None, "mean": [[1.0]], "var": [[1.0]]},
        {"columns": ["a", "b"], "mean": [1.0], "var": [1.0]},
        {"columns": "a", "mean": [1.0], "var": [1.0]},
        {"columns": [3], "mean": [1.0], "var": [1.0]},
    ],
)
def test_a_foreign_config_is_refused(config) -> None:
    with pytest.raises(DataError, match="StandardScaler"):
        StandardScaler.from_config(config)


def test_there_is_nothing_to_store_before_fit() -> None:
    with pytest.raises(DataError, match="Call fit"):
        StandardScaler().get_config()
