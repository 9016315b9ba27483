"""A playground on a learner's own table ends where it was asked to, and goes on from there."""

from __future__ import annotations

import numpy as np
import pytest

from engine import EarlyStopping
from lessons.labs.base import Refused
from lessons.labs.playground.goal import Goal
from lessons.labs.playground.lab import PlaygroundLab, PlayScene
from lessons.labs.playground.play import Play
from lessons.labs.playground.share import Shared
from lessons.tables.judging import judged
from lessons.tables.problem import OwnProblem
from tests.lessons.test_tables_columns import table
from tests.lessons.test_tables_judging import problem
from tui.labs.playground_panels import rows_counted

FAST = {"hidden": (30,), "optimizer": "adam", "rate": 0.05, "batch_size": 10, "scaling": True}
"""So fast that a small table is soon learned by heart."""


@pytest.fixture(scope="module")
def own() -> OwnProblem:
    """Sixty rows of noise, which is all that there is to be learned by heart."""
    rng = np.random.default_rng(2)
    return problem(table(a=rng.normal(size=60), b=rng.normal(size=60), y=rng.normal(size=60)), "y")


def lab_of(own: OwnProblem, **goal: int) -> PlaygroundLab:
    play = Play(data=own.problem.name, **FAST)  # type: ignore[arg-type]
    return PlaygroundLab(PlayScene(shared=Shared(play), own=own, goal=Goal(**goal)))


def run_out(lab: PlaygroundLab, most: int = 2000) -> str:
    """Run until it stops by itself; what it says then."""

    def run() -> None:
        for _ in range(most):
            lab.tick()

    with pytest.raises(Refused) as stop:
        run()
    assert lab.snapshot().said == str(stop.value)
    return str(stop.value)


def judgement(lab: PlaygroundLab) -> str:
    """How the network does beside the simplest guess, as lines on a terminal end with it."""
    assert lab.run.own is not None
    return next(judged(lab.run.own, lab.run.model))


def test_the_results_of_a_table_say_how_good_they_are(own: OwnProblem) -> None:
    lab = lab_of(own)
    lab.step()
    assert lab.snapshot().verdict == ""
    lab.set("shows", "results")
    assert lab.snapshot().verdict == judgement(lab)
    assert rows_counted(lab.snapshot()) == judgement(lab)
    lab.set("data", "spiral")
    lab.set("shows", "results")
    assert lab.snapshot().verdict == ""
    assert rows_counted(lab.snapshot()).endswith("rows held out")


def test_it_stops_after_the_epochs_asked_for_and_goes_on(own: OwnProblem) -> None:
    lab = lab_of(own, epochs=4)
    said = run_out(lab)
    assert said == f"Stopped after 4 epochs, as you asked. {judgement(lab)} r goes on."
    assert lab.run.epoch == 4
    assert lab.can("run")
    for _ in range(3 * lab.run.steps_per_epoch):
        lab.tick()
    assert lab.run.epoch == 7
    lab.go(0)
    for _ in range(lab.end):  # taken again: it has been asked already
        lab.tick()
    lab.reset()
    assert "4 epochs" in run_out(lab)


@pytest.mark.parametrize("pause", ["settle", "step", "save"])
def test_it_stops_too_where_the_evaluation_in_parts_was_interrupted(
    own: OwnProblem, monkeypatch: pytest.MonkeyPatch, pause: str
) -> None:
    monkeypatch.setattr("lessons.learning.run.MANY", 1)
    lab = lab_of(own, epochs=2)
    while lab.position < 2 * lab.run.steps_per_epoch:
        lab.tick()
    assert lab.run.trainer.evaluates
    match pause:
        case "settle":
            lab.settle()
        case "step":
            with pytest.raises(Refused):
                lab.step()
        case _:
            lab.act("save")
            run_out(lab)
    assert lab.said == f"Stopped after 2 epochs, as you asked. {judgement(lab)} r goes on."
    assert lab.run.epoch == 2
    lab.tick()
    assert lab.position == 2 * lab.run.steps_per_epoch + 1


