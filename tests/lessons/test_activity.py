"""Which hidden nodes are dead, counted by hand."""

from __future__ import annotations

import numpy as np

from engine import Dense, Input, Sequential
from lessons.learning.activity import activity, dead_nodes, hidden_values

ROWS = np.array([[1.0, 2.0], [3.0, 0.0]])


def network() -> Sequential:
    """The first node gives x1 - 2, the second -x1 - x2, the third 0 + a bias of -1."""
    model = Sequential([Input((2,)), Dense(3, activation="relu"), Dense(1)], dtype="float64")
    model.compile(optimizer="sgd", loss="mean_squared_error")
    first = np.array([[1.0, -1.0, 0.0], [0.0, -1.0, 0.0]])
    model.set_weights([first, np.array([-2.0, 0.0, -1.0]), np.ones((3, 1)), np.zeros(1)])
    return model


def test_the_values_of_the_hidden_layer_are_those_of_the_forward_pass() -> None:
    (values,) = hidden_values(network(), ROWS)
    assert values.tolist() == [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]


def test_a_node_is_dead_that_gives_0_for_every_row() -> None:
    assert dead_nodes(network(), ROWS) == (2,)
    assert dead_nodes(network(), ROWS[:1]) == (3,)


def test_the_last_layer_is_not_counted() -> None:
    model = network()
    model.set_weights([*model.get_weights()[:2], np.full((3, 1), -1.0), np.zeros(1)])
    assert len(dead_nodes(model, ROWS)) == 1


def test_what_each_node_does_over_the_rows() -> None:
    (layer,) = activity(network(), ROWS)
    assert layer.above.tolist() == [1, 0, 0]
    assert layer.lowest.tolist() == [-1.0, -3.0, -1.0]
    assert layer.highest.tolist() == [1.0, -3.0, -1.0]
    assert layer.dead.tolist() == [False, True, True]
    assert layer.deaths == 2


def test_a_node_with_a_slope_below_0_is_never_dead() -> None:
    for activation, dead in (("leaky_relu", 0), ("tanh", 0), ("relu", 3)):
        model = Sequential([Input((2,)), Dense(3, activation=activation), Dense(1)], seed=1)
        model.set_weights([np.full((2, 3), -1.0), np.zeros(3), np.ones((3, 1)), np.zeros(1)])
        assert dead_nodes(model, ROWS) == (dead,)


def test_looking_leaves_the_model_as_its_last_step_left_it() -> None:
    model = network()
    model.compute_gradient(ROWS, np.ones((2, 1)))
    layer = model.layers[0]
    assert isinstance(layer, Dense)
    before = (model.gradient.copy(), layer.pre_activation(2).copy())
    activity(model, ROWS[::-1])
    np.testing.assert_array_equal(model.gradient, before[0])
    np.testing.assert_array_equal(layer.pre_activation(2), before[1])
