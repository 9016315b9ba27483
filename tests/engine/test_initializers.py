"""Initializers and regularizers: their numbers, their configs, their names."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import initializers, regularizers
from engine.configs import serialize

KERAS = json.loads((Path(__file__).parent / "keras_functions" / "values.json").read_text())


def anything(value: object) -> Any:
    """Hand a value of the wrong type past the type checker."""
    return value


def draw(initializer: Any, shape: tuple[int, ...] = (300, 200)) -> np.ndarray:
    return np.asarray(initializers.get(initializer)(shape, np.random.default_rng(0)))


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("glorot_uniform", math.sqrt(6 / (300 + 200))),
        ("he_uniform", math.sqrt(6 / 300)),
        ("lecun_uniform", math.sqrt(3 / 300)),
        ("random_uniform", 0.05),
        (initializers.VarianceScaling(2.0, "fan_out", "uniform"), math.sqrt(6 / 200)),
    ],
)
def test_uniform_numbers_fill_their_range(name: Any, limit: float) -> None:
    numbers = draw(name)
    assert np.abs(numbers).max() <= limit
    assert np.abs(numbers).max() == pytest.approx(limit, rel=1e-3)
    assert numbers.var() == pytest.approx(limit**2 / 3, rel=0.02)


@pytest.mark.parametrize(
    ("name", "variance", "reach"),
    [
        ("glorot_normal", 2 / (300 + 200), 2 / 0.8796),
        ("he_normal", 2 / 300, 2 / 0.8796),
        ("lecun_normal", 1 / 300, 2 / 0.8796),
        ("variance_scaling", 1 / 300, 2 / 0.8796),
        ("random_normal", 0.05**2, 6),
        ("truncated_normal", (0.05 * 0.8796) ** 2, 2 / 0.8796),
        (initializers.VarianceScaling(1.0, "fan_out", "untruncated_normal"), 1 / 200, 6),
    ],
)
def test_normal_numbers_have_their_variance(name: Any, variance: float, reach: float) -> None:
    numbers = draw(name)
    assert numbers.mean() == pytest.approx(0, abs=4 * math.sqrt(variance / numbers.size))
    assert numbers.var() == pytest.approx(variance, rel=0.02)
    assert 0.9 * min(reach, 4) < np.abs(numbers).max() / math.sqrt(variance) <= reach


def test_a_mean_moves_truncated_numbers() -> None:
    moved = initializers.TruncatedNormal(mean=3.0, stddev=0.5, seed=1)((50, 50))
    assert 2 <= moved.min() < 2.1
    assert 3.9 < moved.max() <= 4


def test_constants() -> None:
    rng = np.random.default_rng(0)
    assert initializers.get("zeros")((2,), rng).tolist() == [0, 0]
    assert initializers.get("ones")((2,), rng).tolist() == [1, 1]
    assert initializers.Constant(7)((1, 2), rng).tolist() == [[7, 7]]
    assert initializers.Identity(2)((2, 3), rng).tolist() == [[2, 0, 0], [0, 2, 0]]


def test_a_seed_of_its_own_wins() -> None:
    first, second = (
        initializers.GlorotUniform(seed=4)((3, 3), np.random.default_rng(n)) for n in (1, 2)
    )
    assert np.array_equal(first, second)


def test_the_numbers_of_a_seed_are_for_ever() -> None:
    # The lessons tell of networks that start from these numbers.
    numbers = initializers.get("glorot_uniform")((2, 2), np.random.default_rng(0))
    limit = math.sqrt(6 / 4)
    assert np.array_equal(numbers, np.random.default_rng(0).uniform(-limit, limit, (2, 2)))


def test_the_fans_of_more_than_two_axes_are_keras() -> None:
    # compute_fans((3, 3, 4, 8)) is (36, 72)
    numbers = initializers.VarianceScaling(1.0, "fan_out", "uniform", seed=0)((3, 3, 4, 8))
    assert np.abs(numbers).max() == pytest.approx(math.sqrt(3 / 72), rel=0.02)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("zero", initializers.Zeros),
        ("one", initializers.Ones),
        ("normal", initializers.RandomNormal),
        ("uniform", initializers.RandomUniform),
        ("HeNormal", initializers.HeNormal),
        ("VarianceScaling", initializers.VarianceScaling),
    ],
)
def test_the_other_names_of_initializers(name: str, kind: type) -> None:
    assert type(initializers.get(name)) is kind


@pytest.mark.parametrize("name", KERAS["initializer_configs"])
def test_configs_are_those_of_keras_and_are_read(name: str) -> None:
    of_keras = KERAS["initializer_configs"][name]
    initializer = initializers.get({"class_name": name, "config": of_keras})
    ours = initializer.get_config()
    # Keras leaves out what Identity multiplies with, and has two lists of axes for convolutions.
    expected = {key: value for key, value in of_keras.items() if not key.endswith("_axes")}
    assert ours == ({"gain": 1.0} if name == "Identity" else expected)
    again = initializers.get(serialize(initializer))
    assert again.get_config() == ours
    shape = (3, 4)
    numbers = initializer(shape, np.random.default_rng(1))
    assert np.array_equal(numbers, again(shape, np.random.default_rng(1)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: initializers.GlorotUniform(seed=-1), "seed must be a whole number, 0 or more"),
        (lambda: initializers.GlorotUniform(seed=anything(1.5)), "seed must be a whole number"),
        (lambda: initializers.RandomNormal(stddev=-1), "stddev must be a number, 0 or more"),
        (lambda: initializers.RandomUniform(1, 0), "maxval must be a number, 1 or more"),
        (lambda: initializers.Constant(anything("1")), "value must be a number, not '1'"),
        (lambda: initializers.VarianceScaling(0), "scale must be above 0"),
        (lambda: initializers.VarianceScaling(mode="fan"), "mode must be one of 'fan_in'"),
        (lambda: initializers.VarianceScaling(distribution="flat"), "distribution must be one of"),
        (lambda: initializers.get("identity")((3,)), "Use another initializer"),
        (lambda: initializers.get("glorot"), "Did you mean 'glorot_"),
    ],
)
def test_initializers_that_make_no_sense(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


# -- regularizers --------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("case", KERAS["regularizers"], ids=lambda c: f"{c['name']}-{c['config']}")
def test_penalties_and_slopes_are_those_of_keras(case: dict[str, Any], dtype: type) -> None:
    regularizer = regularizers.get({"class_name": case["name"], "config": case["config"]})
    assert regularizer is not None
    w: np.ndarray = np.array(case["w"], dtype).reshape(5, 1)
    assert regularizer.penalty(w) == pytest.approx(case["penalty"], rel=1e-6)
    slope = np.full_like(w, 10)
    regularizer.add_slope(w, slope)
    assert slope.dtype == dtype
    np.testing.assert_allclose(slope[:, 0] - 10, case["slope"], atol=2e-6)


def test_the_slope_of_a_penalty_agrees_with_nudges() -> None:
    w = np.random.default_rng(0).normal(size=(3, 2))
    for regularizer in (regularizers.L1(0.3), regularizers.L2(0.2), regularizers.L1L2(0.1, 0.4)):
        slope = np.zeros_like(w)
        regularizer.add_slope(w, slope)
        for place in np.ndindex(w.shape):
            nudge = np.zeros_like(w)
            nudge[place] = 1e-6
            change = regularizer.penalty(w + nudge) - regularizer.penalty(w - nudge)
            assert slope[place] == pytest.approx(change / 2e-6, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("l1", {"l1": 0.01}),
        ("L2", {"l2": 0.01}),
        ("l1_l2", {"l1": 0.01, "l2": 0.01}),
        ("l1l2", {"l1": 0.0, "l2": 0.0}),
    ],
)
def test_names_of_regularizers(name: str, config: dict[str, float]) -> None:
    regularizer = regularizers.get(name)
    assert regularizer is not None
    assert regularizer.get_config() == config
    written = regularizers.serialize(regularizer)
    again = regularizers.get(written)
    assert again is not None
    assert again.get_config() == config


def test_no_regularizer_stays_none() -> None:
    assert regularizers.get(None) is None
    assert regularizers.serialize(None) is None


@pytest.mark.parametrize("factor", [-0.1, math.nan, math.inf, "0.1", None])
def test_factors_that_make_no_sense(factor: Any) -> None:
    with pytest.raises(ValueError, match="l2 must be a"):
        regularizers.L2(factor)