def test_steps_are_new_after_an_edit_and_recorded_ones_after_its_undo(own: OwnProblem) -> None:
    lab = lab_of(own, epochs=4)
    run_out(lab)
    end = lab.end
    lab.back()
    lab.change_rate(-1)
    assert "4 epochs" in run_out(lab)
    assert lab.end == end
    lab.go(10)
    lab.change_rate(-1)
    lab.tick()
    lab.undo()
    assert lab.end == end
    while lab.position <= end:  # recorded ones up to there
        lab.tick()


def test_a_patience_stops_where_early_stopping_does_and_shows_the_best(own: OwnProblem) -> None:
    lab = lab_of(own, patience=3)
    said = run_out(lab)
    play = lab.play
    model = play.build(own.problem)
    x, held_out = own.problem.scaled
    stopping = EarlyStopping(patience=3, restore_best_weights=True)
    history = model.fit(
        x,
        own.problem.y_train,
        epochs=400,
        batch_size=play.batch_size,
        validation_data=(held_out, own.problem.y_validation),
        callbacks=[stopping],
        verbose=0,
    ).history["val_loss"]
    assert said.startswith(f"Stopped after epoch {len(history)}: no better for 3 epochs.")
    assert lab.run.epoch == stopping.best_epoch + 1 < len(history)
    assert f"Here is epoch {lab.run.epoch}, the best one." in said
    for mine, theirs in zip(lab.run.model.get_weights(), model.get_weights(), strict=True):
        assert mine == pytest.approx(theirs, abs=1e-6)
    farthest = lab.end
    while lab.position <= farthest:  # through what is recorded, and on
        lab.tick()


def test_epochs_end_it_at_the_best_one_too_where_there_is_a_patience(own: OwnProblem) -> None:
    lab = lab_of(own, epochs=5, patience=400)
    assert "Stopped after 5 epochs, as you asked. Here is epoch" in run_out(lab)
    best = lab.run.best()
    assert best is not None
    assert best[0] == lab.position
    lab.go(lab.end)
    lab.tick()
    assert lab.position == lab.end


def test_other_data_have_no_such_end(own: OwnProblem) -> None:
    lab = lab_of(own, epochs=1)
    lab.set("data", "circle")
    for _ in range(3 * lab.run.steps_per_epoch):
        lab.tick()
    lab.undo()
    assert "1 epoch," in run_out(lab)


def test_a_table_is_left_and_come_back_to(own: OwnProblem) -> None:
    lab = lab_of(own)
    for _ in range(5):
        lab.tick()
    run = lab.run
    for leave in (lambda: lab.set("data", "circle"), lambda: lab.open(PlayScene())):
        leave()
        for _ in range(8):  # more edits than undo keeps
            lab.act("add") if len(lab.play.hidden) < 6 else lab.act("remove")
        assert lab.go_home(own)
        assert lab.run is run
        assert lab.position == 5
    assert not PlaygroundLab(PlayScene()).go_home(own)


def test_what_was_trained_since_coming_back_is_not_lost_by_undoing_that(own: OwnProblem) -> None:
    lab = lab_of(own)
    lab.tick()
    lab.set("data", "circle")
    assert lab.go_home(own)
    for _ in range(20):
        lab.tick()
    lab.undo()
    assert lab.play.data == "circle"
    assert lab.go_home(own)
    assert lab.position == 21


def test_the_time_that_a_run_took_comes_back_with_it(own: OwnProblem) -> None:
    lab = lab_of(own)
    for _ in range(lab.run.steps_per_epoch):
        lab.tick()
    lab.set("data", "circle")
    lab.undo()
    lab.act("save")
    (logged,) = lab.take_finished()
    assert logged.seconds > 0
