"""Optimizers: the textbook formulas, in place on one flat vector, and a change to look at."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine import Dense, Input, Sequential
from engine.optimizers import (
    FLUSH_EVERY,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Nadam,
    Optimizer,
    RMSprop,
    flush_interval,
)
from engine.optimizers.schedules import ExponentialDecay

RATE = 0.1
HALVES = (slice(0, 3), slice(3, 6))

#: name -> class and arguments: every optimizer, and every option that has a slot or a copy
EVERY: dict[str, tuple[type[Optimizer], dict[str, Any]]] = {
    "sgd": (SGD, {}),
    "schedule": (SGD, {"learning_rate": ExponentialDecay(0.1, 2, 0.5)}),
    "momentum": (SGD, {"momentum": 0.9, "weight_decay": 0.1}),
    "nesterov": (SGD, {"momentum": 0.9, "nesterov": True, "clipnorm": 0.5}),
    "rmsprop": (RMSprop, {"clipvalue": 0.5}),
    "centered": (RMSprop, {"momentum": 0.9, "centered": True}),
    "adagrad": (Adagrad, {}),
    "adadelta": (Adadelta, {"global_clipnorm": 0.5}),
    "adam": (Adam, {}),
    "amsgrad": (Adam, {"amsgrad": True}),
    "adamw": (AdamW, {}),
    "adamax": (Adamax, {}),
    "nadam": (Nadam, {}),
}


def make(name: str) -> Optimizer:
    kind, arguments = EVERY[name]
    return kind(**arguments)


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


@pytest.mark.parametrize("name", EVERY)
def test_the_change_is_what_was_added_and_the_gradient_is_left_alone(name: str) -> None:
    optimizer = make(name)
    parameters = np.ones(6, dtype=np.float32)
    optimizer.build(parameters, HALVES)
    for gradient in gradients(4, 6).astype(np.float32):
        before, kept = parameters.copy(), gradient.copy()
        optimizer.update(parameters, gradient)
        assert np.array_equal(before + optimizer.change, parameters)
        assert np.array_equal(gradient, kept)
    assert optimizer.iterations == 4
    assert {each.dtype for each in (optimizer.change, *optimizer.slots.values())} <= {
        np.dtype("float32")
    }


@pytest.mark.parametrize(
    ("optimizer", "slots"),
    [
        (SGD(), []),
        (SGD(0.1, 0.9), ["velocity"]),
        (RMSprop(), ["v"]),
        (RMSprop(momentum=0.9, centered=True), ["v", "momentum", "average_gradient"]),
        (Adagrad(), ["accumulator"]),
        (Adadelta(), ["accumulated_grad", "accumulated_delta"]),
        (Adam(), ["m", "v"]),
        (AdamW(amsgrad=True), ["m", "v", "v_hat"]),
        (Adamax(), ["m", "u"]),
        (Nadam(), ["m", "v", "u_product"]),
    ],
)
def test_slots_have_the_names_of_the_formulas(optimizer: Optimizer, slots: list[str]) -> None:
    optimizer.build(np.zeros(4))
    assert list(optimizer.slots) == slots
    for name, slot in optimizer.slots.items():
        assert slot.shape == ((1,) if name == "u_product" else (4,))


@pytest.mark.parametrize("name", EVERY)
def test_slots_and_count_put_back_give_the_same_bits_again(name: str) -> None:
    optimizer, parameters = make(name), np.linspace(-1, 1, 6, dtype=np.float32)
    optimizer.build(parameters, HALVES)
    steps = gradients(12, 6).astype(np.float32)
    for gradient in steps[:5]:
        optimizer.update(parameters, gradient)
    kept = parameters.copy(), {key: slot.copy() for key, slot in optimizer.slots.items()}
    ends = []
    for _ in range(2):
        np.copyto(parameters, kept[0])
        for key, slot in kept[1].items():
            np.copyto(optimizer.slots[key], slot)
        optimizer.iterations = 5
        for gradient in steps[5:]:
            optimizer.update(parameters, gradient)
        ends.append([parameters.copy(), *(slot.copy() for slot in optimizer.slots.values())])
    assert all(np.array_equal(first, second) for first, second in zip(*ends, strict=True))
    assert not np.array_equal(ends[0][0], kept[0])


@pytest.mark.parametrize("name", EVERY)
def test_what_a_dead_node_leaves_behind_never_stays_subnormal(name: str) -> None:
    optimizer, parameters = make(name), np.zeros(2, dtype=np.float32)
    optimizer.build(parameters, [slice(0, 1), slice(1, 2)])
    optimizer.update(parameters, np.array([1e-14, 1.0], dtype=np.float32))
    alive = np.array([0.0, 1.0], dtype=np.float32)
    for _ in range(8 * FLUSH_EVERY):
        optimizer.update(parameters, alive)
    smallest = np.finfo(np.float32).tiny
    for slot in optimizer.slots.values():
        assert not ((np.abs(slot) < smallest) & (slot != 0)).any()


def test_what_has_vanished_is_set_to_zero_at_the_same_counts_in_a_replay() -> None:
    optimizer, parameters = Adam(), np.zeros(2, dtype=np.float32)
    optimizer.update(parameters, np.array([1e-14, 1.0], dtype=np.float32))
    alive = np.array([0.0, 1.0], dtype=np.float32)
    every = flush_interval(0.9, 0.999)
    while optimizer.slots["m"][0]:
        optimizer.update(parameters, alive)
    assert optimizer.iterations % every == 0
    assert optimizer.slots["v"][0] == 0
    assert optimizer.slots["m"][1] == pytest.approx(1)


@pytest.mark.parametrize("decay", [0.99, 0.9, 0.5, 1e-5])
def test_nothing_becomes_subnormal_between_two_flushes(decay: float) -> None:
    assert 1 <= flush_interval(0.999, decay) <= FLUSH_EVERY
    assert 1e-30 * decay ** flush_interval(0.999, decay) > np.finfo(np.float32).tiny


def test_clipnorm_shortens_each_weight_array_by_itself() -> None:
    optimizer, parameters = SGD(1.0, clipnorm=1.0), np.zeros(5)
    optimizer.build(parameters, [slice(0, 2), slice(2, 4), slice(4, 5)])
    optimizer.update(parameters, np.array([3.0, 4.0, 0.3, 0.4, 0.0]))
    np.testing.assert_allclose(parameters, [-0.6, -0.8, -0.3, -0.4, 0])


def test_global_clipnorm_shortens_the_whole_gradient() -> None:
    optimizer, parameters = SGD(1.0, global_clipnorm=6.5), np.zeros(3)
    optimizer.update(parameters, np.array([3.0, 4.0, 12.0]))
    np.testing.assert_allclose(parameters, [-1.5, -2, -6])


def test_clipvalue_clips_each_number() -> None:
    optimizer, parameters = SGD(1.0, clipvalue=2.0), np.zeros(3)
    optimizer.update(parameters, np.array([3.0, -4.0, 0.5]))
    np.testing.assert_allclose(parameters, [-2, 2, -0.5])


@pytest.mark.parametrize(
    ("clip", "first", "moved"),
    [
        ("clipnorm", math.nan, [math.nan, math.nan, -1]),
        ("clipnorm", math.inf, [math.nan, 0, -1]),
        ("clipnorm", 1e30, [0, 0, -1]),
        ("global_clipnorm", math.nan, [math.nan] * 3),
        ("global_clipnorm", math.inf, [math.nan] * 3),
        ("global_clipnorm", 1e30, [math.nan] * 3),
        ("clipvalue", math.nan, [math.nan, -1, -1]),
        ("clipvalue", math.inf, [-1, -1, -1]),
    ],
)
def test_clipping_what_is_not_finite_gives_what_keras_gives(
    clip: str, first: float, moved: list[float]
) -> None:
    """1e30 is finite, its square is not in float32. The right column is from Keras 3.15 on JAX."""
    options: dict[str, Any] = {clip: 1.0}
    optimizer, parameters = SGD(1.0, **options), np.zeros(3, dtype=np.float32)
    optimizer.build(parameters, [slice(0, 2), slice(2, 3)])
    with np.errstate(all="ignore"):
        optimizer.update(parameters, np.array([first, 1.0, 1.0], dtype=np.float32))
    np.testing.assert_array_equal(parameters, np.array(moved, dtype=np.float32))


def test_clipnorm_needs_to_know_the_weight_arrays() -> None:
    with pytest.raises(ValueError, match=r"build\(parameters, variables\) must be told the slice"):
        SGD(clipnorm=1.0).update(np.zeros(2), np.ones(2))


def test_weight_decay_is_part_of_the_change() -> None:
    optimizer, parameters = AdamW(0.01, weight_decay=0.5), np.full(2, 4.0)
    optimizer.update(parameters, np.zeros(2))
    np.testing.assert_allclose(optimizer.change, -0.01 * 0.5 * 4)
    np.testing.assert_allclose(parameters, 4 - 0.01 * 0.5 * 4)


def test_an_optimizer_that_has_trained_belongs_to_its_model() -> None:
    optimizer = Adam()
    small, large = (Sequential([Input((n,)), Dense(1)]) for n in (1, 2))
    small.compile(optimizer, "mse")
    small.train_on_batch([[1.0]], [1.0])
    large.compile(optimizer, "mse")
    with pytest.raises(ValueError, match="already trained 2 parameters and cannot go on with 3"):
        large.train_on_batch([[1.0, 1.0]], [1.0])
