"""Files that real Keras wrote: loaded here, they go on exactly as Keras goes on with them."""

from __future__ import annotations

import json
import zipfile

import h5py
import numpy as np
import pytest

from engine.storage import StorageError
from tests.engine.stored_models import expected, loaded, names_of, written_by

KERAS3 = [name for name in names_of("keras3", ".keras", ".h5") if "weights" not in name]
KERAS3 = [name for name in KERAS3 if "never_built" not in name]
KERAS2 = names_of("keras2", ".keras", ".h5")
EPOCHS = {"keras3": 3, "keras2": 2}

#: Keras 2's Nadam has other arithmetic: its momentum follows another schedule
OTHER_ARITHMETIC = {("keras2", "nadam.keras"), ("keras2", "old_nadam.h5")}


@pytest.mark.parametrize(
    ("keras", "name"), [("keras3", name) for name in KERAS3] + [("keras2", name) for name in KERAS2]
)
def test_a_loaded_model_predicts_and_goes_on_training_as_in_keras(keras, name, tmp_path):
    wanted = expected(keras)
    case = name.partition(".")[0]
    model = loaded(written_by(keras, name, tmp_path))

    np.testing.assert_allclose(model.predict(wanted["x"]), wanted[f"{case}/before"], atol=2e-6)
    assert model.optimizer.iterations == EPOCHS[keras] * 3
    if (keras, name) in OTHER_ARITHMETIC:
        return

    model.fit(
        wanted["x"],
        wanted["y"],
        epochs=EPOCHS[keras],
        batch_size=4,
        shuffle=False,
        verbose=0,
    )
    for number, weight in enumerate(model.get_weights()):
        np.testing.assert_allclose(weight, wanted[f"{case}/weight{number}"], rtol=2e-4, atol=2e-5)
    np.testing.assert_allclose(model.predict(wanted["x"]), wanted[f"{case}/after"], atol=2e-5)


def test_both_formats_of_keras_give_the_same_model(tmp_path):
    zipped, older = (
        loaded(written_by("keras3", f"every_layer.{ending}", tmp_path))
        for ending in ("keras", "h5")
    )

    assert zipped.get_config() == older.get_config()
    assert zipped.optimizer.get_config() == older.optimizer.get_config()
    assert zipped.loss.get_config() == older.loss.get_config()
    assert zipped.optimizer.iterations == older.optimizer.iterations == 9


def test_compile_settings_come_back(tmp_path):
    model = loaded(written_by("keras3", "every_layer.keras", tmp_path))
    x, y = expected("keras3")["x"], expected("keras3")["y"]

    results = model.evaluate(x, y, return_dict=True, verbose=0)

    assert set(results) == {"loss", "accuracy", "exact", "mean_squared_error"}
    assert type(model.loss).__name__ == "CategoricalCrossentropy"
    assert model.loss.label_smoothing == 0.1


def test_a_schedule_comes_back(tmp_path):
    optimizer = loaded(written_by("keras3", "adam.h5", tmp_path)).optimizer

    assert type(optimizer.rate_setting).__name__ == "ExponentialDecay"
    assert optimizer.learning_rate == pytest.approx(0.02 * 0.9 ** (9 / 5))
    with pytest.raises(TypeError, match="schedule"):
        optimizer.learning_rate = 0.1


def test_keras_2_decay_becomes_a_schedule(tmp_path):
    optimizer = loaded(written_by("keras2", "old_sgd.h5", tmp_path)).optimizer

    assert optimizer.iterations == 6
    assert optimizer.learning_rate == pytest.approx(0.1 / (1 + 0.1 * 6))


def test_the_product_of_nadam_that_keras_2_does_not_keep_is_computed_again(tmp_path):
    optimizer = loaded(written_by("keras2", "nadam.keras", tmp_path)).optimizer

    terms = [0.9 * (1 - 0.5 * 0.96**step) for step in range(1, 7)]
    assert optimizer.slots["u_product"] == pytest.approx(np.prod(terms))
    assert optimizer.slots["m"].any()


def test_a_model_without_compile_settings_comes_without(tmp_path):
    path = written_by("keras3", "every_layer.h5", tmp_path)

    assert not loaded(path, compile=False).compiled
    with h5py.File(path, "r+") as file:
        del file.attrs["training_config"]
    assert not loaded(path).compiled


def test_a_model_that_was_never_built_comes_without_weights(tmp_path):
    model = loaded(written_by("keras3", "never_built.keras", tmp_path))

    assert not model.built
    assert model.predict(np.ones((1, 5))).shape == (1, 2)


def test_the_weights_of_a_file_go_into_a_model_of_the_same_layers(tmp_path):
    model = loaded(written_by("keras3", "functional.keras", tmp_path))
    weights = model.get_weights()

    for name in ("functional.keras", "functional.h5", "functional.weights.h5"):
        model.set_weights([np.zeros_like(weight) for weight in weights])
        model.load_weights(written_by("keras3", name, tmp_path))
        if "weights" not in name:
            for weight, wanted in zip(model.get_weights(), weights, strict=True):
                np.testing.assert_array_equal(weight, wanted)
    # That file was written after three more epochs.
    after = expected("keras3")["functional/weight0"]
    np.testing.assert_array_equal(model.get_weights()[0], after)


