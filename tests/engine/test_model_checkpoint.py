"""ModelCheckpoint: where and when it saves. The files themselves are the storage's business."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import SGD, Dense, Input, ModelCheckpoint, Sequential

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(20, 3)), RNG.normal(size=20)


@pytest.fixture
def model(monkeypatch) -> Sequential:
    """A model whose `save` writes its loss of the moment, which is enough to tell files apart."""
    model = Sequential([Input((3,)), Dense(1)], seed=1)
    model.compile(SGD(0.01), "mse")

    def save(path: str, overwrite: bool) -> None:
        assert overwrite
        Path(path).write_text(repr(model.evaluate(X, Y)))

    monkeypatch.setattr(model, "save", save, raising=False)
    monkeypatch.setattr(
        model, "save_weights", lambda path, overwrite: save(path + ".w", overwrite), raising=False
    )
    return model


def fit(model: Sequential, **given: Any) -> dict[str, list[float]]:
    return model.fit(X, Y, verbose=0, validation_data=(X, Y), **given).history


def test_a_file_for_each_epoch_with_its_number_and_loss(model, tmp_path: Path) -> None:
    path = tmp_path / "new" / "{epoch:02d}-{val_loss:.2f}.keras"
    history = fit(model, epochs=3, callbacks=[ModelCheckpoint(path)])
    names = [f"{i:02d}-{loss:.2f}.keras" for i, loss in enumerate(history["val_loss"], start=1)]
    assert sorted(each.name for each in path.parent.iterdir()) == names
    for name, loss in zip(names, history["val_loss"], strict=True):
        assert float((path.parent / name).read_text()) == pytest.approx(loss, rel=1e-6)


def test_only_the_best_stays(model, tmp_path: Path) -> None:
    path = tmp_path / "best.h5"
    # with a rate like this the loss goes down once and then up
    history = fit(model, epochs=1, callbacks=[ModelCheckpoint(path, save_best_only=True)])
    model.optimizer.learning_rate = 2.0
    keep = ModelCheckpoint(
        path, save_best_only=True, initial_value_threshold=history["val_loss"][0]
    )
    worse = fit(model, epochs=3, batch_size=20, callbacks=[keep])["val_loss"]
    assert min(worse) > history["val_loss"][0]
    assert float(path.read_text()) == pytest.approx(history["val_loss"][0], rel=1e-6)


def test_weights_only(model, tmp_path: Path) -> None:
    path = tmp_path / "a.weights.h5"
    fit(model, callbacks=[ModelCheckpoint(path, save_weights_only=True)])
    assert [each.name for each in tmp_path.iterdir()] == ["a.weights.h5.w"]


def test_every_so_many_batches_and_the_best_of_them(model, tmp_path: Path) -> None:
    path = tmp_path / "{epoch}-{batch}.keras"
    keep = ModelCheckpoint(path, monitor="loss", save_best_only=True, save_freq=3)
    fit(model, epochs=3, batch_size=5, callbacks=[keep], shuffle=False)
    saved = {each.name for each in tmp_path.iterdir()}
    assert saved <= {"1-3.keras", "2-2.keras", "3-1.keras", "3-4.keras"}
    assert "1-3.keras" in saved


def test_it_says_what_it_saves_and_why(model, tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.keras"
    history = fit(model, epochs=1, callbacks=[ModelCheckpoint(path, verbose=1)])
    assert capsys.readouterr().out == f"Epoch 1: saved {path}\n"
    best = ModelCheckpoint(path, verbose=1, save_best_only=True)
    loss = fit(model, epochs=1, callbacks=[best])["val_loss"][0]
    words = f"Epoch 1: val_loss went from nothing to {loss:.5f}, saved {path}\n"
    assert capsys.readouterr().out == words
    best.best = 0.0
    fit(model, epochs=1, callbacks=[best])
    assert capsys.readouterr().out.startswith("Epoch 1: val_loss is not better than 0.00000")
    assert history


def test_without_what_it_watches_it_warns_and_saves(model, tmp_path: Path) -> None:
    path = tmp_path / "a.keras"
    with pytest.warns(UserWarning, match="watches 'val_loss'"):
        model.fit(X, Y, verbose=0, callbacks=[ModelCheckpoint(path, save_best_only=True)])
    assert path.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"filepath": "model.txt"}, "filepath must end in .keras or .h5: 'model.txt'"),
        ({"filepath": "m.h5", "save_weights_only": True}, "must end in .weights.h5"),
        ({"filepath": "m.keras", "save_freq": "batch"}, "'epoch' or a number of batches"),
        ({"filepath": "m.keras", "save_freq": 0}, "save_freq must be a whole number, 1 or more"),
        ({"filepath": "m.keras", "save_freq": True}, "save_freq must be a whole number"),
        ({"filepath": "m.keras", "mode": "up"}, "There is no mode called 'up'"),
    ],
)
def test_bad_arguments(arguments, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        ModelCheckpoint(**arguments)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("{accuracy:.2f}.keras", "asks for {accuracy}, which is not in the logs. They have: epoch"),
        ("{batch}.keras", "asks for {batch}"),
        ("{epoch:zz}.keras", "cannot be filled in"),
        ("{epoch.keras", "cannot be filled in"),
        ("{}.keras", "which is not in the logs"),
    ],
)
def test_names_that_cannot_be_filled_in(model, name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        fit(model, callbacks=[ModelCheckpoint(tmp_path / name)])


def test_a_folder_in_the_place_of_the_file(model, tmp_path: Path) -> None:
    (tmp_path / "a.keras").mkdir()
    with pytest.raises(OSError, match=r"writes a file, but .* is a folder"):
        fit(model, callbacks=[ModelCheckpoint(tmp_path / "a.keras")])
