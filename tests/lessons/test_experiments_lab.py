"""The experiments lab: a training that ends and is logged, repeats, plans, and tables to read."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.experiments.scene import ExperimentsScene
from lessons.learning.experiment import MOST_POINTS, Spread, is_repeat, summaries, thinned
from lessons.tuning.capacity import measures, printed
from tests.lessons.experiments import experiment, lab_with, ran

SEEDS = (1, 2, 3)


# an experiment


def test_it_ends_after_its_epochs_and_is_handed_on_once() -> None:
    lab = ran(lab_with())
    assert lab.position == 5 * 4  # epochs × batches
    assert lab.why_not_run.startswith("The experiment has ended after 5 epochs")
    with pytest.raises(Refused, match="has ended"):
        lab.step()
    (found,) = lab.take_finished()
    assert (found.data, found.network, found.epochs, found.rows) == ("hills", "1×5", 5, 64)
    assert lab.take_finished() == ()


def test_what_is_logged_are_the_losses_of_the_run() -> None:
    lab = ran(lab_with())
    (found,) = lab.take_finished()
    last = lab.trial.logs(last=1)[0] if lab.trial else None
    assert last is not None
    assert (found.loss, found.val_loss) == (last.loss, last.val_loss)
    assert found.curve.epochs == (1, 2, 3, 4, 5)
    assert found.best_val_loss == pytest.approx(min(found.curve.val_loss), rel=1e-5)
    assert found.seconds > 0


def test_going_back_and_on_again_logs_nothing_new() -> None:
    lab = ran(lab_with())
    lab.take_finished()
    lab.go(3)
    ran(lab)
    assert lab.take_finished() == ()


def test_the_same_seed_again_is_no_new_experiment() -> None:
    lab = ran(lab_with())
    lab.take_finished()
    lab.reset()
    lab.set("epochs", "5")
    ran(lab)
    assert lab.take_finished() == ()
    assert lab.said == "1×5 has ended as before: the same seed gives the same losses."


def test_another_seed_is_a_repeat_in_the_same_row() -> None:
    lab = ran(lab_with())
    lab.redraw()
    ran(lab)
    (row,) = lab.snapshot().log
    assert row.seeds == 2
    assert row.val_loss is not None
    losses = [one.val_loss for one in lab.take_finished()]
    assert row.val_loss == Spread.of(losses)
    assert row.val_loss.low < row.val_loss.mean < row.val_loss.high


def test_the_seed_decides_everything_to_the_bit() -> None:
    first, second = (ran(lab_with(seed=7)).take_finished()[0] for _ in range(2))
    assert first.curve == second.curve
    assert is_repeat(first, [second])


def test_layers_come_and_go_by_key() -> None:
    lab = lab_with()
    lab.act("add")
    assert lab.snapshot().recipe.hidden == (5, 5)
    lab.act("remove")
    with pytest.raises(Refused, match="least"):
        lab.act("remove")
    for _ in range(3):
        lab.act("add")
    with pytest.raises(Refused, match="most"):
        lab.act("add")
    lab.undo()
    assert lab.snapshot().recipe.hidden == (5, 5, 5)


def test_an_undo_brings_back_the_run_with_its_position() -> None:
    lab = lab_with()
    for _ in range(7):
        lab.step()
    before = lab.snapshot()
    lab.set("nodes", "25")
    assert lab.position == 0
    lab.undo()
    after = lab.snapshot()
    assert (after.position, after.loss, after.recipe) == (7, before.loss, before.recipe)


@pytest.mark.parametrize(
    ("field", "text"),
    [("nodes", "0"), ("nodes", "2.5"), ("nodes", "9999"), ("epochs", "-1"), ("seed", "x")],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(field: str, text: str) -> None:
    lab = lab_with()
    before = lab.setup
    with pytest.raises(Refused):
        lab.set(field, text)
    assert lab.setup == before


def test_one_that_becomes_too_large_is_logged_as_broken_off() -> None:
    lab = lab_with(ExperimentsScene(data="wages", hidden=(100, 100)))
    lab.trial.model.parameters[:] = 1e30  # type: ignore[union-attr]
    with pytest.raises(Refused, match="too large"):
        ran(lab)
    (found,) = lab.take_finished()
    assert found.diverged
    assert lab.snapshot().says.startswith("The loss became too large")


def test_a_plan_runs_its_networks_one_after_the_other() -> None:
    lab = lab_with(ExperimentsScene(plan=((1,), (2,), (3,)), shows="capacity"))
    ran(lab)
    assert [one.network for one in lab.take_finished()] == ["1×1", "1×2", "1×3"]
    assert not lab.can("run")


# the log


def test_it_compares_with_what_the_learner_has_done_before() -> None:
    lab = lab_with()
    lab.know((experiment((25,), 0.6, epochs=5), experiment((50,), 0.1, data="wages", epochs=5)))
    assert lab.snapshot().log == ()  # other settings than this experiment has
    like = lab.setup.recipe
    lab.know((experiment((25,), 0.6, epochs=5, recipe=like),))
    assert [row.network for row in lab.snapshot().log] == ["1×5"]


def test_seeds_of_one_setting_are_one_row_and_other_lengths_another() -> None:
    log = [experiment(seed=1), experiment(seed=2), experiment(seed=1, epochs=10)]
    assert [len(one.experiments) for one in summaries(log)] == [2, 1]


def test_a_thinned_curve_keeps_its_ends_and_its_spike() -> None:
    epochs = np.arange(1, 1001)
    loss = np.ones(1000)
    loss[617] = 50.0
    kept = thinned(epochs, loss, 2 * loss)
    assert len(kept.epochs) <= MOST_POINTS
    assert (kept.epochs[0], kept.epochs[-1]) == (1, 1000)
    assert max(kept.loss) == 50.0
    assert kept.epochs[kept.loss.index(50.0)] == 618


# what the lesson tells


@pytest.mark.parametrize("seed", SEEDS)
def test_capacity_makes_a_u_of_the_validation_loss(seed: int) -> None:
    train, validation = zip(*(measures.losses(one, seed) for one in measures.PLAN), strict=True)
    assert list(train) == sorted(train, reverse=True)
    bottom = min(validation)
    assert validation.index(bottom) in (1, 2)  # flat from 1×5 to 1×25
    assert validation[0] > bottom + 0.3
    assert validation[-1] > bottom + 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answers_hold_with_other_seeds_too(seed: int) -> None:
    assert measures.training_against_noise(seed) == measures.BELOW
    assert measures.middle_against_both(seed) == measures.BETTER


def test_on_wages_more_capacity_only_learns_more_by_heart() -> None:
    small, middle, large = (
        [measures.losses(hidden, seed, "wages") for seed in (1, 2)]
        for hidden in ((5,), (25,), (100, 100))
    )
    for less, more in ((small, middle), (middle, large)):
        assert max(train for train, _ in more) < min(train for train, _ in less)
        assert min(validation for _, validation in more) > max(held_out for _, held_out in less)


# a printed table


def reading(spread: float | None = None, rows: int = 1) -> ExperimentsScene:
    return ExperimentsScene(printed=printed.table(spread), rows=rows)


def test_a_printed_table_is_read_row_by_row_with_the_courses_next_steps() -> None:
    lab = ran(lab_with(reading()))
    words = [row.advice for row in lab.snapshot().log]
    assert words == ["more capacity"] * 3 + ["less capacity", "stop here"]
    with pytest.raises(Refused, match="whole table"):
        lab.step()
    lab.back()
    assert len(lab.snapshot().log) == 4


def test_a_question_holds_back_the_advice_and_the_rows_after_it() -> None:
    lab = lab_with(reading(rows=3))
    lab.show(reading(rows=3), ("advice:4",))
    ran(lab)
    assert [row.advice for row in lab.snapshot().log][3:] == ["?"]
    assert lab.why_not_run == "The next row comes with your answer."
    lab.hide(())
    ran(lab)
    assert len(lab.snapshot().log) == 5


@pytest.mark.parametrize(
    "do",
    [
        lambda lab: lab.redraw(),
        lambda lab: lab.change_rate(1),
        lambda lab: lab.act("add"),
        lambda lab: lab.turn("shows"),
    ],
)
def test_in_a_table_there_is_nothing_to_change(do) -> None:
    with pytest.raises(Refused):
        do(lab_with(reading()))
