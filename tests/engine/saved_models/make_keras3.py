"""Make the files of Keras 3 in this folder: KERAS_BACKEND=jax python make_keras3.py

Written by Keras 3.15.1 on JAX. Each model is trained a little and saved; expected.npz then gets
what Keras itself goes on to do with it: predictions at the time of saving, and after three more
epochs without shuffling the predictions and all weights.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "jax")

import tempfile
import zipfile
from pathlib import Path

import keras
import numpy as np
from keras import layers, losses, metrics, optimizers

HERE = Path(__file__).parent
FIT = {"epochs": 3, "batch_size": 4, "shuffle": False, "verbose": 0}

OPTIMIZERS = {
    "sgd": optimizers.SGD(0.05),
    "sgd_nesterov": optimizers.SGD(0.05, momentum=0.9, nesterov=True, clipnorm=0.5),
    "rmsprop": optimizers.RMSprop(0.01, momentum=0.5, centered=True),
    "adagrad": optimizers.Adagrad(0.1),
    "adadelta": optimizers.Adadelta(0.5),
    "adam": optimizers.Adam(optimizers.schedules.ExponentialDecay(0.02, 5, 0.9), amsgrad=True),
    "adamw": optimizers.AdamW(0.01, weight_decay=0.01, global_clipnorm=1.0),
    "adamax": optimizers.Adamax(0.02),
    "nadam": optimizers.Nadam(0.01, clipvalue=0.1),
}


def data():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(12, 3)).astype("float32")
    y = np.eye(2, dtype="float32")[(x[:, 0] > x[:, 1] * x[:, 2]).astype(int)]
    return x, y


def small(optimizer):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, activation="sigmoid")])
    model.compile(optimizer, "mse", metrics=["mae"])
    return model


def every_layer():
    model = keras.Sequential(
        [
            keras.Input((3,)),
            layers.Dense(
                6, "gelu", kernel_initializer="he_normal", kernel_regularizer="l2", name="first"
            ),
            layers.BatchNormalization(momentum=0.8),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Dense(4, use_bias=False, bias_regularizer=keras.regularizers.L1(0.02)),
            layers.ELU(alpha=0.7),
            layers.Flatten(),
            layers.Dense(4, activation=keras.activations.silu, activity_regularizer=None),
            layers.ReLU(max_value=5.0, negative_slope=0.1),
            layers.Activation("softplus"),
            layers.Dense(2),
            layers.Softmax(),
        ],
        name="every_layer",
    )
    model.compile(
        "adam",
        losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy", metrics.Precision(name="exact"), losses.mean_squared_error],
    )
    return model


def functional():
    given = keras.Input((3,), name="given")
    hidden = layers.Dense(4, activation="mish", name="hidden")(given)
    shaken = layers.Dropout(0.0, seed=3)(hidden)
    model = keras.Model(given, layers.Dense(2, activation="sigmoid", name="out")(shaken))
    model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    return model


def make(folder):
    keras.utils.set_random_seed(1)
    x, y = data()
    expected = {"x": x, "y": y}
    models = {name: (small(optimizer), ["keras"]) for name, optimizer in OPTIMIZERS.items()}
    models["nadam"][1].append("h5")
    models["adam"][1].append("h5")
    models["every_layer"] = every_layer(), ["keras", "h5"]
    models["functional"] = functional(), ["keras", "h5"]
    for name, (model, endings) in models.items():
        model.fit(x, y, **FIT)
        for ending in endings:
            model.save(folder / f"{name}.{ending}")
        expected[f"{name}/before"] = model.predict(x, verbose=0)
        model.fit(x, y, **FIT)
        expected[f"{name}/after"] = model.predict(x, verbose=0)
        for number, weight in enumerate(model.get_weights()):
            expected[f"{name}/weight{number}"] = weight
    models["functional"][0].save_weights(folder / "functional.weights.h5")
    bare = keras.Sequential([layers.Dense(2)])
    bare.save(folder / "never_built.keras")
    np.savez(folder / "expected.npz", **expected)


def main():
    """All files in one archive: HDF5 files are mostly zeros."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        with zipfile.ZipFile(HERE / "keras3.zip", "w") as every:
            for path in sorted(folder.iterdir()):
                every.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
