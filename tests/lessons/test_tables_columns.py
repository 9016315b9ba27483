"""What is in each column, what becomes of it, and the inputs that come of it."""

from __future__ import annotations

import json

import numpy as np
import pandas
import pytest

from lessons.tables.columns import Column, find, understand
from lessons.tables.dialect import Dialect
from lessons.tables.errors import TableError
from lessons.tables.preparing import Preparation, prepare, with_uses
from lessons.tables.problem import make_problem
from lessons.tables.reading import RawTable
from lessons.tables.target import choose_target, target_values

EVERY = np.arange(4)


def column(*values: object) -> Column:
    (only,) = understand(pandas.DataFrame({"c": list(values)}))
    return only


def table(**columns: object) -> RawTable:
    frame = pandas.DataFrame(columns)
    return RawTable("made up", frame, Dialect("utf-8", ",", ".", True), ())


# what is in a column


@pytest.mark.parametrize(
    ("values", "kind", "use"),
    [
        ((1.5, 2.5, 7.0), "number", "number"),
        ((3, 1, 2), "number", "number"),
        (("yes", "no", "yes"), "yes or no", "number"),
        (("True", "FALSE", "true"), "yes or no", "number"),
        ((True, False, True), "yes or no", "number"),
        (("2020-01-31", "2021-12-01"), "date", "number"),
        (("31.01.2020", "01.12.2021"), "date", "number"),
        (("Paris", "Rome", "Paris"), "text", "one-hot"),
        ((None, None), "empty", "drop"),
        ((7, 7, 7), "number", "drop"),
        ((1, 2, 3, 4), "number", "drop"),
        (tuple(f"name {at}" for at in range(30)), "text", "drop"),
    ],
)
def test_it_is_understood(values: tuple[object, ...], kind: str, use: str) -> None:
    found = column(*values)
    assert (found.kind, found.use) == (kind, use)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((7, 7), "the same in every row"),
        ((1, 2, 3), "counts the rows"),
        ((None,), "nothing in it"),
        (tuple(f"n{at}" for at in range(1309)), "1,309 different texts"),
    ],
)
def test_what_is_dropped_says_why(values: tuple[object, ...], why: str) -> None:
    assert why in column(*values).why


def test_missing_cells_are_counted_and_infinite_numbers_are_missing() -> None:
    found = column(1.0, None, float("inf"), 5.0)
    assert (found.missing, found.low, found.mean, found.high) == (2, 1.0, 3.0, 5.0)


def test_an_infinite_cell_is_no_value_of_a_column_or_a_target() -> None:
    found = column(3.0, float("inf"), 3.0, None)
    assert (found.use, found.why, found.distinct) == ("drop", "the same in every row", 1)
    frame = pandas.DataFrame({"y": [0.0, 1.0, 2.0, float("inf"), 1.0, -float("inf")]})
    target = choose_target(frame, understand(frame), "y")
    assert (target.task, target.classes) == ("classification", ("0", "1", "2"))
    assert target_values(frame, target)[0].tolist() == [0, 1, 2, 4]
    assert column(float("inf"), float("inf")).kind == "empty"


def test_another_use_can_be_chosen_where_it_makes_sense() -> None:
    columns = understand(pandas.DataFrame({"class": [1, 3, 2, 3], "town": ["a", "b", "a", "c"]}))
    changed = with_uses(columns, {"class": "one-hot", "town": "drop"})
    assert [one.use for one in changed] == ["one-hot", "drop"]
    with pytest.raises(TableError, match="cannot be used as number: one-hot or drop"):
        with_uses(columns, {"town": "number"})
    with pytest.raises(TableError, match="Did you mean 'town'"):
        with_uses(columns, {"twon": "drop"})


# the target


@pytest.mark.parametrize(
    ("values", "task", "classes"),
    [
        ([12.5, 9.75, 8.0, 30.1], "regression", ()),
        ([0, 1, 1, 0], "classification", ("0", "1")),
        ([10, 9, 10, 2], "classification", ("2", "9", "10")),
        (["no", "yes", "yes", "no"], "classification", ("no", "yes")),
        (["rain", "sun", "fog", "sun"], "classification", ("fog", "rain", "sun")),
        (list(range(0, 110, 10)), "regression", ()),
    ],
)
def test_a_number_or_a_class_is_guessed(values: list, task: str, classes: tuple[str, ...]) -> None:
    frame = pandas.DataFrame({"y": values})
    target = choose_target(frame, understand(frame), "y")
    assert (target.task, target.classes) == (task, classes)


