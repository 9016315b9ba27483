"""A playground's ways back, its scores of now, its best epoch, and what goes into the log."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.play import Play, usual_for
from lessons.labs.playground.share import Shared
from lessons.learning.curves import EpochLog
from lessons.numbers import short
from tests.lessons.playgrounds import bits, playground, take

# what is lost, and how it comes back


@pytest.mark.parametrize("touch", ["weight", "frozen", "rate", "node", "["])
def test_undo_brings_back_the_steps_that_an_edit_in_the_middle_has_forgotten(touch: str) -> None:
    lab = take(playground(), 90)
    lab.set("rate", "0.05")
    take(lab, 30)
    curves = lab.snapshot().curves.train
    seen = {}
    for step in (120, 40):
        lab.go(step)
        seen[step] = bits(lab)
    place = lab.run.place(0, 0, 0)
    match touch:
        case "weight":
            lab.set(f"weight {place}", "9")
        case "frozen":
            lab.set(f"frozen {place}", "on")
        case "rate":
            lab.set("rate", "0.5")
        case "node":
            lab.act("mark")
        case _:
            lab.change_rate(-1)
    assert "The steps that came after are forgotten" in lab.said
    assert lab.end == 40
    take(lab, 7)
    lab.undo()
    assert (lab.position, lab.end) == (40, 120)
    assert bits(lab) == seen[40]
    lab.go(120)
    assert (bits(lab), lab.play.rate) == (seen[120], 0.05)
    after = lab.snapshot().curves.train
    assert all(np.array_equal(one, other) for one, other in zip(curves, after, strict=True))


def test_an_edit_at_the_end_forgets_nothing_and_says_nothing_of_it() -> None:
    lab = take(playground(), 12)
    lab.set(f"weight {lab.run.place(0, 0, 0)}", "9")
    assert "forgotten" not in lab.said


def test_another_scene_can_be_undone() -> None:
    lab = take(playground(), 60)
    before = bits(lab)
    lab.open(PlayScene(shared=Shared(Play(data="xor")), shows="curves", exhibit="spiral"))
    assert (lab.play.data, lab.position, lab.shows) == ("xor", 0, "curves")
    assert "u brings back" in lab.said
    lab.undo()
    assert (lab.play.data, lab.position, lab.shows, lab.question) == ("circle", 60, "all", "")
    assert bits(lab) == before


def test_a_run_that_diverged_is_nothing_to_compare_with_and_says_the_way_back() -> None:
    lab = playground(data="hills", hidden=(8,), activation="linear", optimizer="sgd", rate=100.0)
    with pytest.raises(Refused, match="0 starts again, then"):
        take(lab, 2000)
    lab.reset()
    lab.set("rate", "0.01")
    assert lab.snapshot().before is None
    take(lab, 5)


# scores


@pytest.mark.parametrize("data", ["spiral", "hills", "titanic", "wages"])
def test_losses_are_those_of_the_network_as_it_stands(data: str) -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(usual_for(data))))
    take(lab, lab.run.steps_per_epoch + 3)
    lab.set(f"weight {lab.run.place(0, 0, 0)}", "2")
    view, problem = lab.snapshot(), lab.run.problem
    assert view.scores.epoch is None
    for x, y, loss, accuracy in (
        (problem.x_train, problem.y_train, view.scores.train_loss, view.scores.accuracy),
        (
            problem.x_validation,
            problem.y_validation,
            view.scores.val_loss,
            view.scores.val_accuracy,
        ),
    ):
        found = lab.run.model.evaluate(lab.run.inputs(x), y, return_dict=True)
        assert loss == pytest.approx(found["loss"], rel=1e-6)
        assert accuracy == found.get("accuracy")
    assert view.scores.val_loss is not None
    assert short(view.scores.val_loss, 5) in lab.explain("test loss").filled


def test_where_there_are_too_many_rows_they_are_those_of_the_last_epoch() -> None:
    lab = PlaygroundLab(PlayScene(shared=Shared(usual_for("digits"))))
    assert lab.snapshot().scores.val_loss is None
    take(lab, lab.run.steps_per_epoch + 3)
    view, (log,) = lab.snapshot(), lab.run.logs(1)
    assert (view.scores.epoch, view.scores.val_loss) == (1, log.val_loss)


def test_the_results_and_the_accuracy_say_the_same_in_the_middle_of_an_epoch() -> None:
    lab = take(playground(data="spiral", hidden=(8,)), 110)
    lab.set("shows", "results")
    view = lab.snapshot()
    assert view.confusion is not None
    right = view.confusion.counts.trace() / view.confusion.counts.sum()
    assert view.scores.val_accuracy == pytest.approx(right)


# the best epoch, the log


def test_b_goes_to_the_epoch_with_the_lowest_test_loss() -> None:
    lab = playground(data="gaussians", noise=1.1, points=60, held_out=0.5, hidden=(8, 8))
    with pytest.raises(Refused, match="No epoch is finished yet"):
        lab.act("best")
    take(lab, 300)
    lab.act("best")
    assert f"Epoch {lab.run.epoch}: the lowest test loss" in lab.said
    logs = {lab.run.steps_per_epoch * one.epoch: one.val_loss for one in _all_logs(lab)}
    assert lab.position == min(logs, key=lambda step: logs[step] or np.inf)
    assert lab.end == 300


def _all_logs(lab: PlaygroundLab) -> tuple[EpochLog, ...]:
    here = lab.position
    lab.go(lab.end)
    logs = lab.run.logs(10**6)
    lab.go(here)
    return logs


def test_the_same_run_goes_into_the_log_once() -> None:
    lab = take(playground(), 60)
    lab.act("save")
    with pytest.raises(Refused, match="in your log already"):
        lab.act("save")
    assert len(lab.take_finished()) == 1
    take(lab, 1)
    lab.act("save")
    assert len(lab.take_finished()) == 1


def test_an_explanation_says_which_weights_are_frozen() -> None:
    lab = take(playground(), 5)
    lab.set(f"frozen {lab.run.place(0, 0, 1)}", "on")
    told = dict(lab.explain("layer 1 node 0").where)
    assert "frozen" in told["weight from x2"]
    assert "last slope" in told["weight from x1"]


# arithmetic


@pytest.mark.parametrize("data", ["spiral", "wages", "digits", "shots"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_node_is_worked_out_for_a_row_and_the_arithmetic_is_right(data: str, at: int) -> None:
    play = usual_for(data, hidden=(5, 12), activation="tanh", dropout=0.2)
    lab = take(PlaygroundLab(PlayScene(shared=Shared(play))), 30)
    name = lab.explainable()[(0, 5, 17)[at]]
    which, text = lab.explain(name).where[0]
    assert "held out" in which
    *sums, value = text.replace("; softmax of it beside the others", "").split(" = ")
    said = lab.run.model.predict(lab.run.network_rows[1][:1], verbose=0)[0]
    if at == 2:
        assert float(value) == pytest.approx(float(said[0]), abs=6e-4)
    inside = re.sub(r" from \d+ smaller ones", "", sums[0].removeprefix("tanh"))
    # The inputs of a sum are rounded to three digits, and so is what comes of it.
    summed = eval(re.sub(r"^(sigmoid|softmax)", "", inside).replace("×", "*"))
    assert summed == pytest.approx(
        float(re.sub(r"[a-z()]", "", sums[-1]) if at < 2 or len(sums) > 1 else value),
        abs=0.02,
        rel=0.02,
    )
    if at < 2:
        assert float(value) == pytest.approx(np.tanh(summed), abs=0.02)
