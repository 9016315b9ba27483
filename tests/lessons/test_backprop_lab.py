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
    weights,
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
    lab.go(3 * (len(LINES) + 1))
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


# edits


def test_everything_after_an_edit_follows(lab: BackpropLab) -> None:
    to_the_update(lab)
    lab.set("weight node 1→output", "2")
    lab.set("target", "4")
    assert weight_slopes(lab) == weight_slopes(full(DRAWN))
    assert lab.position == len(LINES)
    lab.set("input 0", "2")
    assert lab.snapshot().layers[0][0].value == "2"


def test_after_an_update_an_edit_starts_from_the_weights_of_then(lab: BackpropLab) -> None:
    lab.go(len(LINES) + 1)
    lab.set("weight input 0→node 0", "1")
    assert weights(lab) == ["1", "0.94", "2", "2.82", "0.94", "2.82"]
    assert (lab.position, lab.end) == (0, 0)
    lab.undo()
    assert weights(lab)[0] == "0"
    assert lab.position == len(LINES) + 1


def test_an_edit_is_undone_to_the_bit(lab: BackpropLab) -> None:
    before = to_the_update(lab).trace
    for name, text in (("input 1", "1/3"), ("weight input 1→node 1", "-7.25"), ("target", "0.1")):
        lab.set(name, text)
    for _ in range(3):
        lab.undo()
    assert lab.trace == before


@pytest.mark.parametrize("text", ["nan", "two", "", "1/0", "1e7", "101"])
def test_a_refused_edit_changes_nothing(lab: BackpropLab, text: str) -> None:
    before = to_the_update(lab).snapshot()
    with pytest.raises(Refused):
        lab.set("weight input 0→node 0", text)
    assert lab.snapshot() == before
    assert not lab.can("undo")


# nudges


def test_a_nudge_is_set_against_the_slope(lab: BackpropLab) -> None:
    to_the_update(lab)
    lab.set("nudge", "weight input 1→node 1")
    assert lab.snapshot().nudge == (
        "nudge weight input 1→node 1: 3 + 0.001 = 3.001",
        "loss: 9.018009 - 9 = 0.018009",
        "∂ × nudge: 18 × 0.001 = 0.018",
    )
    lab.set("by", "0.1")
    assert lab.snapshot().nudge[1:] == ("loss: 10.89 - 9 = 1.89", "∂ × nudge: 18 × 0.1 = 1.8")


def test_a_nudge_says_what_is_still_missing(lab: BackpropLab) -> None:
    lab.turn("nudge")
    assert lab.snapshot().nudge[1:] == (
        "loss: not computed yet",
        "∂ × nudge: the slope is not computed yet",
    )


def test_a_nudge_leaves_the_network_as_it_is(lab: BackpropLab) -> None:
    before = to_the_update(lab).trace
    lab.turn("nudge")
    lab.snapshot()
    assert lab.trace == before
    assert weights(lab) == ["0", "1", "2", "3", "1", "3"]


def test_turning_goes_over_all_weights_and_back_to_none(lab: BackpropLab) -> None:
    seen = []
    for _ in range(7):
        lab.turn("nudge")
        seen.append(next(field.text for field in lab.fields() if field.id == "nudge"))
    assert len(set(seen)) == 7
    assert seen[-1] == "none"
    assert lab.snapshot().nudge == ()


# hiding


def test_what_is_hidden_hides_all_that_needs_it(lab: BackpropLab) -> None:
    to_the_update(lab)
    lab.hide(("∂ node 1",))
    assert weight_slopes(lab) == ["0", "6", "?", "?", "6", "18"]
    assert lab.snapshot().lines[-1] == "∂ weight input 1→node 1 = 1 × ? × 1 = ?"
    assert lab.explain("∂ weight input 1→node 1").filled.endswith("= ?")
    lab.set("nudge", "weight input 1→node 1")
    assert lab.snapshot().nudge[1:] == ("loss: ? - 9 = ?", "∂ × nudge: ?")


def test_the_update_waits_where_it_would_give_a_slope_away(lab: BackpropLab) -> None:
    to_the_update(lab)
    lab.hide(("∂ node 1",))
    assert not lab.can("step")
    with pytest.raises(Refused, match="give away what a question asks for"):
        lab.step()
    lab.hide(())
    lab.step()
    assert lab.updates == 1


def test_a_name_with_a_step_hides_from_then_on_only(lab: BackpropLab) -> None:
    lab.hide(("output@1",))
    to_the_update(lab)
    assert lab.snapshot().layers[-1][0].value == "10"
    for _ in range(4):
        lab.step()
    view = lab.snapshot()
    assert [node.value for layer in view.layers[1:] for node in layer] == ["0.94", "2.82", "?"]
    assert lab.snapshot().lines[-1].endswith("= ?")


def test_a_name_with_a_network_hides_only_there() -> None:
    lab = table_lab()
    lab.hide(("drawn:∂ node 1",))
    assert "?" not in "".join(to_the_update(lab).snapshot().lines)
    lab.show(DRAWN, ("drawn:∂ node 1",))
    assert lab.snapshot().lines == ()
    assert "∂ node 1 = 2 × 6 × 1 = ?" in to_the_update(lab).snapshot().lines


def test_a_weight_that_is_asked_for_stands_in_no_code() -> None:
    lab = table_lab(updates=1)
    lab.hide(("weight input 1→node 1@1", "weight node 1→output@1"))
    assert "?" in weights(lab)
    assert "2.82" not in "".join(code.source for code in lab.code())
    assert "2.82" not in "".join(line for _, line in lab.explain("update").where)


# explaining


def test_three_factors_have_their_names(lab: BackpropLab) -> None:
    told = to_the_update(lab).explain("∂ weight input 1→node 1")
    assert told.filled == "∂ weight input 1→node 1 = 1 × 18 × 1 = 18"
    assert told.where == (
        ("value in", "input 1 = 1"),
        ("slope of the node it feeds", "∂ node 1 = 18"),
        ("slope of its activation", "gate of node 1 = 1, open: the sum, 3, is above 0"),
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
