"""Arguments that make no sense: constructors, registries and configs say what they take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import (
    ELU,
    L1,
    L1L2,
    L2,
    SGD,
    Adam,
    BatchNormalization,
    Constant,
    Dense,
    Dropout,
    ExponentialDecay,
    GlorotUniform,
    Input,
    LeakyReLU,
    Precision,
    RandomNormal,
    ReLU,
    RMSprop,
    Sequential,
    activations,
    initializers,
    layers,
    losses,
    metrics,
    optimizers,
    regularizers,
)


def anything(value: object) -> Any:
    """Hand a value of the wrong type past the type checker."""
    return value


def compiled_with(optimizer: Any = "rmsprop", loss: Any = None, metrics: Any = None) -> None:
    Sequential([Input((3,)), Dense(1)]).compile(optimizer, loss, metrics=metrics)


CONSTRUCTORS: list[tuple[Callable[[], object], str]] = [
    (lambda: Dense(anything("8")), "a whole number of units, 1 or more, not '8'"),
    (lambda: Dense(anything(3.0)), "a whole number of units, 1 or more, not 3.0"),
    (lambda: Dense(anything(None)), "a whole number of units, 1 or more, not None"),
    (lambda: Dense(1, anything(np.tanh)), "An activation is a name such as 'relu', not a function"),
    (lambda: Dense(1, anything(ReLU)), "not the class ReLU"),
    (lambda: Dense(1, use_bias=anything("no")), "use_bias must be True or False, not 'no'"),
    (lambda: Dense(1, kernel_initializer=anything(GlorotUniform)), "write GlorotUniform(...)"),
    (lambda: Dense(1, kernel_initializer=anything(np.zeros)), "not a function of your own, zeros"),
    (lambda: Dense(1, kernel_regularizer=anything(L2)), "write L2(...), with brackets"),
    (lambda: Dense(1, kernel_regularizer=anything(0.01)), "not 0.01"),
    (lambda: Dense(1, input_dim=3, input_shape=(4,)), "input_shape or input_dim, not both"),
    (lambda: Dense(1, input_shape=anything((None, 9))), "without the number of rows, such as (9,)"),
    (lambda: Input(anything(None)), "An input shape is the shape of one row"),
    (lambda: Input(anything("9")), "An input shape is the shape of one row"),
    (lambda: Input(anything((9.0,))), "An input shape is the shape of one row"),
    (lambda: Dropout(50), "a rate from 0 to 1, such as 0.5, not 50"),
    (lambda: Dropout(0.5, seed=anything("a")), "Dropout: seed must be a whole number"),
    (lambda: ELU(anything("a")), "elu: alpha must be a number, not 'a'"),
    (lambda: ELU(float("nan")), "elu: alpha must be a number, not nan"),
    (lambda: LeakyReLU(anything(None)), "leaky_relu: negative_slope must be a number, 0 or more"),
    (lambda: ReLU(anything("6")), "relu: max_value must be a number, 0 or more, not '6'"),
    (lambda: BatchNormalization(momentum=anything("a")), "momentum must be a number, from 0 to 1"),
    (lambda: BatchNormalization(center=anything("no")), "center must be True or False"),
    (lambda: L1(-1), "l1 must be a number, 0 or more, not -1"),
    (lambda: L2(10**400), "l2 must be a finite number"),
    (lambda: L2(10**5000), "l2 must be a finite number, not a number that is far too large"),
    (lambda: L1L2(l2=anything(None)), "l2 must be a number, 0 or more, not None"),
    (lambda: Constant(10**400), "value must be a finite number"),
    (lambda: Constant(anything([1, 2])), "value must be a number, not [1, 2]"),
    (lambda: RandomNormal(float("inf")), "mean must be a finite number, not inf"),
    (lambda: SGD(anything("0.1")), "learning_rate must be a number, 0 or more, not '0.1'"),
    (lambda: SGD(-0.1), "learning_rate must be a number, 0 or more, not -0.1"),
    (lambda: SGD(float("inf")), "learning_rate must be a finite number, not inf"),
    (lambda: SGD(0.1, anything(True)), "momentum must be a number, from 0 to 1, not True"),
    (lambda: SGD(nesterov=anything("no")), "nesterov must be True or False, not 'no'"),
    (lambda: Adam(amsgrad=anything("no")), "amsgrad must be True or False, not 'no'"),
    (lambda: RMSprop(centered=anything("no")), "centered must be True or False, not 'no'"),
    (lambda: ExponentialDecay(0.1, 9, 0.5, anything("no")), "staircase must be True or False"),
    (lambda: losses.Huber(delta=True), "Huber: delta must be a number"),
    (lambda: losses.BinaryCrossentropy(anything("no")), "from_logits must be True or False"),
    (lambda: Precision(anything(True)), "precision: thresholds must be a number, from 0 to 1"),
]


@pytest.mark.parametrize(("make", "message"), CONSTRUCTORS)
def test_constructors(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        make()
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((SGD, "mse"), "not the class SGD: write SGD(...), with brackets"),
        ((None, "mse"), "An optimizer is a name such as 'adam' or an object such as Adam(0.01)"),
        ((0.01, "mse"), "not 0.01"),
        (("sgd", losses.MeanSquaredError), "write MeanSquaredError(...), with brackets"),
        (("sgd", lambda y, p: 0), "not a function of your own"),
        (("sgd", ["mse"]), "A loss is a name such as 'mean_squared_error', not ['mse']"),
        (("sgd", "mse", Precision), "metrics must be a list such as ['accuracy'], not the class"),
        (("sgd", "mse", Precision()), "metrics must be a list such as ['accuracy']"),
        (("sgd", "mse", {"a": "mae"}), "metrics must be a list such as ['accuracy']"),
        (("sgd", "mse", 5), "metrics must be a list such as ['accuracy'], not 5"),
        (("sgd", "mse", [Precision]), "write Precision(...), with brackets"),
        (("sgd", "mse", [None]), "A metric is a name such as 'accuracy', not None"),
    ],
)
def test_compile(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        compiled_with(*arguments)


REGISTRIES: list[tuple[Callable[[Any], object], str, str]] = [
    (activations.get, "rleu", "relu"),
    (initializers.get, "glorot_unifrom", "glorot_uniform"),
    (regularizers.get, "l3", "l2"),
    (losses.get, "mean_squared_eror", "mean_squared_error"),
    (metrics.get, "acuracy", "accuracy"),
    (optimizers.get, "adma", "adam"),
]


@pytest.mark.parametrize(("get", "wrong", "right"), REGISTRIES)
def test_registries(get: Callable[[Any], object], wrong: str, right: str) -> None:
    with pytest.raises(ValueError, match=f"called '{wrong}'. Did you mean '{right}'?"):
        get(wrong)
    with pytest.raises(ValueError, match=f"called '{wrong}'"):
        get({"class_name": wrong, "config": {}})
    for odd in (5, [right], {}, {"class_name": 5}, len, object, ""):
        with pytest.raises(ValueError, match=r"is |called"):
            get(odd)
    with pytest.raises(ValueError, match=r"must be a dict, not \[1\]"):
        get({"class_name": right, "config": [1]})


DENSE = {"class_name": "Dense", "config": {"units": 3}}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: layers.from_config(anything(5)), "A layer is an object such as Dense(10)"),
        (lambda: layers.from_config(anything("Dense")), "A layer is an object such as Dense(10)"),
        (lambda: layers.from_config({}), "A layer is an object such as Dense(10)"),
        (lambda: layers.from_config({"class_name": "Dense"}), "units missing"),
        (lambda: layers.from_config({"class_name": "Conv2D"}), "no layer called 'Conv2D'"),
        (lambda: Dense.from_config({}), "Dense cannot be made from {}: units missing"),
        (lambda: Dense.from_config({"unit": 3}), "unit=3"),
        (lambda: Dense.from_config(anything(None)), "The config of Dense must be a dict, not None"),
        (lambda: SGD.from_config(anything([1])), "The config of SGD must be a dict, not [1]"),
        (lambda: losses.Huber.from_config(anything("a")), "must be a dict, not 'a'"),
        (lambda: Sequential.from_config(anything({"layers": [5]})), "A layer is an object"),
        (
            lambda: Sequential.from_config({"layers": [DENSE], "build_input_shape": 5}),
            "build_input_shape must be a list such as [None, 9], not 5",
        ),
    ],
)
def test_configs(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_a_schedule_that_grows_past_all_numbers_is_named() -> None:
    optimizer = SGD(ExponentialDecay(0.1, 1, 10.0))
    optimizer.iterations = 10**6
    with pytest.raises(ValueError, match=r"ExponentialDecay\(1000000\) must be a finite number"):
        _ = optimizer.learning_rate


def test_what_is_defined() -> None:
    assert SGD(0).learning_rate == 0
    assert SGD(0.1, momentum=1.0).momentum == 1
    assert Dropout(1).rate == 1
    assert Input(9).given_input_shape == Input(shape=anything([9])).given_input_shape == (9,)
    assert Dense(1, use_bias=anything(0)).use_bias is False
    assert Dense(anything(np.int64(2))).units == 2
