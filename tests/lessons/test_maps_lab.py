"""The maps lab: forwards and back to the bit, what each setting does, what a node is said to do."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from lessons.datasets import plane
from lessons.labs.base import Refused
from lessons.labs.maps.lab import MapsLab
from lessons.labs.maps.run import SIDE, grid
from lessons.labs.maps.setup import ACTIVATIONS, MapsScene
from tests.lessons.test_listings import listing, run

DEEP = MapsScene(data="spiral", hidden=(3, 2))


def lab_of(scene: MapsScene = DEEP, seed: int = 1) -> MapsLab:
    return MapsLab(seed, scene)


def take(lab: MapsLab, epochs: int) -> MapsLab:
    for _ in range(epochs):
        lab.step()
    return lab


def bits(lab: MapsLab) -> bytes:
    view = lab.snapshot()
    maps = [one.values for layer in view.layers for one in layer] + [view.decision.values]
    return b"".join(array.tobytes() for array in (lab.model.parameters, *maps))


# the data


@pytest.mark.parametrize("name", plane.SHAPES)
def test_the_points_are_the_same_each_time_and_as_many_of_one_class(name: str) -> None:
    table = plane.load(name)
    assert table.columns == ("x", "y", "class")
    assert len(table) == plane.POINTS
    assert table.column("class").sum() == plane.POINTS / 2
    assert np.abs(table.select("x", "y").values).max() <= plane.EDGE
    plane.load.cache_clear()
    np.testing.assert_array_equal(plane.load(name).values, table.values)
    assert not np.array_equal(plane.load(name, seed=1).values, table.values)


# forwards and back


def test_forwards_and_back_gives_the_same_bits() -> None:
    lab = lab_of()
    seen = [bits(lab)]
    for _ in range(12):
        lab.step()
        seen.append(bits(lab))
    assert len(set(seen)) == 13
    assert (lab.position, lab.end) == (12, 12)
    for position in range(11, -1, -1):
        lab.back()
        assert bits(lab) == seen[position]
    for position in (7, 12, 0, 3):
        lab.go(position)
        assert (lab.position, lab.end) == (position, 12)
        assert bits(lab) == seen[position]
    lab.go(0)
    with pytest.raises(Refused, match="This is the start"):
        lab.back()


def test_scrubbing_goes_along_the_epochs() -> None:
    lab = take(lab_of(), 80)
    lab.scrub(-1)
    assert lab.position == 78
    assert lab.said == "Epoch 78 of 80."
    lab.go(1000)
    assert lab.position == 80


def test_reset_and_new_weights_can_be_undone() -> None:
    lab = take(lab_of(), 5)
    kept = bits(lab)
    for act in (lab.reset, lab.redraw):
        act()
        assert lab.position == 0
        assert bits(lab) != kept
        lab.undo()
        assert (lab.position, bits(lab)) == (5, kept)
        assert lab.settings.seed == 1
    lab.redraw()
    assert lab.settings.seed == 2
    lab.reset()
    assert lab.settings.seed == 2


# the maps


def test_a_map_is_what_the_formula_of_its_node_says() -> None:
    lab = take(lab_of(), 3)
    view = lab.snapshot()
    weights, bias, *_ = lab.model.get_weights()
    wanted = np.tanh(grid() @ weights + bias).reshape(SIDE, SIDE, 3)
    for node in range(3):
        np.testing.assert_allclose(view.layers[0][node].values, wanted[:, :, node], atol=1e-6)
    says = lab.model.predict(grid())[:, 0].reshape(SIDE, SIDE)
    np.testing.assert_allclose(view.decision.values, 2 * says - 1, atol=1e-6)
    assert [len(layer) for layer in view.layers] == [3, 2]


def test_the_first_row_of_a_map_is_at_the_top_and_its_first_column_at_the_left() -> None:
    places = grid().reshape(SIDE, SIDE, 2)
    assert places[0, 0, 0] < 0 < places[0, 0, 1]
    assert places[-1, -1, 1] < 0 < places[-1, -1, 0]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_maps_stay_between_minus_one_and_one(activation: str) -> None:
    view = take(lab_of(MapsScene(activation=activation)), 5).snapshot()
    for one in view.layers[0]:
        assert np.abs(one.values).max() <= 1 + 1e-6
        assert one.largest > 0


def test_loss_and_accuracy_are_those_of_all_points() -> None:
    lab = take(lab_of(), 4)
    view = lab.snapshot()
    x, kind = lab.data
    says = lab.model.predict(x)
    assert view.accuracy == pytest.approx(float(((says > 0.5) == (kind == 1)).mean()))
    given = np.where(kind == 1, says, 1 - says)
    assert view.loss == pytest.approx(float(-np.log(given).mean()), rel=1e-4)
    assert view.points.right.mean() == pytest.approx(view.accuracy)


def test_looking_does_not_change_the_training() -> None:
    looked, unseen = lab_of(), lab_of()
    for _ in range(5):
        looked.step()
        looked.snapshot()
        looked.explain(looked.current())
        unseen.step()
    np.testing.assert_array_equal(looked.model.parameters, unseen.model.parameters)


def test_a_snapshot_is_frozen_and_later_epochs_do_not_reach_it() -> None:
    lab = lab_of()
    view = lab.snapshot()
    before = view.layers[1][0].values.copy()
    with pytest.raises(FrozenInstanceError):
        view.position = 1  # type: ignore[misc]
    take(lab, 3)
    lab.snapshot()
    np.testing.assert_array_equal(view.layers[1][0].values, before)


# settings


@pytest.mark.parametrize(
    ("field", "text", "network"),
    [
        ("data", "XOR", "2-3-2-1"),
        ("hidden 1", "5", "2-5-2-1"),
        ("hidden 2", "none", "2-3-1"),
        ("hidden 2", "8", "2-3-8-1"),
        ("activation", "relu", "2-3-2-1"),
        ("seed", "9", "2-3-2-1"),
    ],
)
def test_a_setting_starts_again_and_can_be_undone(field: str, text: str, network: str) -> None:
    lab = take(lab_of(), 3)
    kept = bits(lab)
    lab.set(field, text)
    assert lab.position == lab.end == 0
    assert lab.settings.network == network
    assert "starts again" in lab.said
    lab.undo()
    assert (lab.position, bits(lab)) == (3, kept)


def test_the_rate_holds_from_here_on_and_forgets_what_came_after() -> None:
    lab = take(lab_of(), 6)
    lab.go(2)
    lab.change_rate(1)
    assert lab.settings.rate == 0.05
    assert (lab.position, lab.end) == (2, 2)
    assert "forgotten" in lab.said
    lab.step()
    lab.go(1)
    assert lab.settings.rate == 0.02
    lab.go(3)
    assert lab.settings.rate == 0.05


@pytest.mark.parametrize(
    ("field", "text"),
    [("seed", "1.5"), ("seed", "-1"), ("rate", "nan"), ("rate", "11"), ("hidden 1", "9"),
     ("data", "moons"), ("hidden 2", "0"), ("activation", "selu")],
)  # fmt: skip
def test_bad_input_is_refused_and_changes_nothing(field: str, text: str) -> None:
    lab = take(lab_of(), 2)
    kept = bits(lab)
    with pytest.raises(Refused):
        lab.set(field, text)
    assert (lab.position, bits(lab)) == (2, kept)


def test_the_cursor_stays_on_a_node_that_there_is() -> None:
    lab = lab_of(MapsScene(hidden=(8, 8)))
    lab.point(1, 7)
    assert lab.current() == "layer 2 node 7"
    lab.set("hidden 2", "3")
    assert lab.cursor == (1, 2)
    lab.set("hidden 2", "none")
    assert lab.current() == "output"
    lab.turn("layer")
    assert lab.cursor == (0, 0)
    lab.point(99, 99)
    assert lab.current() == "output"


# words and code


def test_a_first_layer_node_is_above_0_on_the_side_that_is_named() -> None:
    lab = lab_of(MapsScene(hidden=(4,)))
    arrows = {"right": (1, 0), "left": (-1, 0), "upper": (0, 1), "lower": (0, -1)}
    for node in range(4):
        told = lab.explain(f"layer 1 node {node}").meaning
        side = told.partition(" side of it")[0].rpartition("On the ")[2]
        toward = sum(np.array(arrows[word]) for word in side.split())
        kernel = lab.model.layers[0].kernel[:, node]
        assert float(toward @ kernel) > 0


def test_an_edge_off_the_plane_is_said_to_be_there() -> None:
    lab = take(lab_of(MapsScene(data="ring")), 20)
    off = [
        node
        for node, one in enumerate(lab.snapshot().layers[0])
        if one.values.min() > 0 or one.values.max() < 0
    ]
    told = {node for node in range(4) if "outside" in lab.explain(f"layer 1 node {node}").meaning}
    assert told == set(off)


def test_what_a_question_asks_for_is_hidden() -> None:
    lab = lab_of(MapsScene(activation="linear"))
    lab.hide(("maps", "linear"))
    view = lab.snapshot()
    assert all(one.hidden for one in view.layers[0])
    assert view.decision.hidden
    assert (view.loss, view.accuracy, len(view.losses)) == (None, None, 0)
    assert view.points.right.all()
    assert all("hidden" in lab.explain(name).filled for name in lab.explainable())
    assert len(lab.code()) == 2
    lab.set("activation", "tanh")
    assert lab.snapshot().accuracy is not None


def test_the_program_for_this_engine_ends_with_the_labs_own_weights() -> None:
    lab = take(lab_of(seed=4), 7)
    names, _ = run(listing(lab, "this engine"))
    np.testing.assert_array_equal(names["model"].parameters, lab.model.parameters)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("place", [(0, 1), (1, 0), (2, 0)])
def test_the_numpy_lines_give_the_map(activation: str, place: tuple[int, int]) -> None:
    lab = take(lab_of(MapsScene(hidden=(8, 2), activation=activation)), 4)
    lab.point(*place)
    names, _ = run(listing(lab, "NumPy"))
    side = np.linspace(-3, 3, 13)
    x, y = np.meshgrid(side, side[::-1])
    values = np.column_stack([x.ravel(), y.ravel()]).astype(np.float32)
    for layer in lab.model.layers[: place[0] + 1]:
        values = layer.forward(values).copy()
    np.testing.assert_allclose(names["values"][:, 0], values[:, place[1]], atol=1e-4)


def test_numbers_that_cannot_be_held_stop_it_at_a_whole_epoch() -> None:
    lab = take(lab_of(), 2)
    lab.model.layers[0].kernel[...] = np.nan
    with pytest.raises(Refused, match="Stopped after epoch 2"):
        lab.step()
    assert not lab.can("run")
    assert lab.position == 2
    lab.back()
    assert lab.can("run")
