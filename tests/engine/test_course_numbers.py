"""The numbers that the course prints, to the last digit. Rows of W are nodes, as on its slides."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine import SGD, Dense, Input, Sequential, Trainer


def network(*weights: Any, hidden: str | None = None) -> Sequential:
    """A network without biases; the activation is that of the hidden layers."""
    kernels = [np.array(rows, dtype=float).T for rows in weights]
    model = Sequential([Input((len(kernels[0]),))], dtype="float64")
    for kernel in kernels[:-1]:
        model.add(Dense(kernel.shape[1], activation=hidden, use_bias=False))
    model.add(Dense(kernels[-1].shape[1], use_bias=False))
    model.set_weights(kernels)
    return model


def output(model: Sequential, row: list[float]) -> float:
    return float(model.predict([row])[0, 0])


def test_forward_propagation_gives_9() -> None:
    model = network([[1, 1], [-1, 1]], [[2, -1]])
    assert output(model, [2, 3]) == 9
    assert output(model, [4, 6]) == 18


def test_tanh_in_the_hidden_layer() -> None:
    model = network([[1, 1], [-1, 1]], [[2, -1]], hidden="tanh")
    assert output(model, [2, 3]) == 1.2382242525694254
    assert output(model, [4, 6]) == pytest.approx(1.036, abs=5e-4)


@pytest.mark.parametrize(
    ("hidden", "row", "expected"),
    [("relu", [3, 5], 364), ("relu", [5, 3], 378), (None, [3, 5], 299)],
)
def test_two_hidden_layers(hidden: str | None, row: list[float], expected: float) -> None:
    model = network([[2, 4], [4, -5]], [[-1, 1], [2, 2]], [[-3, 7]], hidden=hidden)
    assert output(model, row) == expected


@pytest.mark.parametrize(("hidden", "expected"), [("relu", 32), (None, -17)])
def test_relu_lets_no_negative_number_through(hidden: str | None, expected: float) -> None:
    assert output(network([[2, 4], [4, -5]], [[2, 7]], hidden=hidden), [2, 3]) == expected


def test_an_interaction_that_no_straight_model_has() -> None:
    model = Sequential([Input((2,)), Dense(2, "relu"), Dense(1, use_bias=False)], dtype="float64")
    model.set_weights([[[1, 1], [1, 1]], [0, -1], [[1], [-2]]])
    assert model.predict([[0, 0], [0, 1], [1, 0], [1, 1]])[:, 0].tolist() == [0, 1, 1, 0]


def test_one_weight_with_slope_minus_24_becomes_2_24() -> None:
    model = network([[2]])
    model.compile(SGD(learning_rate=0.01), loss="mse")
    trainer = Trainer(model, [[3]], [10])
    assert trainer.step() == 16
    assert model.gradient.tolist() == [-24]
    assert model.parameters[0] == pytest.approx(2.24, abs=1e-12)
    assert trainer.optimizer.change[0] == pytest.approx(0.24, abs=1e-12)
    assert output(model, [3]) == pytest.approx(6.72)
    assert trainer.step() == pytest.approx(10.7584)


def test_two_weights_with_slopes_30_and_40() -> None:
    model = network([[1, 2]])
    model.compile(SGD(learning_rate=0.01), loss="mse")
    trainer = Trainer(model, [[3, 4]], [6])
    assert output(model, [3, 4]) - 6 == 5
    assert trainer.step() == 25
    assert model.gradient.tolist() == [30, 40]
    np.testing.assert_allclose(model.parameters, [0.7, 1.6], rtol=0, atol=1e-12)
    assert output(model, [3, 4]) - 6 == pytest.approx(2.5, abs=1e-12)


def test_backpropagation_by_numbers() -> None:
    model = network([[0, 1], [2, 3]], [[1, 3]], hidden="relu")
    model.compile(SGD(learning_rate=0.01), loss="mse")
    loss, prediction = model.compute_gradient([[0, 1]], [7])
    hidden, out = model.layers
    assert (loss, prediction.item()) == (9, 10)
    assert out.kernel_gradient[:, 0].tolist() == [6, 18]
    assert hidden.kernel_gradient.T.tolist() == [[0, 6], [0, 18]]


def test_training_the_backpropagation_network() -> None:
    model = network([[0, 1], [2, 3]], [[1, 3]], hidden="relu")
    model.compile(SGD(learning_rate=0.01), loss="mse")
    trainer = Trainer(model, [[0, 1]], [7])
    outputs = [output(model, [0, 1])]
    trainer.step()
    np.testing.assert_allclose(model.layers[0].kernel.T, [[0, 0.94], [2, 2.82]], atol=1e-12)
    np.testing.assert_allclose(model.layers[1].kernel[:, 0], [0.94, 2.82], atol=1e-12)
    for _ in range(5):
        outputs.append(output(model, [0, 1]))
        trainer.step()
    # The fourth is 7.810490 in exact fractions; it is sometimes quoted as 7.811.
    assert np.round(outputs, 3).tolist() == [10, 8.836, 8.199, 7.810, 7.559, 7.391]


def test_a_first_layer_gets_slopes_through_the_second() -> None:
    """Slope of the second node: 1 × 6 + 3 × 18 = 60, not 24; the first node is shut by ReLU."""
    model = network([[2, -2], [4, -1]], [[0, 1], [2, 3]], [[1, 3]], hidden="relu")
    model.compile("sgd", loss="mse")
    model.compute_gradient([[0.5, 1]], [7])
    assert model.layers[0].kernel_gradient.T.tolist() == [[0, 0], [30, 60]]


def test_errors_minus_10_5_5_have_a_mean_squared_error_of_50() -> None:
    model = network([[1]])
    model.compile("sgd", loss="mean_squared_error", metrics=["mae"])
    x = np.array([10.0, 15.0, 25.0])
    assert model.evaluate(x, x - [-10, 5, 5]) == [50, pytest.approx(20 / 3)]


def test_parameters_of_the_wages_network() -> None:
    model = Sequential([Input((9,)), Dense(100, "relu"), Dense(100, "relu"), Dense(1)])
    assert model.count_params() == 11_201
