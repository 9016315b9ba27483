"""Reading, splitting and one-hot columns, and what each refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import DataError, Table, read_csv, split, split_rows, to_categorical


def write(folder: Path, text: str | bytes, name: str = "bank.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def message(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_csv(path)
    return str(caught.value)


# --- tables ------------------------------------------------------------------------------------


def small() -> Table:
    return Table(("age", "wage", "south"), np.array([[35, 5.1, 0], [57, 4.95, 1]]))


def test_columns_by_name() -> None:
    table = small()
    assert len(table) == 2
    assert table.column("wage").tolist() == [5.1, 4.95]
    chosen = table.select("south", "age")
    assert chosen.columns == ("south", "age")
    assert chosen.values.tolist() == [[0, 35], [1, 57]]
    rest = table.without("wage")
    assert rest.columns == ("age", "south")
    assert rest.values.tolist() == [[35, 0], [57, 1]]
    assert table.rows([1, 0, 1]).column("age").tolist() == [57, 35, 57]


@pytest.mark.parametrize("use", ["column", "select", "without"])
def test_unknown_column_names_the_nearest(use: str) -> None:
    with pytest.raises(DataError, match=r"no column 'Wages'. Did you mean 'wage'\?") as caught:
        getattr(small(), use)("Wages")
    assert "age, wage, south" in str(caught.value)


def test_a_table_cannot_be_changed() -> None:
    numbers = np.array([[1.0, 2.0]])
    table = Table(("a", "b"), numbers)
    numbers[0, 0] = 99
    assert table.values[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        table.values[0, 0] = 99


def test_names_have_to_fit_the_values() -> None:
    with pytest.raises(DataError, match=r"3 columns .* \(rows, 3\), got \(2, 2\)"):
        Table(("a", "b", "c"), np.zeros((2, 2)))
    with pytest.raises(DataError, match="Two columns are called 'a'"):
        Table(("a", "a"), np.zeros((2, 2)))


# --- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "age,wage\n35,5.1\n57,4.95\n",
        "age;wage\n35;5,1\n57;4,95\n",
        "age;wage\r\n35;5.1\r\n57;4.95",
        "age\twage\n35\t5.1\n57\t4.95\n",
        "\ufeffage,wage\n35,5.1\n57,4.95\n",
        '"age","wage"\n"35","5.1"\n57,"4.95"\n',
        "\n\nage , wage\n\n 35, 5.1\n,\n57,4.95\n\n",
    ],
    ids=["comma", "semicolon", "crlf", "tab", "mark", "quotes", "blanks"],
)
def test_reads_what_spreadsheets_write(tmp_path: Path, text: str) -> None:
    table = read_csv(write(tmp_path, text))
    assert table.columns == ("age", "wage")
    assert table.values.dtype == np.float64
    assert table.values.tolist() == [[35, 5.1], [57, 4.95]]


def test_quoted_names_may_hold_the_delimiter(tmp_path: Path) -> None:
    table = read_csv(write(tmp_path, '"wage, dollars";"a ""b"""\n1;2\n'))
    assert table.columns == ("wage, dollars", 'a "b"')


def test_one_column_and_scientific_numbers(tmp_path: Path) -> None:
    assert read_csv(write(tmp_path, "x\n-1e-3\n+2.5E2\n")).values.tolist() == [[-0.001], [250]]


def test_chosen_columns_leave_the_words_out(tmp_path: Path) -> None:
    path = write(tmp_path, "name,wage,age\nAda,5.1,35\nBob,,57\n")
    assert read_csv(path, columns=["age"]).values.tolist() == [[35], [57]]
    with pytest.raises(DataError, match=r"no column 'ag'. Did you mean 'age'\?"):
        read_csv(path, columns=["ag"])


@pytest.mark.parametrize("cell", ["female", "nan", "inf", "1_000", '"1,000"', ""])
def test_a_cell_that_is_no_number_is_found(tmp_path: Path, cell: str) -> None:
    told = message(write(tmp_path, f"age,wage\n35,5.1\n\n57,{cell}\n"))
    assert told.startswith("bank.csv, line 4, column 'wage': expected a number, got ")
    assert (cell.strip('"') or "an empty cell") in told


