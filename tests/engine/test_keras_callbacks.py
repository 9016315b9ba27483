"""Callbacks and fit do what real Keras does: goldens of Keras 3.15, see keras_callbacks/make.py."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import SGD, Callback, Dense, Input, LearningRateScheduler, Sequential, callbacks

GOLDENS = json.loads((Path(__file__).parent / "keras_callbacks" / "goldens.json").read_text())
BATCHES = 3
# Keras rounds the mean over the outputs to float32 even where all else is float64.
LOGS, WEIGHTS = 1e-7, 1e-6


def model_of(outputs: int = 1, dtype: str = "float64") -> Sequential:
    activation = "sigmoid" if outputs == 1 else "softmax"
    loss = "binary_crossentropy" if outputs == 1 else "categorical_crossentropy"
    model = Sequential([Input((2,)), Dense(outputs, activation=activation)], dtype=dtype)
    model.compile(SGD(0.1), loss, metrics=["accuracy", "mae"])
    return model


def name_of(case: dict[str, Any]) -> str:
    config = ", ".join(f"{name}={value}" for name, value in case["config"].items())
    return f"{case['kind']}({config}) on {case['log']} {case['dtype']}"


@pytest.mark.parametrize("case", GOLDENS["sequences"], ids=name_of)
def test_a_sequence_of_logs(case: dict[str, Any], tmp_path: Path, monkeypatch) -> None:
    model, keras, config = model_of(dtype=case["dtype"]), case["keras"], dict(case["config"])
    files: list[str] = []
    for save in ("save", "save_weights"):
        monkeypatch.setattr(
            model, save, lambda path, overwrite: files.append(Path(path).name), raising=False
        )
    log = tmp_path / "log.csv"
    if case["kind"] == "CSVLogger":
        config["filename"] = log
        if config.get("append"):
            log.write_text("epoch,loss\r\n0,1.5\r\n", newline="")
    if "filepath" in config:
        config["filepath"] = tmp_path / config["filepath"]
    callback = getattr(callbacks, case["kind"])(**config)
    rates: list[float | None] = []

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some sequences lack what is watched, on purpose
        epochs = feed(callback, model, case["log"], case["values"], rates)

    assert epochs == keras["epochs"]
    for name, value in keras["state"].items():
        assert getattr(callback, name) == pytest.approx(value, nan_ok=True), name
    assert model.get_weights()[1] == keras["weights_of_epoch"]
    assert rates == [
        rate if rate is None else pytest.approx(rate) for rate in keras["logged_rates"]
    ]
    assert model.need_compiled()[0].learning_rate == pytest.approx(keras["last_rate"])
    assert files == keras["files"]
    if keras["csv"] is not None:
        assert log.read_bytes().decode() == keras["csv"]


def feed(callback: Callback, model: Sequential, name: str, values: list[float], rates: list) -> int:
    """Call the hooks as `fit` does, with these logs; the bias tells whose weights they are."""
    callback.set_model(model)
    callback.set_params({"verbose": 0, "epochs": len(values), "steps": BATCHES})
    model.stop_training = False
    callback.on_train_begin({})
    for epoch, value in enumerate(values):
        callback.on_epoch_begin(epoch, {})
        for batch in range(BATCHES):
            callback.on_train_batch_begin(batch, {})
            callback.on_train_batch_end(batch, {name: value})
        model.set_weights([np.zeros((2, 1)), np.full(1, epoch)])
        logs = {name: value}
        callback.on_epoch_end(epoch, logs)
        rates.append(logs.get("learning_rate"))
        if model.stop_training:
            break
    callback.on_train_end({})
    return epoch + 1


class Diary(Callback):
    """Notes every hook with its number and logs; may end the training at a batch."""

    def __init__(self, stop_at: int | None) -> None:
        self.stop_at = stop_at
        self.calls: list[list[Any]] = []


def _noting(hook: str) -> Any:
    def note(self: Diary, *given: Any) -> None:
        *number, logs = given
        self.calls.append([hook, *number, dict(logs)])
        if hook == "on_train_batch_end" and number[0] == self.stop_at:
            self.model.stop_training = True

    return note


for _hook in ("train", "test", "train_batch", "test_batch", "epoch"):
    for _end in ("begin", "end"):
        setattr(Diary, f"on_{_hook}_{_end}", _noting(f"on_{_hook}_{_end}"))


@pytest.mark.parametrize("case", GOLDENS["fits"], ids=[case["name"] for case in GOLDENS["fits"]])
def test_what_fit_does(case: dict[str, Any]) -> None:
    given, keras = {"epochs": 2} | case["settings"], case["keras"]
    x, y, weights = (np.array(keras[name]) for name in ("x", "y", "sample_weight"))
    given.pop("one_hot", None)
    if rows := given.pop("validation", 0):
        parts = (x[-rows:], y[-rows:], weights[-rows:])
        weighted = given.pop("weighted_validation", False)
        given["validation_data"] = parts if weighted else parts[:2]
    if given.pop("sample_weight", False):
        given["sample_weight"] = weights
    if "class_weight" in given:  # JSON has no numbers for keys
        given["class_weight"] = {int(key): value for key, value in given["class_weight"].items()}
    model = model_of(1 if y.ndim == 1 else 3)
    model.set_weights([np.array(each) for each in keras["start"]])
    diary = Diary(given.pop("stop_at", None))
    given["callbacks"] = [diary]
    if rates := given.pop("rates", None):
        given["callbacks"] = [LearningRateScheduler(lambda epoch: rates[epoch]), diary]

    history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0, **given)

    assert history.epoch == keras["epoch"]
    assert history.params == keras["params"]
    assert list(history.history) == list(keras["history"])
    for name, values in keras["history"].items():
        assert history.history[name] == pytest.approx(values, rel=LOGS), name
    assert [call[:-1] for call in diary.calls] == [call[:-1] for call in keras["calls"]]
    for ours, theirs in zip(diary.calls, keras["calls"], strict=True):
        assert list(ours[-1]) == list(theirs[-1]), ours[0]
        assert ours[-1] == pytest.approx(theirs[-1], rel=LOGS), ours[0]
    for weight, wanted in zip(model.get_weights(), keras["weights"], strict=True):
        np.testing.assert_allclose(weight, np.array(wanted), rtol=WEIGHTS)
