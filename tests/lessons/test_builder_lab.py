"""The building lab: layers come and go, and what is counted follows."""

from __future__ import annotations

import pytest

import engine
from lessons.labs.base import Refused
from lessons.labs.builder.lab import BuilderLab
from lessons.labs.builder.network import (
    LISTING,
    MOST_LAYERS,
    MOST_NODES,
    LayerSpec,
    NetworkSpec,
    count,
    counts,
)
from lessons.labs.builder.scene import BuilderScene
from tests.lessons.test_listings import engine_as_keras, run  # noqa: F401

BARE = BuilderScene(network=NetworkSpec(4))


def lab(layers: int = 3, **scene: object) -> BuilderLab:
    return BuilderLab(BuilderScene(layers=layers, **scene))  # type: ignore[arg-type]


def built(one: BuilderLab) -> str:
    return one.network.name


# counting


@pytest.mark.parametrize(
    ("spec", "parts"),
    [
        (LISTING, (1000, 10100, 101)),
        (NetworkSpec(1, (LayerSpec(1),)), (2,)),
        (NetworkSpec(784, (LayerSpec(50), LayerSpec(50), LayerSpec(10))), (39250, 2550, 510)),
        (NetworkSpec(9), ()),
    ],
)
def test_the_engine_counts_each_layer_and_all_of_them(
    spec: NetworkSpec, parts: tuple[int, ...]
) -> None:
    assert counts(spec) == parts
    assert count(spec) == sum(parts)


def test_what_is_shown_is_what_a_summary_of_the_same_network_says() -> None:
    view = lab().snapshot()
    model = engine.Sequential([engine.Input((9,))])
    for units in (100, 100, 1):
        model.add(engine.Dense(units))
    printed: list[str] = []
    model.summary(print_fn=printed.append)
    assert f"Total params: {view.total}" in printed
    for row in view.rows[1:]:
        assert any(line.endswith(f" {row.count}") for line in printed)


def test_a_count_comes_with_its_arithmetic() -> None:
    rows = lab().snapshot().rows
    assert [row.arithmetic for row in rows] == ["", "9 × 100 + 100", "100 × 100 + 100",
                                                "100 × 1 + 1"]  # fmt: skip
    assert [row.count for row in rows] == ["", "1,000", "10,100", "101"]


# moving


def test_each_step_adds_the_next_layer_and_back_takes_it_away() -> None:
    one = lab(0)
    names = [built(one)]
    while one.can("step"):
        one.step()
        names.append(built(one))
    assert names == ["9", "9-100", "9-100-100", "9-100-100-1"]
    with pytest.raises(Refused, match="m adds a layer"):
        one.step()
    one.back()
    assert (built(one), one.position, one.end) == ("9-100-100", 2, 3)
    one.go(one.end)
    assert built(one) == "9-100-100-1"


# adding and taking out


def test_a_layer_is_added_after_the_chosen_one_and_like_it() -> None:
    one = lab()
    one.set("layer", "layer 1")
    one.set("nodes", "30")
    one.act("add")
    assert built(one) == "9-30-30-100-1"
    assert (one.position, one.end, one.chosen) == (4, 4, 2)


def test_at_the_output_a_layer_is_added_before_it() -> None:
    one = lab()
    one.act("add")
    assert built(one) == "9-100-100-100-1"
    assert one.network.layers[-1] == LayerSpec(1)


def test_a_first_layer_can_be_added_where_there_is_none() -> None:
    one = BuilderLab(BARE)
    one.act("add")
    assert built(one) == "4-100"


def test_the_chosen_layer_is_taken_out_and_undo_brings_it_back() -> None:
    one = lab()
    one.set("layer", "layer 2")
    one.act("remove")
    assert (built(one), one.position, one.end) == ("9-100-1", 2, 2)
    one.undo()
    assert (built(one), one.position, one.end) == ("9-100-100-1", 3, 3)


def test_everything_can_be_taken_out_but_the_inputs() -> None:
    one = lab()
    for _ in range(3):
        one.act("remove")
    assert built(one) == "9"
    assert one.snapshot().total == "0"
    with pytest.raises(Refused, match="space or m adds one"):
        one.act("remove")
    one.act("add")
    one.set("layer", "inputs")
    with pytest.raises(Refused, match="The inputs stay"):
        one.act("remove")


def test_there_is_a_deepest_network() -> None:
    one = lab()
    for _ in range(MOST_LAYERS - 3):
        one.act("add")
    with pytest.raises(Refused, match=f"{MOST_LAYERS} layers"):
        one.act("add")
    assert len(one.network.layers) == MOST_LAYERS


