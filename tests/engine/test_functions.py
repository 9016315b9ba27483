"""Activations, losses, metrics and initializers: their values at points worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import activations, initializers, losses, metrics

FLOATS = st.lists(st.floats(-500, 500), min_size=1, max_size=8)


def value(name: str, z: float) -> float:
    return float(activations.get(name).value(np.array([[float(z)]]))[0, 0])


def slope(name: str, z: float) -> float:
    function, at = activations.get(name), np.array([[float(z)]])
    return float(function.slope(at, function.value(at))[0, 0])


# -- activations ---------------------------------------------------------------------------------


def test_relu_of_a_negative_number_is_0() -> None:
    assert value("relu", -7) + value("relu", 7) == 7


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("linear", -3, -3),
        ("tanh", 0.5, math.tanh(0.5)),
        ("sigmoid", 0, 0.5),
        ("sigmoid", 2, 1 / (1 + math.exp(-2))),
        ("sigmoid", -40, math.exp(-40)),
        ("softplus", 0, math.log(2)),
        ("leaky_relu", -5, -1),
        ("elu", -1, math.exp(-1) - 1),
        ("selu", -1, 1.0507009873554805 * 1.6732632423543772 * (math.exp(-1) - 1)),
        ("selu", 2, 2 * 1.0507009873554805),
    ],
)
def test_values(name: str, z: float, expected: float) -> None:
    assert value(name, z) == pytest.approx(expected, rel=1e-15)


def test_the_slope_of_relu_at_0_is_0_by_convention() -> None:
    assert [slope("relu", z) for z in (-1, 0, 1)] == [0, 0, 1]


@pytest.mark.parametrize("name", sorted(set(activations.ACTIVATIONS) - {"softmax"}))
def test_backward_is_the_slope_times_what_comes_back(name: str) -> None:
    function, z = activations.get(name), np.array([[-2.0, 0, 0.5, 3]])
    a, back = function.value(z), np.array([[1.0, 2, 3, 4]])
    np.testing.assert_allclose(function.backward(z, a, back), function.slope(z, a) * back)


def test_no_activation_overflows() -> None:
    z = np.array([[-1000.0, 0.0, 1000.0]])
    for name, function in activations.ACTIVATIONS.items():
        a = function.value(z)
        assert np.isfinite(a).all(), name
        assert np.isfinite(function.slope(z, a)).all(), name


@given(FLOATS)
def test_softmax_gives_probabilities(row: list[float]) -> None:
    p = activations.get("softmax").value(np.array([row]))
    assert (p >= 0).all()
    assert p.sum() == pytest.approx(1)


def test_softmax_of_equal_numbers_is_even() -> None:
    assert activations.get("softmax").value(np.full((1, 4), 300.0)).tolist() == [[0.25] * 4]


@pytest.mark.parametrize("name", sorted(activations.ACTIVATIONS))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_results_go_where_they_are_told_and_keep_their_kind(name: str, dtype: type) -> None:
    function = activations.get(name)
    z: np.ndarray = np.linspace(-2, 2, 12, dtype=dtype).reshape(3, 4)
    out = np.empty_like(z)
    assert function.value(z, out=out) is out
    assert np.array_equal(out, function.value(z))
    a = out.copy()
    assert function.slope(z, a, out=out) is out
    assert np.array_equal(out, function.slope(z, a))
    assert function.backward(z, a, np.ones_like(z)).dtype == dtype
    assert np.array_equal(z, np.linspace(-2, 2, 12, dtype=dtype).reshape(3, 4))


def test_no_activation_is_linear() -> None:
    assert activations.get(None).name == "linear"


# -- losses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "y", "p", "expected"),
    [
        ("mse", [[1], [1], [1]], [[-9], [6], [6]], 50),
        ("mae", [[1], [1], [1]], [[-9], [6], [6]], 20 / 3),
        ("mse", [[0, 0], [0, 0]], [[1, 2], [3, 4]], 7.5),
        ("bce", [[1], [0]], [[0.8], [0.4]], -(math.log(0.8) + math.log(0.6)) / 2),
        ("cce", [[0, 1], [1, 0]], [[0.5, 0.5], [0.9, 0.1]], -(math.log(0.5) + math.log(0.9)) / 2),
        ("cce", [[0, 1]], [[3, 1]], -math.log(0.25)),
        ("cce", [[0, 1]], [[1, 0]], -math.log(1e-7)),
        ("bce", [[1]], [[0]], -math.log(1e-7)),
    ],
)
def test_loss_by_hand(name: str, y, p, expected: float) -> None:
    loss = losses.get(name)
    assert loss.value(np.array(y, float), np.array(p, float)) == pytest.approx(expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropy_of_a_sure_mistake_is_finite(dtype: type) -> None:
    for name in ("bce", "cce"):
        y: np.ndarray = np.array([[0, 1]], dtype)
        p: np.ndarray = np.array([[1, 0]], dtype)
        assert 15 < losses.get(name).value(y, p) < 17
        assert np.isfinite(losses.get(name).slope(y, p)).all()


@pytest.mark.parametrize(("loss", "activation"), [("bce", "sigmoid"), ("cce", "softmax")])
def test_a_loss_and_its_partner_have_a_short_slope(loss: str, activation: str) -> None:
    function, measure = activations.get(activation), losses.get(loss)
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(5, 3)), np.eye(3)[[0, 1, 2, 1, 0]]
    p = function.value(z)
    long_way = function.backward(z, p, measure.slope(y, p))
    np.testing.assert_allclose(measure.partner_slope(y, p), long_way, atol=1e-12)
    assert measure.partner_value(y, p) == pytest.approx(measure.value(y, p))


def test_long_and_short_names_are_the_same_loss() -> None:
    for short, long in {
        "mse": "mean_squared_error",
        "mae": "mean_absolute_error",
        "bce": "binary_crossentropy",
        "cce": "categorical_crossentropy",
    }.items():
        assert losses.get(short).name == long


# -- metrics -------------------------------------------------------------------------------------


def test_accuracy_of_one_column_asks_for_more_than_one_half() -> None:
    y, p = np.array([[1.0], [0], [1], [0]]), np.array([[0.9], [0.5], [0.5], [0.7]])
    assert metrics.accuracy(y, p).tolist() == [True, True, False, False]


def test_accuracy_of_several_columns_asks_which_is_largest() -> None:
    y, p = np.eye(3)[[0, 1, 2]], np.array([[0.4, 0.3, 0.3], [0.2, 0.2, 0.6], [0.1, 0.2, 0.7]])
    assert metrics.accuracy(y, p).tolist() == [True, False, True]


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=6), st.booleans())
@example([metrics.ROWS_AT_ONCE, 1], False)
@example([metrics.ROWS_AT_ONCE - 1, 1, 1], False)
@example([1, metrics.ROWS_AT_ONCE + 1], False)
def test_running_means_do_not_depend_on_the_batches(sizes: list[int], pause: bool) -> None:
    rng = np.random.default_rng(sum(sizes))
    rows = sum(sizes)
    y, p = rng.normal(size=(rows, 2)), rng.normal(size=(rows, 2))
    running = metrics.RunningMetrics(["accuracy", "mae"], 2, np.float64)
    start = 0
    for size in sizes:
        running.add(y[start : start + size], p[start : start + size])
        start += size
        if pause:
            running.restore(running.state())
    assert running.means() == {
        "accuracy": metrics.accuracy(y, p).mean(),
        "mae": pytest.approx(np.abs(y - p).mean()),
    }
    running.reset()
    running.add(y[:1], p[:1])
    assert running.means()["mae"] == pytest.approx(np.abs(y - p)[0].mean())


# -- initializers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("glorot_uniform", math.sqrt(6 / (300 + 200))),
        ("he_uniform", math.sqrt(6 / 300)),
        ("lecun_uniform", math.sqrt(3 / 300)),
        ("random_uniform", 0.05),
    ],
)
def test_uniform_numbers_fill_their_range(name: str, limit: float) -> None:
    numbers = initializers.get(name)((300, 200), np.random.default_rng(0))
    assert np.abs(numbers).max() <= limit
    assert np.abs(numbers).max() == pytest.approx(limit, rel=1e-3)
    assert numbers.var() == pytest.approx(limit**2 / 3, rel=0.02)


@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("glorot_normal", 2 / (300 + 200)),
        ("he_normal", 2 / 300),
        ("lecun_normal", 1 / 300),
        ("random_normal", 0.05**2),
    ],
)
def test_normal_numbers_have_their_variance(name: str, variance: float) -> None:
    numbers = initializers.get(name)((300, 200), np.random.default_rng(0))
    assert numbers.mean() == pytest.approx(0, abs=4 * math.sqrt(variance / numbers.size))
    assert numbers.var() == pytest.approx(variance, rel=0.02)
    if name != "random_normal":
        assert np.abs(numbers).max() <= 2 * math.sqrt(variance) / 0.8796


def test_constants() -> None:
    rng = np.random.default_rng(0)
    assert initializers.get("zeros")((2,), rng).tolist() == [0, 0]
    assert initializers.get("ones")((2,), rng).tolist() == [1, 1]
    assert initializers.Constant(7)((1, 2), rng).tolist() == [[7, 7]]


def test_a_seed_of_its_own_wins() -> None:
    first, second = (
        initializers.GlorotUniform(seed=4)((3, 3), np.random.default_rng(n)) for n in (1, 2)
    )
    assert np.array_equal(first, second)
