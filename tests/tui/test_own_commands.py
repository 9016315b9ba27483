"""train, predict and show on the command line: over pipes, with bad input, without a trace left."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from engine import Dense, Input, Sequential, load_model
from tui.cli import main

ROWS = 40


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table whose wage is 2 × years + 3 in Rome and 2 × years in Oslo, with a gap in it."""
    rng = np.random.default_rng(0)
    lines = ["years,town,member,wage"]
    for at, years in enumerate(rng.uniform(0, 10, ROWS)):
        town = "Rome" if at % 2 else "Oslo"
        wage = 2 * years + (3 if town == "Rome" else 0)
        lines.append(
            f"{'' if at == 7 else round(years, 2)},{town},{'yes' if at % 3 else 'no'},{wage:.3f}"
        )
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def run(*words: object) -> int:
    return main([str(word) for word in words])


def train(table: Path, *words: object, target: str = "wage") -> int:
    return run("train", table, "--target", target, "--layers", "8", "--epochs", 3, *words)


def test_it_says_what_it_understood_before_it_trains(table, capsys) -> None:
    assert train(table) == 0
    said = capsys.readouterr().out
    before, _, after = said.partition("Epoch 1/3")
    for words in (
        "40 rows, 4 columns",
        "commas between cells",
        "town    text                one-hot   2 different texts; Oslo, Rome",
        "wage    number              target",
        "A regression: “wage” is a number",
        "28 rows to learn from, 12 held out; 4 inputs.",
        "always the mean: off by",
        "a squared error of 1 is no better than the mean",
    ):
        assert words in before
    assert "Epoch 3/3" in after
    assert "val_loss" in after
    assert "Lowest validation loss" in after


def test_odd_columns_are_told_of_before_it_trains(table, capsys) -> None:
    lines = table.read_text().splitlines()
    wages = [line.split(",")[-1] for line in lines[1:]]
    rows = [f"{line},{at * 7 % 40},{wages[at]}" for at, line in enumerate(lines[1:])]
    table.write_text("\n".join([f"{lines[0]},staff_id,pay", *rows]) + "\n")
    assert train(table) == 0
    before, _, _ = capsys.readouterr().out.partition("Epoch 1/3")
    assert "“staff_id” is called an id" in before
    assert "--drop staff_id leaves it out." in before
    assert "“pay” gives “wage” away in every row" in before
    assert train(table, "--drop", "pay", "--drop", "staff_id") == 0
    assert "away in every row" not in capsys.readouterr().out


def test_a_class_is_predicted_too(table, capsys) -> None:
    assert train(table, target="town") == 0
    said = capsys.readouterr().out
    assert "A classification of “town” (2 different texts): Oslo, Rome." in said
    assert "val_accuracy" in said
    assert "always “" in said


def test_the_same_seed_gives_the_same_network(table, tmp_path) -> None:
    files = [tmp_path / f"{name}.keras" for name in ("one", "two", "three")]
    for file, seed in zip(files, (5, 5, 6), strict=True):
        assert train(table, "--save", file, "--seed", seed) == 0
    one, two, three = ([w.tobytes() for w in load_model(file).get_weights()] for file in files)
    assert one == two != three


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_what_is_saved_predicts_with_its_scaling_and_order(table, tmp_path, capsys, ending) -> None:
    model, out = tmp_path / f"wages.{ending}", tmp_path / "out.csv"
    assert train(table, "--save", model, "--epochs", 200, "--rate", 0.01) == 0
    turned = tmp_path / "turned.csv"  # other order, another column, no target
    with table.open() as file:
        rows = list(csv.DictReader(file))
    with turned.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["shoe", "member", "town", "years"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**row, "shoe": 42} for row in rows)
    assert run("predict", model, turned, "--out", out) == 0
    assert "Wrote 40 predictions" in capsys.readouterr().out
    with out.open() as file:
        predicted = [float(row["predicted wage"]) for row in csv.DictReader(file)]
    errors = [
        abs(one - float(row["wage"]))
        for one, row in zip(predicted, rows, strict=True)
        if row["years"]
    ]
    assert np.median(errors) < 1.5  # unscaled or in another order it would be far off


def test_classes_are_predicted_by_name_with_their_probabilities(table, tmp_path, capsys) -> None:
    model = tmp_path / "town.keras"
    assert train(table, "--save", model, target="town") == 0
    capsys.readouterr()
    assert run("predict", model, table) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(rows) == ROWS
    for row in rows:
        shares = {name: float(row[f"probability of {name}"]) for name in ("Oslo", "Rome")}
        assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
        assert row["predicted town"] == max(shares, key=lambda name: shares[name])


def test_a_table_that_does_not_match_is_refused(table, tmp_path, capsys) -> None:
    model, other = tmp_path / "m.keras", tmp_path / "other.csv"
    train(table, "--save", model)
    other.write_text("years,place\n1,Rome\n")
    assert run("predict", model, other, "--out", tmp_path / "out.csv") == 1
    assert "no column “town”, “member”" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_a_model_that_knows_no_table_cannot_predict_one(table, tmp_path, capsys) -> None:
    Sequential([Input((3,)), Dense(1)]).save(tmp_path / "other.keras")
    assert run("predict", tmp_path / "other.keras", table) == 1
    assert "does not say which columns its inputs are" in capsys.readouterr().err


