"""A learner's own table at a glance: how each column enters the network, and the first rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lessons.tables.columns import understand
from lessons.tables.overview import MOST_COLUMNS, UNKNOWN, OwnColumn, own_overview
from lessons.tables.preparing import with_uses
from lessons.tables.problem import FIRST_ROWS, OwnProblem, make_problem
from lessons.tables.target import choose_target
from tests.lessons.test_tables_columns import table
from tui.app import DLTutor
from tui.render.own_data import columns, rows_table
from tui.theme import palette

ROWS = 300
RNG = np.random.default_rng(5)
AGE = np.where(np.arange(ROWS) == 2, np.nan, RNG.integers(18, 80, ROWS))
TOWN = np.array(["Oslo", "Rome"])[np.arange(ROWS) % 2]
PAY = RNG.normal(30, 5, ROWS)


def own(more: dict[str, Any] | None = None, target: str = "pay", drop: str = "") -> OwnProblem:
    raw = table(**{"age": AGE, "town": TOWN, "pay": PAY, **(more or {})})
    found = with_uses(understand(raw.frame), {drop: "drop"} if drop else {})
    return make_problem(raw, found, choose_target(raw.frame, found, target), 0.3, 0)


def seen(problem: OwnProblem, name: str, *, scaled: bool = True) -> OwnColumn:
    found = own_overview(problem, scaled=scaled)
    return next(one for one in found.columns if one.column.name == name)


def test_a_number_is_told_with_its_median_and_its_scaling() -> None:
    problem = own()
    median, scaler = np.nanmedian(problem.problem.x_train[:, 0]), problem.problem.scaler
    words = seen(problem, "age").enters
    assert words.startswith(f"where it is missing, the median {median:g}; scaled: (value - ")
    mean, spread = words.partition("(value - ")[2].split(") / ")
    assert float(mean) == pytest.approx(scaler.mean_[0], rel=1e-3)
    assert float(spread) == pytest.approx(scaler.scale_[0], rel=1e-3)
    assert seen(problem, "age", scaled=False).enters.endswith(f"median {median:g}")


def test_the_scaling_is_that_of_the_input_after_those_of_a_text() -> None:
    problem = own({"late": PAY * 10})
    scaler = problem.problem.scaler
    assert problem.problem.features[-1] == "late"
    mean = float(seen(problem, "late").enters.partition("(value - ")[2].split(")")[0])
    assert mean == pytest.approx(scaler.mean_[-1], rel=1e-3)


def test_texts_targets_and_what_is_dropped() -> None:
    problem = own(drop="age")
    assert seen(problem, "town").enters == "an input for each text, 1 or 0, scaled"
    assert (seen(problem, "age").used, seen(problem, "age").enters) == ("drop", "")
    assert (seen(problem, "pay").used, seen(problem, "pay").enters[:10]) == ("target", "learned as")
    assert seen(own(target="town"), "town").enters == "learned as an output for each class"


def test_the_first_rows_stand_as_in_the_file_and_the_others_are_not_kept() -> None:
    problem = own({"note": ["a\tb\x1b[2J"] * ROWS})
    found = own_overview(problem, scaled=True)
    age, town, _, note = found.first
    assert len(age) == FIRST_ROWS
    assert age[:3] == (f"{AGE[0]:.0f}", f"{AGE[1]:.0f}", UNKNOWN)
    assert town[:2] == ("Oslo", "Rome")
    assert note[0] == "a b [2J"  # nothing that moves the cursor of the terminal
    assert problem.head is not None
    assert len(problem.head.frame) == FIRST_ROWS
    assert found.rows == ROWS


def test_of_thousands_of_columns_the_first_are_listed_and_the_target() -> None:
    many = {f"x{at}": RNG.normal(size=ROWS) for at in range(MOST_COLUMNS + 50)}
    found = own_overview(own({**many, "last": PAY * 2}, "last"), scaled=True)
    assert len(found.columns) == MOST_COLUMNS + 1
    assert found.columns[-1].used == "target"
    assert found.width == MOST_COLUMNS + 54
    assert "… and 53 more columns" in columns(found, 80, palette(DLTutor())).plain


@pytest.mark.parametrize("width", [60, 76, 150])
def test_no_line_is_wider_than_there_is_room(width: int) -> None:
    found = own_overview(
        own({"東京" * 20: ["雪" * 40] * ROWS, "place": ["大阪 市", "東京 都", "京都 市"] * 100}),
        scaled=True,
    )
    colors = palette(DLTutor())
    listed = columns(found, width, colors)
    assert all(line.cell_len <= width for line in listed.split("\n"))
    rows = rows_table(found)
    for left in range(rows.last_left(width) + 1):
        lines = rows.text(width, 12, left, 3, colors).split("\n")
        assert len(lines) == 12
        assert all(line.cell_len <= width for line in lines)
