"""The programs that the end of the course gives away: they run as they stand."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest

import engine
from engine.data import DataError
from lessons import closing

KERAS, ENGINE, OWN = closing.listings()


def run(source: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "<listing>", "exec"), {"__name__": "__main__"})
    return printed.getvalue()


def test_the_program_for_this_engine_runs() -> None:
    assert "val_loss" in run(ENGINE.source)


def test_keras_and_the_engine_are_told_the_same_network() -> None:
    for line in ("Input((9,)),", 'Dense(50, activation="relu"),', "Dense(1),"):
        assert line in KERAS.source
        assert line in ENGINE.source
    assert KERAS.source.startswith("import keras\n")


def test_the_program_for_an_own_file_learns_from_it(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    draw = np.random.default_rng(0)
    size, rooms = draw.uniform(20, 200, 120), draw.integers(1, 7, 120)
    rows = [f"{a:.1f},{b},{2 * a + 10 * b:.1f}" for a, b in zip(size, rooms, strict=True)]
    (tmp_path / "mine.csv").write_text("\n".join(["size,rooms,price", *rows]))
    source = OWN.source.replace("epochs=100", "epochs=3")
    assert source != OWN.source

    run(source)

    model = engine.load_model(tmp_path / "mine.keras")
    assert model.predict(np.zeros((1, 2))).shape == (1, 1)


def test_a_word_in_an_own_file_is_told_with_its_line(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text("size,price\n1,2\n3,much\n")
    with pytest.raises(DataError, match="line 3"):
        run(OWN.source)
