"""Activations: by hand, at their limits, and as Keras on JAX has them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import activations
from engine.activations import ACTIVATIONS, ELU, LeakyReLU, ReLU, Softmax
from engine.activations.gaussian import probability_below

KERAS = json.loads((Path(__file__).parent / "keras_functions" / "values.json").read_text())
FLOATS = st.lists(st.floats(-500, 500), min_size=1, max_size=8)
WITHOUT_OVERFLOW = sorted(set(ACTIVATIONS) - {"exponential"})


def value(name: str, z: float) -> float:
    return float(activations.get(name).value(np.array([[float(z)]]))[0, 0])


def slope(name: str, z: float) -> float:
    function, at = activations.get(name), np.array([[float(z)]])
    return float(function.slope(at, function.value(at))[0, 0])


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
        ("relu6", 7, 6),
        ("hard_sigmoid", 1.5, 0.75),
        ("softsign", -3, -0.75),
        ("silu", 1, 1 / (1 + math.exp(-1))),
        ("mish", 1, math.tanh(math.log(1 + math.e))),
        ("gelu", 1, 0.5 * (1 + math.erf(math.sqrt(0.5)))),
        ("exponential", 2, math.exp(2)),
    ],
)
def test_values(name: str, z: float, expected: float) -> None:
    assert value(name, z) == pytest.approx(expected, rel=1e-15)


def test_the_slope_of_relu_at_0_is_0_by_convention() -> None:
    assert [slope("relu", z) for z in (-1, 0, 1e-300, 1)] == [0, 0, 1, 1]


# -- as Keras on JAX has them --------------------------------------------------------------------


@pytest.mark.parametrize("case", KERAS["activations"], ids=lambda case: f"{case['name']}")
def test_values_and_slopes_are_those_of_keras(case: dict[str, Any]) -> None:
    function = type(activations.get(case["name"]))(**case["config"])
    z = np.array([KERAS["z"]])
    a = function.value(z)
    np.testing.assert_allclose(a[0], case["value"], rtol=2e-15, atol=1e-15)
    np.testing.assert_allclose(function.slope(z, a)[0], case["slope"], rtol=2e-14, atol=2e-15)


@pytest.mark.parametrize("case", KERAS["activations"], ids=lambda case: f"{case['name']}")
def test_float32_is_as_good_as_float32_can_be(case: dict[str, Any]) -> None:
    function = type(activations.get(case["name"]))(**case["config"])
    # 1e-8 and -1e-8 are left out: next to a corner, the last digits of z decide.
    some = [i for i, z in enumerate(KERAS["z"]) if abs(z) != 1e-8 and abs(z) < 80]
    z = np.array([KERAS["z"]], np.float32)[:, some]
    a = function.value(z)
    expected, expected_slope = (np.array(case[key])[some] for key in ("value", "slope"))
    np.testing.assert_allclose(a[0], expected.astype(np.float32), rtol=2e-6, atol=3e-7)
    np.testing.assert_allclose(
        function.slope(z, a)[0], expected_slope.astype(np.float32), rtol=2e-6, atol=6e-7
    )


def test_softmax_and_its_chain_rule_are_those_of_keras() -> None:
    case, function = KERAS["softmax"], activations.get("softmax")
    z, back = np.array(case["z"]), np.array(case["back"])
    a = function.value(z)
    np.testing.assert_allclose(a, case["value"], rtol=1e-14, atol=1e-300)
    np.testing.assert_allclose(function.backward(z, a, back), case["backward"], atol=1e-15)


# -- what all of them have to keep ---------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"softmax"}))
def test_backward_is_the_slope_times_what_comes_back(name: str) -> None:
    function, z = activations.get(name), np.array([[-2.0, 0, 0.5, 3]])
    a, back = function.value(z), np.array([[1.0, 2, 3, 4]])
    np.testing.assert_allclose(function.backward(z, a, back), function.slope(z, a) * back)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", WITHOUT_OVERFLOW)
def test_nothing_overflows_far_out(name: str, dtype: type) -> None:
    # A warning fails the test too.
    z: np.ndarray = np.array([[-1e4, -1e3, 0.0, 1e3, 1e4]], dtype)
    function = ACTIVATIONS[name]
    a = function.value(z)
    assert np.isfinite(a).all()
    assert np.isfinite(function.slope(z, a)).all()


def test_the_exponential_overflows_to_infinity_in_silence() -> None:
    assert value("exponential", 1e4) == math.inf
    assert value("exponential", -1e4) == 0


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_nan_stays_nan(name: str) -> None:
    z = np.array([[math.nan, 1.0], [1.0, 2.0]])
    assert np.isnan(ACTIVATIONS[name].value(z)[0, 0])
    assert np.isfinite(ACTIVATIONS[name].value(z)[1]).all()


def test_nan_passes_a_threshold() -> None:
    assert np.isnan(ReLU(threshold=1.0, max_value=3.0).value(np.array([[math.nan]])))


@given(FLOATS)
def test_softmax_gives_probabilities(row: list[float]) -> None:
    p = activations.get("softmax").value(np.array([row]))
    assert (p >= 0).all()
    assert p.sum() == pytest.approx(1)


def test_softmax_of_equal_numbers_is_even() -> None:
    assert activations.get("softmax").value(np.full((1, 4), 300.0)).tolist() == [[0.25] * 4]


def test_softmax_takes_another_axis() -> None:
    z = np.random.default_rng(0).normal(size=(2, 3, 4))
    turned = Softmax().value(z.transpose(0, 2, 1)).transpose(0, 2, 1)
    np.testing.assert_allclose(Softmax(axis=1).value(z), turned, rtol=1e-15)


def test_softmax_of_a_row_does_not_depend_on_the_other_rows() -> None:
    z = np.random.default_rng(0).normal(size=(33, 10))
    whole = Softmax().value(z)
    assert all(np.array_equal(Softmax().value(z[i : i + 1])[0], whole[i]) for i in range(33))


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_results_go_where_they_are_told_and_keep_their_kind(name: str, dtype: type) -> None:
    function = activations.get(name)
    z: np.ndarray = np.linspace(-2, 2, 12, dtype=dtype).reshape(3, 4)
    out = np.empty_like(z)
    assert function.value(z, out=out) is out
    assert np.array_equal(out, function.value(z))
    a = out.copy()
    assert a.dtype == function.value(z).dtype == function.slope(z, a).dtype == dtype
    assert function.slope(z, a, out=out) is out
    assert np.array_equal(out, function.slope(z, a))
    assert function.backward(z, a, np.ones_like(z)).dtype == dtype
    assert np.array_equal(z, np.linspace(-2, 2, 12, dtype=dtype).reshape(3, 4))


def test_many_numbers_at_once_are_as_good_as_few() -> None:
    z = np.random.default_rng(0).normal(size=(400, 400))
    for name in WITHOUT_OVERFLOW:
        function = ACTIVATIONS[name]
        whole, half = function.value(z), function.value(z[:10])
        assert np.array_equal(whole[:10], half), name


def test_the_normal_distribution_is_that_of_the_mathematics_library() -> None:
    z = np.linspace(-38, 38, 20_001)
    expected = np.array([math.erfc(-x / math.sqrt(2)) / 2 for x in z])
    np.testing.assert_allclose(probability_below(z), expected, rtol=0, atol=1e-15)
    np.testing.assert_allclose(probability_below(z[z > -8]), expected[z > -8], rtol=1e-13)


# -- names and parameters ------------------------------------------------------------------------


def test_no_activation_is_linear() -> None:
    assert activations.get(None).name == "linear"


def test_swish_is_written_as_silu() -> None:
    assert activations.serialize(activations.get("swish")) == "silu"


@pytest.mark.parametrize("function", [ReLU(0.1, 4.0, 1.0), LeakyReLU(0.3), ELU(0.5)])
def test_a_function_with_parameters_is_written_as_keras_layer_and_read(function: Any) -> None:
    written = activations.serialize(function)
    assert isinstance(written, dict)
    assert written["module"] == "keras.layers"
    of_keras = written["config"] | {"name": "activation_1", "trainable": True, "dtype": "float32"}
    for config in (written["config"], of_keras):
        read = activations.get(written | {"config": config})
        assert type(read) is type(function)
        assert read.get_config() == function.get_config()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ReLU(max_value=-1), "relu: max_value must be a number, 0 or more, not -1"),
        (lambda: ReLU(threshold=-1), "relu: threshold"),
        (lambda: LeakyReLU(math.nan), "leaky_relu: negative_slope"),
        (lambda: Softmax(axis=0), "would mix the rows"),
        (lambda: activations.get({"class_name": "GELU", "config": {"approximate": True}}), "not"),
    ],
)
def test_parameters_that_make_no_sense(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
