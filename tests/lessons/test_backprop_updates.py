"""Backpropagation: the update that ends a pass, many of them, and learning rates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lessons.backpropagation.networks import TABLE
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.base import Refused
from tests.lessons.backprop_labs import (
    node_slopes,
    table_lab,
    to_the_update,
    weight_slopes,
    weights,
)

PASS = 16
"""Steps of a pass of the table's network, without the update."""

UPDATE = (
    "weight input 0→node 0 = 0 - 0.01 × 0 = 0",
    "weight input 1→node 0 = 1 - 0.01 × 6 = 0.94",
    "weight input 0→node 1 = 2 - 0.01 × 0 = 2",
    "weight input 1→node 1 = 3 - 0.01 × 18 = 2.82",
    "weight node 0→output = 1 - 0.01 × 6 = 0.94",
    "weight node 1→output = 3 - 0.01 × 18 = 2.82",
)


@pytest.fixture
def lab() -> BackpropLab:
    return table_lab()


# updates


def test_the_update_moves_all_weights_at_once(lab: BackpropLab) -> None:
    to_the_update(lab)
    assert weights(lab) == ["0", "1", "2", "3", "1", "3"]
    lab.step()
    assert weights(lab) == ["0", "0.94", "2", "2.82", "0.94", "2.82"]
    assert lab.snapshot().lines == UPDATE
    assert lab.snapshot().updates == 1


def test_the_outputs_over_the_steps_are_the_courses() -> None:
    lab = table_lab(by_update=True)
    for _ in range(5):
        lab.step()
    told = [line.partition("output ")[2].partition(",")[0] for line in lab.snapshot().lines]
    assert told == ["10", "8.836", "8.199", "7.8105", "7.5593", "7.3911"]
    assert lab.position == 5


def test_going_by_update_and_by_number_lead_to_the_same_weights(lab: BackpropLab) -> None:
    other = table_lab(by_update=True)
    other.go(3)
    lab.go(3 * (PASS + 1))
    assert weights(lab) == weights(other)


def test_it_stops_where_nothing_moves_any_more() -> None:
    lab = table_lab(by_update=True)
    for _ in range(500):
        if not lab.can("run"):
            break
        lab.step()
    assert lab.why_not_run.startswith("Every slope is 0")
    assert lab.snapshot().lines[-1].endswith("output 7, error 0, loss 0") or lab.position < 500


def test_a_rate_that_shuts_all_gates_leaves_every_slope_at_0() -> None:
    lab = table_lab(by_update=True, rate=0.2)
    lab.step()
    assert weight_slopes(lab) == ["0"] * 6
    assert [gate for _, gate in node_slopes(lab)[0]] == ["shut", "shut"]
    assert not lab.can("run")


def test_a_loss_too_large_stops_it_at_the_last_finite_step() -> None:
    lab = BackpropLab(
        replace(TABLE, inputs=(100.0, 100.0), activation="linear", rate=1.0, by_update=True)
    )
    with pytest.raises(Refused, match="Stopped at step"):
        lab.go(2000)
    stopped = lab.position
    assert not lab.can("step")
    with pytest.raises(Refused, match=r"\[ lowers the rate"):
        lab.step()
    lab.back()
    assert lab.position == stopped - 1
    assert lab.can("step")


def test_the_rate_goes_up_and_down_and_forgets_what_came_after(lab: BackpropLab) -> None:
    lab.go(30)
    lab.go(16)
    lab.change_rate(1)
    assert lab.rate == 0.02
    assert lab.end == 16
    assert "forgotten" in lab.said
    lab.step()
    assert weights(lab)[3] == "2.64"
    lab.change_rate(-1)
    assert lab.rate == 0.01
    for _ in range(3):
        lab.set("rate", "0.0001")
        with pytest.raises(Refused, match=r"stays at 0\.0001"):
            lab.change_rate(-1)
