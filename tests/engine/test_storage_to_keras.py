"""Files that this engine wrote, opened by real Keras, on its NumPy backend or on JAX.

NumPy is enough to compare predictions, settings and state; with JAX Keras also goes on training.
"""

from __future__ import annotations

import io
import os
import warnings
import zipfile
from importlib.util import find_spec
from typing import Any

import h5py
import numpy as np
import pytest

from engine import (
    ELU,
    L1L2,
    SGD,
    Activation,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    BatchNormalization,
    CosineDecay,
    Dense,
    Dropout,
    ExponentialDecay,
    Flatten,
    Input,
    LeakyReLU,
    Nadam,
    PiecewiseConstantDecay,
    Precision,
    ReLU,
    RMSprop,
    Sequential,
    Softmax,
    StandardScaler,
    losses,
)
from engine.storage import save_model, save_weights
from tests.engine.stored_models import data, loaded, small

if not find_spec("keras") or not find_spec("jax"):  # Keras 3.15 on NumPy imports JAX as well
    pytest.skip("Keras and JAX are not installed", allow_module_level=True)
os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_ENABLE_X64", "1")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import keras

pytestmark = [
    pytest.mark.keras,
    pytest.mark.filterwarnings("ignore"),  # Keras's own
]

TRAINS = keras.backend.backend() != "numpy"
FIT = {"epochs": 3, "batch_size": 4, "shuffle": False, "verbose": 0}

SCHEDULED = ("exponential", "steps", "cosine")
OPTIMIZERS = {
    "sgd": lambda: SGD(0.05),
    "nesterov": lambda: SGD(0.05, momentum=0.9, nesterov=True, clipnorm=0.3),
    "rmsprop": lambda: RMSprop(0.01, momentum=0.5, centered=True),
    "adagrad": lambda: Adagrad(0.1, clipvalue=0.2),
    "adadelta": lambda: Adadelta(0.5),
    "adam": lambda: Adam(0.01, amsgrad=True, global_clipnorm=0.7),
    "adamw": lambda: AdamW(0.01, weight_decay=0.02),
    "adamax": lambda: Adamax(0.02),
    "nadam": lambda: Nadam(0.01),
    "exponential": lambda: Adam(ExponentialDecay(0.02, 4, 0.8, staircase=True)),
    "steps": lambda: SGD(PiecewiseConstantDecay([3, 8], [0.1, 0.05, 0.01])),
    "cosine": lambda: SGD(CosineDecay(0.1, 20, alpha=0.1)),
}


def in_keras(model, path):
    save_model(model, path)
    return keras.models.load_model(path)


def agree(ours, theirs, tolerance=1e-5):
    for mine, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, other, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_keras_has_the_same_optimizer_and_goes_on_with_its_state(optimizer, tmp_path):
    model = small(OPTIMIZERS[optimizer]())
    theirs = in_keras(model, tmp_path / "m.keras")

    same_settings(model.optimizer, theirs.optimizer)
    slots = theirs.optimizer.variables[1 if optimizer in SCHEDULED else 2 :]
    total = sum(float(np.sum(slot)) for slot in slots)
    assert total == pytest.approx(sum(slot.sum() for slot in model.optimizer.slots.values()))
    if TRAINS:
        theirs.fit(*data(), **FIT)
        model.fit(*data(), **FIT)
        agree(model, theirs)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_older_format_has_the_same_variables(optimizer, tmp_path):
    """Keras 3.15 itself does not put slots back from .h5, not even from files of its own."""
    model = small(OPTIMIZERS[optimizer]())
    theirs = in_keras(model, tmp_path / "m.h5")
    save_model(model, tmp_path / "m.keras")

    same_settings(model.optimizer, theirs.optimizer)
    with h5py.File(tmp_path / "m.h5") as file:
        group = file["optimizer_weights"]
        older = [group[name][()] for name in group.attrs["weight_names"]]
    with zipfile.ZipFile(tmp_path / "m.keras") as archive:
        newer_file = io.BytesIO(archive.read("model.weights.h5"))
    with h5py.File(newer_file) as file:
        group = file["optimizer/vars"]
        newer = [group[str(number)][()] for number in range(len(group))]
    assert len(older) == len(newer)
    for one, other in zip(older, newer, strict=True):
        np.testing.assert_array_equal(one, other)


def same_settings(ours, theirs):
    assert type(theirs).__name__ == type(ours).__name__
    assert int(theirs.iterations) == ours.iterations == 6
    assert float(theirs.learning_rate) == pytest.approx(ours.learning_rate)
    again = theirs.get_config()
    for name, value in ours.get_config().items():
        if name != "learning_rate":
            assert again[name] == value, name


