"""Two weights: the table by line, tries by hand, descent, and what is hidden of them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.two_weights.lab import TwoWeightsLab
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.labs.two_weights.state import Place

PATH = TwoWeightsScene(
    rows=((3.0, 4.0),), targets=(6.0,), weights=(1.0, 2.0), rate=0.01, tag="path"
)
BANK = TwoWeightsScene(hidden=(((1.0, 1.0), (-1.0, 1.0)),), shows="network", squares=False)
FOUR = TwoWeightsScene(
    rows=((0.0, 3.0), (1.0, 2.0), (-1.0, -2.0), (4.0, 0.0)),
    targets=(1.0, 3.0, 5.0, 7.0),
    hidden=(((2.0, 1.0), (1.0, 2.0)),),
    activation="relu",
    weights=(1.0, 1.0),
    shows="table",
    tag="four",
    by_line=True,
)


@pytest.fixture
def lab() -> TwoWeightsLab:
    return TwoWeightsLab(PATH)


@pytest.fixture
def table() -> TwoWeightsLab:
    return TwoWeightsLab(FOUR)


def take(lab: TwoWeightsLab, steps: int) -> TwoWeightsLab:
    for _ in range(steps):
        lab.step()
    return lab


def now(lab: TwoWeightsLab) -> Place:
    return lab.snapshot().places[-1]


# by line


def test_the_numbers_of_one_row_come_one_by_one() -> None:
    lab = TwoWeightsLab(replace(BANK, by_line=True))
    assert lab.step_name == "node 0"
    take(lab, 4)
    assert lab.snapshot().lines == (
        "node 0 = 2 × 1 + 3 × 1 = 5",
        "node 1 = 2 × (-1) + 3 × 1 = 1",
        "prediction = 5 × 2 + 1 × (-1) = 9",
        "error = 9 - 13 = -4",
    )
    with pytest.raises(Refused, match="All is computed"):
        lab.step()


def test_the_table_of_four_rows_ends_in_the_loss_of_the_curriculum(table: TwoWeightsLab) -> None:
    take(table, len(FOUR.plan))
    view = table.snapshot()
    assert [row.squared for row in view.rows] == [64, 36, 25, 25]
    assert [(foot.error, foot.squared) for foot in view.feet] == [(14, 150), (3.5, 37.5)]
    assert view.lines[-1] == "loss = (64 + 36 + 25 + 25) / 4 = 37.5"


def test_what_is_not_computed_yet_is_not_there(table: TwoWeightsLab) -> None:
    take(table, 2)
    row = table.snapshot().rows[0]
    assert (row.prediction, row.error, row.squared) == (9, 8, None)
    table.back()
    assert table.snapshot().rows[0].error is None
    assert (table.position, table.end) == (1, 2)


def test_a_weight_turned_in_the_table_keeps_its_lines(table: TwoWeightsLab) -> None:
    take(table, 1)
    table.set("weight 0", "2")
    assert table.snapshot().lines == ("row 0: prediction = 3 × 2 + 6 × 1 = 12",)
    table.undo()
    assert table.snapshot().rows[0].prediction == 9


def test_a_target_can_be_another(table: TwoWeightsLab) -> None:
    take(table, 2)
    table.set("target 0", "9")
    assert table.snapshot().rows[0].error == 0
    table.reset()
    assert table.snapshot().rows[0].target == 1


# by hand


def test_turning_the_weights_mends_the_error_and_every_try_is_kept() -> None:
    lab = TwoWeightsLab(BANK)
    lab.set("weight 0", "3")
    lab.set("weight 1", "-2")
    view = lab.snapshot()
    assert [place.error for place in view.places] == [-4, 1, 0]
    assert [place.how for place in view.places] == ["start", "hand", "hand"]
    assert view.verdict.startswith("The error is 0")
    lab.back()
    assert now(lab).weights == (3, -1)
    lab.set("weight 1", "0")
    assert "forgotten" in lab.said
    assert lab.end == 2
    lab.undo()
    assert (lab.position, lab.end) == (1, 2)
    lab.scrub(1)
    assert now(lab).weights == (3, -2)


def test_by_hand_there_is_no_step_to_take() -> None:
    lab = TwoWeightsLab(BANK)
    assert not lab.can("step")
    assert not lab.can("rate")
    with pytest.raises(Refused, match="by hand"):
        lab.step()
    with pytest.raises(Refused, match="no learning rate"):
        lab.change_rate(1)


def test_the_same_weight_again_is_no_try() -> None:
    lab = TwoWeightsLab(BANK)
    lab.set("weight 0", "2")
    assert lab.end == 0


@pytest.mark.parametrize("text", ["", "nan", "1e9", "two"])
def test_bad_input_changes_nothing(lab: TwoWeightsLab, text: str) -> None:
    with pytest.raises(Refused):
        lab.set("weight 0", text)
    assert (lab.weights, lab.end) == ((1, 2), 0)


# descent


def test_the_numbers_of_the_curriculum(lab: TwoWeightsLab) -> None:
    assert now(lab).slopes == (30, 40)
    take(lab, 3)
    places = lab.snapshot().places
    assert places[1].weights == pytest.approx((0.7, 1.6), rel=1e-15)
    assert [place.error for place in places] == pytest.approx([5, 2.5, 1.25, 0.625], rel=1e-14)
    assert lab.snapshot().verdict == "Converges: each step leaves 0.5 of the error."


def test_the_lines_of_an_update(lab: TwoWeightsLab) -> None:
    assert take(lab, 1).snapshot().lines == (
        "prediction = 3 × 1 + 4 × 2 = 11",
        "error = 11 - 6 = 5",
        "slopes ∂ = 2 × 5 × [3 4] = [30 40]",
        "weights = [1 2] - 0.01 × [30 40] = [0.7 1.6]",
    )


def test_back_and_on_again_is_the_same_to_the_bit(lab: TwoWeightsLab) -> None:
    there = take(lab, 7).weights
    lab.go(2)
    take(lab, 5)
    assert lab.weights == there
    assert (lab.position, lab.end) == (7, 7)


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ("0.02", "One step lands"),
        ("0.03", "Overshoots"),
        ("0.04", "Bounces for ever"),
        ("0.05", "Diverges: each step leaves 1.5 times"),
    ],
)
def test_what_a_rate_does(lab: TwoWeightsLab, rate: str, says: str) -> None:
    lab.set("rate", rate)
    assert lab.snapshot().verdict.startswith(says)


def test_divergence_stops_at_the_last_finite_place_and_can_be_mended(lab: TwoWeightsLab) -> None:
    lab.set("rate", "10")
    with pytest.raises(Refused, match="Stopped at step"):
        take(lab, 1000)
    assert not lab.can("step")
    assert np.isfinite(now(lab).loss)
    assert lab.snapshot().map is not None
    lab.go(0)
    assert lab.can("step")
    lab.change_rate(-1)
    assert lab.end == 0


def test_the_map_grows_with_the_way(lab: TwoWeightsLab) -> None:
    lab.set("rate", "0.05")
    before = lab.snapshot().map
    take(lab, 12)
    after = lab.snapshot().map
    assert before is not None
    assert after is not None
    assert after.xs[-1] - after.xs[0] > 2 * (before.xs[-1] - before.xs[0])
    x, y = lab.weights
    assert after.xs[0] <= x <= after.xs[-1]
    assert after.ys[0] <= y <= after.ys[-1]


def test_a_move_by_hand_and_on_from_there(lab: TwoWeightsLab) -> None:
    take(lab, 2)
    lab.set("weight 0", "3")
    take(lab, 60)
    assert now(lab).loss < 1e-20
    assert [place.how for place in lab.snapshot().places[1:4]] == ["update", "update", "hand"]


def test_many_undos_lead_back(lab: TwoWeightsLab) -> None:
    lab.set("weight 0", "3")
    lab.set("rate", "0.02")
    take(lab, 1)
    lab.reset()
    assert (lab.weights, lab.end) == ((1, 2), 0)
    lab.undo()
    assert lab.position == 2
    lab.undo()
    lab.undo()
    assert (lab.weights, lab.end) == ((1, 2), 0)
    with pytest.raises(Refused):
        lab.undo()


# the surface


def test_a_valley_or_one_lowest_place(lab: TwoWeightsLab) -> None:
    valley = lab.snapshot().map
    assert valley is not None
    assert valley.lowest is None
    assert valley.valley is not None
    for a, b in valley.valley:
        assert 3 * a + 4 * b == pytest.approx(6)
    bowl = TwoWeightsLab(replace(FOUR, by_line=False, shows="map")).snapshot().map
    assert bowl is not None
    assert bowl.valley is None
    assert bowl.lowest == pytest.approx((1.04301, -0.31183), abs=1e-5)
    assert bowl.losses.min() >= 6.3064


def test_the_map_is_the_loss(lab: TwoWeightsLab) -> None:
    seen = lab.snapshot().map
    assert seen is not None
    x, y = np.meshgrid(seen.xs, seen.ys)
    np.testing.assert_allclose(seen.losses, (3 * x + 4 * y - 6) ** 2, atol=1e-9)
    lab.step()
    assert lab.snapshot().map is seen  # computed once


# hiding


def test_what_is_asked_for_is_hidden_with_all_that_gives_it_away() -> None:
    lab = TwoWeightsLab(PATH)
    lab.show(PATH, ("path:slopes@0", "other:error@0"))
    assert now(lab).hidden == {"slopes", "new weights"}
    take(lab, 2)
    hidden = [place.hidden for place in lab.snapshot().places]
    assert "weights" not in hidden[0]
    assert "weights" in hidden[1] & hidden[2]
    assert lab.snapshot().lines[-1] == "weights = [? ?] - 0.01 × [? ?] = [? ?]"
    assert lab.snapshot().verdict == ""
    assert "1, 2" in lab.code()[0].source
    lab.set("weight 0", "5")
    assert now(lab).hidden == frozenset()
    lab.set("weight 0", "1")
    assert "weights" not in now(lab).hidden


def test_explanations_hide_as_well() -> None:
    lab = TwoWeightsLab(PATH)
    lab.show(PATH, ("path:error@0",))
    assert lab.explain("error").filled == "error = 11 - 6 = ?"
    assert "hidden" in lab.explain("error").meaning
    lab.hide(())
    assert lab.explain("slope of weight 1").filled == "slope of weight 1 = 2 × 5 × 4 = 40"
    assert lab.explain("new weight 0").filled == "new weight 0 = 1 - 0.01 × 30 = 0.7"


def test_a_snapshot_is_frozen(lab: TwoWeightsLab) -> None:
    with pytest.raises(FrozenInstanceError):
        lab.snapshot().said = ""  # type: ignore[misc]


# the place with the mark, and the step that comes next


def test_x_tells_of_the_present_place_and_of_the_next_step(lab: TwoWeightsLab) -> None:
    assert "loss now" not in lab.explainable()
    lab.set("rate", "0.1")
    lab.step()
    lab.step()
    assert lab.explain("loss").filled == "loss = -20 × (-20) = 400"
    assert lab.explain("error now").filled == "error = 86 - 6 = 80"
    now = lab.explain("loss now")
    assert (now.name, now.filled) == ("loss at step 2", "loss = 80 × 80 = 6400")
    told = lab.explain("next step")
    assert told.filled == "next error = 80 × (1 - 0.1 × 2 × (3 × 3 + 4 × 4)) = -320"
    assert [line.rpartition(" = ")[2] for _, line in told.where] == ["-4", "16"]


def test_the_next_step_is_not_told_where_a_question_asks_for_it(lab: TwoWeightsLab) -> None:
    lab.hide(("path:prediction@1",))
    assert "next step" not in lab.explainable()
