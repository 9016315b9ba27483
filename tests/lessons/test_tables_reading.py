"""Tables that people have: how they are written, and what is wrong with some."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.tables.errors import TableError
from lessons.tables.reading import RawTable, read_table

Write = Callable[..., RawTable]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Reads a table that has just been written in these bytes."""

    def read(content: str | bytes, encoding: str = "utf-8", header: bool | None = None) -> RawTable:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return read_table(path, header=header)

    return read


@pytest.mark.parametrize(
    ("separator", "word"),
    [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")],
)
def test_any_usual_separator_is_found(written: Write, separator: str, word: str) -> None:
    lines = [["age", "wage"], ["30", "12.5"], ["41", "9.75"]]
    table = written("\n".join(separator.join(line) for line in lines))
    assert table.frame.to_dict("list") == {"age": [30, 41], "wage": [12.5, 9.75]}
    assert word in table.notes[0]


def test_a_separator_inside_quotes_is_text(written: Write) -> None:
    table = written('name,town\n"Doe, Ann","Paris\nNord"\n"O""Hara",Rome\n')
    assert table.frame.to_dict("list") == {
        "name": ["Doe, Ann", 'O"Hara'],
        "town": ["Paris\nNord", "Rome"],
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_any_usual_encoding_is_found(written: Write, encoding: str) -> None:
    table = written("café,größe\nthé,1\n", encoding)
    assert list(table.frame.columns) == ["café", "größe"]
    assert table.frame["café"].tolist() == ["thé"]


def test_a_character_cut_by_the_end_of_the_first_piece_is_no_other_encoding(
    written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lessons.tables.reading.HEAD", 14)  # in the middle of the second é
    assert written("naïve,b\né,1\né,2\n").frame["naïve"].tolist() == ["é", "é"]


def test_a_comma_can_be_the_decimal_mark(written: Write) -> None:
    table = written("a;b\n1,5;2\n-0,25;3\n")
    assert table.frame["a"].tolist() == [1.5, -0.25]
    assert "decimal comma" in table.notes[0]


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("age,wage\n30,12\n", True),
        ("30,12\n41,9\n", False),
        ("name,town\nAnn,Paris\nBob,Rome\n", True),
        ("Paris,yes\nRome,no\nParis,no\n", False),
        ("2019,2020\n1,2\n", False),
    ],
    ids=["words over numbers", "numbers", "words that never come again", "words that do", "years"],
)
def test_a_line_with_names_is_told_from_a_row(written: Write, content: str, header: bool) -> None:
    table = written(content)
    assert table.dialect.header is header
    if not header:
        assert list(table.frame.columns) == ["column 1", "column 2"]


def test_who_knows_better_says_so(written: Write) -> None:
    assert list(written("2019,2020\n1,2\n", header=True).frame.columns) == ["2019", "2020"]
    assert len(written("name,town\nAnn,Paris\n", header=False)) == 2


@pytest.mark.parametrize("cell", ["", "?", "NA", "n/a", "-", ".", "null"])
def test_cells_that_say_nothing_are_missing(written: Write, cell: str) -> None:
    table = written(f"a,b\n1,{cell}\n2,5\n")
    assert table.frame["b"].isna().tolist() == [True, False]


def test_empty_lines_are_no_rows(written: Write) -> None:
    assert len(written("a,b\n\n1,2\n,\n\n3,4\n\n")) == 2


def test_columns_called_the_same_are_told_apart(written: Write) -> None:
    table = written("a,b,a\n1,2,3\n")
    assert list(table.frame.columns) == ["a", "b", "a.1"]
    assert any("Several columns are called “a”" in note for note in table.notes)


def test_columns_without_a_name_get_one(written: Write) -> None:
    table = written(",b\n1,2\n")
    assert list(table.frame.columns) == ["column 1", "b"]
    assert any("Column 1 has no name" in note for note in table.notes)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n \n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text file"),
        (b"a,b\n", "no row"),
        (b"a,b\n1,2\n3,4,5\n", "line 3: expected 2 cells as in the lines above, got 3"),
        (b'a,b\n"1,2\n3,4\n', "quote that is opened and never closed"),
    ],
    ids=["empty", "blank lines", "a picture", "names alone", "a longer line", "an open quote"],
)
def test_what_is_no_table_says_why(written: Write, content: bytes, says: str) -> None:
    with pytest.raises(TableError, match=says) as told:
        written(content)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        read_table(tmp_path / "none.csv")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="is a folder"):
        read_table(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a,b\n1,2\n")
    path.chmod(0)
    with pytest.raises(TableError, match="permission denied"):
        read_table(path)


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pandas

    path = tmp_path / "growing.csv"
    path.write_text("a,b\n1,2\n")
    read = pandas.read_csv

    def slow(*arguments: object, **settings: object) -> object:
        frame = read(*arguments, **settings)
        with path.open("a") as file:
            file.write("3,4\n")
        return frame

    monkeypatch.setattr(pandas, "read_csv", slow)
    with pytest.raises(TableError, match="changed while it was read"):
        read_table(path)


def test_thousands_of_columns(written: Write) -> None:
    names = [f"c{at}" for at in range(3000)]
    table = written(",".join(names) + "\n" + ",".join("1" for _ in names) + "\n")
    assert table.frame.shape == (1, 3000)
