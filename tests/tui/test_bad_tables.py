"""Tables and places that nothing good can come of: one sentence, an exit code, and no file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine.callbacks import CSVLogger
from tui.cli import main

ROWS = "".join(f"{at % 7},{at % 5},{'yes' if at % 3 else 'no'}\n" for at in range(60))
TABLE = "a,b,kind\n" + ROWS
NUMBERS = TABLE.replace("yes", "1.5").replace("no", "2.25")


def write(folder: Path, text: str, name: str = "table.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def train(path: str, *more: str, target: str = "kind") -> int:
    words = ("--target", target, "--plain", "--epochs", "1", "--layers", "3")
    return main(["train", path, *words, *more])


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def model(tmp_path, capsys) -> str:
    """A network that was trained on the table and saved."""
    path = str(tmp_path / "model.keras")
    assert train(write(tmp_path, TABLE), "--save", path) == 0
    capsys.readouterr()
    return path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(model, tmp_path, capsys):
    pipe = str(tmp_path / "pipe.csv")
    os.mkfifo(pipe)

    for run in (lambda: train(pipe), lambda: main(["predict", model, pipe])):
        assert run() == 1
        assert "no ordinary file" in capsys.readouterr().err


@pytest.mark.parametrize("column", ["a", "kind"])
def test_numbers_that_a_network_cannot_hold(column, tmp_path, capsys):
    line = "1e300,1,1\n" if column == "a" else "1,1,-1e300\n"
    path = write(tmp_path, NUMBERS + line)

    assert train(path) == 1
    said = capsys.readouterr()
    assert f"Column “{column}” has numbers as large as 1e+300" in said.err
    assert "fault" not in said.err
    assert "Epoch" not in said.out


@pytest.mark.parametrize(("number", "when"), [("1e300", ""), ("3e38", ", once it is scaled")])
def test_they_cannot_be_predicted_either(number, when, tmp_path, capsys):
    small = "".join(f"{at / 1e4},{'yes' if at % 3 else 'no'}\n" for at in range(60))
    path = str(tmp_path / "model.keras")
    assert train(write(tmp_path, "a,kind\n" + small), "--save", path) == 0
    capsys.readouterr()

    assert main(["predict", path, write(tmp_path, f"a\n{number}\n1\n", "other.csv")]) == 1
    assert f"Column “a”{when}" in capsys.readouterr().err


def test_signs_that_steer_a_terminal_are_no_part_of_a_name(tmp_path, capsys):
    path = write(tmp_path, TABLE.replace("a,b", "a\x1b[31m,b"))

    assert train(path) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["model", "model.txt", "model.weights.h5"])
def test_an_ending_that_no_model_has_is_told_before_the_training(name, tmp_path, capsys):
    assert train(write(tmp_path, TABLE), "--save", str(tmp_path / name)) == 1
    said = capsys.readouterr()
    assert "A model is saved as .keras" in said.err
    assert "Epoch" not in said.out
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("option", ["--save", "--history"])
def test_a_folder_one_may_not_write_into_is_told_before_the_training(
    option, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert train(write(tmp_path, TABLE), option, str(tmp_path / "out.h5")) == 2
    said = capsys.readouterr()
    assert "may not write into the folder" in said.err
    assert "Epoch" not in said.out


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_no_half_of_a_model(there, tmp_path, capsys, monkeypatch):
    path = tmp_path / "out" / "model.h5"
    path.parent.mkdir()
    if there:
        path.write_bytes(b"what was there")
    monkeypatch.setattr(os, "fsync", no_space)

    assert train(write(tmp_path, TABLE), "--save", str(path), "--force") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "No space left on device" in said
    assert str(path) in said
    assert list(path.parent.iterdir()) == ([path] if there else [])
    assert not there or path.read_bytes() == b"what was there"


def test_a_full_disk_leaves_no_half_of_the_predictions(model, tmp_path, capsys, monkeypatch):
    table, out = write(tmp_path, TABLE), tmp_path / "out" / "said.csv"
    out.parent.mkdir()
    monkeypatch.setattr(os, "fsync", no_space)

    assert main(["predict", model, table, "--out", str(out)]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert list(out.parent.iterdir()) == []


def test_a_full_disk_leaves_no_half_of_a_line_in_the_history(tmp_path, monkeypatch):
    path = tmp_path / "history.csv"
    logger = CSVLogger(path)
    logger.on_train_begin()
    logger.on_epoch_end(0, {"loss": 0.5})
    whole = path.read_bytes()
    real = Path.open

    def filling(self, *arguments, **options):
        file = real(self, *arguments, **options)
        put = file.write

        def half(text):
            put(text[: len(text) // 2])
            file.flush()
            no_space()

        file.write = half
        return file

    monkeypatch.setattr(Path, "open", filling)
    with pytest.raises(OSError, match="no space left"):
        logger.on_epoch_end(1, {"loss": 0.25})

    assert path.read_bytes() == whole
