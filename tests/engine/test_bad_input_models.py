"""Calls that a model refuses leave it as it was; copies are models of their own."""

from __future__ import annotations

import copy
import pickle
import re
from typing import Any

import numpy as np
import pytest

from engine import (
    L2,
    SGD,
    Activation,
    Adam,
    BatchNormalization,
    Constant,
    Dense,
    Diverged,
    Dropout,
    Flatten,
    Input,
    Sequential,
    TerminateOnNaN,
    Trainer,
)

X, Y = np.arange(18.0).reshape(6, 3) / 10, np.arange(6.0) / 6


def anything(value: object) -> Any:
    """Hand a value of the wrong type past the type checker."""
    return value


def trained(optimizer: Any = "adam") -> Sequential:
    layers = [Dense(4, "tanh", kernel_regularizer=L2(0.01)), BatchNormalization(), Dropout(0.5)]
    model = Sequential([Input((3,)), *layers, Dense(1)], seed=1)
    model.compile(optimizer, "mse", metrics=["mae"])
    model.fit(X, Y, verbose=0)
    return model


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (Dense, "not the class Dense: write Dense(...), with brackets"),
        ("relu", "made of layers such as Dense(10), not 'relu'"),
        (None, "not None"),
        ([Dense(1)], "made of layers"),
        (Input((3,)), "so it must come first"),
        (Dense(1, input_shape=(4,)), "told to take rows of shape (4,), but it gets (1,)"),
        (Dense(1, bias_initializer="identity"), "Identity makes a kernel"),
        (Dense(1, kernel_initializer=Constant(1e300)), "too large for float32"),
        (Dense(10**17), "needs more memory than there is. Give its layers fewer units"),
    ],
)
def test_a_layer_that_is_refused_leaves_a_trained_model_whole(layer: Any, message: str) -> None:
    model, other = trained(), trained()
    parameters = model.parameters.copy()
    with pytest.raises(ValueError, match=re.escape(message)):
        model.add(layer)
    assert np.array_equal(model.parameters, parameters)
    assert [each.name for each in model.layers] == [each.name for each in other.layers]
    model.fit(X, Y, verbose=0)  # goes on as if nothing had been
    other.fit(X, Y, verbose=0)
    assert np.array_equal(model.parameters, other.parameters)
    model.add(Dense(2))
    other.add(Dense(2))
    assert np.array_equal(model.predict(X), other.predict(X))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Sequential(anything(Dense(1))), "takes a list of layers"),
        (lambda: Sequential(anything(5)), "takes a list of layers"),
        (lambda: Sequential(anything({Dense(1)})), "takes a list of layers"),
        (lambda: Sequential(seed=anything("a")), "seed must be a whole number, 0 or more"),
        (lambda: Sequential(seed=-1), "seed must be a whole number, 0 or more, not -1"),
        (lambda: Sequential(name=anything(5)), "A model's name must be text"),
        (lambda: Sequential(dtype=anything(None)), "dtype must be 'float32' or 'float64'"),
        (lambda: Sequential().build(anything(None)), "An input shape is the shape of one row"),
        (lambda: Sequential().build(anything("3")), "An input shape is the shape of one row"),
    ],
)
def test_models_that_cannot_be(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_layers_of_a_model_that_could_not_be_made_are_free_again() -> None:
    first = Dense(2)
    with pytest.raises(ValueError, match="brackets"):
        Sequential([Input((3,)), first, anything(Dense)])
    assert Sequential([Input((3,)), first, Dense(1)]).count_params() == 11


def test_a_layer_is_in_one_model_until_it_is_taken_out() -> None:
    layer = Dense(2)
    model = Sequential([Input((3,)), layer])
    before = model.predict(X)
    for width in (3, 5):
        with pytest.raises(ValueError, match="is in another model"):
            Sequential([Input((width,)), layer])
    assert np.array_equal(model.predict(X), before)
    assert model.pop() is layer
    with pytest.raises(ValueError, match="has weights for rows of shape"):
        Sequential([Input((5,)), layer])
    assert np.array_equal(Sequential([Input((3,)), layer]).predict(X), before)


@pytest.mark.parametrize("use", ["fit", "predict", "evaluate", "train_on_batch"])
@pytest.mark.parametrize("x", [X * np.nan, X[:0], X[:, :0], 3.0, None, "text", [[1, 2], [3]]])
def test_data_that_is_refused_decides_no_shape(use: str, x: Any) -> None:
    model, other = (Sequential([Dense(1)], seed=4) for _ in range(2))
    model.compile("sgd", "mse")
    with pytest.raises(ValueError, match="x "):
        getattr(model, use)(*([x] if use == "predict" else [x, Y]))
    assert not model.built
    assert model.given_input_shape is None
    assert np.array_equal(model.predict(X[:, :2]), other.predict(X[:, :2]))


def test_targets_that_are_refused_decide_no_shape_either() -> None:
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    with pytest.raises(ValueError, match="y has 2 rows"):
        model.fit(X, Y[:2])
    assert not model.built
    model.fit(X[:, :2], Y, verbose=0)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (None, "set_weights takes a list of arrays"),
        ("ab", "set_weights takes a list of arrays"),
        (5, "set_weights takes a list of arrays"),
        ([], "but got none"),
        ([np.ones((3, 1)), ["a"]], "weights[1] must hold numbers only"),
        ([np.ones((3, 1)), None], "weights[1] is missing"),
        ([np.ones((3, 1)), [10**400]], "too large"),
        ([np.ones((3, 1)), [1j]], "weights[1] must hold numbers only"),
        ([[1], np.ones((3, 1))], "but got (1,), (3, 1)"),
    ],
)
def test_weights_that_do_not_fit(weights: Any, message: str) -> None:
    model = Sequential([Input((3,)), Dense(1)])
    before = model.parameters.copy()
    with pytest.raises(ValueError, match=re.escape(message)):
        model.set_weights(weights)
    assert np.array_equal(model.parameters, before)


