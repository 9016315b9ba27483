"""The activation lab: sliding along a function, and one network with each of them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from lessons.labs.activation.functions import NAMES
from lessons.labs.activation.lab import ActivationLab, ActivationScene
from lessons.labs.base import Refused, Scene
from tests.lessons.test_listings import listing, printed_numbers

NETWORK = ActivationScene(shows="network")
SECOND = (((2.0, 4.0), (4.0, -5.0)), ((2.0, 7.0),))


@pytest.fixture
def lab() -> ActivationLab:
    return ActivationLab(ActivationScene(activation="tanh", z=-1.0))


@pytest.fixture
def network() -> ActivationLab:
    return ActivationLab(NETWORK)


def at(activation: str, z: float) -> tuple[float | None, float | None, str]:
    """Value, slope and verdict of an activation at one place."""
    slide = ActivationLab(ActivationScene(activation=activation, z=z)).snapshot().slide
    _, value, slope = slide.readings
    return value.number, slope.number, slide.verdict


def rows(lab: ActivationLab) -> dict[str, tuple[str, ...]]:
    return {row.activation: row.cells for row in lab.snapshot().comparison.results}


# sliding


def test_a_step_slides_and_back_slides_back_exactly(lab: ActivationLab) -> None:
    seen = []
    for _ in range(4):
        seen.append((lab.z, lab.snapshot().slide.readings))
        lab.step()
    assert [z for z, _ in seen] == [-1.0, -0.5, 0.0, 0.5]
    for z, readings in reversed(seen):
        lab.back()
        assert (lab.z, lab.snapshot().slide.readings) == (z, readings)
    with pytest.raises(Refused, match="This is the start"):
        lab.back()


def test_it_ends_at_the_right_and_says_so(lab: ActivationLab) -> None:
    while lab.can("run"):
        lab.step()
    assert (lab.z, lab.position, lab.end) == (6.0, 14, 14)
    with pytest.raises(Refused, match=r"right end\. b slides back, e types another z"):
        lab.step()
    lab.scrub(-1)
    assert (lab.position, lab.end) == (13, 14)


@pytest.mark.parametrize(
    ("activation", "z", "value", "slope", "verdict"),
    [
        ("linear", -3.0, -3.0, 1.0, "Slope 1:"),
        ("tanh", 0.0, 0.0, 1.0, "Slope 1:"),
        ("tanh", 5.0, np.tanh(5), 1 - np.tanh(5) ** 2, "Flat: slope near 0."),
        ("relu", -7.0, 0.0, 0.0, "Flat: slope 0."),
        ("relu", 7.0, 7.0, 1.0, "Slope 1:"),
        ("relu", 0.0, 0.0, 0.0, "A corner: the slope here is a convention, 0 in Keras."),
        ("leaky_relu", -5.0, -1.0, 0.2, "A small change of z gets through times 0.2."),
        ("leaky_relu", 0.0, 0.0, 1.0, "A corner: the slope here is a convention, 1 in Keras."),
        ("sigmoid", 0.0, 0.5, 0.25, "A small change of z gets through times 0.25."),
        ("sigmoid", -8.0, 1 / (1 + np.exp(8)), np.exp(-8) / (1 + np.exp(-8)) ** 2, "Flat:"),
        ("softplus", 0.0, np.log(2), 0.5, "A small change of z gets through times 0.5."),
    ],
)
def test_value_slope_and_what_the_slope_says(
    activation: str, z: float, value: float, slope: float, verdict: str
) -> None:
    seen_value, seen_slope, said = at(activation, z)
    assert seen_value == pytest.approx(value, rel=1e-12)
    assert seen_slope == pytest.approx(slope, rel=1e-9)
    assert said.startswith(verdict)


@pytest.mark.parametrize("activation", NAMES)
def test_the_slope_is_how_steep_the_curve_is(activation: str) -> None:
    z, value, slope = ActivationLab(ActivationScene(activation=activation)).snapshot().slide.curve
    middle = (value[2:] - value[:-2]) / (z[2:] - z[:-2])
    away = np.abs(z[1:-1]) > 0.1  # the corners are at 0
    np.testing.assert_allclose(middle[away], slope[1:-1][away], atol=2e-3)


def test_the_curve_reaches_as_far_as_the_cursor(lab: ActivationLab) -> None:
    assert lab.snapshot().slide.curve[0][[0, -1]].tolist() == [-6.0, 6.0]
    lab.set("z", "50")
    places = lab.snapshot().slide.curve[0]
    assert places[-1] > 50
    assert not lab.can("step")


def test_a_scene_sets_how_far_a_step_slides() -> None:
    lab = ActivationLab(ActivationScene(activation="tanh", z=5.0, stride=5.0, right=50.0))
    while lab.can("step"):
        lab.step()
    assert (lab.z, lab.position) == (50.0, 9)


def test_before_slopes_are_introduced_none_is_seen_or_explained() -> None:
    lab = ActivationLab(ActivationScene(slopes=False))
    slide = lab.snapshot().slide
    assert [reading.name for reading in slide.readings] == ["z", "value"]
    assert set(slide.hidden) == {"slope"}
    assert not slide.verdict
    assert lab.explainable() == ("value",)


# comparing


def test_one_activation_a_step(network: ActivationLab) -> None:
    assert rows(network)["sum z"] == ("5", "1", "")
    assert set(rows(network)["tanh"]) == {""}
    names = []
    while network.can("step"):
        names.append(network.step_name)
        network.step()
    assert tuple(names) == NAMES
    assert rows(network)["linear"] == ("5", "1", "9")
    assert rows(network)["tanh"] == ("0.9999", "0.7616", "1.2382242525694254")
    with pytest.raises(Refused, match="All activations are computed"):
        network.step()


def test_the_newest_row_is_marked_and_its_arithmetic_shown(network: ActivationLab) -> None:
    network.step()
    network.step()
    view = network.snapshot().comparison
    assert [row.activation for row in view.results if row.now] == ["tanh"]
    assert view.lines == (
        "node 0 = tanh(5) = 0.9999",
        "node 1 = tanh(1) = 0.7616",
        "output = 0.9999 × 2 + 0.7616 × (-1) = 1.2382",
    )
    assert [node.note for node in view.layers[1]] == ["tanh(5)", "tanh(1)"]
    network.back()
    assert set(rows(network)["tanh"]) == {""}


def test_the_second_network_with_and_without_relu() -> None:
    lab = ActivationLab(ActivationScene(shows="network", weights=SECOND, computed=3))
    assert rows(lab)["relu"] == ("16", "0", "32")
    assert rows(lab)["linear"] == ("16", "-7", "-17")


def test_doubling_the_inputs_doubles_the_output_only_without_an_activation() -> None:
    lab = ActivationLab(ActivationScene(shows="network", computed=6))
    lab.set("input 0", "4")
    lab.set("input 1", "6")
    assert rows(lab)["linear"] == ("10", "2", "18")
    assert float(rows(lab)["tanh"][2]) == pytest.approx(1.036, abs=5e-4)
    assert lab.said == "input 1 is now 6: every row follows."


def test_each_view_keeps_its_own_place(lab: ActivationLab) -> None:
    lab.step()
    lab.turn("shows")
    assert (lab.snapshot().shows, lab.position) == ("network", 0)
    lab.step()
    lab.step()
    lab.turn("shows")
    assert (lab.snapshot().shows, lab.position) == ("curves", 1)


# edits


def test_an_activation_is_chosen_in_both_views(lab: ActivationLab, network: ActivationLab) -> None:
    lab.turn("activation")
    assert lab.activation == "relu"
    assert lab.said == "relu: A negative sum becomes 0. Any other goes on as it is."
    network.set("activation", "relu")
    assert (network.position, network.activation) == (3, "relu")
    network.undo()
    assert network.position == 0


def test_z_is_typed_and_slides_by_arrow_keys(lab: ActivationLab) -> None:
    (field,) = (one for one in lab.fields() if one.id == "z")
    assert field.nudged(1) == -0.75
    lab.set("z", "1/2")
    assert (lab.z, lab.position) == (0.5, 0)
    lab.undo()
    assert lab.z == -1.0


def test_undo_brings_back_where_it_was(lab: ActivationLab) -> None:
    for _ in range(3):
        lab.step()
    before = lab.snapshot().slide.readings
    lab.set("z", "4")
    lab.undo()
    assert lab.snapshot().slide.readings == before
    assert (lab.position, lab.end) == (3, 3)
    lab.back()
    assert lab.z == 0.0


def test_reset_starts_the_scene_again_and_can_be_undone(network: ActivationLab) -> None:
    network.step()
    network.set("weight 1 0 0", "5")
    network.reset()
    assert network.position == 0
    network.step()
    assert rows(network)["linear"][2] == "9"
    network.undo()
    assert rows(network)["linear"][2] == "24"


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("z", "nan", "not a number a weight can have"),
        ("z", "101", "Out of range: from -100 to 100"),
        ("z", "far", "type one like 5"),
        ("activation", "step", "activation: one of linear, tanh, relu"),
        ("shows", "table", "lab shows: one of curves, network"),
    ],
)
def test_what_is_refused_changes_nothing(
    lab: ActivationLab, field: str, text: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        lab.set(field, text)
    assert (lab.z, lab.activation, lab.can("undo")) == (-1.0, "tanh", False)


def test_the_largest_numbers_give_numbers(network: ActivationLab) -> None:
    for field in network.fields():
        if not field.choices:
            network.set(field.id, "1e6")
    while network.can("step"):
        network.step()
    assert all(np.isfinite(float(row[2])) for name, row in rows(network).items() if name in NAMES)


def test_nothing_is_random_and_there_is_no_rate(lab: ActivationLab) -> None:
    assert not lab.can("rate")
    with pytest.raises(Refused, match="Nothing here is random"):
        lab.redraw()
    with pytest.raises(FrozenInstanceError):
        lab.snapshot().said = ""  # type: ignore[misc]
    with pytest.raises(TypeError, match="shows an ActivationScene, not a Scene"):
        lab.show(Scene())


# hiding


def test_a_hidden_output_stays_hidden_for_its_own_numbers_only(network: ActivationLab) -> None:
    network.show(NETWORK, ("output tanh",))
    network.go(6)
    assert rows(network)["tanh"] == ("0.9999", "0.7616", "?")
    assert network.snapshot().comparison.lines[-1].endswith("8.7002")
    network.set("input 0", "1")
    assert "?" not in rows(network)["tanh"]
    network.undo()
    assert rows(network)["tanh"][2] == "?"


def test_what_is_hidden_in_another_case_is_in_sight_here(network: ActivationLab) -> None:
    network.show(NETWORK, ("output linear@second", "node 1 linear@second"))
    network.go(1)
    assert rows(network)["linear"] == ("5", "1", "9")
    assert network.hiding == ("output linear@second", "node 1 linear@second")


def test_a_hidden_sum_is_hidden_in_its_line_too() -> None:
    scene = ActivationScene(shows="network", weights=SECOND, case="second")
    lab = ActivationLab(scene)
    lab.show(scene, ("node 1 linear@second",))
    assert rows(lab)["sum z"] == ("16", "?", "")
    assert lab.snapshot().comparison.lines[1] == "node 1, sum = 2 × 4 + 3 × (-5) = ?"


def test_a_hidden_slope_has_no_curve_and_no_verdict() -> None:
    scene = ActivationScene(activation="sigmoid", z=0.0)
    lab = ActivationLab(scene)
    lab.show(scene, ("slope sigmoid",))
    slide = lab.snapshot().slide
    assert slide.hidden == {"slope"}
    assert (slide.readings[2].number, slide.verdict) == (None, "")
    assert lab.explain("slope").filled == "slope = 0.5 × (1 - 0.5) = ?"
    lab.turn("activation")
    assert lab.snapshot().slide.hidden == frozenset()


# explaining, code


@pytest.mark.parametrize(
    ("activation", "name", "filled"),
    [
        ("tanh", "value", "f(z) = tanh(-1) = -0.761594"),
        ("tanh", "slope", "slope = 1 - (-0.761594) × (-0.761594) = 0.419974"),
        ("relu", "slope", "slope = 0, because z is -1"),
        ("sigmoid", "value", "f(z) = 1 / (1 + exp(1)) = 0.268941"),
        ("softplus", "slope", "slope = 1 / (1 + exp(1)) = 0.268941"),
        ("leaky_relu", "value", "f(z) = max(0.2 × (-1), -1) = -0.2"),
    ],
)
def test_a_number_is_explained_with_its_values(activation: str, name: str, filled: str) -> None:
    lab = ActivationLab(ActivationScene(activation=activation, z=-1.0))
    assert lab.explain(name).filled == filled


def test_far_out_the_explanation_has_digits_enough() -> None:
    lab = ActivationLab(ActivationScene(activation="tanh", z=10.0))
    assert lab.explain("slope").filled.startswith("slope = 1 - 0.99999999587769")


def test_in_the_comparison_the_nodes_are_explained(network: ActivationLab) -> None:
    network.go(2)
    assert network.explainable() == ("node 0", "node 1", "output")
    assert network.explain("node 0").filled == "node 0 = tanh(2 × 1 + 3 × 1) = 0.9999"


@pytest.mark.parametrize("activation", NAMES)
@pytest.mark.parametrize("z", [-2.5, 0.0, 3.0])
def test_the_numpy_lines_print_value_and_slope(activation: str, z: float) -> None:
    lab = ActivationLab(ActivationScene(activation=activation, z=z))
    wanted = [reading.number for reading in lab.snapshot().slide.readings[1:]]
    assert printed_numbers(listing(lab, "NumPy")) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("computed", range(1, len(NAMES) + 1))
def test_the_numpy_lines_of_the_network_print_the_output_of_the_row(computed: int) -> None:
    lab = ActivationLab(ActivationScene(shows="network", weights=SECOND, computed=computed))
    output = float(rows(lab)[NAMES[computed - 1]][2])
    assert printed_numbers(listing(lab, "NumPy")) == pytest.approx([output], rel=1e-12)
