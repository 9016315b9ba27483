"""Write goldens.json: what real Keras 3 callbacks do with sequences of logs, and what fit calls.

Run it where Keras and JAX are installed:

    KERAS_BACKEND=jax python tests/engine/keras_callbacks/make.py
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import jax
import keras
import numpy as np

HERE = Path(__file__).parent

DOWN = [0.9, 0.7, 0.71, 0.69, 0.75, 0.76, 0.77, 0.6, 0.61, 0.62, 0.63, 0.64]
UP = [0.5, 0.6, 0.6, 0.55, 0.7, 0.7, 0.65, 0.64, 0.63, 0.62]
SLOW = [1.0, 0.95, 0.91, 0.85, 0.84, 0.835, 0.83, 0.829, 0.8285, 0.5]
FLAT = [0.5, 0.5 - 1e-9, 0.5 - 2e-9, 0.5 - 3e-9, 0.4]
NAN = [float("nan"), 0.5, 0.4, 0.3]

#: class, arguments, name of the logs, their values
SEQUENCES: list[tuple[str, dict[str, Any], str, list[float]]] = [
    ("EarlyStopping", {"monitor": "loss"}, "loss", DOWN),
    ("EarlyStopping", {"monitor": "loss", "patience": 1}, "loss", DOWN),
    ("EarlyStopping", {"monitor": "loss", "patience": 2}, "loss", DOWN),
    ("EarlyStopping", {"monitor": "loss", "patience": 4}, "loss", DOWN),
    (
        "EarlyStopping",
        {"monitor": "loss", "patience": 3, "restore_best_weights": True},
        "loss",
        DOWN,
    ),
    (
        "EarlyStopping",
        {"monitor": "loss", "patience": 50, "restore_best_weights": True},
        "loss",
        DOWN,
    ),
    ("EarlyStopping", {"patience": 1}, "val_loss", SLOW),
    ("EarlyStopping", {"patience": 2, "min_delta": 0.05}, "val_loss", SLOW),
    ("EarlyStopping", {"patience": 2, "min_delta": -0.05}, "val_loss", SLOW),
    ("EarlyStopping", {"patience": 2, "baseline": 0.86}, "val_loss", SLOW),
    (
        "EarlyStopping",
        {"patience": 4, "baseline": 0.86, "restore_best_weights": True},
        "val_loss",
        SLOW,
    ),
    ("EarlyStopping", {"patience": 3, "baseline": 0.1, "min_delta": 0.01}, "val_loss", SLOW),
    ("EarlyStopping", {"monitor": "loss", "start_from_epoch": 3}, "loss", DOWN),
    (
        "EarlyStopping",
        {
            "monitor": "loss",
            "start_from_epoch": 4,
            "patience": 2,
            "restore_best_weights": True,
            "baseline": 0.5,
        },
        "loss",
        DOWN,
    ),
    ("EarlyStopping", {"monitor": "accuracy", "patience": 2}, "accuracy", UP),
    ("EarlyStopping", {"monitor": "val_accuracy", "patience": 3}, "val_accuracy", UP),
    ("EarlyStopping", {"monitor": "val_mae", "patience": 3}, "val_mae", UP),
    (
        "EarlyStopping",
        {"monitor": "val_other", "mode": "max", "patience": 1, "restore_best_weights": True},
        "val_other",
        UP,
    ),
    ("EarlyStopping", {"monitor": "accuracy", "mode": "min", "patience": 2}, "accuracy", UP),
    ("EarlyStopping", {"monitor": "loss", "patience": 2}, "loss", FLAT),
    ("EarlyStopping", {"monitor": "loss", "patience": 2}, "loss", NAN),
    ("EarlyStopping", {"monitor": "loss", "patience": 0}, "loss", [0.5]),
    ("EarlyStopping", {}, "loss", DOWN),
    ("ReduceLROnPlateau", {"monitor": "loss", "patience": 1}, "loss", DOWN),
    ("ReduceLROnPlateau", {"monitor": "loss", "patience": 0}, "loss", DOWN),
    ("ReduceLROnPlateau", {"monitor": "loss", "patience": 2, "factor": 0.5}, "loss", DOWN),
    (
        "ReduceLROnPlateau",
        {"monitor": "loss", "patience": 1, "cooldown": 2, "factor": 0.5},
        "loss",
        DOWN,
    ),
    (
        "ReduceLROnPlateau",
        {"monitor": "loss", "patience": 1, "min_lr": 0.004, "factor": 0.2},
        "loss",
        DOWN,
    ),
    ("ReduceLROnPlateau", {"patience": 1, "min_delta": 0.02}, "val_loss", SLOW),
    ("ReduceLROnPlateau", {"patience": 1, "min_delta": 0}, "val_loss", SLOW),
    (
        "ReduceLROnPlateau",
        {"monitor": "val_accuracy", "patience": 2, "cooldown": 1},
        "val_accuracy",
        UP,
    ),
    (
        "ReduceLROnPlateau",
        {"monitor": "val_other", "mode": "max", "patience": 1},
        "val_other",
        UP,
    ),
    ("ReduceLROnPlateau", {}, "loss", DOWN),
    ("CSVLogger", {}, "loss", DOWN[:3]),
    ("CSVLogger", {"separator": ";"}, "val_loss", DOWN[:3]),
    ("CSVLogger", {"append": True}, "loss", DOWN[:2]),
    ("ModelCheckpoint", {"filepath": "{epoch:02d}-{loss:.2f}.keras"}, "loss", DOWN[:4]),
    (
        "ModelCheckpoint",
        {"filepath": "best.h5", "monitor": "loss", "save_best_only": True},
        "loss",
        DOWN,
    ),
    (
        "ModelCheckpoint",
        {
            "filepath": "{epoch}.weights.h5",
            "monitor": "accuracy",
            "save_best_only": True,
            "save_weights_only": True,
            "initial_value_threshold": 0.55,
        },
        "accuracy",
        UP,
    ),
    (
        "ModelCheckpoint",
        {"filepath": "{epoch}.keras", "monitor": "x", "mode": "max", "save_best_only": True},
        "x",
        UP,
    ),
    ("ModelCheckpoint", {"filepath": "{epoch}.keras", "save_best_only": True}, "loss", DOWN[:3]),
    ("ModelCheckpoint", {"filepath": "e{epoch}-b{batch}.keras", "save_freq": 4}, "loss", DOWN[:4]),
]
BATCHES = 3  # in each epoch of a sequence

#: arguments of fit, beside data of 10 rows and two epochs
FITS: dict[str, dict[str, Any]] = {
    "plain": {},
    "validation split": {"validation_split": 0.3},
    "validation data": {"validation": 4},
    "weighted validation": {"validation": 4, "weighted_validation": True},
    "validation every second epoch": {"validation": 4, "validation_freq": 2, "epochs": 4},
    "validation after some epochs": {"validation": 4, "validation_freq": [1, 4], "epochs": 4},
    "sample weights": {"sample_weight": True},
    "sample weights, split": {"sample_weight": True, "validation_split": 0.4},
    "class weights": {"class_weight": {0: 0.5, 1: 3.0}},
    "class weights, one of them": {"class_weight": {1: 3.0}, "validation_split": 0.3},
    "class weights, one-hot": {"class_weight": {0: 2.0, 2: 0.25}, "one_hot": True},
    "initial epoch": {"initial_epoch": 2, "epochs": 4},
    "nothing left": {"initial_epoch": 3, "epochs": 3},
    "stopped at a batch": {"stop_at": 1, "validation": 4, "epochs": 3},
    "learning rate": {"rates": [0.5, 0.05, 0.25], "epochs": 3},
}


def model_of(outputs: int = 1) -> keras.Sequential:
    activation = "sigmoid" if outputs == 1 else "softmax"
    model = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(outputs, activation=activation)]
    )
    loss = "binary_crossentropy" if outputs == 1 else "categorical_crossentropy"
    model.compile(keras.optimizers.SGD(0.1), loss, metrics=["accuracy", "mae"])
    return model


def run_sequence(kind: str, config: dict[str, Any], name: str, values: list[float]) -> dict:
    """Feed the logs through the hooks; the bias of the model tells which epoch its weights have."""
    model, folder = model_of(), Path(tempfile.mkdtemp())
    model.evaluate(np.zeros((2, 2)), np.zeros(2), verbose=0)  # only now has it its metrics
    files: list[str] = []
    model.save = model.save_weights = lambda path, overwrite: files.append(Path(path).name)
    config = dict(config)
    if kind == "CSVLogger":
        config["filename"] = folder / "log.csv"
        if config.get("append"):
            config["filename"].write_text("epoch,loss\r\n0,1.5\r\n", newline="")
    if kind == "ModelCheckpoint":
        config["filepath"] = folder / config["filepath"]
    callback = getattr(keras.callbacks, kind)(**config)
    callback.set_model(model)
    callback.set_params({"verbose": 0, "epochs": len(values), "steps": BATCHES})
    model.stop_training = False
    rates = []
    callback.on_train_begin({})
    for epoch, value in enumerate(values):
        callback.on_epoch_begin(epoch, {})
        for batch in range(BATCHES):
            callback.on_train_batch_begin(batch, {})
            callback.on_train_batch_end(batch, {name: value})
        model.set_weights([np.zeros((2, 1)), np.full(1, float(epoch))])
        logs = {name: value}
        callback.on_epoch_end(epoch, logs)
        rates.append(logs.get("learning_rate"))
        if model.stop_training:
            break
    callback.on_train_end({})
    wanted = ("wait", "stopped_epoch", "best", "best_epoch", "cooldown_counter")
    return {
        "epochs": epoch + 1,
        "state": {key: getattr(callback, key) for key in wanted if hasattr(callback, key)},
        "weights_of_epoch": float(model.get_weights()[1][0]),
        "logged_rates": rates,
        "last_rate": float(np.asarray(model.optimizer.learning_rate)),
        "files": files,
        "csv": (folder / "log.csv").read_bytes().decode() if kind == "CSVLogger" else None,
    }


class Diary(keras.callbacks.Callback):
    """Notes every hook that fit calls, with its number and logs."""

    def __init__(self, stop_at: int | None) -> None:
        super().__init__()
        self.stop_at = stop_at
        self.calls: list[list[Any]] = []


def _noting(hook: str) -> Any:
    def note(self: Diary, *given: Any, logs: Any = None) -> None:
        *number, last = [*given, logs] if logs is not None else given
        self.calls.append([hook, *number, dict(last or {})])
        if hook == "on_train_batch_end" and number[0] == self.stop_at:
            self.model.stop_training = True

    return note


for _hook in ("train", "test"):
    for _end in ("begin", "end"):
        setattr(Diary, f"on_{_hook}_{_end}", _noting(f"on_{_hook}_{_end}"))
        setattr(Diary, f"on_{_hook}_batch_{_end}", _noting(f"on_{_hook}_batch_{_end}"))
for _end in ("begin", "end"):
    setattr(Diary, f"on_epoch_{_end}", _noting(f"on_epoch_{_end}"))


def run_fit(settings: dict[str, Any]) -> dict[str, Any]:
    given = {"epochs": 2} | settings
    rng = np.random.default_rng(4)
    x, classes = rng.normal(size=(10, 2)), rng.integers(3, size=10)
    weights = rng.uniform(0.2, 2.0, size=10)
    one_hot = given.pop("one_hot", False)
    y = np.eye(3)[classes] if one_hot else (classes > 0).astype(float)
    held_out = given.pop("validation", 0)
    weighted = given.pop("weighted_validation", False)
    if held_out:
        parts = (x[-held_out:], y[-held_out:], weights[-held_out:])
        given["validation_data"] = parts if weighted else parts[:2]
    if given.pop("sample_weight", False):
        given["sample_weight"] = weights
    model = model_of(3 if one_hot else 1)
    start = [rng.normal(size=each.shape) for each in model.get_weights()]
    model.set_weights(start)
    diary = Diary(given.pop("stop_at", None))
    callbacks: list[Any] = [diary]
    if rates := given.pop("rates", None):
        callbacks.insert(0, keras.callbacks.LearningRateScheduler(lambda epoch: rates[epoch]))
    history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0, callbacks=callbacks, **given)
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "sample_weight": weights.tolist(),
        "start": [each.tolist() for each in start],
        "calls": diary.calls,
        "history": history.history,
        "epoch": history.epoch,
        "params": history.params,
        "weights": [np.asarray(each).tolist() for each in model.get_weights()],
    }


def main() -> None:
    sequences = []
    for dtype in ("float32", "float64"):
        keras.config.set_floatx(dtype)
        keras.config.set_dtype_policy(dtype)
        jax.config.update("jax_enable_x64", dtype == "float64")
        for kind, config, name, values in SEQUENCES:
            if dtype == "float64" and values is not FLAT:
                continue  # one sequence tells the two kinds of number apart
            sequences.append(
                {"kind": kind, "config": config, "log": name, "values": values, "dtype": dtype}
                | {"keras": run_sequence(kind, config, name, values)}
            )
    fits = [
        {"name": name, "settings": settings, "keras": run_fit(settings)}
        for name, settings in FITS.items()
    ]
    goldens = {"keras_version": keras.__version__, "sequences": sequences, "fits": fits}
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1) + "\n")


if __name__ == "__main__":
    main()