def test_a_text_no_training_row_had_is_told(table, tmp_path, capsys) -> None:
    model, other = tmp_path / "m.keras", tmp_path / "other.csv"
    train(table, "--save", model)
    other.write_text("years,town,member\n1,Bonn,yes\n2,Rome,no\n")
    assert run("predict", model, other) == 0
    assert "Column “town” has texts that no training row had: Bonn." in capsys.readouterr().err


def test_the_history_is_a_table_again(table, tmp_path) -> None:
    assert train(table, "--history", tmp_path / "history.csv") == 0
    rows = list(csv.DictReader((tmp_path / "history.csv").read_text().splitlines()))
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]  # as lines, screen and O count
    assert set(rows[0]) == {"epoch", "loss", "val_loss"}


def test_early_stopping_keeps_the_best_weights(table, tmp_path, capsys) -> None:
    assert train(table, "--epochs", 500, "--patience", 2, "--rate", 0.05) == 0
    said = capsys.readouterr().out
    assert "Stopped after epoch" in said
    assert "The weights are those of epoch" in said


def test_a_training_that_diverges_is_one_line(table, tmp_path, capsys) -> None:
    model = tmp_path / "m.keras"
    words = ("--optimizer", "sgd", "--rate", 1e6, "--no-scaling", "--epochs", 50)
    assert train(table, *words, "--save", model) == 1
    assert "diverged" in capsys.readouterr().err
    assert not model.exists()


def test_files_that_are_there_stay(table, tmp_path, capsys) -> None:
    model = tmp_path / "m.keras"
    model.write_text("precious")
    assert train(table, "--save", model) == 2
    assert "is there already; --force writes over it" in capsys.readouterr().err
    assert model.read_text() == "precious"
    assert train(table, "--save", model, "--force") == 0
    assert run("show", model) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--target", "wgae"), "Did you mean 'wage'"),
        ((), "train needs --target COLUMN; the table has years, town, member, wage"),
        (("--target", "wage", "--layers", "many"), "takes nodes of each layer"),
        (("--target", "wage", "--rate", "-1"), "takes a number above 0"),
        (("--target", "wage", "--epochs", "0"), "takes a whole number from 1 up"),
        (("--target", "wage", "--activation", "rulu"), "relu"),
        (("--target", "wage", "--optimizer", "adm"), "--optimizer takes adam"),
        (("--target", "wage", "--loss", "mse2"), "mse"),
        (("--target", "wage", "--split", "1.5"), "between 0 and 1"),
        (("--target", "wage", "--drop", "yeras"), "Did you mean 'years'"),
        (("--target", "wage", "--save", "none/m.keras"), "there is no folder"),
    ],
)
def test_a_mistake_is_one_line(table, capsys, words, says) -> None:
    assert run("train", table, *words) in (1, 2)
    said = capsys.readouterr().err
    assert says in said
    assert said.startswith("dl-tutor: ")
    assert said.count("\n") == 1


def test_show_tells_what_a_network_is(table, tmp_path, capsys) -> None:
    model = tmp_path / "m.keras"
    train(table, "--save", model)
    capsys.readouterr()
    assert run("show", model) == 0
    said = capsys.readouterr().out
    for words in (
        "Total params: 49",
        "\n  dense    relu\n  dense_1  linear\n",
        "Adam(learning_rate=0.001",
        "Loss: mean_squared_error",
        "It predicts “wage”, a number.",
        "Inputs: years, town=Oslo, town=Rome, member.",
        "kernel: 4 x 8",
        "bias: 1",
    ):
        assert words in said


@pytest.mark.parametrize("content", [b"", b"no model at all"])
def test_a_file_that_is_no_model(tmp_path, capsys, content) -> None:
    (tmp_path / "m.keras").write_bytes(content)
    assert run("show", tmp_path / "m.keras") == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "screen"),
    [
        ((), True),
        (("--target", "wage", "--layers", "8"), True),
        (("--target", "wage", "--save", "m.keras"), False),
        (("--target", "wage", "--patience", "2"), True),
        (("--target", "wage", "--history", "h.csv"), False),
        (("--target", "wage", "--plain"), False),
    ],
)
def test_a_terminal_gets_the_screen_unless_files_or_lines_are_asked_for(
    table, tmp_path, monkeypatch, words, screen
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    came = []

    def opened(arguments, table) -> int:
        came.append(type(table()).__name__)
        return 0

    def trained(arguments) -> int:
        came.append("lines")
        return 0

    monkeypatch.setattr("tui.launching.launch", opened)
    monkeypatch.setattr("tui.own.train.train_plain", trained)
    assert run("train", table, *words) == 0
    assert came == ["TableScreen" if screen else "lines"]


def test_what_the_playground_has_not_is_a_mistake_before_it_opens(table, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    for words, says in (
        (("--optimizer", "adm"), "--optimizer takes adam"),
        (("--activation", "rulu"), "--activation takes tanh"),
        (("--layers", "500"), "--plain takes more"),
    ):
        assert run("train", table, *words) == 2
        assert says in capsys.readouterr().err
