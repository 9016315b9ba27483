"""One weight and its learning rate: it converges, lands, bounces or diverges, and comes back."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, replace
from itertools import pairwise

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.one_weight.lab import OneWeightLab, OneWeightScene
from lessons.labs.one_weight.state import Row


def lab_at(rate: float, **changed: float) -> OneWeightLab:
    return OneWeightLab(replace(OneWeightScene(), rate=rate, **changed))  # type: ignore[arg-type]


def take(lab: OneWeightLab, steps: int) -> OneWeightLab:
    for _ in range(steps):
        lab.step()
    return lab


def now(lab: OneWeightLab) -> Row:
    """The state that the lab shows as the present one."""
    return lab.snapshot().rows[-1]


def run_out(lab: OneWeightLab) -> str:
    """Step until the lab refuses; returns what it says then."""
    for _ in range(5000):
        try:
            lab.step()
        except Refused as refusal:
            return str(refusal)
    raise AssertionError("it never stopped")


# the ladder


def test_the_ladder_has_the_two_rates_at_which_this_row_changes_its_ways() -> None:
    (field,) = (field for field in lab_at(0.01).fields() if field.id == "rate")
    assert {1 / 18, 1 / 9} < set(field.ladder)
    assert list(field.ladder) == sorted(field.ladder)


def test_the_ladder_follows_the_input() -> None:
    lab = lab_at(0.01)
    lab.set("input", "5")
    (field,) = (field for field in lab.fields() if field.id == "rate")
    assert {1 / 50, 1 / 25} <= set(field.ladder)
    assert 1 / 9 not in field.ladder


def test_one_notch_at_a_time_and_an_end_on_either_side() -> None:
    lab = lab_at(0.05)
    up = []
    for _ in range(6):
        lab.change_rate(1)
        up.append(lab.snapshot().rate)
    assert up == ["1/18", "0.1", "1/9", "0.12", "0.2", "0.5"]
    lab.change_rate(1)
    with pytest.raises(Refused, match="The learning rate stays at 1"):
        lab.change_rate(1)
    while lab.rate > 0.0001:
        lab.change_rate(-1)
    with pytest.raises(Refused, match=r"stays at 0\.0001"):
        lab.change_rate(-1)


def test_a_typed_rate_finds_its_neighbours_on_the_ladder() -> None:
    lab = lab_at(0.01)
    lab.set("rate", "0.03")
    assert lab.said == "Learning rate 0.03, from here on."
    lab.change_rate(1)
    assert lab.rate == 0.05
    lab.set("rate", "0.03")
    lab.change_rate(-1)
    assert lab.rate == 0.02


# what a rate does


def test_a_small_rate_converges() -> None:
    view = take(lab_at(0.01), 5).snapshot()
    assert view.verdict == "Converges: each step leaves 0.82 of the error."


def test_a_higher_rate_overshoots_and_comes_closer() -> None:
    lab = take(lab_at(0.1), 3)
    assert [row.weight for row in lab.snapshot().rows] == pytest.approx([2, 4.4, 2.48, 4.016])
    assert lab.snapshot().verdict == "Overshoots, comes closer: 0.8 of the error is left."


def test_at_one_eighteenth_it_lands_in_one_step() -> None:
    lab = take(lab_at(1 / 18), 1)
    assert now(lab).weight == pytest.approx(10 / 3)
    assert lab.snapshot().verdict == "Lands on the minimum in one step: the error is 0."
    assert "does not move" in take(lab, 1).snapshot().verdict


def test_at_one_ninth_it_bounces_for_ever() -> None:
    lab = lab_at(1 / 9)
    for _ in range(300):
        take(lab, 1)
        assert lab.snapshot().verdict == (
            "Bounces for ever: the error changes its sign, not its size."
        )
    assert [row.weight for row in lab.snapshot().rows[-2:]] == pytest.approx([14 / 3, 2])


@pytest.mark.parametrize(("rate", "times"), [(0.12, "1.16"), (0.2, "2.6"), (0.5, "8"), (1.0, "17")])
def test_above_one_ninth_it_diverges(rate: float, times: str) -> None:
    view = take(lab_at(rate), 4).snapshot()
    assert view.verdict == f"Diverges: each step leaves {times} times the error."


def test_a_rate_of_0_moves_nothing() -> None:
    lab = take(lab_at(0.0), 2)
    assert now(lab).weight == 2
    assert lab.snapshot().verdict == "The rate is 0: nothing moves."


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.1])
def test_the_verdict_speaks_of_the_rate_and_not_of_rounding(rate: float) -> None:
    lab, said = lab_at(rate), set()
    for _ in range(400):
        lab.step()
        said.add(lab.snapshot().verdict.partition(":")[0])
    assert len(said & {"Converges", "Overshoots, comes closer"}) == 1
    assert said - {"Converges", "Overshoots, comes closer"} <= {
        "At the minimum",
        "The slope is 0, so this weight does not move.",
    }


def test_no_verdict_before_the_first_step() -> None:
    assert lab_at(0.5).snapshot().verdict == ""


# the end of the numbers


def numbers(lab: OneWeightLab) -> list[float]:
    """Every number of the snapshot."""
    view = lab.snapshot()
    rows = [value for row in view.rows for value in asdict(row).values()]
    return [*rows, *view.curve[0], *view.curve[1], *([view.best] if view.best else [])]


def words(lab: OneWeightLab) -> str:
    """All that can be read of the lab."""
    view = lab.snapshot()
    told = [lab.explain(name).filled for name in lab.explainable()]
    return " ".join((*view.lines, *told, view.verdict, view.said, view.rate))


@pytest.mark.parametrize("rate", [0.12, 0.2, 0.5, 1.0, 10.0])
def test_it_stops_at_the_last_finite_step_and_says_so(rate: float) -> None:
    lab = lab_at(rate)
    said = run_out(lab)
    assert said == (
        f"Stopped at step {lab.updates}: the next loss would be too large to be held. "
        "b goes back, [ lowers the rate."
    )
    assert lab.snapshot().diverged
    assert lab.snapshot().said == said
    assert not lab.can("run")
    assert np.isfinite(numbers(lab)).all()
    assert not re.search(r"\b(inf|nan|not a number)\b", words(lab))
    # One step more would leave what a computer can hold, or come as close as makes no matter.
    factor = (1 - 18 * rate) ** 2
    assert not math.isfinite(2 * now(lab).loss * factor)


def test_stopped_it_refuses_every_further_step_with_the_same_words() -> None:
    lab = lab_at(0.5)
    said = run_out(lab)
    before = lab.snapshot().rows
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            lab.step()
        assert str(refusal.value) == said
    assert lab.snapshot().rows == before


def test_from_there_b_goes_back_and_a_lower_rate_mends_it() -> None:
    lab = lab_at(0.5)
    run_out(lab)
    last = lab.position
    lab.back()
    assert (lab.position, lab.end) == (last - 1, last)
    assert not lab.snapshot().diverged
    lab.step()
    assert lab.position == last
    with pytest.raises(Refused, match="Stopped at step"):
        lab.step()
    lab.set("rate", "0.05")
    assert lab.can("run")
    take(lab, 400)
    assert now(lab).weight == pytest.approx(10 / 3)
    lab.go(0)
    assert now(lab).weight == 2.0


def test_it_diverges_by_factor_as_well() -> None:
    lab = OneWeightLab(OneWeightScene(rate=1.0, by_factor=True))
    said = run_out(lab)
    assert said.startswith("Stopped at step")
    assert np.isfinite(numbers(lab)).all()
    last = lab.updates
    lab.back()
    assert lab.updates == last - 1


# changes on the way


def test_a_rate_changed_on_the_way_is_replayed_exactly() -> None:
    lab = take(lab_at(0.01), 3)
    lab.change_rate(1)
    take(lab, 2)
    lab.set("rate", "1/9")
    take(lab, 3)
    rows = lab.snapshot().rows
    assert [row.rate for row in rows] == [0.01] * 3 + [0.02] * 2 + [1 / 9] * 4
    for before, after in pairwise(rows):
        assert after.weight == pytest.approx(before.weight - before.rate * before.slope)
    lab.go(0)
    rates = []
    for _ in range(8):
        rates.append(lab.rate)
        lab.step()
    assert rates == [0.01] * 3 + [0.02] * 2 + [1 / 9] * 3
    assert lab.snapshot().rows == rows
    for position in (7, 4, 2, 6, 3, 8):
        lab.go(position)
        assert lab.snapshot().rows == rows[: position + 1]
        assert lab.rate == rows[position].rate


def test_a_rate_changed_after_going_back_forgets_the_future() -> None:
    lab = take(lab_at(0.01), 6)
    lab.go(2)
    lab.change_rate(1)
    assert lab.end == 2
    take(lab, 1)
    rows = lab.snapshot().rows
    assert len(rows) == 4
    assert rows[3].weight == pytest.approx(rows[2].weight - 0.02 * rows[2].slope)


def test_a_rate_changed_between_two_lines_is_that_of_the_update_in_the_making() -> None:
    lab = OneWeightLab(OneWeightScene(by_factor=True, lines=6))
    lab.set("rate", "0.02")
    lab.step()
    assert lab.snapshot().lines[-1] == "new weight = 2 - 0.02 × (-24) = 2.48"
    lab.undo()  # back to where it was changed
    assert (lab.rate, lab.position) == (0.01, 6)
    assert now(lab).weight == 2.0
    lab.step()
    assert lab.snapshot().lines[-1] == "new weight = 2 - 0.01 × (-24) = 2.24"