def keras_2_2(path, **replaced):
    """A file as Keras 2.2.4 wrote it: layers in a list, no InputLayer, lr and decay, bytes."""
    scaled = {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None}
    config = {
        "name": "dense_1",
        "trainable": True,
        "batch_input_shape": [None, 3],
        "dtype": "float32",
        "units": 2,
        "activation": "tanh",
        "use_bias": True,
        "kernel_initializer": {"class_name": "VarianceScaling", "config": scaled},
        "bias_initializer": {"class_name": "Zeros", "config": {}},
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "activity_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
    }
    leaky = {"name": "leaky_re_lu_1", "trainable": True, "alpha": 0.5}
    layers = [
        {"class_name": "Dense", "config": config | replaced},
        {"class_name": "LeakyReLU", "config": leaky},
    ]
    adam = {"lr": 0.5, "beta_1": 0.9, "beta_2": 0.999, "decay": 0.0, "epsilon": 1e-7}
    training = {
        "optimizer_config": {"class_name": "Adam", "config": adam | {"amsgrad": False}},
        "loss": "mean_squared_error",
        "metrics": ["accuracy"],
        "sample_weight_mode": None,
        "loss_weights": None,
    }
    kernel, bias = np.arange(6, dtype="float32").reshape(3, 2), np.ones(2, "float32")
    state = [np.int64(7), kernel + 1, bias + 1, kernel + 2, bias + 2, np.zeros(1), np.zeros(1)]
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = b"2.2.4"
        file.attrs["backend"] = b"tensorflow"
        file.attrs["model_config"] = json.dumps(
            {"class_name": "Sequential", "config": layers}
        ).encode()
        file.attrs["training_config"] = json.dumps(training).encode()
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [b"dense_1", b"leaky_re_lu_1"]
        group.create_group("leaky_re_lu_1").attrs["weight_names"] = []
        dense = group.create_group("dense_1")
        dense.attrs["weight_names"] = [b"dense_1/kernel:0", b"dense_1/bias:0"]
        dense["dense_1/kernel:0"], dense["dense_1/bias:0"] = kernel, bias
        optimizer = file.create_group("optimizer_weights")
        names = ["Adam/iterations:0", *(f"training/Adam/Variable_{i}:0" for i in range(6))]
        optimizer.attrs["weight_names"] = [name.encode() for name in names]
        for name, values in zip(names, state, strict=True):
            optimizer[name] = values
    return path


def test_a_file_of_keras_2_2(tmp_path):
    model = loaded(keras_2_2(tmp_path / "old.h5"))

    kernel = np.arange(6, dtype="float32").reshape(3, 2)
    z = np.tanh(np.array([[0.1, -0.2, 0.3]]) @ kernel + 1)
    np.testing.assert_allclose(
        model.predict([[0.1, -0.2, 0.3]]), np.where(z > 0, z, 0.5 * z), rtol=1e-6
    )
    assert model.optimizer.learning_rate == 0.5
    assert model.optimizer.iterations == 7
    np.testing.assert_array_equal(model.optimizer.slots["m"], [1, 2, 3, 4, 5, 6, 2, 2])
    np.testing.assert_array_equal(model.optimizer.slots["v"], [2, 3, 4, 5, 6, 7, 3, 3])
    assert model.metrics_given == ("accuracy",)


def test_what_the_engine_does_not_have_is_refused_by_the_name_of_the_layer(tmp_path):
    path = keras_2_2(tmp_path / "old.h5", kernel_constraint={"class_name": "MaxNorm"})

    with pytest.raises(
        StorageError, match=r"old\.h5 cannot be loaded: layer 'dense_1': .*constrai"
    ):
        loaded(path)


def changed(path, change):
    """The .keras file at `path` with its config.json changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(members["config.json"])
    change(config)
    members["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refusal(tmp_path, change, name="every_layer.keras"):
    with pytest.raises(StorageError) as caught:
        loaded(changed(written_by("keras3", name, tmp_path), change))
    return str(caught.value)


def test_a_layer_that_the_engine_does_not_have(tmp_path):
    def change(config):
        config["config"]["layers"][3] |= {"class_name": "Conv2D"}
        config["config"]["layers"][3]["config"]["name"] = "eyes"

    message = refusal(tmp_path, change)

    assert (
        "layer 'eyes' is a Conv2D, which this engine does not have. It has: Activation," in message
    )


def test_a_class_of_ones_own_with_a_known_name(tmp_path):
    def change(config):
        config["config"]["layers"][1] |= {"module": "mine", "registered_name": "mine>Dense"}

    assert "layer 'first' is a Dense of its own making" in refusal(tmp_path, change)


def test_a_frozen_layer_is_for_predicting_only(tmp_path):
    path = changed(
        written_by("keras3", "every_layer.keras", tmp_path),
        lambda config: config["config"]["layers"][1]["config"].update(trainable=False),
    )

    with pytest.raises(StorageError, match=r"layer 'first' is not to be trained.*compile=False"):
        loaded(path)
    wanted = expected("keras3")
    predicted = loaded(path, compile=False).predict(wanted["x"])
    np.testing.assert_allclose(predicted, wanted["every_layer/before"], atol=2e-6)


def test_a_network_with_a_fork(tmp_path):
    def change(config):
        nodes = config["config"]["layers"][3]["inbound_nodes"]
        nodes[0]["args"][0]["config"]["keras_history"][0] = "given"

    message = refusal(tmp_path, change, "functional.keras")

    assert "layer 'out' does not follow the layer before it" in message


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("optimizer", {"class_name": "Lion", "config": {}}, "optimizer called 'Lion'"),
        ("loss", "poisson", "loss called 'poisson'"),
        ("loss", ["mse", "mse"], "2 entries for loss"),
        ("metrics", [{"class_name": "AUC", "config": {}}], "metric called 'AUC'"),
        ("weighted_metrics", ["mse"], "weighted_metrics"),
        ("loss_weights", [0.5], "loss_weights=0.5"),
    ],
)
def test_settings_that_the_engine_does_not_have(setting, value, said, tmp_path):
    message = refusal(tmp_path, lambda config: config["compile_config"].update({setting: value}))

    assert said in message
    assert "load_model(path, compile=False) leaves them out." in message