def every_layer(dtype="float32"):
    model: Any = Sequential(
        [
            Input((2, 3)),
            Flatten(),
            Dense(
                6,
                "gelu",
                kernel_initializer="he_normal",
                kernel_regularizer=L1L2(0.01, 0.02),
                name="größe",
            ),
            BatchNormalization(momentum=0.8, epsilon=0.01),
            LeakyReLU(0.2),
            Dense(4, use_bias=False),
            BatchNormalization(center=False, scale=False),
            ELU(0.5),
            ReLU(max_value=4.0, negative_slope=0.1, threshold=0.2),
            Dropout(0.3, seed=4),
            Activation("mish"),
            Dense(3),
            Softmax(),
        ],
        name="every_layer",
        seed=2,
        dtype=dtype,
    )
    loss = losses.get({"class_name": "CategoricalCrossentropy", "config": {"label_smoothing": 0.1}})
    model.compile("adam", loss, metrics=["accuracy", Precision(name="exact")])
    x = np.random.default_rng(1).normal(size=(20, 2, 3)).astype("float32")  # as Keras takes it
    y = np.eye(3)[np.arange(20) % 3]
    model.fit(x, y, epochs=2, verbose=0)
    return model, x, y


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_keras_predicts_the_same_with_every_layer(ending, dtype, tmp_path):
    model, x, y = every_layer(dtype)
    theirs = in_keras(model, tmp_path / f"m.{ending}")

    # Keras brings the numbers of a float64 layer down to float32 on these backends.
    predicted = theirs.predict(x, verbose=0)
    np.testing.assert_allclose(predicted, model.predict(x), rtol=2e-6, atol=1e-6)
    assert {weight.dtype.name for weight in theirs.get_weights()} == {dtype}
    assert [layer.name for layer in theirs.layers] == [layer.name for layer in model.layers]
    assert theirs.name == "every_layer"
    agree(model, theirs, 0)
    if TRAINS:
        results = theirs.evaluate(x, y, verbose=0, return_dict=True)
        ours = model.evaluate(x, y, verbose=0, return_dict=True)
        assert results == pytest.approx(ours, rel=1e-5)


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_what_keras_saves_of_it_again_comes_back(ending, tmp_path):
    model: Any
    model, x, _ = every_layer()
    in_keras(model, tmp_path / f"ours.{ending}").save(tmp_path / f"theirs.{ending}")

    back = loaded(tmp_path / f"theirs.{ending}")

    np.testing.assert_array_equal(back.predict(x), model.predict(x))
    if ending == "keras":  # from .h5 Keras has no slots
        for slot, values in model.optimizer.slots.items():
            np.testing.assert_array_equal(back.optimizer.slots[slot], values)
    assert back.optimizer.iterations == model.optimizer.iterations
    assert [type(layer) for layer in back.layers] == [type(layer) for layer in model.layers]


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_keras_opens_a_model_that_was_compiled_and_not_trained(ending, tmp_path):
    model = Sequential([Input((3,)), Dense(2)])
    model.compile("adagrad", "mse")

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        theirs = in_keras(model, tmp_path / f"m.{ending}")

    assert not [str(each.message) for each in said if "optimizer" in str(each.message)]
    assert int(theirs.optimizer.iterations) == 0
    if ending == "keras":
        np.testing.assert_allclose(theirs.optimizer.variables[2], np.full((3, 2), 0.1))
    assert model.optimizer is not None
    assert model.optimizer.slots == {}


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_keras_opens_a_model_that_was_not_compiled_or_not_built(ending, tmp_path):
    model = Sequential([Input((3,)), Dense(2)], seed=1)
    theirs = in_keras(model, tmp_path / f"m.{ending}")
    assert not theirs.compiled
    agree(model, theirs, 0)

    theirs = in_keras(Sequential([Dense(2)]), tmp_path / f"bare.{ending}")
    assert not theirs.built


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_keras_does_not_mind_the_scaler(ending, tmp_path):
    model = small()
    model.scaler = StandardScaler().fit(data()[0])

    theirs = in_keras(model, tmp_path / f"m.{ending}")

    agree(model, theirs, 0)


@pytest.mark.parametrize("loss", ["mse", "mae", "huber", "hinge", "binary_crossentropy"])
def test_keras_has_the_same_loss(loss, tmp_path):
    model = small(loss=loss, metrics=["accuracy", "mse"])
    theirs = in_keras(model, tmp_path / "m.keras")

    assert type(theirs.loss).__name__ == type(model.loss).__name__
    if TRAINS:
        results = theirs.evaluate(*data(), verbose=0, return_dict=True)
        assert results == pytest.approx(
            model.evaluate(*data(), verbose=0, return_dict=True), rel=1e-5
        )


def test_keras_takes_our_weights_into_a_model_of_its_own(tmp_path):
    model = small()
    save_weights(model, tmp_path / "m.weights.h5")
    theirs = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(4, "tanh"), keras.layers.Dense(2)]
    )

    theirs.load_weights(tmp_path / "m.weights.h5")

    agree(model, theirs, 0)