def test_who_knows_better_says_so() -> None:
    frame = pandas.DataFrame({"y": [0, 1, 2, 1]})
    assert choose_target(frame, understand(frame), "y", "regression").task == "regression"


@pytest.mark.parametrize(
    ("values", "says"),
    [([None, None], "nothing in it"), (["a", "a"], "same in every row")],
    ids=["all missing", "one class"],
)
def test_a_target_that_teaches_nothing(values: list, says: str) -> None:
    frame = pandas.DataFrame({"y": values})
    with pytest.raises(TableError, match=says):
        choose_target(frame, understand(frame), "y")


def test_texts_are_no_regression_and_a_thousand_of_them_no_classes() -> None:
    frame = pandas.DataFrame({"y": [f"n{at}" for at in range(1000)]})
    with pytest.raises(TableError, match="that is a classification"):
        choose_target(frame, understand(frame), "y", "regression")
    with pytest.raises(TableError, match="100 classes at most"):
        choose_target(frame, understand(frame), "y")


def test_rows_without_a_target_are_left_out() -> None:
    frame = pandas.DataFrame({"y": ["a", None, "b", "a"]})
    rows, y = target_values(frame, choose_target(frame, understand(frame), "y"))
    assert rows.tolist() == [0, 2, 3]
    assert y.tolist() == [0.0, 1.0, 0.0]


# the inputs


def test_a_missing_number_is_the_median_of_the_training_rows() -> None:
    frame = pandas.DataFrame({"a": [1.0, 2.0, 9.0, None], "y": [1, 2, 3, 4.5]})
    prepared = prepare(frame, understand(frame), "y", EVERY[:2])
    assert prepared.transform(frame)[:, 0].tolist() == [1.0, 2.0, 9.0, 1.5]


def test_a_text_becomes_a_column_for_each_value() -> None:
    frame = pandas.DataFrame({"town": ["Rome", "Paris", None, "Rome"], "y": [1, 2, 3, 4.5]})
    prepared = prepare(frame, understand(frame), "y", EVERY)
    assert prepared.inputs == ("town=Rome", "town=Paris")
    assert prepared.transform(frame).tolist() == [[1, 0], [0, 1], [0, 0], [1, 0]]
    other = pandas.DataFrame({"town": ["Oslo"]})
    assert prepared.transform(other).tolist() == [[0, 0]]
    assert prepared.unknown(other) == {"town": ("Oslo",)}


def test_whole_numbers_as_classes_are_the_same_with_a_missing_cell_among_them() -> None:
    frame = pandas.DataFrame({"class": [1, 2, 1, 2], "y": [1, 2, 3, 4.5]})
    columns = with_uses(understand(frame), {"class": "one-hot"})
    prepared = prepare(frame, columns, "y", EVERY)
    later = pandas.DataFrame({"class": [2.0, None]})  # pandas makes floats of such a column
    assert prepared.transform(later).tolist() == [[0, 1], [0, 0]]


def test_long_numbers_as_categories_stay_apart() -> None:
    codes = [1000001, 1000002, 0.5, 2.25, 0.1234567, 0.1234568, 3.0, 1e300]
    frame = pandas.DataFrame({"code": codes, "y": range(8)})
    columns = with_uses(understand(frame), {"code": "one-hot"})
    assert set(columns[0].categories) == {
        *("1000001", "1000002", "0.5", "2.25", "0.1234567", "0.1234568", "3", "1e+300")
    }
    prepared = prepare(frame, columns, "y", np.arange(8))
    x = prepared.transform(frame)
    assert (x.sum(axis=0).tolist(), x.sum(axis=1).tolist()) == ([1] * 8, [1] * 8)
    near = pandas.DataFrame({"code": [1000001, 1000003, 0.123457]})
    assert prepared.unknown(near) == {"code": ("0.123457", "1000003")}
    assert "In 2 rows" in prepared.warnings(near)[0]


def test_a_model_that_wrote_its_categories_with_six_digits_still_knows_them() -> None:
    old = Column("code", "number", "one-hot", "", 0, 3, categories=("1e+06", "0.123457", "7"))
    prepared = Preparation((old,), (0.0,))
    frame = pandas.DataFrame({"code": [1000001.0, 1000000.0, 0.1234567, 7.0, None, float("inf")]})
    x = prepared.transform(frame)
    assert x.argmax(axis=1)[[0, 1, 3]].tolist() == [0, 0, 2]
    assert x.sum(axis=1).tolist() == [1, 1, 0, 1, 0, 0]  # 0.123457 may be a number of its own
    assert prepared.unknown(frame) == {"code": ("0.1234567",)}


