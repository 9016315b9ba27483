"""Layers that do something else while the network learns, and what every layer has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import (
    ELU,
    SGD,
    Activation,
    BatchNormalization,
    Dense,
    Dropout,
    Flatten,
    Input,
    LeakyReLU,
    ReLU,
    Sequential,
    Softmax,
    Trainer,
)
from engine.layers import LAYERS, from_config
from engine.regularizers import L1, L2

ROWS = np.random.default_rng(0).normal(size=(12, 4))
TARGETS = np.random.default_rng(1).normal(size=(12, 2))


def compiled(*layers: Any, optimizer: Any = None) -> Sequential:
    model = Sequential([Input((4,)), *layers], dtype="float64", seed=3)
    model.compile(optimizer or SGD(0.1), "mse")
    return model


# -- Dropout -------------------------------------------------------------------------------------


def test_dropout_passes_everything_on_when_nothing_is_learned() -> None:
    model = compiled(Dropout(0.5))
    assert np.array_equal(model.predict(ROWS), ROWS)


def test_in_training_dropout_drops_its_share_and_keeps_the_mean() -> None:
    x = np.ones((500, 200))
    model = Sequential([Input((200,)), Dropout(0.3)], dtype="float64")
    kept = model(x, training=True)
    assert set(np.unique(kept)) == {0.0, 1 / 0.7}
    assert (kept == 0).mean() == pytest.approx(0.3, abs=0.01)
    assert kept.mean() == pytest.approx(1.0, abs=0.01)


def test_the_same_step_drops_the_same_nodes_and_another_step_others() -> None:
    model = compiled(Dropout(0.5))
    drawn = []
    for seed, step in ((1, 5), (1, 6), (2, 5), (1, 5)):
        model.make_noise(seed, step)
        drawn.append(model.forward(ROWS, training=True).copy())
    assert np.array_equal(drawn[0], drawn[3])
    assert not np.array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[0], drawn[2])


def test_every_call_in_training_and_every_batch_drops_others() -> None:
    model = compiled(Dropout(0.5), Dense(2), optimizer=SGD(0.0))
    assert not np.array_equal(model(ROWS, training=True), model(ROWS, training=True))
    losses = {model.train_on_batch(ROWS, TARGETS) for _ in range(4)}
    assert len(losses) == 4


def test_two_dropouts_draw_for_themselves() -> None:
    x = np.ones((50, 4))
    first = compiled(Dropout(0.5))(x, training=True)
    both = compiled(Dropout(0.5), Dropout(0.5))(x, training=True)
    assert (both == 0).sum() > (first == 0).sum()


@pytest.mark.parametrize(("rate", "value"), [(0.0, 1.0), (1.0, 0.0)])
def test_the_ends_of_dropout(rate: float, value: float) -> None:
    assert np.all(compiled(Dropout(rate))(np.ones((3, 4)), training=True) == value)


@pytest.mark.parametrize("rate", [-0.1, 1.5, "half", True, float("nan")])
def test_a_rate_that_makes_no_sense(rate: Any) -> None:
    with pytest.raises(ValueError, match="Dropout needs a rate from 0 to 1"):
        Dropout(rate)


# -- BatchNormalization --------------------------------------------------------------------------


def test_in_training_the_batch_comes_out_with_mean_0_and_variance_1() -> None:
    model = compiled(BatchNormalization(epsilon=1e-12))
    out = model(ROWS * 7 + 3, training=True)
    np.testing.assert_allclose(out.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(out.var(axis=0), 1, atol=1e-9)


def test_the_moving_numbers_follow_the_batches() -> None:
    model = compiled(BatchNormalization(momentum=0.75))
    model(ROWS, training=True)
    gamma, beta, mean, variance = model.get_weights()
    np.testing.assert_allclose(mean, 0.25 * ROWS.mean(axis=0), atol=1e-15)
    np.testing.assert_allclose(variance, 0.75 + 0.25 * ROWS.var(axis=0), atol=1e-15)
    expected = (ROWS - mean) / np.sqrt(variance + 1e-3)
    np.testing.assert_allclose(model.predict(ROWS), gamma * expected + beta, atol=1e-15)


def test_moving_numbers_count_as_parameters_but_are_not_learned() -> None:
    model = compiled(Dense(3), BatchNormalization(), Dense(2))
    assert model.count_params() == 4 * 3 + 3 + 4 * 3 + 3 * 2 + 2
    assert model.parameters.size == model.count_params() - 6
    assert model.statistics.size == 6
    assert [w.shape for w in model.get_weights()] == [(4, 3), *[(3,)] * 5, (3, 2), (2,)]


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("training", [True, False])
def test_slopes_through_batch_normalization(center: bool, scale: bool, training: bool) -> None:
    model = compiled(
        Dense(3, "tanh"), BatchNormalization(center=center, scale=scale), Dense(2, "sigmoid")
    )
    model.statistics += np.random.default_rng(2).uniform(0.1, 0.5, model.statistics.size)
    model.compute_gradient(ROWS, TARGETS, training=training)
    gradient, nudge = model.gradient.copy(), 1e-6
    for index in range(model.parameters.size):
        losses = []
        for by in (nudge, -2 * nudge, nudge):
            model.parameters[index] += by
            losses.append(model.compute_gradient(ROWS, TARGETS, training=training)[0])
        slope = (losses[0] - losses[1]) / (2 * nudge)
        assert gradient[index] == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_batch_normalization_works_on_the_last_axis_of_rows_with_more() -> None:
    model = Sequential([Input((2, 3)), BatchNormalization(), Flatten(), Dense(1)], dtype="float64")
    x = np.random.default_rng(0).normal(size=(5, 2, 3))
    model(x, training=True)
    mean = 0.01 * x.mean(axis=(0, 1))
    np.testing.assert_allclose(model.get_weights()[2], mean, atol=1e-15)


def test_computing_a_gradient_leaves_the_statistics_alone() -> None:
    model = compiled(BatchNormalization(), Dense(2))
    before = model.statistics.copy()
    model.compute_gradient(ROWS, TARGETS, training=True)
    assert np.array_equal(model.statistics, before)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"axis": 0}, "last axis only"),
        ({"momentum": 1.5}, "momentum must be"),
        ({"epsilon": 0}, "epsilon must be"),
    ],
)
def test_a_batch_normalization_that_makes_no_sense(options: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compiled(BatchNormalization(**options))


# -- regularizers --------------------------------------------------------------------------------


def test_a_penalty_is_part_of_the_loss_and_of_the_slopes() -> None:
    plain = compiled(Dense(2))
    model = compiled(Dense(2, kernel_regularizer=L2(0.1), bias_regularizer=L1(0.2)))
    weights = [np.arange(8.0).reshape(4, 2) - 3, np.array([0.5, -2.0])]
    for each in (plain, model):
        each.set_weights(weights)
    penalty = 0.1 * np.square(weights[0]).sum() + 0.2 * np.abs(weights[1]).sum()
    assert model.evaluate(ROWS, TARGETS) == pytest.approx(
        plain.evaluate(ROWS, TARGETS) + penalty, rel=1e-14
    )
    loss, _ = model.compute_gradient(ROWS, TARGETS)
    without, _ = plain.compute_gradient(ROWS, TARGETS)
    assert loss == pytest.approx(without + penalty, rel=1e-14)
    slopes = np.concatenate([0.2 * weights[0].ravel(), 0.2 * np.sign(weights[1])])
    np.testing.assert_allclose(model.gradient, plain.gradient + slopes, rtol=1e-13)


# -- what every layer has ------------------------------------------------------------------------

EXAMPLES = [
    Dense(3, "relu", kernel_regularizer="l2", bias_regularizer=L1(0.5), name="hidden"),
    Dense(2, use_bias=False, kernel_initializer="he_normal"),
    Activation("swish"),
    ReLU(max_value=2.0, negative_slope=0.1, threshold=0.5),
    LeakyReLU(0.05),
    ELU(0.7),
    Softmax(),
    Dropout(0.25, seed=4),
    Flatten(),
    BatchNormalization(momentum=0.9, scale=False, beta_regularizer="l1"),
    Input((4,), name="data"),
]


@pytest.mark.parametrize("layer", EXAMPLES, ids=lambda layer: type(layer).__name__)
def test_a_layer_is_made_again_from_its_config(layer: Any) -> None:
    config = {"class_name": layer.class_name or type(layer).__name__, "config": layer.get_config()}
    again = from_config(config)
    assert type(again) is type(layer)
    assert again.get_config() == layer.get_config()


def test_every_layer_has_an_example() -> None:
    assert {type(layer) for layer in EXAMPLES} == set(LAYERS.values())


def test_layers_get_keras_names() -> None:
    model = compiled(
        Dense(2), Dense(2), BatchNormalization(), ReLU(), LeakyReLU(), ELU(), Dropout(0.1)
    )
    assert [layer.name for layer in model.layers] == [
        *("dense", "dense_1", "batch_normalization", "re_lu", "leaky_re_lu", "elu", "dropout")
    ]


def test_a_layer_that_is_refused_leaves_the_model_as_it_was() -> None:
    model = Sequential([Input((2, 3)), Flatten()])
    with pytest.raises(ValueError, match="already in this model"):
        model.add(model.layers[0])
    square = Sequential([Input((2, 3)), Activation("relu")])
    with pytest.raises(ValueError, match="Put a Flatten layer before it"):
        square.add(Dense(1))
    assert square.predict(-np.ones((1, 2, 3))).tolist() == [[[0, 0, 0], [0, 0, 0]]]


def test_pop_takes_the_last_layer_out_and_leaves_the_weights_of_the_others() -> None:
    model = compiled(Dense(3), BatchNormalization(), Dense(2))
    before = model.get_weights()
    last = model.layers[-1]
    assert model.pop() is last
    assert model.output_shape == (3,)
    for kept, was in zip(model.get_weights(), before, strict=False):
        assert np.array_equal(kept, was)
    model.add(Dense(5))
    assert model.output_shape == (5,)
    assert np.array_equal(model.get_weights()[0], before[0])


def test_pop_of_nothing() -> None:
    with pytest.raises(RuntimeError, match="no layer to take out"):
        Sequential().pop()


def test_a_diverging_step_leaves_the_statistics_as_they_were() -> None:
    model = compiled(BatchNormalization(), Dense(2))
    trainer = Trainer(model, ROWS, TARGETS, batch_size=12)
    model.parameters[:] = 1e200
    before = model.statistics.copy()
    with pytest.raises(FloatingPointError, match="diverged"):
        trainer.step()
    assert np.array_equal(model.statistics, before)
