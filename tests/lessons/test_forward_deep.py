"""Forward propagation node by node, with a choice of activations, and hidden in one case only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lessons.labs.base import Refused
from lessons.labs.forward.lab import ForwardLab, ForwardScene
from tests.lessons.forward_labs import output, to_the_end, values
from tests.lessons.test_listings import listing, printed_numbers

DEEP = ForwardScene(
    inputs=(3.0, 5.0),
    weights=(((2.0, 4.0), (4.0, -5.0)), ((-1.0, 1.0), (2.0, 2.0)), ((-3.0, 7.0),)),
    activation="relu",
    by_node=True,
    activations=("relu", "linear", "leaky_relu", "tanh", "sigmoid", "softplus"),
)


@pytest.fixture
def lab() -> ForwardLab:
    return ForwardLab(DEEP)


def test_a_step_is_a_node_with_one_line(lab: ForwardLab) -> None:
    names = []
    while lab.can("step"):
        names.append(lab.step_name)
        lab.step()
    assert names == ["node"] * 5
    assert lab.snapshot().lines == (
        "node 1.0 = relu(3 × 2 + 5 × 4) = relu(26) = 26",
        "node 1.1 = relu(3 × 4 + 5 × (-5)) = relu(-13) = 0",
        "node 2.0 = relu(26 × (-1) + 0 × 1) = relu(-26) = 0",
        "node 2.1 = relu(26 × 2 + 0 × 2) = relu(52) = 52",
        "output = 0 × (-3) + 52 × 7 = 364",
    )


def test_the_node_and_all_that_it_reads_are_marked(lab: ForwardLab) -> None:
    lab.go(4)
    view = lab.snapshot()
    active = [(e.layer, e.source, e.target) for e in view.edges if e.state == "active"]
    assert active == [(1, 0, 1), (1, 1, 1)]
    marked = [node.name for layer in view.layers for node in layer if node.state == "active"]
    assert marked == ["node 1.0", "node 1.1", "node 2.1"]


def test_a_note_says_what_the_activation_is_put_on(lab: ForwardLab) -> None:
    lab.go(2)
    notes = [[node.note for node in layer] for layer in lab.snapshot().layers]
    assert notes == [["", ""], ["relu(26)", "relu(-13)"], ["relu(sum)", "relu(sum)"], [""]]


def test_back_undoes_a_node(lab: ForwardLab) -> None:
    lab.go(3)
    before = lab.snapshot()
    lab.step()
    lab.back()
    assert lab.snapshot() == before


def test_another_activation_keeps_as_many_nodes_computed(lab: ForwardLab) -> None:
    lab.go(3)
    lab.set("activation", "linear")
    assert values(lab) == [["3", "5"], ["26", "-13"], ["-39", ""], [""]]
    assert (lab.position, lab.end) == (3, 3)
    assert lab.said == "No activation in every hidden node."
    assert output(lab) == 299
    lab.undo()
    assert (lab.position, values(lab)[1]) == (3, ["26", "0"])
    with pytest.raises(Refused, match="activation: one of relu, linear"):
        lab.set("activation", "step")


def test_another_activation_where_a_step_is_a_product() -> None:
    lab = ForwardLab(replace(DEEP, by_node=False, until="node 1.1"))
    assert lab.position == 8
    lab.set("activation", "linear")
    assert (lab.position, values(lab)[1]) == (6, ["26", "-13"])


def test_where_the_scene_gives_no_choice_there_is_none() -> None:
    lab = ForwardLab(replace(DEEP, activations=()))
    assert all(not field.choices for field in lab.fields())
    with pytest.raises(Refused, match="nothing to turn"):
        lab.turn("activation")


def test_swapped_nodes_change_nothing(lab: ForwardLab) -> None:
    swapped = (((4.0, -5.0), (2.0, 4.0)), ((1.0, -1.0), (2.0, 2.0)), ((-3.0, 7.0),))
    assert output(ForwardLab(replace(DEEP, weights=swapped))) == output(lab) == 364


def test_hidden_in_one_case_is_in_sight_in_the_others(lab: ForwardLab) -> None:
    lab.show(DEEP, ("output@linear",))
    assert to_the_end(lab).lines[-1].endswith("= 364")
    assert lab.hiding == ("output@linear",)
    scene = replace(DEEP, activation="linear", case="linear")
    lab.show(scene, ("output@linear",))
    assert to_the_end(lab).lines[-1] == "output = -39 × (-3) + 26 × 7 = ?"
    lab.set("activation", "relu")
    assert to_the_end(lab).lines[-1].endswith("= 364")
    lab.set("activation", "linear")
    assert to_the_end(lab).lines[-1].endswith("= ?")


def test_one_product_of_a_hidden_sum_may_be_all_of_it(lab: ForwardLab) -> None:
    lab.show(DEEP, ("output",))
    assert lab.explain("output").where == (("node 2.0", "0 × (-3)"), ("node 2.1", "52 × 7"))
    lab.hide(())
    assert lab.explain("output").where[1] == ("node 2.1", "52 × 7 = 364")


@pytest.mark.parametrize("activation", DEEP.activations)
def test_the_numpy_lines_print_the_output(lab: ForwardLab, activation: str) -> None:
    lab.set("activation", activation)
    wanted = lab.trace.outputs[0]
    assert printed_numbers(listing(lab, "NumPy")) == pytest.approx([wanted], rel=1e-12)
