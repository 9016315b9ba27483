"""Options of `dl-tutor train`: what is wrong with one is said before the table is read."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from engine import load_model
from lessons.labs.base import Refused
from lessons.tables.columns import understand
from lessons.tables.problem import make_problem
from lessons.tables.reading import read_table
from lessons.tables.target import choose_target
from tests.tui.driving import typed_train
from tui.cli import main
from tui.own.options import seed_of
from tui.own.screen import playground_of

ROWS = "".join(f"{at % 7},{at % 5},{at % 11}\n" for at in range(60))


@pytest.fixture
def table(tmp_path: Path) -> str:
    """A table of three columns."""
    path = tmp_path / "table.csv"
    path.write_text("area,rooms,price\n" + ROWS, encoding="utf-8")
    return str(path)


def train(table: str, *words: str) -> int:
    return main(["train", table, "--target", "price", "--plain", "--epochs", "1", *words])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--activation", "rulu"), ("--activation: ", "Did you mean 'relu'")),
        (("--loss", "mse2"), ("--loss: ", "Did you mean 'mse'")),
        (
            ("--optimizer", "adamm"),
            ("“sgd, momentum 0.9” or “sgd, nesterov 0.9”", "the nearest is “adam”"),
        ),
        (("--split", "1.5"), ("--split takes the part", "between 0 and 1", "not “1.5”")),
        (("--split", "half"), ("--split takes the part", "not “half”")),
        (("--drop", "price"), ("--drop leaves “price” out", "the column to predict")),
        (("--patience", "0"), ("--patience takes a whole number from 1 up",)),
        (("--layers", ""), ("none for no hidden layer",)),
        (("--layers", "8,,8"), ("not “8,,8”",)),
        (("--layers", "1000000"), ("1 to 10,000", "not “1000000”")),
        (("--history", "x.keras"), ("--history writes the losses as a table", "--save")),
    ],
)
def test_a_wrong_option_is_one_line_before_the_table(capsys, tmp_path, words, says) -> None:
    assert train(str(tmp_path / "there is no such table.csv"), *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    for part in says:
        assert part in said.err


@pytest.mark.parametrize("word", ["none", "0"])
def test_a_network_without_a_hidden_layer(table, tmp_path, word) -> None:
    path = tmp_path / "line.keras"
    assert train(table, "--layers", word, "--save", str(path)) == 0
    assert [weights.shape[0] for weights in load_model(path).get_weights()] == [2, 1]


def test_the_help_says_what_is_needed_and_what_the_seed_does(capsys) -> None:
    assert main(["train", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for words in (
        "the column to predict; needed with --plain or over a pipe",
        "--seed draws the rows that are held out and the first weights;",
        "none or 0 for no hidden layer",
    ):
        assert words in said


def test_without_a_seed_it_is_the_one_that_the_help_names(table, tmp_path) -> None:
    paths = [tmp_path / f"{name}.keras" for name in ("unsaid", "zero", "one")]
    for path, seed in zip(paths, ((), ("--seed", "0"), ("--seed", "1")), strict=True):
        assert train(table, "--save", str(path), *seed) == 0
    unsaid, zero, one = (load_model(path).get_weights()[0].tolist() for path in paths)
    assert unsaid == zero != one


@pytest.mark.parametrize(("classes", "ends"), [(11, "6, 7 and 3 more.\n"), (8, "6, 7.\n")])
def test_a_list_of_classes_ends_in_one_dot(tmp_path, capsys, classes, ends) -> None:
    path = tmp_path / "classes.csv"
    path.write_text("a,price\n" + "".join(f"{at % 7},{at % classes}\n" for at in range(90)))
    assert train(str(path), "--task", "classification") == 0
    assert ends in capsys.readouterr().out


@pytest.mark.parametrize("loss", ["mae", "huber"])
def test_the_screen_trains_the_very_network_that_lines_train(tmp_path, loss) -> None:
    rng = np.random.default_rng(1)
    path, history = tmp_path / "table.csv", tmp_path / "history.csv"
    rows = (f"{a:.3f},{b:.3f},{a - b:.3f}\n" for a, b in rng.normal(size=(60, 2)))
    path.write_text("a,b,y\n" + "".join(rows))
    words = (str(path), "--target", "y", "--loss", loss, "--epochs", "3", "--layers", "8")
    assert main(["train", *words, "--history", str(history)]) == 0
    plain = list(csv.DictReader(history.read_text().splitlines()))
    typed, raw = typed_train(*words), read_table(path)
    columns = understand(raw.frame)
    target = choose_target(raw.frame, columns, "y")
    own = make_problem(raw, columns, target, typed.split, seed_of(typed))
    lab = playground_of(typed, own)
    lab.set("stride", "epoch")
    lab.step()
    lab.step()
    with pytest.raises(Refused, match="Stopped after 3 epochs"):
        lab.step()
    taken = next(one for one in lab.outlets() if one.id == "history").text
    assert taken is not None
    screen = list(csv.DictReader(taken().splitlines()))
    assert [row["epoch"] for row in screen] == [row["epoch"] for row in plain] == ["1", "2", "3"]
    losses = [float(row["loss"]) for row in plain]
    assert [float(row["loss"]) for row in screen] == pytest.approx(losses, rel=1e-5)
