"""Callbacks: hooks, what is printed, messages. What they decide is in test_keras_callbacks."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import (
    SGD,
    Callback,
    CSVLogger,
    Dense,
    EarlyStopping,
    History,
    Input,
    LambdaCallback,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    Sequential,
)

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(20, 3)), RNG.normal(size=20)


def small(metrics=("mae",)) -> Sequential:
    model = Sequential([Input((3,)), Dense(1)], seed=1)
    model.compile(SGD(0.01), "mse", metrics=list(metrics))
    return model


def anything(value: object) -> Any:
    """Hand a value of the wrong type past the type checker."""
    return value


# -- hooks ---------------------------------------------------------------------------------------


def test_batch_hooks_have_a_short_and_a_long_name() -> None:
    class Short(Callback):
        def __init__(self) -> None:
            self.seen: list[str] = []

        def on_batch_begin(self, batch, logs=None) -> None:
            self.seen.append(f"{batch} begins")

        def on_batch_end(self, batch, logs=None) -> None:
            self.seen.append(f"{batch} ends with {', '.join(logs)}")

    short = Short()
    small().fit(X, Y, batch_size=10, verbose=0, callbacks=[short])
    assert short.seen == [
        "0 begins",
        "0 ends with loss, mae",
        "1 begins",
        "1 ends with loss, mae",
    ]


def test_only_a_callback_that_looks_at_batches_makes_fit_stop_for_them() -> None:
    class Idle(Callback):
        def on_epoch_end(self, epoch, logs=None) -> None:
            pass

    assert not Idle().wants_batches
    assert not ModelCheckpoint("a.keras").wants_batches
    assert ModelCheckpoint("a.keras", save_freq=5).wants_batches
    assert LambdaCallback(on_batch_end=print).wants_batches
    assert LambdaCallback(on_test_batch_end=print).wants_test_batches
    assert not LambdaCallback(on_epoch_end=print).wants_batches


def test_a_callback_knows_model_and_params_before_anything_else() -> None:
    seen = []
    model = small()
    watch = LambdaCallback(on_train_begin=lambda logs: seen.append((watch.model, watch.params)))
    model.fit(X, Y, batch_size=8, epochs=3, initial_epoch=1, verbose=0, callbacks=watch)
    assert seen == [(model, {"verbose": 0, "epochs": 3, "steps": 3})]


def test_what_a_callback_adds_to_the_logs_is_in_the_history() -> None:
    def add(epoch: int, logs: dict[str, float]) -> None:
        logs["twice"] = 2 * logs["loss"]

    history = small().fit(X, Y, epochs=2, verbose=0, callbacks=[LambdaCallback(on_epoch_end=add)])
    assert history.history["twice"] == [2 * loss for loss in history.history["loss"]]


def test_a_history_of_ones_own_is_used() -> None:
    mine, model = History(), small()
    assert model.fit(X, Y, verbose=0, callbacks=[mine]) is mine
    assert model.history is mine


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([EarlyStopping], "the class EarlyStopping: write EarlyStopping(...)"),
        (EarlyStopping, "the class EarlyStopping: write EarlyStopping(...)"),
        (["EarlyStopping"], "such as EarlyStopping(), not 'EarlyStopping'"),
        ("EarlyStopping", "a list such as [EarlyStopping()], not 'EarlyStopping'"),
        ([[EarlyStopping("loss")]], "must hold callbacks"),
    ],
)
def test_callbacks_must_be_callbacks(given, message: str) -> None:
    with pytest.raises(TypeError, match=re.escape(message)):
        small().fit(X, Y, callbacks=given, verbose=0)


def test_lambda_callback_says_what_it_cannot_do() -> None:
    with pytest.raises(ValueError, match="Did you mean 'on_epoch_end'"):
        LambdaCallback(on_epoch_ends=print)
    with pytest.raises(TypeError, match="on_epoch_end must be a function, not 3"):
        LambdaCallback(on_epoch_end=anything(3))


# -- watching a number ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [EarlyStopping, ReduceLROnPlateau])
@pytest.mark.parametrize(
    ("monitor", "message"),
    [
        ("val_loss", r"watches 'val_loss', .* have: loss, mae.*\. Give fit validation_data"),
        ("val_mae", "Give fit validation_data or validation_split"),
    ],
)
def test_what_is_not_in_the_logs_is_warned_about(kind, monitor: str, message: str) -> None:
    with pytest.warns(UserWarning, match=message):
        history = small().fit(X, Y, epochs=2, verbose=0, callbacks=[kind(monitor)])
    assert history.epoch == [0, 1], "training goes on, as in Keras"


@pytest.mark.parametrize("kind", [EarlyStopping, ReduceLROnPlateau])
def test_a_direction_that_the_name_does_not_tell_is_asked_for(kind) -> None:
    model = small()
    before = model.parameters.copy()
    with pytest.raises(ValueError, match="cannot tell whether 'val_acc' should go up or down"):
        model.fit(X, Y, verbose=0, callbacks=[kind("val_acc")])
    assert np.array_equal(model.parameters, before), "said before an epoch is lost"
    with pytest.warns(UserWarning, match="watches 'val_acc'"):
        model.fit(X, Y, verbose=0, callbacks=[kind("val_acc", mode="max")])


def test_bad_arguments_of_what_watches() -> None:
    with pytest.raises(ValueError, match=r"no mode called .maxx.\. Did you mean .max."):
        EarlyStopping(mode="maxx")
    with pytest.raises(ValueError, match="monitor must be a name"):
        EarlyStopping(anything(3))
    for factor in (1.0, 2, -0.1):
        with pytest.raises(ValueError, match="factor must be a number, from 0 to below 1"):
            ReduceLROnPlateau(factor=factor)


def test_early_stopping_starts_anew_in_each_fit() -> None:
    stop, model = EarlyStopping("loss", min_delta=100, patience=2), small()
    lengths = [len(model.fit(X, Y, epochs=9, verbose=0, callbacks=[stop]).epoch) for _ in range(2)]
    assert lengths == [3, 3]


def test_early_stopping_says_what_it_does(capsys) -> None:
    stop = EarlyStopping("loss", min_delta=100, verbose=1, restore_best_weights=True)
    small().fit(X, Y, epochs=9, verbose=0, callbacks=[stop])
    assert capsys.readouterr().out.splitlines() == [
        "Epoch 2: stopped early",
        "Putting back the weights of the best epoch, 1",
    ]


# -- the learning rate ---------------------------------------------------------------------------


def test_a_schedule_gets_the_epoch_and_the_rate(capsys) -> None:
    model = small()
    halve = LearningRateScheduler(lambda epoch, rate: rate if epoch == 0 else rate / 2, verbose=1)
    history = model.fit(X, Y, epochs=3, verbose=0, callbacks=[halve])
    assert history.history["learning_rate"] == [0.01, 0.005, 0.0025]
    assert capsys.readouterr().out.splitlines()[1] == "Epoch 2: the learning rate is now 0.005"


@pytest.mark.parametrize("returned", [1, None, "0.1", True])
def test_a_schedule_must_return_a_float(returned) -> None:
    schedule = LearningRateScheduler(lambda epoch, rate: anything(returned))
    with pytest.raises(ValueError, match=f"must return a float.* epoch 0 it returned {returned!r}"):
        small().fit(X, Y, verbose=0, callbacks=[schedule])


def test_an_error_inside_a_schedule_is_not_hidden() -> None:
    def wrong(epoch: int, rate: float) -> Any:
        return anything(rate) + "fast"

    with pytest.raises(TypeError, match="unsupported operand"):
        small().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(wrong)])
    with pytest.raises(TypeError, match="needs a function"):
        LearningRateScheduler(anything(0.1))


def test_a_negative_rate_is_refused_by_the_optimizer() -> None:
    with pytest.raises(ValueError, match="learning_rate"):
        small().fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda epoch: -0.1)])


def test_a_plateau_lowers_the_rate_and_says_so(capsys) -> None:
    plateau = ReduceLROnPlateau("loss", min_delta=100, patience=1, factor=0.5, verbose=1)
    history = small().fit(X, Y, epochs=3, verbose=0, callbacks=[plateau])
    assert history.history["learning_rate"] == [0.01, 0.01, 0.005]
    first = "Epoch 2: loss stands still, the rate is now 0.005"
    assert capsys.readouterr().out.splitlines()[0] == first


# -- CSV -----------------------------------------------------------------------------------------


def test_a_line_is_on_disk_as_soon_as_its_epoch_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    lines: list[int] = []
    watch = LambdaCallback(
        on_epoch_end=lambda epoch, logs: lines.append(len(path.read_text().splitlines()))
    )
    history = small().fit(X, Y, epochs=3, verbose=0, callbacks=[CSVLogger(path), watch])
    assert lines == [2, 3, 4]
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert [float(row["loss"]) for row in rows] == history.history["loss"]


def test_a_log_goes_on_after_a_line_cut_off_by_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"epoch,loss,mae\r\n0,0.5,0.")
    small().fit(X, Y, verbose=0, callbacks=[CSVLogger(path, append=True)])
    assert path.read_bytes().decode().splitlines()[1:][0] == "0,0.5,0."
    assert path.read_bytes().decode().splitlines()[2].startswith("0,")


def test_a_log_stays_where_it_began_when_the_program_moves(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path)
    move = LambdaCallback(on_epoch_begin=lambda epoch, logs: monkeypatch.chdir(tmp_path / "there"))
    small().fit(X, Y, epochs=2, verbose=0, callbacks=[CSVLogger("log.csv"), move])
    assert len((tmp_path / "log.csv").read_text().splitlines()) == 3


def test_a_log_that_cannot_be_written_is_known_before_training(tmp_path: Path) -> None:
    model = small()
    before = model.parameters.copy()
    for path in (tmp_path / "no" / "log.csv", tmp_path):
        for append in (False, True):
            with pytest.raises(OSError, match=f"CSVLogger cannot write {re.escape(str(path))}: "):
                model.fit(X, Y, verbose=0, callbacks=[CSVLogger(path, append=append)])
    assert np.array_equal(model.parameters, before)


@pytest.mark.parametrize("separator", ["", ", ", '"', None])
def test_the_separator_is_one_character(separator) -> None:
    with pytest.raises(ValueError, match="separator must be one character"):
        CSVLogger("log.csv", separator=separator)