def test_a_line_number_counts_lines_inside_quotes(tmp_path: Path) -> None:
    told = message(write(tmp_path, '"a\nb",c\n1,2\n3,x\n'))
    assert told.startswith("bank.csv, line 4, column 'c'")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty. The first line has to name the columns"),
        ("\n \n", "is empty"),
        ("age,wage\n", "column names but no rows"),
        ("35,5.1\n57,4.95\n", "line 1: expected the names of the columns, got the numbers 35, 5.1"),
        ("age,\n1,2\n", "line 1: column 2 has no name"),
        ("age,age\n1,2\n", "line 1: two columns are called 'age'"),
        ("age,wage\n1,2\n3\n", "line 3: expected 2 cells, one for each column, got 1"),
        ("age,wage\n1,2,3\n", "line 2: expected 2 cells, one for each column, got 3"),
        ('age,wage\n1,"2\n', "line 2: cannot be read as CSV"),
        (b"age,wage\n1,\xff\n", "is not UTF-8 text. Save it as"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    told = message(write(tmp_path, text))
    assert told.startswith("bank.csv")
    assert said in told


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    assert message(tmp_path / "none.csv").endswith("none.csv: no such file or directory.")
    assert str(tmp_path) in message(tmp_path)


# --- splitting ---------------------------------------------------------------------------------


def test_keras_holds_out_the_last_rows() -> None:
    train, validation = split_rows(10, 0.3)
    assert train.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert validation.tolist() == [7, 8, 9]


def test_the_printed_log_of_the_course() -> None:
    train, validation = split_rows(128_069, 0.3)
    assert (len(train), len(validation)) == (89_648, 38_421)


def test_the_wages_of_the_course() -> None:
    train, validation = split_rows(534, 0.3)
    assert (len(train), len(validation)) == (373, 161)


@given(rows=st.integers(2, 500), part=st.floats(0.05, 0.95), seed=st.integers(0, 99))
def test_a_shuffled_split_deals_every_row_once(rows: int, part: float, seed: int) -> None:
    if not 0 < int(rows * (1 - part)) < rows:
        return
    train, validation = split_rows(rows, part, seed)
    assert sorted([*train, *validation]) == list(range(rows))
    assert len(train) == int(rows * (1 - part))
    again = split_rows(rows, part, seed)
    assert np.array_equal(train, again[0])


def test_a_seed_decides_the_shuffle() -> None:
    first, second = split_rows(100, 0.3, 1)[0], split_rows(100, 0.3, 2)[0]
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, np.sort(first))


def test_tables_and_arrays_split_in_step() -> None:
    x = Table(("x",), np.arange(20.0)[:, None])
    y = np.arange(20) * 10
    x_train, x_validation = split(x, 0.25, seed=3)
    y_train, y_validation = split(y, 0.25, seed=3)
    assert np.array_equal(x_train.column("x") * 10, y_train)
    assert np.array_equal(x_validation.column("x") * 10, y_validation)
    assert y_train.dtype == y.dtype


@pytest.mark.parametrize("part", [0, 1, -0.3, 30, float("nan")])
def test_a_split_is_between_0_and_1(part: float) -> None:
    with pytest.raises(DataError, match="number between 0 and 1"):
        split_rows(10, part)


@pytest.mark.parametrize(("rows", "part"), [(0, 0.3), (1, 0.3), (10, 0.95), (10, 1e-17)])
def test_both_sides_need_a_row(rows: int, part: float) -> None:
    with pytest.raises(DataError, match="at least one row"):
        split_rows(rows, part)


# --- labels ------------------------------------------------------------------------------------


def test_one_column_for_each_class() -> None:
    shots = to_categorical([1, 0, 0, 0])  # the course's four printed shots
    assert shots.tolist() == [[0, 1], [1, 0], [1, 0], [1, 0]]
    assert shots.dtype == np.float64
    assert to_categorical([1, 0], num_classes=3).tolist() == [[0, 1, 0], [1, 0, 0]]


def test_shapes_are_those_of_keras() -> None:
    assert to_categorical(np.array([[0], [2]])).shape == (2, 3)
    assert to_categorical(np.array([[0, 1], [2, 1]])).shape == (2, 2, 3)
    assert to_categorical(np.array(2)).tolist() == [0, 0, 1]
    assert to_categorical(np.array([0.0, 1.0])).tolist() == [[1, 0], [0, 1]]
    assert to_categorical([], num_classes=2).shape == (0, 2)


@pytest.mark.parametrize("label", [-1, 0.5, np.nan, np.inf])
def test_labels_are_whole_numbers_from_0(label: float) -> None:
    with pytest.raises(DataError, match="whole numbers from 0"):
        to_categorical([0, label])


def test_labels_have_to_fit_the_classes() -> None:
    with pytest.raises(DataError, match="2 classes have the labels 0 to 1, got 2"):
        to_categorical([0, 2], num_classes=2)
    with pytest.raises(DataError, match="Give num_classes"):
        to_categorical([])
