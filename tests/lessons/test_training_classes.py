"""The training lab where a class is asked for: accuracy, the log, rows held out, two models."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lessons.course import find
from lessons.labs.base import Refused
from lessons.labs.training.lab import HISTORY, TrainingLab
from lessons.labs.training.pair import judge
from lessons.labs.training.setup import TrainingScene
from lessons.learning.printed import PRINTED
from lessons.learning.problems import shots
from lessons.learning.run import PUT_AWAY
from tests.lessons.training_labs import bits, classes, small, take

EPOCH = 4
RUNS = TrainingScene(batch_size=16, pace=None)


def shown(lab: TrainingLab) -> list[float | None]:
    """The numbers of the newest line of the log."""
    log = lab.snapshot().logs[-1]
    return [log.loss, log.accuracy, log.val_loss, log.val_accuracy]


def run(lab: TrainingLab, ticks: int) -> TrainingLab:
    """Go on as the runner does when it runs as fast as it can."""
    for _ in range(ticks):
        lab.tick()
    return lab


# the log and the curves


def test_the_log_has_what_keras_prints_of_an_epoch() -> None:
    lab = take(classes(), 2 * EPOCH)
    view = lab.snapshot()
    assert view.logged == ("loss", "accuracy", "val_loss", "val_accuracy")
    assert [log.epoch for log in view.logs] == [1, 2]
    scaled = lab.run.inputs(lab.problem.x_validation)
    assert lab.model.evaluate(scaled, lab.problem.y_validation) == [
        view.logs[-1].val_loss,
        view.logs[-1].val_accuracy,
    ]
    assert [y[-1] for _, y in (view.curves.accuracy, view.curves.val_accuracy)] == [
        view.logs[-1].accuracy,
        view.logs[-1].val_accuracy,
    ]


def test_going_back_takes_lines_out_of_the_log_and_going_on_brings_the_same_back() -> None:
    lab = take(classes(), 3 * EPOCH)
    logs = lab.snapshot().logs
    lab.go(2 * EPOCH - 1)
    assert lab.snapshot().logs == logs[:1]
    lab.go(lab.end)
    assert lab.snapshot().logs == logs


def test_w_turns_from_loss_to_accuracy_and_on_to_the_weights() -> None:
    lab = classes()
    seen = [(lab.shows, lab.snapshot().measure)]
    for _ in range(5):
        lab.turn("shows")
        seen.append((lab.shows, lab.snapshot().measure))
    assert seen == [
        ("loss", "loss"),
        ("accuracy", "accuracy"),
        ("value", "loss"),
        ("slope", "loss"),
        ("change", "loss"),
        ("loss", "loss"),
    ]


def test_the_output_nodes_bear_the_names_of_the_classes() -> None:
    lab = classes(TrainingScene(batch_size=16, shows="value", layer=2))
    assert lab.snapshot().weights.columns == ("no", "yes")


def test_there_is_one_loss_for_classes_and_no_batch_of_very_many_rows() -> None:
    fields = {field.id: field for field in TrainingLab(shots(), (2,), 1, RUNS).fields()}
    assert "loss" not in fields
    assert fields["batch"].choices[-1] == "1024"


# running as fast as it goes


def test_running_evaluates_in_parts_and_comes_to_the_same_bits() -> None:
    steps, parts = classes(RUNS), classes(RUNS)
    take(steps, 2 * EPOCH + 1)
    run(parts, EPOCH)
    assert parts.position == EPOCH
    assert parts.snapshot().logs == (), "the epoch is over, its rows are not evaluated yet"
    parts.tick()
    assert parts.position == EPOCH
    run(parts, 20)
    assert parts.position > 2 * EPOCH
    parts.go(2 * EPOCH + 1)
    assert bits(parts) == bits(steps)
    assert parts.snapshot().logs == steps.snapshot().logs


def test_a_pause_finishes_what_is_under_way() -> None:
    lab = run(classes(RUNS), EPOCH + 1)
    lab.settle()
    assert len(lab.snapshot().logs) == 1
    assert shown(lab) == shown(take(classes(RUNS), EPOCH))


def test_few_rows_are_evaluated_with_the_step() -> None:
    lab = run(small(), 3)
    assert lab.snapshot().validation_loss is not None


# the training rows once more


def test_the_training_rows_can_be_evaluated_after_an_epoch() -> None:
    lab = take(classes(TrainingScene(batch_size=16, again=True)), EPOCH)
    log = lab.snapshot().logs[-1]
    x, y = lab.run.inputs(lab.problem.x_train), lab.problem.y_train
    assert lab.model.evaluate(x, y) == [log.end_loss, log.end_accuracy]
    assert log.loss is not None
    assert log.end_loss is not None
    assert log.end_loss < log.loss


def test_that_can_be_turned_off_and_moves_no_weight() -> None:
    scene = TrainingScene(batch_size=16, again=True)
    lab, other = take(classes(scene), 2), take(classes(), EPOCH)
    lab.set("again", "off")
    take(lab, EPOCH - 2)
    assert bits(lab) == bits(other)
    assert lab.snapshot().logs[-1].end_loss is None
    lab.set("again", "on")
    assert take(lab, EPOCH).snapshot().logs[-1].end_loss is not None
    lab.set("optimizer", "sgd")
    assert take(lab, EPOCH).snapshot().logs[-1].end_loss is not None


# rows of each kind


def test_the_rows_are_counted_as_an_epoch_goes_through_them() -> None:
    lab = classes(TrainingScene(batch_size=16, splits=True))
    found = []
    for _ in range(EPOCH + 2):
        rows = lab.snapshot().split
        assert rows is not None
        found.append((rows.used, rows.waiting, rows.looked_at))
        lab.step()
    assert found == [
        (0, 50, False),
        (16, 34, False),
        (32, 18, False),
        (48, 2, False),
        (50, 0, True),
        (16, 34, False),
    ]


def test_how_many_rows_there_are_is_hidden_while_it_is_asked() -> None:
    lab = find("4.3").make_lab(1)
    page = next(page for page in find("4.3").pages if page.id == "split")
    lab.show(page.scene, page.scene.conceal)
    assert lab.snapshot().split.hidden
    assert lab.snapshot().asks_batches
    for name in lab.explainable():
        told = lab.explain(name)
        assert not {"89648", "89,648", "38421", "38,421", "2802"} & set(told.filled.split())
    lab.hide(())
    assert not lab.snapshot().split.hidden


# two models on two rows


def test_the_example_of_the_curriculum() -> None:
    assert judge((0.9, 0.4)) == pytest.approx((0.511, 0.5), abs=5e-4)
    assert judge((0.6, 0.51)) == pytest.approx((0.592, 1.0), abs=5e-4)
    assert judge((0.5,))[0] == pytest.approx(math.log(2))


def test_a_probability_is_edited_and_judged_anew() -> None:
    scene = TrainingScene(batch_size=16, looks=("pair", "loss"), pair=((0.9, 0.4), (0.6, 0.51)))
    lab = classes(scene)
    lab.set("A 2", "0.6")
    a, b = lab.snapshot().pair
    assert (a.given, a.accuracy) == ((0.9, 0.6), 1.0)
    assert a.losses == pytest.approx([-math.log(0.9), -math.log(0.6)])
    assert b.given == (0.6, 0.51)
    lab.undo()
    assert lab.snapshot().pair[0].given == (0.9, 0.4)
    with pytest.raises(Refused, match="Out of range"):
        lab.set("A 1", "1")


# the printed log


def test_the_printed_log_is_that_of_the_curriculum() -> None:
    printed = [
        (log.epoch, log.loss, log.accuracy, log.val_loss, log.val_accuracy) for log in PRINTED
    ]
    assert printed == [
        (1, 0.7552, 0.5775, 0.6969, 0.5561),
        (2, 0.6670, 0.6004, 0.6580, 0.6102),
        (8, 0.6578, 0.6125, 0.6594, 0.6037),
        (9, 0.6564, 0.6147, 0.6568, 0.6110),
        (10, 0.6555, 0.6158, 0.6557, 0.6126),
    ]


# explanations


def test_the_validation_accuracy_is_explained_by_counting() -> None:
    lab = take(classes(), EPOCH)
    filled = lab.explain("validation accuracy").filled
    right = int(filled.split(" = ")[1].split(" / ")[0])
    predictions = lab.model.predict(lab.run.inputs(lab.problem.x_validation))
    wanted = predictions.argmax(axis=1) == lab.problem.y_validation.argmax(axis=1)
    assert right == np.count_nonzero(wanted)


@pytest.mark.parametrize("name", ["training loss", "validation loss", "validation accuracy"])
def test_before_an_epoch_is_over_there_is_nothing_to_explain(name: str) -> None:
    assert take(classes(), 2).explain(name).filled == "no epoch is over yet"


# memory


def test_a_run_that_undo_keeps_takes_little_memory_until_it_comes_back() -> None:
    lab = take(TrainingLab(shots(), (60, 60), 1, RUNS), 1200)
    run_before, kept = lab.run, bits(lab)
    lab.set("optimizer", "sgd")
    assert run_before.timeline.nbytes <= PUT_AWAY
    lab.undo()
    assert lab.run is run_before
    assert bits(lab) == kept
    assert lab.run.timeline.nbytes <= HISTORY
