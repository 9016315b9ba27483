"""Optimizers: the textbook formulas, in place on one flat vector, and a change to look at."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine import SGD, Adam, Dense, Input, RMSprop, Sequential
from engine.optimizers import FLUSH_EVERY, Optimizer, get

RATE = 0.1


def gradients(steps: int, size: int = 3) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(steps, size))


def moved(optimizer: Optimizer, steps: np.ndarray) -> np.ndarray:
    """Where the parameters are after these gradients, starting from 0."""
    parameters = np.zeros(steps.shape[1])
    for gradient in steps:
        optimizer.update(parameters, gradient.copy())
    return parameters


def test_sgd_by_hand() -> None:
    steps = gradients(5)
    np.testing.assert_allclose(moved(SGD(RATE), steps), -RATE * steps.sum(axis=0))


def test_momentum_by_hand() -> None:
    where = velocity = np.zeros(3)
    for g in gradients(5):
        velocity = 0.9 * velocity - RATE * g
        where = where + velocity
    np.testing.assert_allclose(moved(SGD(RATE, momentum=0.9), gradients(5)), where)


def test_nesterov_looks_ahead_by_hand() -> None:
    where = velocity = np.zeros(3)
    for g in gradients(5):
        velocity = 0.9 * velocity - RATE * g
        where = where + 0.9 * velocity - RATE * g
    np.testing.assert_allclose(moved(SGD(RATE, 0.9, nesterov=True), gradients(5)), where)


def test_adam_by_hand_with_epsilon_where_keras_has_it() -> None:
    where = m = v = np.zeros(3)
    epsilon = 0.1
    for t, g in enumerate(gradients(5), start=1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        alpha = RATE * math.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        where = where - alpha * m / (np.sqrt(v) + epsilon)
    np.testing.assert_allclose(moved(Adam(RATE, epsilon=epsilon), gradients(5)), where)


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_slope() -> None:
    for slope in (1e-3, 1.0, -1e6):
        change = moved(Adam(RATE), np.array([[slope]]))
        assert change[0] == pytest.approx(-math.copysign(RATE, slope), rel=5e-3)


def test_rmsprop_by_hand() -> None:
    where = v = np.zeros(3)
    for g in gradients(5):
        v = 0.9 * v + 0.1 * g**2
        where = where - RATE * g / np.sqrt(v + 1e-7)
    np.testing.assert_allclose(moved(RMSprop(RATE), gradients(5)), where)


@pytest.mark.parametrize("make", [SGD, lambda: SGD(0.1, 0.9), lambda: SGD(0.1, 0.9, True), Adam])
def test_the_change_is_what_was_added(make) -> None:
    optimizer, parameters = make(), np.ones(3, dtype=np.float32)
    for gradient in gradients(4).astype(np.float32):
        before, kept = parameters.copy(), gradient.copy()
        optimizer.update(parameters, gradient)
        assert np.array_equal(before + optimizer.change, parameters)
        assert np.array_equal(gradient, kept), "the gradient is left alone"
    assert optimizer.iterations == 4
    assert optimizer.change.dtype == np.float32


@pytest.mark.parametrize(
    ("optimizer", "slots"),
    [(SGD(), set()), (SGD(0.1, 0.9), {"velocity"}), (Adam(), {"m", "v"}), (RMSprop(), {"v"})],
)
def test_slots_have_the_names_of_the_formulas(optimizer: Optimizer, slots: set[str]) -> None:
    optimizer.build(np.zeros(4))
    assert set(optimizer.slots) == slots
    assert all(slot.shape == (4,) for slot in optimizer.slots.values())


def test_moments_of_dead_nodes_never_become_subnormal_for_long() -> None:
    optimizer, parameters = Adam(), np.zeros(2, dtype=np.float32)
    optimizer.update(parameters, np.array([1e-14, 1.0], dtype=np.float32))
    alive = np.array([0.0, 1.0], dtype=np.float32)
    for _ in range(4 * FLUSH_EVERY):
        optimizer.update(parameters, alive)
    assert optimizer.slots["m"][0] == 0
    assert optimizer.slots["v"][0] == 0
    assert optimizer.slots["m"][1] == pytest.approx(1)


def test_the_learning_rate_counts_from_the_next_update() -> None:
    optimizer, parameters = SGD(0.5), np.zeros(1)
    optimizer.update(parameters, np.ones(1))
    optimizer.learning_rate = 0.25
    optimizer.update(parameters, np.ones(1))
    assert parameters[0] == -0.75


def test_keras_defaults() -> None:
    assert SGD().get_config() == {"learning_rate": 0.01, "momentum": 0, "nesterov": False}
    assert Adam().get_config() == {
        "learning_rate": 0.001,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-7,
    }
    assert RMSprop().get_config() == {"learning_rate": 0.001, "rho": 0.9, "epsilon": 1e-7}


@pytest.mark.parametrize("name", ["sgd", "Adam", "RMSprop"])
def test_names_as_in_keras(name: str) -> None:
    assert type(get(name)).__name__.casefold() == name.casefold()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"learning_rate": -1}, "learning_rate must be a number, 0 or more, not -1"),
        ({"learning_rate": float("nan")}, "learning_rate must be a number"),
        ({"learning_rate": float("inf")}, "learning_rate must be a finite number"),
        ({"learning_rate": "fast"}, "learning_rate must be a number, 0 or more, not 'fast'"),
        ({"momentum": 1.5}, "momentum must be a number, from 0 to 1, not 1.5"),
    ],
)
def test_settings_that_make_no_sense(arguments, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SGD(**arguments)


def test_an_optimizer_that_has_trained_belongs_to_its_model() -> None:
    optimizer = Adam()
    small, large = (Sequential([Input((n,)), Dense(1)]) for n in (1, 2))
    small.compile(optimizer, "mse")
    small.train_on_batch([[1.0]], [1.0])
    large.compile(optimizer, "mse")
    with pytest.raises(ValueError, match="already trained 2 parameters and cannot go on with 3"):
        large.train_on_batch([[1.0, 1.0]], [1.0])
