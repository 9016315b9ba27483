"""Which hidden nodes are dead, counted by hand."""

from __future__ import annotations

import numpy as np

from engine import Dense, Input, Sequential
from lessons.learning.activity import dead_nodes, hidden_values

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
