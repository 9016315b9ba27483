"""The playground: any setting, any step again, weights by hand, and a code that says it all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.play import DATA, Play, usual_for
from lessons.labs.playground.points import CLASSES, SETS, points
from lessons.labs.playground.share import Shared, shared
from lessons.labs.playground.state import PANELS
from tests.lessons.playgrounds import bits, playground, take

STEPS = 45


def field(lab: PlaygroundLab, name: str) -> Any:
    return next(one for one in lab.fields() if one.id == name)


# the points


@pytest.mark.parametrize("name", SETS)
def test_the_same_seed_draws_the_same_points_inside_the_plane(name: str) -> None:
    x, y = points(name, 200, 0.2, seed=3)
    again, _ = points(name, 200, 0.2, seed=3)
    other, _ = points(name, 200, 0.2, seed=4)
    assert np.array_equal(x, again)
    assert not np.array_equal(x, other)
    assert x.shape == (200, 2)
    assert np.abs(x).max() <= 3
    if name in CLASSES:
        assert y.sum() == 100
    else:
        assert -1.5 < y.min() < -0.2 < 0.2 < y.max() < 1.5


@pytest.mark.parametrize("name", SETS)
def test_noise_throws_points_further(name: str) -> None:
    clean, _ = points(name, 400, 0.0, seed=3)
    little, few = (points(name, 400, noise, seed=3) for noise in (0.1, 0.6))
    if name in CLASSES:
        far = [float(np.abs(x - clean).mean()) for x, _ in (little, few)]
    else:
        _, heights = points(name, 400, 0.0, seed=3)
        far = [float(np.abs(y - heights).mean()) for _, y in (little, few)]
    assert 0 < far[0] < far[1]


# what can be trained


@pytest.mark.parametrize("data", DATA)
def test_every_data_set_can_be_played_with(data: str) -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(usual_for(data))))
    take(lab, 3)
    view = lab.snapshot()
    assert view.position == 3
    assert view.loss is not None
    assert np.isfinite(view.loss)
    assert (view.decision is not None) == lab.play.on_the_plane


@pytest.mark.parametrize("data", ["circle", "xor", "gaussians", "moons"])
def test_a_few_nodes_learn_a_few_bends(data: str) -> None:
    for seed in (1, 2, 3):
        lab = playground(data=data, hidden=(8,), optimizer="adam", seed=seed)
        take(lab, 100 * lab.run.steps_per_epoch)
        view = lab.snapshot()
        assert view.scores.val_accuracy is not None
        assert view.scores.val_accuracy > 0.9, seed


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("data", ["spiral", "hills", "titanic"])
def test_every_panel_has_something_to_show(data: str, panel: str) -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(usual_for(data)), shows=panel))
    view = take(lab, 3).snapshot()
    mapped = panel != "map" or lab.play.on_the_plane
    assert view.shows == (panel if mapped else "all")
    if panel == "results":
        assert (view.confusion is None) == (data == "hills")
        if view.confusion is not None:
            assert view.confusion.counts.sum() == view.held_out
    if panel == "slopes":
        assert len(view.slopes) == len(lab.play.hidden) + 1
        assert all(one.slope is not None for one in view.slopes)


def test_what_a_map_says_is_what_the_network_says() -> None:
    lab = take(playground(features=("x1", "x2", "x1·x2"), hidden=(3,)), 30)
    view = lab.snapshot()
    assert view.decision is not None
    from lessons.labs.maps.run import grid
    from lessons.labs.playground.features import columns

    said = lab.run.model.predict(columns(grid(), lab.play.features), verbose=0)[:, 0]
    assert view.decision.values.ravel() == pytest.approx(2 * said - 1, abs=1e-6)


def test_wires_are_the_weights_as_parts_of_the_largest() -> None:
    lab = take(playground(hidden=(3, 2)), 10)
    view = lab.snapshot()
    kernels = [layer.kernel for layer in lab.run.dense]
    largest = max(np.abs(kernel).max() for kernel in kernels)
    for wires, kernel in zip(view.wires, kernels, strict=True):
        assert wires.strength == pytest.approx(kernel / largest)


# moving


SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "dropout and l2": {"dropout": 0.3, "regularizer": "l2", "strength": 0.01},
    "schedule": {"schedule": "cosine", "optimizer": "adam"},
    "momentum": {"optimizer": "sgd, momentum 0.9"},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_every_step_comes_back_to_the_bit(settings: dict[str, Any]) -> None:
    lab = playground(**settings)
    seen = []
    for _ in range(STEPS):
        seen.append(bits(lab))
        lab.step()
    for _ in range(STEPS):
        lab.back()
        assert bits(lab) == seen[lab.position]
    for step in range(STEPS):
        assert bits(lab) == seen[step]
        lab.step()


def test_space_takes_a_batch_or_an_epoch_and_b_the_same_back() -> None:
    lab = playground()
    per_epoch = lab.run.steps_per_epoch
    lab.step()
    assert lab.position == 1
    lab.set("stride", "epoch")
    lab.step()
    assert lab.position == per_epoch
    lab.step()
    assert lab.position == 2 * per_epoch
    lab.back()
    assert lab.position == per_epoch
    assert lab.step_name == "epoch"


def test_a_long_epoch_is_not_taken_in_one_step() -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(usual_for("shots"))))
    with pytest.raises(Refused, match="2,802 batches"):
        lab.set("stride", "epoch")


def test_a_rate_that_is_too_high_stops_with_the_step_that_did_it() -> None:
    lab = playground(data="hills", hidden=(8,), activation="linear", optimizer="sgd", rate=100.0)
    with pytest.raises(Refused, match=r"Stopped after step \d+"):
        take(lab, 2000)
    stopped = lab.position
    assert np.isfinite(lab.run.model.parameters).all()
    assert not lab.can("step")
    lab.back()
    assert lab.position == stopped - 1
    assert lab.can("step")


# editing


def test_every_field_takes_each_of_its_values_and_gives_it_back() -> None:
    lab = playground(hidden=(3, 2), regularizer="l2", activations=("tanh", "relu"))
    for one in lab.fields():
        for text in one.choices or (one.text,):
            lab.set(one.id, text)
            now = next((other for other in lab.fields() if other.id == one.id), None)
            if now is not None and one.id != "activation":
                assert now.text == text
            lab.undo() if lab.can("undo") else None


def test_an_edit_starts_again_and_undo_brings_back_the_training() -> None:
    lab = take(playground(), 40)
    before = bits(lab)
    lab.set("nodes 1", "7")
    assert (lab.position, lab.play.hidden[0]) == (0, 7)
    lab.undo()
    assert lab.position == 40
    assert bits(lab) == before
    take(lab, 5)


def test_the_run_before_is_kept_to_compare_with() -> None:
    lab = take(playground(), 60)
    lab.set("activation", "relu")
    before = lab.snapshot().before
    assert before is not None
    assert before.play.activation == "tanh"
    assert len(before.curves.train[0]) == 60 // lab.run.steps_per_epoch


def test_layers_come_and_go() -> None:
    lab = playground(hidden=())
    layers = []
    for act in ("add", "add", "remove", "remove"):
        lab.act(act)
        layers.append(lab.play.hidden)
    assert layers == [(4,), (4, 4), (4,), ()]
    with pytest.raises(Refused, match="0 to 6 layers"):
        lab.act("remove")
    for _ in range(6):
        lab.act("add")
    with pytest.raises(Refused, match="0 to 6 layers"):
        lab.act("add")


def test_the_last_input_stays() -> None:
    lab = playground(features=("x1",))
    with pytest.raises(Refused, match="needs an input"):
        lab.set("feature 1", "off")
    lab.set("feature 5", "on")
    assert lab.play.features == ("x1", "x1·x2")


def test_a_reset_keeps_the_points_and_the_weights_and_new_weights_are_new() -> None:
    lab = playground()
    first = bits(lab)
    take(lab, 30)
    lab.set("rate", "0.1")
    take(lab, 5)
    lab.reset()
    assert bits(lab) == first
    assert lab.run.rate == 0.03
    lab.redraw()
    assert lab.play.seed == 2
    assert bits(lab) != first


def test_a_schedule_sets_the_rate() -> None:
    lab = playground(schedule="cosine")
    assert not lab.can("rate")
    with pytest.raises(Refused, match="schedule"):
        lab.change_rate(1)
    take(lab, 500)
    assert lab.snapshot().rate == pytest.approx(0.015, rel=1e-3)  # half way down the wave
    lab.go(0)
    assert lab.snapshot().rate == pytest.approx(0.03)


# weights by hand


def test_a_weight_is_set_where_it_stands_and_counts_from_there() -> None:
    lab = take(playground(), 12)
    lab.point(0, 1)
    place = lab.run.place(0, 1, 0)
    lab.set(f"weight {place}", "2.5")
    assert lab.run.dense[0].kernel[0, 1] == 2.5
    take(lab, 10)
    after = bits(lab)
    lab.go(5)
    lab.go(22)
    assert bits(lab) == after


def test_a_frozen_weight_stays_while_the_others_learn() -> None:
    lab = take(playground(), 5)
    place = lab.run.place(0, 0, 1)
    lab.set(f"frozen {place}", "on")
    kept = lab.run.model.parameters.copy()
    take(lab, 20)
    moved = lab.run.model.parameters != kept
    assert not moved[place]
    assert moved.sum() > 5
    assert field(lab, f"frozen {place}").text == "on"


def test_a_whole_node_is_frozen_and_freed() -> None:
    lab = take(playground(hidden=(4, 2)), 5)
    lab.point(1, 1)
    lab.act("mark")
    assert len(lab.run.frozen) == 5  # four weights and the bias
    assert lab.snapshot().wires[1].frozen[:, 1].all()
    lab.act("mark")
    assert lab.run.frozen == frozenset()


@pytest.mark.parametrize("touch", ["weight", "frozen"])
def test_what_was_done_by_hand_can_be_undone(touch: str) -> None:
    lab = take(playground(), 12)
    before = bits(lab)
    place = lab.run.place(0, 0, 0)
    lab.set(f"{touch} {place}", "9" if touch == "weight" else "on")
    lab.undo()
    assert lab.run.model.parameters.tobytes() == before[: lab.run.model.parameters.nbytes]
    assert lab.run.frozen == frozenset()


def test_a_weight_that_is_no_number_is_refused() -> None:
    lab = playground()
    before = bits(lab)
    for text in ("nan", "", "x", "1e99"):
        with pytest.raises(Refused):
            lab.set(f"weight {lab.run.place(0, 0, 0)}", text)
    assert bits(lab) == before


# the place of a code


def test_a_lab_arrives_at_the_place_of_its_code_with_all_that_was_done() -> None:
    lab = take(playground(), 13)
    lab.set("rate", "0.1")
    take(lab, 9)
    lab.point(0, 2)
    lab.set(f"weight {lab.run.place(0, 2, 1)}", "-1.5")
    lab.point(1, 0)
    lab.set(f"frozen {lab.run.place(1, 0, 0)}", "on")
    take(lab, 20)
    lab.set("rate", "0.05")
    other = PlaygroundLab(PlayScene(shared=shared(lab.run)))
    assert other.arriving == 42
    with pytest.raises(Refused, match="the state that the code names"):
        take(other, 42)
    assert (other.position, other.arriving) == (42, 0)
    assert bits(other) == bits(lab)
    assert other.run.rate == 0.05
    assert take(other, 7).position == 49
    assert bits(other) == bits(take(lab, 7))


def test_a_code_of_the_past_forgets_what_came_after() -> None:
    lab = take(playground(), 30)
    lab.set("rate", "0.1")
    take(lab, 30)
    lab.go(10)
    state = shared(lab.run)
    assert (state.step, state.changes) == (10, ())


def test_going_back_gives_up_the_way() -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(Play(), step=1000)))
    lab.step()
    lab.back()
    assert lab.arriving == 0
    lab.step()


# words


def test_every_number_can_be_explained_at_any_time() -> None:
    for settings in ({}, {"data": "hills"}, {"hidden": ()}, {"hidden": (20,)}):
        lab = playground(**settings)
        for _ in range(2):
            for name in lab.explainable():
                told = lab.explain(name)
                assert all((told.name, told.meaning, told.formula, told.filled))
            take(lab, 25)


def test_the_formula_of_a_node_gives_what_the_map_shows() -> None:
    lab = take(playground(hidden=(2,)), 30)
    told = lab.explain("layer 1 node 1").filled
    expression = told.removeprefix("value = ").replace("×", "*")
    for x1, x2 in ((0.5, -1.0), (2.0, 1.5)):
        value = eval(expression, {"tanh": np.tanh, "x1": x1, "x2": x2})
        weights, bias = lab.run.dense[0].kernel[:, 1], lab.run.dense[0].bias
        assert bias is not None
        assert value == pytest.approx(np.tanh(weights @ [x1, x2] + bias[1]), abs=3e-3)


def test_two_equal_playgrounds_are_written_the_same() -> None:
    one = Play(hidden=(3, 2), activations=("relu", "relu"), features=("x2", "x1"))
    assert one.normal() == Play(hidden=(3, 2), activation="relu", features=("x1", "x2"))
    assert replace(one, activations=("relu", "tanh")).normal().activations == ("relu", "tanh")
