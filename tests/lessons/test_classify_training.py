"""Training on classes: rows that are watched, a row of one's own, another data set, undo."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.classify.lab import ClassifyLab, ClassifyScene
from lessons.labs.classify.training import ClassTrainingLab, ClassTrainingSnapshot
from lessons.numbers import short


@pytest.fixture
def lab() -> ClassTrainingLab:
    return ClassTrainingLab(1, ClassifyScene(shows="training", trains="titanic"))


@pytest.fixture
def shots() -> ClassTrainingLab:
    return ClassTrainingLab(1, ClassifyScene(shows="training"))


def take(lab: ClassTrainingLab, steps: int) -> ClassTrainingSnapshot:
    for _ in range(steps):
        lab.step()
    return lab.snapshot()


def shares(view: ClassTrainingSnapshot) -> list[tuple[float, ...]]:
    return [one.shares for one in view.watched]


def test_the_four_printed_shots_are_watched_and_one_of_your_own(shots: ClassTrainingLab) -> None:
    view = shots.snapshot()
    assert [one.row.truth for one in view.watched] == [1, 0, 0, 0, None]
    assert view.watched[0].row.values == (10.8, 2.0, 1.9, 7.7, 1.3)
    assert (view.rows, view.held_out, view.steps_per_epoch) == (89_648, 38_421, 2802)
    assert view.network == "100-100-2"


def test_their_probabilities_add_up_and_move_with_every_batch(shots: ClassTrainingLab) -> None:
    seen = [shares(shots.snapshot())]
    for _ in range(3):
        seen.append(shares(take(shots, 1)))
        assert [sum(one) for one in seen[-1]] == pytest.approx([1.0] * 5, abs=1e-6)
        assert seen[-1] != seen[-2]
    shots.back()
    assert shares(shots.snapshot()) == seen[-2]


def test_looking_changes_nothing(shots: ClassTrainingLab) -> None:
    other = ClassTrainingLab(1, ClassifyScene(shows="training"))
    for _ in range(3):
        take(shots, 1)
        for name in shots.explainable():
            shots.explain(name)
        shots.code()
        other.step()
    assert np.array_equal(shots.run.model.parameters, other.run.model.parameters)


def test_softmax_of_the_scores_gives_the_probabilities(lab: ClassTrainingLab) -> None:
    take(lab, 10)
    powers = np.exp(lab.scores().astype(float))
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(lab.probabilities(), expected, atol=1e-6)


def test_rows_of_the_titanic_are_two_of_each_class_held_out(lab: ClassTrainingLab) -> None:
    watched = [one.row for one in lab.snapshot().watched[:-1]]
    assert [row.truth for row in watched] == [0, 0, 1, 1]
    held_out = {tuple(row) for row in lab.problem.x_validation.tolist()}
    assert all(row.values in held_out for row in watched)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_on_the_titanic_it_gets_well_above_the_base_rate(seed: int) -> None:
    lab = ClassTrainingLab(seed, ClassifyScene(shows="training", trains="titanic"))
    view = take(lab, 5 * lab.run.steps_per_epoch)
    assert view.base is not None
    assert view.base[0] == pytest.approx(0.618, abs=5e-4)
    assert view.logs[-1].val_accuracy is not None
    assert view.logs[-1].val_accuracy > 0.75


def test_the_log_has_a_line_for_each_epoch_up_to_the_present(lab: ClassTrainingLab) -> None:
    per_epoch = lab.run.steps_per_epoch
    view = take(lab, 2 * per_epoch + 3)
    assert [log.epoch for log in view.logs] == [1, 2]
    assert (view.epoch, view.batch) == (2, 3)
    assert view.running is not None
    lab.go(per_epoch)
    assert [log.epoch for log in lab.snapshot().logs] == [1]
    assert lab.snapshot().running is None


def test_a_row_of_ones_own_moves_its_bar_alone_and_undo_leaves_the_training(
    lab: ClassTrainingLab,
) -> None:
    before = shares(take(lab, 5))
    lab.set("own male", "0" if lab.own[lab.problem.features.index("male")] else "1")
    after = shares(lab.snapshot())
    assert after[:-1] == before[:-1]
    assert after[-1] != before[-1]
    lab.step()
    lab.undo()
    assert lab.position == 6
    lab.back()
    assert shares(lab.snapshot()) == before


def test_ones_own_row_stays_within_what_the_data_hold(lab: ClassTrainingLab) -> None:
    with pytest.raises(Refused, match="Out of range"):
        lab.set("own age", "500")
    with pytest.raises(Refused):
        lab.set("own age", "nan")
    with pytest.raises(Refused, match="one of 0, 1"):
        lab.set("own male", "0.5")


def test_other_data_start_another_network_and_undo_brings_back_the_old(
    lab: ClassTrainingLab,
) -> None:
    before = shares(take(lab, 4))
    lab.set("data", "shots")
    assert (lab.data, lab.dataset, lab.position) == ("shots", "shots", 0)
    assert len(lab.own) == len(lab.problem.features) == 5
    lab.undo()
    assert (lab.data, lab.dataset, lab.position) == ("titanic", "titanic", 4)
    assert shares(lab.snapshot()) == before


def test_new_weights_keep_ones_own_row(lab: ClassTrainingLab) -> None:
    lab.set("own age", "7")
    before = shares(lab.snapshot())
    lab.redraw()
    assert lab.own[lab.problem.features.index("age")] == 7
    assert shares(lab.snapshot()) != before
    lab.undo()
    assert shares(lab.snapshot()) == before


def test_a_rate_that_is_too_large_stops_with_words_and_b_goes_back(lab: ClassTrainingLab) -> None:
    lab.set("rate", "0")
    before = shares(take(lab, 1))
    assert shares(take(lab, 1)) == before
    lab.set("rate", "10")
    for _ in range(200):
        if not lab.can("step"):
            break
        lab.step()
    assert np.isfinite(lab.snapshot().watched[0].shares).all()


def test_the_base_rate_is_hidden_while_it_is_asked_for() -> None:
    scene = ClassifyScene(shows="training", trains="titanic", conceal=("base rate",))
    lab = ClassifyLab(1, scene)
    lab.show(scene, scene.conceal)
    assert lab.snapshot().view.base is None
    assert "61.8" not in lab.explain("base rate").filled
    lab.hide(())
    assert "61.8 %" in lab.explain("base rate").filled


def test_a_probability_is_explained_by_its_scores(shots: ClassTrainingLab) -> None:
    take(shots, 2)
    told = shots.explain("row 1")
    (low, high), share = shots.scores()[0], shots.probabilities()[0, 1]
    assert f"e^{short(float(high))} / (" in told.filled
    assert f"(e^{short(float(low))} + " in told.filled
    assert float(told.filled.rpartition(" = ")[2]) == pytest.approx(share, abs=5e-5)
    assert dict(told.where)["shot_dis"] == "7.7"
    assert "Nobody knows" in shots.explain("yours").meaning
