"""Backpropagation, one slope at a time: steps, lines, gates, updates, edits, explanations."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from itertools import pairwise

import pytest

from lessons.backpropagation.networks import DEEP, DRAWN, TABLE, numbers
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.base import Refused, Scene
from tests.lessons.backprop_labs import (
    full,
    node_slopes,
    table_lab,
    to_the_update,
    weight_slopes,
)

LINES = (
    "node 0 = relu(0 × 0 + 1 × 1) = relu(1) = 1",
    "node 1 = relu(0 × 2 + 1 × 3) = relu(3) = 3",
    "output = 1 × 1 + 3 × 3 = 10",
    "error = 10 - 7 = 3",
    "loss = 3 × 3 = 9",
    "∂ output = 2 × 3 = 6",
    "∂ weight node 0→output = 1 × 6 × 1 = 6",
    "∂ weight node 1→output = 3 × 6 × 1 = 18",
    "∂ node 0 = 1 × 6 × 1 = 6",
    "gate of node 0 = 1, open: the sum, 1, is above 0",
    "∂ node 1 = 3 × 6 × 1 = 18",
    "gate of node 1 = 1, open: the sum, 3, is above 0",
    "∂ weight input 0→node 0 = 0 × 6 × 1 = 0",
    "∂ weight input 1→node 0 = 1 × 6 × 1 = 6",
    "∂ weight input 0→node 1 = 0 × 18 × 1 = 0",
    "∂ weight input 1→node 1 = 1 × 18 × 1 = 18",
)


@pytest.fixture
def lab() -> BackpropLab:
    return table_lab()


# one pass


def test_every_step_adds_one_line(lab: BackpropLab) -> None:
    for count, line in enumerate(LINES, start=1):
        lab.step()
        assert lab.position == count
        assert lab.snapshot().lines == LINES[:count]
        assert lab.snapshot().lines[-1] == line


def test_the_steps_are_named(lab: BackpropLab) -> None:
    named = []
    for _ in range(len(LINES) + 1):
        named.append(lab.step_name)
        lab.step()
    assert named == [
        *["node"] * 3, "error", "loss", *["slope"] * 4, "gate", "slope", "gate", *["slope"] * 4,
        "update",
    ]  # fmt: skip


def test_the_phase_turns_around_at_the_output(lab: BackpropLab) -> None:
    phases = [lab.snapshot().phase]
    for _ in range(len(LINES) + 1):
        lab.step()
        phases.append(lab.snapshot().phase)
    assert phases == [*["forward"] * 6, *["backward"] * 11, "update"]


def test_the_courses_table(lab: BackpropLab) -> None:
    to_the_update(lab)
    assert weight_slopes(lab) == ["0", "6", "0", "18", "6", "18"]
    assert node_slopes(lab) == [[("6", "open"), ("18", "open")], [("6", "")]]


def test_the_network_as_drawn_has_other_slopes() -> None:
    lab = full(DRAWN)
    assert weight_slopes(lab) == ["0", "6", "0", "12", "6", "18"]
    assert node_slopes(lab)[0] == [("6", "open"), ("12", "open")]


def test_a_slope_is_the_sum_over_the_ways_and_a_shut_gate_stops_it() -> None:
    lab = full(DEEP)
    assert weight_slopes(lab)[:4] == ["0", "0", "30", "60"]
    assert node_slopes(lab)[0] == [("36", "shut"), ("60", "open")]
    assert "∂ node 1.1 = 1 × 6 × 1 + 3 × 18 × 1 = 60" in lab.snapshot().lines
    assert "gate of node 1.0 = 0, shut: the sum, -1, is not above 0" in lab.snapshot().lines


@pytest.mark.parametrize("scene", [TABLE, DEEP, DRAWN], ids=["table", "deep", "drawn"])
def test_every_slope_agrees_with_a_nudge(scene) -> None:
    lab = full(replace(scene, by_update=False))
    lab.set("by", "0.000001")
    for name, slope in zip(
        (edge.field for edge in lab.snapshot().edges), weight_slopes(lab), strict=True
    ):
        lab.set("nudge", name)
        change = float(lab.snapshot().nudge[1].rpartition(" = ")[2])
        assert change / 1e-6 == pytest.approx(float(slope), abs=0.02)


def test_what_is_active_is_marked_on_both_ends(lab: BackpropLab) -> None:
    lab.go(8)
    view = lab.snapshot()
    (active,) = (edge for edge in view.edges if edge.state == "active")
    assert active.field == "weight node 1→output"
    marked = [node.name for layer in view.layers for node in layer if node.state == "active"]
    assert marked == ["node 1", "output"]
    lab.go(9)
    assert [e.field for e in lab.snapshot().edges if e.state == "active"] == [
        "weight node 0→output"
    ]


def test_on_the_way_back_what_has_no_slope_yet_is_pending(lab: BackpropLab) -> None:
    lab.go(6)
    states = {node.name: node.state for layer in lab.snapshot().layers for node in layer}
    assert states == {
        "input 0": "plain",
        "input 1": "plain",
        "node 0": "pending",
        "node 1": "pending",
        "output": "active",
    }
    assert all(node.value for layer in lab.snapshot().layers for node in layer)


# moving


def test_back_undoes_every_step_exactly(lab: BackpropLab) -> None:
    seen = [lab.snapshot()]
    for _ in range(40):
        lab.step()
        seen.append(lab.snapshot())
    for before in reversed(seen[:-1]):
        lab.back()
        assert lab.snapshot() == before
    with pytest.raises(Refused, match="no step to take back"):
        lab.back()


def test_scrubbing_goes_through_all_that_was_reached(lab: BackpropLab) -> None:
    lab.go(100)
    lab.go(0)
    assert lab.end == 100
    lab.scrub(1)
    assert lab.position == 2
    lab.scrub(-1)
    assert lab.position == 0


def test_reset_starts_again_and_can_be_undone(lab: BackpropLab) -> None:
    lab.set("target", "3")
    before = to_the_update(lab).snapshot().lines
    lab.reset()
    assert (lab.position, lab.end, lab.snapshot().target) == (0, 0, "7")
    lab.undo()
    assert lab.snapshot().lines == before


def test_a_scene_of_another_kind_is_an_authors_mistake(lab: BackpropLab) -> None:
    with pytest.raises(TypeError, match="shows a BackpropScene, not a Scene"):
        lab.show(Scene())


def test_a_snapshot_is_frozen(lab: BackpropLab) -> None:
    with pytest.raises(FrozenInstanceError):
        lab.snapshot().updates = 3  # type: ignore[misc]


# explaining


def test_three_factors_have_their_names(lab: BackpropLab) -> None:
    told = to_the_update(lab).explain("∂ weight input 1→node 1")
    assert told.filled == "∂ weight input 1→node 1 = 1 × 18 × 1 = 18"
    assert told.where == (
        ("value in", "input 1 = 1"),
        ("slope of the node it feeds", "∂ node 1 = 18"),
        ("slope of its activation", "1, open"),
    )


def test_the_current_number_is_the_one_of_the_last_step(lab: BackpropLab) -> None:
    assert lab.current() == "node 0"
    names = []
    for _ in range(len(LINES) + 1):
        lab.step()
        names.append(lab.current())
    assert names[:6] == ["node 0", "node 1", "output", "error", "loss", "∂ output"]
    assert names[-1] == "update"
    assert all(one != other for one, other in pairwise(names))
    assert lab.explain("update").where[3][1] == "3 - 0.01 × 18 = 2.82"


def test_numbers_by_name_are_the_engines() -> None:
    deep = numbers(DEEP)
    assert (deep["∂ node 1.1"], deep["∂ node 1.0"], deep["gate of node 1.0"]) == (60, 36, 0)