def test_a_step_goes_on_with_the_layers_that_are_left_after_an_edit() -> None:
    one = lab(1)
    one.act("add")
    one.set("nodes", "7")
    one.step()
    assert built(one) == "9-100-7-100"


# changing


def test_widths_inputs_outputs_and_activations_can_be_set() -> None:
    one = lab()
    one.set("layer", "layer 2")
    for field, text in (("nodes", "64"), ("inputs", "12"), ("outputs", "3")):
        one.set(field, text)
    one.turn("activation")
    assert built(one) == "12-100-64-3"
    assert [layer.activation for layer in one.network.layers] == ["relu", "tanh", "linear"]
    for _ in range(4):
        one.undo()
    assert one.network == LISTING


def test_a_layer_is_made_wider_and_narrower_by_notches_that_lead_back() -> None:
    one = lab(1)
    one.act("wider")
    assert built(one) == "9-128"
    one.act("narrower")
    assert built(one) == "9-100"
    one.set("nodes", str(MOST_NODES))
    with pytest.raises(Refused, match="from 1 to 1,000"):
        one.act("wider")


@pytest.mark.parametrize("text", ["0", "-3", "2.5", "1001", "nan", "", "many", "1e9"])
def test_a_width_that_no_layer_has_is_refused_and_changes_nothing(text: str) -> None:
    one = lab()
    with pytest.raises(Refused):
        one.set("nodes", text)
    assert one.network == LISTING
    assert not one.can("undo")


def test_a_comma_between_thousands_is_no_decimal_comma() -> None:
    one = lab()
    one.set("inputs", "1,000")
    assert one.network.inputs == 1000


def test_the_inputs_have_no_activation() -> None:
    one = lab()
    one.set("layer", "inputs")
    with pytest.raises(Refused, match="no activation"):
        one.turn("activation")


def test_starting_again_can_be_undone() -> None:
    one = lab()
    one.act("add")
    one.reset()
    assert built(one) == "9"
    one.undo()
    assert built(one) == "9-100-100-100-1"


# what a question hides


def test_a_hidden_count_is_hidden_with_its_arithmetic_and_only_for_that_size() -> None:
    one = lab(conceal=("100×100", "9-100-100-1"))
    one.hide(one.scene.conceal)
    view = one.snapshot()
    assert (view.rows[2].arithmetic, view.rows[2].count, view.total) == ("?", "?", "?")
    assert view.rows[1].count == "1,000"
    one.set("nodes", "2")
    assert one.snapshot().rows[2].count == "?"
    one.set("layer", "layer 1")
    one.set("nodes", "20")
    assert one.snapshot().rows[2].count == "2,100"


def test_what_another_activation_does_to_the_counts_is_hidden_while_it_is_asked() -> None:
    one = lab(conceal=("activation",))
    one.hide(one.scene.conceal)
    assert one.snapshot().total == "11,201"  # nothing is turned yet
    one.turn("activation")
    view = one.snapshot()
    assert [row.count for row in view.rows[1:]] == ["?", "?", "?"]
    assert (view.rows[3].arithmetic, view.total) == ("?", "?")
    assert one.explain("parameters of layer 3").filled == "parameters = ?"
    assert view.said.endswith("Its count is shown once you have answered.")
    one.act("add")
    assert one.snapshot().total == "?"
    one.undo()
    one.undo()
    assert one.snapshot().total == "11,201"
    one.turn("activation")
    one.reset()
    for _ in range(3):
        one.step()
    assert one.snapshot().total == "11,201"
    one.turn("activation")
    one.hide(())
    assert one.snapshot().total == "11,201"


def test_hidden_inputs_are_in_no_code_and_no_edit_bar() -> None:
    one = lab(conceal=("9 inputs",))
    one.hide(one.scene.conceal)
    assert one.code() == ()
    assert next(field.shown for field in one.fields() if field.id == "inputs") == "?"
    one.hide(())
    assert "Input((9,))" in one.code()[0].source


# code


@pytest.mark.usefixtures("engine_as_keras")
@pytest.mark.parametrize("layers", [0, 1, 3])
def test_every_listing_makes_the_network_of_the_lab(layers: int) -> None:
    one = lab(layers)
    for code in one.code():
        model = run(code.source)[0]["model"]
        assert [layer.units for layer in model.layers] == list(one.network.sizes[1:])
        assert [layer.activation.name for layer in model.layers] == [
            layer.activation for layer in one.network.layers
        ]
        if layers:
            assert model.count_params() == count(one.network)
