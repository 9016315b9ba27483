"""`dl-tutor show` says of every kind of layer what it does."""

from __future__ import annotations

import pytest

from engine import Dense, Input, Sequential, activations, layers
from engine.regularizers import L1L2
from tui.own.layers import does, layer_lines


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (layers.Dense(3, "relu"), "relu"),
        (layers.Dense(3), "linear"),
        (layers.Dense(3, "silu", use_bias=False), "silu; no bias"),
        (layers.Dense(3, "tanh", kernel_regularizer="l2"), "tanh; l2 0.01 on the kernel"),
        (
            layers.Dense(3, kernel_regularizer=L1L2(0.1, 0.2), bias_regularizer="l1"),
            "linear; l1 0.1 and l2 0.2 on the kernel; l1 0.01 on the bias",
        ),
        (
            layers.Dense(3, activations.LeakyReLU(0.1)),
            "leaky_relu, negative_slope 0.1",
        ),
        (layers.Activation("sigmoid"), "sigmoid"),
        (layers.ReLU(), "relu"),
        (layers.ReLU(max_value=6), "relu, max_value 6"),
        (layers.LeakyReLU(), "leaky_relu, negative_slope 0.3"),
        (layers.Activation("leaky_relu"), "leaky_relu, negative_slope 0.2"),
        (layers.ELU(), "elu, alpha 1"),
        (layers.Softmax(), "softmax"),
        (layers.Dropout(0.3), "leaves out 30 % of the numbers while it is trained"),
        (layers.Flatten(), "lays the numbers of a row in one line"),
        (
            layers.BatchNormalization(center=False),
            "takes each node's mean and spread out; momentum 0.99, epsilon 0.001, no beta",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, layers.Layer) else "",
)
def test_a_layer_in_words(layer: layers.Layer, words: str) -> None:
    assert does(layer) == words


def test_no_kind_of_layer_that_can_be_read_is_left_without_words() -> None:
    arguments = {"Dense": (2,), "Activation": ("tanh",), "Dropout": (0.5,), "InputLayer": ((2,),)}
    for name, kind in layers.LAYERS.items():
        if kind is not layers.Input:
            made = kind(*arguments.get(name, ()))
            assert does(made) != kind.__name__


@pytest.mark.parametrize("name", [*activations.ACTIVATIONS])
def test_every_function_is_called_by_its_name(name: str) -> None:
    assert does(Dense(2, name)).split(",")[0] == activations.get(name).name


def test_the_names_of_the_layers_stand_below_each_other() -> None:
    model = Sequential([Input((2,)), Dense(3, "relu"), Dense(1, name="out")])
    assert list(layer_lines(model)) == ["  dense  relu", "  out    linear"]