# -- optimizers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("units", [1, 4])
def test_an_optimizer_that_has_trained_one_model_trains_no_other(units: int) -> None:
    optimizer = Adam()
    first, second = Sequential([Input((3,)), Dense(1)]), Sequential([Input((3,)), Dense(units)])
    first.compile(optimizer, "mse")
    second.compile(optimizer, "mse")
    first.fit(X, Y, verbose=0)
    before = second.parameters.copy()
    with pytest.raises(ValueError, match=r"about another model.* Compile with a new optimizer"):
        second.fit(X, np.ones((6, units)), verbose=0)
    assert np.array_equal(second.parameters, before)
    first.fit(X, Y, verbose=0)
    first.compile(optimizer, "mae")  # the same model may go on with it
    first.fit(X, Y, verbose=0)
    assert optimizer.iterations == 3


def test_after_other_layers_the_optimizer_must_be_new() -> None:
    model = trained()
    model.add(Activation("tanh"))
    model.add(Flatten())
    model.fit(X, Y, verbose=0)  # layers without weights change nothing for it
    model.add(Dense(2))
    with pytest.raises(ValueError, match="before its layers changed"):
        model.fit(X, np.ones((6, 2)), verbose=0)
    model.compile("adam", "mse")
    model.fit(X, np.ones((6, 2)), verbose=0)


# -- divergence -----------------------------------------------------------------------------------

HUGE = np.full(6, 1e30)


def exploding() -> Sequential:
    """Its losses are finite, its updates are not: the slope times the rate is too large."""
    model = Sequential([Input((3,)), Dense(1)], seed=1)
    model.compile(SGD(1e38), "mae")
    return model


@pytest.mark.parametrize("callbacks", [[], [TerminateOnNaN()]])
def test_a_step_that_diverges_in_fit_is_taken_back(callbacks: list[Any]) -> None:
    model = exploding()
    before = model.parameters.copy()
    if callbacks:
        model.fit(X * 1e3, HUGE, verbose=0, callbacks=callbacks)
    else:
        with pytest.raises(Diverged, match=r"step 1.*Try a smaller learning rate, or scale"):
            model.fit(X * 1e3, HUGE, verbose=0)
    assert np.array_equal(model.parameters, before)
    assert model.optimizer is not None
    assert model.optimizer.iterations == 0


def test_only_the_last_step_is_taken_back() -> None:
    x, y = np.vstack([X[:4] * 0, X[:2] * 1e4]), np.append(Y[:4], [1e30, 1e30])
    good, bad = exploding(), exploding()
    good.compile(SGD(1e35), "mae")
    bad.compile(SGD(1e35), "mae")
    good.fit(x[:4], y[:4], batch_size=2, shuffle=False, verbose=0)
    with pytest.raises(Diverged, match="step 3"):
        bad.fit(x, y, batch_size=2, shuffle=False, verbose=0)
    assert np.array_equal(bad.parameters, good.parameters)
    assert bad.optimizer is not None
    assert bad.optimizer.iterations == 2


def test_train_on_batch_takes_it_back_too() -> None:
    model = exploding()
    before = model.parameters.copy()
    with pytest.raises(Diverged):
        model.train_on_batch(X * 1e3, HUGE)
    assert np.array_equal(model.parameters, before)


# -- copies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_a_copy_learns_by_itself_and_as_the_original_would(make: Any) -> None:
    model, twin = trained(), trained()
    copied = make(model)
    before = model.predict(X)
    assert np.array_equal(copied.predict(X), before)
    copied.fit(X, Y, epochs=3, verbose=0)
    assert np.array_equal(model.predict(X), before)
    twin.fit(X, Y, epochs=3, verbose=0)
    assert np.array_equal(copied.predict(X), twin.predict(X))
    assert all(np.shares_memory(layer.kernel, copied.parameters) for layer in copied.layers[::3])


def test_a_model_without_weights_can_be_copied() -> None:
    copied = copy.deepcopy(Sequential([Dense(1)], seed=2))
    assert copied.predict(X).shape == (6, 1)


def test_a_state_of_another_training_is_not_put_back() -> None:
    wide = Sequential([Input((3,)), Dense(4), Dense(1)])
    wide.compile("adam", "mse")
    trainer = Trainer(trained(), X, Y)
    before = trainer.model.parameters.copy()
    for state in (Trainer(wide, X, Y).state(), None):
        with pytest.raises(ValueError, match="Only a state of this network"):
            trainer.restore(anything(state))
    assert np.array_equal(trainer.model.parameters, before)