def test_a_date_is_a_number_of_days() -> None:
    frame = pandas.DataFrame({"on": ["1970-01-02", "1970-01-11"], "y": [1.5, 2]})
    assert prepare(frame, understand(frame), "y", EVERY[:2]).transform(frame).tolist() == [
        [1],
        [10],
    ]


def test_it_comes_back_from_json_as_it_was() -> None:
    frame = pandas.DataFrame(
        {
            "a": [1.0, None, 3.0, 2.0],
            "on": ["2020-01-02", "2021-01-11", None, "2020-05-05"],
            "town": ["Rome", "Paris", "Rome", "Oslo"],
            "ok": ["yes", "no", "no", None],
            "y": [1, 2, 3, 4.5],
        }
    )
    prepared = prepare(frame, understand(frame), "y", EVERY)
    back = Preparation.from_config(json.loads(json.dumps(prepared.to_config(), allow_nan=False)))
    assert back.inputs == prepared.inputs
    assert np.array_equal(back.transform(frame), prepared.transform(frame))


@pytest.mark.parametrize("damage", [{}, {"columns": 3, "fill": []}, {"columns": [], "fill": [1]}])
def test_a_damaged_note_is_told(damage: dict) -> None:
    with pytest.raises(TableError, match="damaged"):
        Preparation.from_config(damage)


def test_another_table_is_refused() -> None:
    frame = pandas.DataFrame({"age": [30.0, 41.5], "y": [1.5, 2]})
    prepared = prepare(frame, understand(frame), "y", EVERY[:2])
    with pytest.raises(TableError, match="no column “age”; it has “years”"):
        prepared.transform(pandas.DataFrame({"years": [1]}))
    with pytest.raises(TableError, match="expected numbers, got “old” in row 1"):
        prepared.transform(pandas.DataFrame({"age": ["old", "young"]}))


def test_nothing_left_to_learn_from() -> None:
    frame = pandas.DataFrame({"a": [7, 7], "y": [1.5, 2]})
    with pytest.raises(TableError, match="No column is left"):
        prepare(frame, understand(frame), "y", EVERY[:2])


# the problem


def test_a_problem_holds_rows_out_and_knows_the_simplest_guess() -> None:
    raw = table(a=[1.0, 2.5, 3.0, 4.0, 5.0, 6.0], y=["b", "a", "a", None, "a", "b"])
    columns = understand(raw.frame)
    own = make_problem(raw, columns, choose_target(raw.frame, columns, "y"), 0.4, seed=3)
    problem = own.problem
    assert (len(problem.x_train), len(problem.x_validation), own.left_out) == (3, 2, 1)
    assert problem.classes == ("a", "b")
    assert problem.y_train.sum(axis=1).tolist() == [1, 1, 1]
    words, share = own.simplest
    most = problem.classes[int(problem.y_train.sum(axis=0).argmax())]
    assert most in words
    assert share == problem.y_validation[:, problem.classes.index(most)].mean()


def test_the_simplest_guess_of_a_number_is_the_mean() -> None:
    raw = table(a=[1.0, 2.5, 3.0, 4.0], y=[1.5, 2.0, 4.0, 8.0])
    columns = understand(raw.frame)
    own = make_problem(raw, columns, choose_target(raw.frame, columns, "y"), 0.5, seed=0)
    true = own.unit.back(own.problem.y_validation)
    mean = own.unit.back(own.problem.y_train).mean()
    assert sorted([*true, *own.unit.back(own.problem.y_train)]) == pytest.approx([1.5, 2, 4, 8])
    assert own.simplest[1] == pytest.approx(np.abs(true - mean).mean())


def test_too_few_rows_to_hold_any_out() -> None:
    raw = table(a=[1.0, 2.5], y=[1.5, None])
    columns = understand(pandas.DataFrame({"a": [1.0, 2.5], "y": [1.5, 2.5]}))
    target = choose_target(pandas.DataFrame({"y": [1.5, 2.5]}), columns, "y")
    with pytest.raises(TableError, match="at least one row"):
        make_problem(raw, columns, target, 0.3, seed=0)


def test_a_column_is_found_by_its_name() -> None:
    columns = understand(pandas.DataFrame({"age": [1.5, 2], "wage": [1, 2.5]}))
    assert find(columns, "wage").high == 2.5


def test_of_thousands_of_names_the_first_are_listed() -> None:
    columns = understand(pandas.DataFrame({f"c{at}": [1.5, 2] for at in range(2000)}))
    with pytest.raises(TableError, match=r"Did you mean 'c1'.*, c29 and 1,970 more\.$") as told:
        find(columns, "c_1")
    assert len(str(told.value)) < 300
