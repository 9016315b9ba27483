"""Forward propagation through other networks, what stays hidden there, and explanations."""

from __future__ import annotations

import pytest

from lessons.labs.forward.lab import ForwardLab, ForwardScene
from tests.lessons.forward_labs import output, to_the_end, values

BANK = ForwardScene(inputs=(2.0, 3.0), weights=(((1.0, 1.0), (-1.0, 1.0)), ((2.0, -1.0),)))
TANH = ForwardScene(inputs=BANK.inputs, weights=BANK.weights, activation="tanh")
DEEP = ForwardScene(
    inputs=(3.0, 5.0),
    weights=(((2.0, 4.0), (4.0, -5.0)), ((-1.0, 1.0), (2.0, 2.0)), ((-3.0, 7.0),)),
    activation="relu",
)


@pytest.fixture
def lab() -> ForwardLab:
    return ForwardLab(BANK)


# other networks


def test_tanh_adds_a_step_and_a_line_to_each_hidden_node() -> None:
    lab = ForwardLab(TANH)
    view = to_the_end(lab)
    assert view.total == 11
    assert view.lines[2:4] == ("node 0, sum = 2 × 1 + 3 × 1 = 5", "node 0 = tanh(5) = 0.9999")
    assert view.lines[6:8] == ("node 1, sum = 2 × (-1) + 3 × 1 = 1", "node 1 = tanh(1) = 0.7616")
    assert view.lines[-1] == "output = 0.9999 × 2 + 0.7616 × (-1) = 1.2382"
    assert lab.trace.outputs[0] == 1.2382242525694254


def test_with_tanh_twice_the_inputs_is_not_twice_the_output() -> None:
    lab = ForwardLab(TANH)
    lab.set("input 0", "4")
    lab.set("input 1", "6")
    assert output(lab) == pytest.approx(1.036, abs=5e-4)


def test_two_hidden_layers() -> None:
    lab = ForwardLab(DEEP)
    view = to_the_end(lab)
    assert values(lab) == [["3", "5"], ["26", "0"], ["0", "52"], ["364"]]
    assert "node 1.1, sum = 3 × 4 + 5 × (-5) = -13" in view.lines
    assert "node 1.1 = relu(-13) = 0" in view.lines
    assert "node 2.1, sum = 26 × 2 + 0 × 2 = 52" in view.lines
    assert view.lines[-1] == "output = 0 × (-3) + 52 × 7 = 364"


def test_the_same_two_layers_on_other_inputs_and_without_an_activation() -> None:
    lab = ForwardLab(DEEP)
    lab.set("input 0", "5")
    lab.set("input 1", "3")
    assert output(lab) == 378
    assert values(lab)[1] == ["22", "5"]
    assert output(ForwardLab(ForwardScene(inputs=DEEP.inputs, weights=DEEP.weights))) == 299


# concealing


def test_what_follows_from_a_hidden_node_is_hidden_too() -> None:
    lab = ForwardLab(DEEP)
    lab.show(DEEP, ("node 1.0",))
    view = to_the_end(lab)
    assert values(lab) == [["3", "5"], ["?", "0"], ["?", "?"], ["?"]]
    assert "3 × 2 = 6" in view.lines
    assert "node 1.0, sum = 3 × 2 + 5 × 4 = ?" in view.lines
    assert "node 1.0 = relu(?) = ?" in view.lines
    assert "? × (-1) = ?" in view.lines
    assert "0 × 1 = 0" in view.lines
    assert view.lines[-1] == "output = ? × (-3) + ? × 7 = ?"
    lab.hide(())
    assert lab.snapshot().lines[-1] == "output = 0 × (-3) + 52 × 7 = 364"


# explaining


def test_a_node_is_explained_by_its_formula_and_its_numbers(lab: ForwardLab) -> None:
    told = lab.explain("node 1")
    assert told.formula == "node 1 = input 0 × its weight + input 1 × its weight"
    assert told.filled == "node 1 = 2 × (-1) + 3 × 1 = 1"
    assert told.where == (("input 0", "2 × (-1) = -2"), ("input 1", "3 × 1 = 3"))
    assert ForwardLab(TANH).explain("node 1").filled == "node 1 = tanh(2 × (-1) + 3 × 1) = 0.7616"


def test_the_node_of_the_last_step_is_the_one_under_the_cursor(lab: ForwardLab) -> None:
    assert lab.explainable() == ("node 0", "node 1", "output")
    seen = [lab.current()]
    while lab.can("step"):
        lab.step()
        seen.append(lab.current())
    assert seen == ["node 0"] * 4 + ["node 1"] * 3 + ["output"] * 3


def test_the_largest_numbers_still_give_numbers() -> None:
    lab = ForwardLab(DEEP)
    for field in lab.fields():
        lab.set(field.id, "1e6")
    assert output(lab) == pytest.approx(8e24)  # 2 · 10⁶ · (2 · 10⁶ · (2 · 10⁶ · 10⁶))
    assert "output = 4e+18 × 1000000 + 4e+18 × 1000000 = 8e+24" in lab.snapshot().lines
