"""Forward propagation, one product at a time: steps, lines, edits, explanations."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from lessons.labs.base import Refused, Scene
from lessons.labs.forward.lab import ForwardLab, ForwardScene
from tests.lessons.forward_labs import output, to_the_end, values

BANK = ForwardScene(inputs=(2.0, 3.0), weights=(((1.0, 1.0), (-1.0, 1.0)), ((2.0, -1.0),)))
LINES = (
    "2 × 1 = 2",
    "3 × 1 = 3",
    "node 0 = 2 × 1 + 3 × 1 = 5",
    "2 × (-1) = -2",
    "3 × 1 = 3",
    "node 1 = 2 × (-1) + 3 × 1 = 1",
    "5 × 2 = 10",
    "1 × (-1) = -1",
    "output = 5 × 2 + 1 × (-1) = 9",
)


@pytest.fixture
def lab() -> ForwardLab:
    return ForwardLab(BANK)


# steps


def test_nothing_but_the_inputs_is_known_at_first(lab: ForwardLab) -> None:
    assert values(lab) == [["2", "3"], ["", ""], [""]]
    assert lab.snapshot().lines == ()
    assert {edge.state for edge in lab.snapshot().edges} == {"pending"}


def test_nine_steps_in_order_each_with_its_line(lab: ForwardLab) -> None:
    for count in range(1, 10):
        lab.step()
        assert lab.snapshot().lines == LINES[:count]
    assert lab.snapshot().total == lab.position == 9
    assert values(lab) == [["2", "3"], ["5", "1"], ["9"]]


def test_a_node_has_its_value_with_its_sum_and_not_before(lab: ForwardLab) -> None:
    known = []
    for _ in range(9):
        lab.step()
        known.append([node.value for layer in lab.snapshot().layers[1:] for node in layer])
    assert known[1] == ["", "", ""]
    assert known[2:5] == [["5", "", ""]] * 3
    assert known[5:8] == [["5", "1", ""]] * 3
    assert known[8] == ["5", "1", "9"]


def test_the_edge_in_use_is_marked_with_both_its_ends(lab: ForwardLab) -> None:
    for _ in range(4):
        lab.step()
    view = lab.snapshot()
    (active,) = (edge for edge in view.edges if edge.state == "active")
    assert (active.layer, active.source, active.target, active.weight) == (0, 0, 1, "-1")
    marked = [node.name for layer in view.layers for node in layer if node.state == "active"]
    assert marked == ["input 0", "node 1"]


def test_the_next_step_is_named(lab: ForwardLab) -> None:
    named = []
    for _ in range(9):
        named.append(lab.step_name)
        lab.step()
    assert named == ["product", "product", "sum"] * 3
    assert lab.step_name == "step"


def test_after_the_output_there_is_no_step_and_it_says_so(lab: ForwardLab) -> None:
    to_the_end(lab)
    with pytest.raises(Refused, match=r"The output is computed\. b takes a step back"):
        lab.step()
    assert (lab.position, lab.can("step"), lab.can("run")) == (9, False, False)


def test_back_undoes_every_step_exactly(lab: ForwardLab) -> None:
    seen = [lab.snapshot()]
    for _ in range(9):
        lab.step()
        seen.append(lab.snapshot())
    for before in reversed(seen[:-1]):
        lab.back()
        assert lab.snapshot() == before
    with pytest.raises(Refused, match="no step to take back"):
        lab.back()


def test_go_is_as_good_as_steps_and_stays_inside(lab: ForwardLab) -> None:
    other = ForwardLab(BANK)
    for _ in range(5):
        other.step()
    lab.go(5)
    assert lab.snapshot() == other.snapshot()
    lab.go(100)
    assert lab.position == 9
    lab.go(-1)
    assert (lab.position, lab.end) == (0, 9)


def test_scrubbing_stays_within_what_has_been_reached(lab: ForwardLab) -> None:
    lab.step()
    lab.step()
    lab.scrub(-1)
    assert lab.position == 1
    lab.scrub(1)
    lab.scrub(1)
    assert lab.position == 2


def test_reset_starts_the_scene_again_and_can_be_undone(lab: ForwardLab) -> None:
    lab.set("input 0", "4")
    edited = to_the_end(lab).lines
    lab.reset()
    assert values(lab) == [["2", "3"], ["", ""], [""]]
    assert (lab.position, lab.end) == (0, 0)
    assert lab.said == "Started again. u brings back what was there."
    lab.undo()
    assert lab.snapshot().lines == edited
    assert lab.position == 9


def test_reset_takes_no_step_even_where_the_scene_opens_further_on() -> None:
    lab = ForwardLab(ForwardScene((), BANK.inputs, BANK.weights, until="node 1"))
    assert lab.position == 6
    lab.reset()
    assert lab.position == 0


def test_a_scene_can_start_with_a_node_already_computed() -> None:
    lab = ForwardLab(ForwardScene(BANK.conceal, BANK.inputs, BANK.weights, until="node 0"))
    assert lab.snapshot().lines == LINES[:3]
    lab.show(ForwardScene(inputs=BANK.inputs, weights=BANK.weights, until="output"))
    assert lab.snapshot().lines == LINES


def test_a_scene_of_another_kind_is_an_authors_mistake(lab: ForwardLab) -> None:
    with pytest.raises(TypeError, match="shows a ForwardScene, not a Scene"):
        lab.show(Scene())


def test_a_snapshot_is_frozen(lab: ForwardLab) -> None:
    view = lab.snapshot()
    with pytest.raises(FrozenInstanceError):
        view.position = 3  # type: ignore[misc]
    lab.step()
    assert view.position == 0


def test_nothing_is_random_and_there_is_no_rate(lab: ForwardLab) -> None:
    with pytest.raises(Refused, match="Nothing here is random"):
        lab.redraw()
    with pytest.raises(Refused, match="no learning rate"):
        lab.change_rate(1)
    assert not lab.can("rate")


# edits


def test_everything_after_an_edit_follows(lab: ForwardLab) -> None:
    to_the_end(lab)
    lab.set("input 0", "4")
    lab.set("input 1", "6")
    assert values(lab) == [["4", "6"], ["10", "2"], ["18"]]
    assert lab.snapshot().lines[-1] == "output = 10 × 2 + 2 × (-1) = 18"
    assert lab.position == 9


def test_an_edit_changes_nothing_before_it(lab: ForwardLab) -> None:
    to_the_end(lab)
    lab.set("weight 1 0 1", "0")  # the weight from node 1 to the output, from -1
    assert values(lab) == [["2", "3"], ["5", "1"], ["10"]]
    assert lab.snapshot().lines[:6] == LINES[:6]


def test_every_number_has_a_field_with_a_name_of_its_own(lab: ForwardLab) -> None:
    assert [(field.label, field.text) for field in lab.fields()] == [
        ("input 0", "2"),
        ("input 1", "3"),
        ("weight input 0 → node 0", "1"),
        ("weight input 1 → node 0", "1"),
        ("weight input 0 → node 1", "-1"),
        ("weight input 1 → node 1", "1"),
        ("weight node 0 → output", "2"),
        ("weight node 1 → output", "-1"),
    ]
    assert {edge.field for edge in lab.snapshot().edges} == {f.id for f in lab.fields()[2:]}


def test_undo_restores_to_the_bit(lab: ForwardLab) -> None:
    lab.set("input 0", "0.1")
    before, lines = lab.trace, to_the_end(lab).lines
    lab.set("input 0", "1/3")
    lab.set("weight 0 1 0", "-7.25")
    assert lab.snapshot().lines != lines
    lab.undo()
    lab.undo()
    assert lab.trace == before
    assert lab.snapshot().lines == lines
    assert lab.said == "Undone: input 0."
    lab.undo()
    assert output(lab) == 9.0
    with pytest.raises(Refused, match="nothing to undo"):
        lab.undo()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nan", "not a number a weight can have"),
        ("inf", "not a number a weight can have"),
        ("1e999", "too large to be held"),
        ("two", "type one like 5"),
        ("", "Nothing typed yet"),
        ("1/0", "cannot have 0 below the line"),
        ("1e7", "Out of range: from -1000000 to 1000000"),
    ],
)
def test_a_refused_edit_says_why_and_changes_nothing(lab: ForwardLab, text: str, why: str) -> None:
    before = to_the_end(lab)
    with pytest.raises(Refused, match=why):
        lab.set("weight 0 0 0", text)
    assert lab.snapshot() == before
    assert not lab.can("undo")
