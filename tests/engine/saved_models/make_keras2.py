"""Make the files of Keras 2 in this folder: python make_keras2.py, with TensorFlow 2.15.

Written by Keras 2.15.0, the last of its line, in both of its formats; the files of the time before
Keras 2.11 by its legacy optimizers, which store their state as it was stored then. expected.npz
gets what Keras itself does: predictions at the time of saving, and after two more epochs.
"""

import tempfile
import zipfile
from pathlib import Path

import keras
import numpy as np
from keras import layers, optimizers

HERE = Path(__file__).parent
FIT = {"epochs": 2, "batch_size": 4, "shuffle": False, "verbose": 0}


def data():
    rng = np.random.default_rng(8)
    x = rng.normal(size=(12, 3)).astype("float32")
    y = np.eye(2, dtype="float32")[(x[:, 0] > x[:, 1] * x[:, 2]).astype(int)]
    return x, y


def small(optimizer):
    model = keras.Sequential([layers.Dense(2, activation="softmax", input_shape=(3,))])
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model


def every_layer():
    model = keras.Sequential(
        [
            layers.Dense(5, activation="relu", input_dim=3, kernel_regularizer="l2"),
            layers.BatchNormalization(momentum=0.8),
            layers.LeakyReLU(alpha=0.2),
            layers.Dropout(0.0),
            layers.Flatten(),
            layers.Dense(4, kernel_initializer="he_uniform"),
            layers.Activation("tanh"),
            layers.Dense(2, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy", "mse"])
    return model


def functional():
    given = keras.Input((3,))
    hidden = layers.ELU()(layers.Dense(4)(given))
    model = keras.Model(given, layers.Softmax()(layers.Dense(2)(hidden)))
    model.compile("sgd", keras.losses.CategoricalCrossentropy(label_smoothing=0.1))
    return model


MODELS = {
    "every_layer": (every_layer, ["keras", "h5"]),
    "functional": (functional, ["keras", "h5"]),
    "sgd": (lambda: small(optimizers.SGD(0.1)), ["h5"]),
    "rmsprop": (lambda: small(optimizers.RMSprop(0.01, centered=True)), ["h5"]),
    "nadam": (lambda: small(optimizers.Nadam(0.02)), ["keras"]),
    "old_adam": (lambda: small(optimizers.legacy.Adam(0.02)), ["h5"]),
    "old_sgd": (lambda: small(optimizers.legacy.SGD(0.1, momentum=0.9, decay=0.1)), ["h5"]),
    "old_nadam": (lambda: small(optimizers.legacy.Nadam(0.02)), ["h5"]),
}


def make(folder):
    keras.utils.set_random_seed(1)
    x, y = data()
    expected = {"x": x, "y": y}
    for name, (make, endings) in MODELS.items():
        model = make()
        model.fit(x, y, **FIT)
        for ending in endings:
            model.save(folder / f"{name}.{ending}")
        expected[f"{name}/before"] = model.predict(x, verbose=0)
        model.fit(x, y, **FIT)
        expected[f"{name}/after"] = model.predict(x, verbose=0)
        for number, weight in enumerate(model.get_weights()):
            expected[f"{name}/weight{number}"] = weight
    np.savez(folder / "expected.npz", **expected)


def main():
    """All files in one archive: HDF5 files are mostly zeros."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        with zipfile.ZipFile(HERE / "keras2.zip", "w") as every:
            for path in sorted(folder.iterdir()):
                every.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
