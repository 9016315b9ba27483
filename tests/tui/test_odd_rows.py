"""Rows of a table that are not like the others: what `predict` and `train` make of them."""

from __future__ import annotations

import csv
import warnings
from pathlib import Path

import pytest

from lessons.tables.dialect import Dialect
from lessons.tables.lines import odd_lines
from tui.cli import main

HEAD = "area,town,member,day"
ROWS = "".join(
    f"{20 + 3 * at},{'Rome' if at % 2 else 'Oslo'},{'yes' if at % 3 else 'no'},"
    f"2020-{1 + at % 9:02}-05,{40.5 + 6 * at}\n"
    for at in range(30)
)
GOOD = "50,Rome,yes,2020-01-02"


def write(folder: Path, *lines: str, name: str = "other.csv") -> str:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(folder / name)


def train(path: str, *words: str, target: str = "price") -> int:
    plain = ("--target", target, "--plain", "--epochs", "1", "--layers", "3")
    return main(["train", path, *plain, *words])


@pytest.fixture
def model(tmp_path, capsys) -> str:
    """A network that knows a price by a number, a text, yes or no, and a date."""
    path = str(tmp_path / "model.keras")
    assert train(write(tmp_path, f"{HEAD},price", ROWS, name="table.csv"), "--save", path) == 0
    capsys.readouterr()
    return path


def predicted(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(out.splitlines()))


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("big,Rome,yes,2020-01-02", "Column “area”: expected numbers, got “big” in row 2."),
        ("50,Rome,maybe,2020-01-02", "Column “member”: expected yes or no, got “maybe” in row 2."),
        ("50,Rome,yes,yesterday", "Column “day”: expected dates, got “yesterday” in row 2."),
    ],
)
def test_one_cell_of_another_kind_is_refused(model, tmp_path, capsys, bad, says) -> None:
    assert main(["predict", model, write(tmp_path, HEAD, GOOD, bad, GOOD)]) == 1
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""


def test_the_row_of_a_bad_cell_is_that_of_the_file(model, tmp_path, capsys) -> None:
    bad = GOOD.replace("50", "big")
    assert main(["predict", model, write(tmp_path, HEAD, GOOD, ",,,", bad)]) == 1
    assert "“big” in row 3" in capsys.readouterr().err


def test_an_infinite_number_is_not_known_as_in_training(model, tmp_path, capsys) -> None:
    lines = [GOOD.replace("50", cell) for cell in ("inf", "", "50")]
    assert main(["predict", model, write(tmp_path, HEAD, *lines)]) == 0
    infinite, missing, known = (
        row["predicted price"] for row in predicted(capsys.readouterr().out)
    )
    assert infinite == missing != known


@pytest.mark.parametrize("to_file", [False, True])
def test_every_row_of_the_file_is_predicted_under_its_number(
    model, tmp_path, capsys, to_file
) -> None:
    path = write(tmp_path, HEAD, GOOD, ",,,", "", GOOD.replace("50", "20"), ",,,")
    out = tmp_path / "out.csv"
    assert main(["predict", model, path, *(("--out", str(out)) if to_file else ())]) == 0
    said = capsys.readouterr()
    rows = predicted(out.read_text() if to_file else said.out)
    assert [row["row"] for row in rows] == ["1", "2", "3", "4"]
    prices = [row["predicted price"] for row in rows]
    assert prices[1] == prices[3]
    assert len(set(prices)) == 3
    assert "2 rows are empty (rows 2, 4)" in said.err
    assert "1 blank line is skipped" in said.err


def test_blank_lines_below_the_last_row_are_not_worth_a_word(model, tmp_path, capsys) -> None:
    assert main(["predict", model, write(tmp_path, HEAD, GOOD, "", "")]) == 0
    assert capsys.readouterr().err == ""


def test_a_text_that_is_new_is_told_with_its_rows(model, tmp_path, capsys) -> None:
    lines = [GOOD.replace("Rome", town) for town in ("Bonn", "Rome", "Bonn", "Kiel")]
    assert main(["predict", model, write(tmp_path, HEAD, *lines)]) == 0
    assert (
        "Column “town” has texts that no training row had: Bonn, Kiel. "
        "In 3 rows every input made of “town” is 0."
    ) in capsys.readouterr().err


@pytest.mark.parametrize("longer", [1, 2], ids=["the first row", "a later one"])
def test_a_row_that_is_too_long_is_refused_in_our_words(tmp_path, capsys, longer) -> None:
    lines = [f"{GOOD},100.5"] * 3
    lines[longer - 1] += ",7"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert train(write(tmp_path, f"{HEAD},price", *lines)) == 1
    said = capsys.readouterr().err
    assert f"other.csv, line {longer + 1}: expected 5 cells" in said
    assert "got 6" in said
    assert said.count("\n") == 1


def test_a_separator_after_the_last_cell_is_no_cell(tmp_path, capsys) -> None:
    lines = [line + "," for line in ROWS.splitlines()]
    assert train(write(tmp_path, f"{HEAD},price", *lines)) == 0
    said = capsys.readouterr()
    assert "30 rows, 5 columns" in said.out
    assert said.err == ""


def test_rows_that_are_too_short_are_counted(model, tmp_path, capsys) -> None:
    assert main(["predict", model, write(tmp_path, HEAD, GOOD, "50,Rome", "50", ",,,")]) == 0
    assert "2 rows have fewer cells than there are columns" in capsys.readouterr().err
    assert train(write(tmp_path, f"{HEAD},price", ROWS, "50,Rome")) == 0
    assert "1 row has fewer cells than there are columns" in capsys.readouterr().out


def test_train_says_how_many_empty_rows_it_leaves_out(tmp_path, capsys) -> None:
    assert train(write(tmp_path, f"{HEAD},price", ROWS.strip(), ",,,,", "", ",,,,", ROWS)) == 0
    said = capsys.readouterr().out
    assert "60 rows, 5 columns" in said
    assert "2 rows are empty (rows 31, 32) and left out." in said
    assert "1 blank line is skipped" in said


def test_a_line_break_in_quotes_makes_no_odd_line(tmp_path) -> None:
    path = Path(write(tmp_path, "a,b", '"one\n\ntwo",2', "3,4"))
    assert odd_lines(path, Dialect("utf-8", ",", ".", True), 2).notes() == ()
