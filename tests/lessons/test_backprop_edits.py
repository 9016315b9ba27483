"""Backpropagation: edits, nudges, and what stays hidden while a question is open."""

from __future__ import annotations

import pytest

from lessons.backpropagation.networks import DRAWN
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.base import Refused
from tests.lessons.backprop_labs import full, table_lab, to_the_update, weight_slopes, weights

PASS = 16
"""Steps of a pass of the table's network, without the update."""


@pytest.fixture
def lab() -> BackpropLab:
    return table_lab()


# edits


def test_everything_after_an_edit_follows(lab: BackpropLab) -> None:
    to_the_update(lab)
    lab.set("weight node 1→output", "2")
    lab.set("target", "4")
    assert weight_slopes(lab) == weight_slopes(full(DRAWN))
    assert lab.position == PASS
    lab.set("input 0", "2")
    assert lab.snapshot().layers[0][0].value == "2"


def test_after_an_update_an_edit_starts_from_the_weights_of_then(lab: BackpropLab) -> None:
    lab.go(PASS + 1)
    lab.set("weight input 0→node 0", "1")
    assert weights(lab) == ["1", "0.94", "2", "2.82", "0.94", "2.82"]
    assert (lab.position, lab.end) == (0, 0)
    lab.undo()
    assert weights(lab)[0] == "0"
    assert lab.position == PASS + 1


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
