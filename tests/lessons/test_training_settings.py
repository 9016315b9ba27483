"""What the learner decides about training: optimizer, rate, batches, scaling, new weights."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.labs.base import Refused
from lessons.labs.training.setup import TrainingScene
from lessons.learning.recipe import OPTIMIZERS
from tests.lessons.training_labs import bits, small, take


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("optimizer", "sgd", "Optimizer sgd"),
        ("batch", "1", "Batches of 1 rows"),
        ("scaling", "off", "Scaling off"),
    ],
)
def test_a_new_choice_starts_again_from_the_same_weights(field: str, text: str, said: str) -> None:
    lab = small()
    weights = lab.model.parameters.copy()
    take(lab, 10)
    lab.set(field, text)
    assert (lab.position, lab.end) == (0, 0)
    np.testing.assert_array_equal(lab.model.parameters, weights)
    assert lab.said.startswith(said)
    assert lab.said.endswith("starts again from the same weights.")


@pytest.mark.parametrize(
    ("field", "text"), [("optimizer", "sgd"), ("batch", "1"), ("scaling", "off")]
)
def test_a_new_choice_makes_a_difference(field: str, text: str) -> None:
    changed, same = small(), take(small(), 7)
    changed.set(field, text)
    assert bits(take(changed, 7))[: same.model.parameters.nbytes] != (
        same.model.parameters.tobytes()
    )


def test_the_curve_of_the_run_before_is_kept_to_compare_with() -> None:
    lab = small()
    assert lab.snapshot().before is None
    kept = take(lab, 12).snapshot().curves
    lab.set("optimizer", "sgd")
    before = lab.snapshot().before
    assert before is not None
    np.testing.assert_array_equal(before.curves.validation, kept.validation)
    assert before.recipe.optimizer == "adam"
    assert before.recipe.rate == 0.001
    assert before.recipe.unlike(lab.recipe) == "adam, rate 0.001"
    assert lab.snapshot().curves.train[0].size == 0


def test_a_run_of_less_than_an_epoch_is_no_curve_to_compare_with() -> None:
    lab = take(small(), 12)
    lab.set("optimizer", "sgd")
    first = lab.snapshot().before
    take(lab, 2)
    lab.set("batch", "1")
    second = lab.snapshot().before
    assert first is not None
    assert second is not None
    assert second.recipe == first.recipe


def test_every_optimizer_brings_the_rate_that_keras_gives_it() -> None:
    lab = small()
    rates = {}
    for name in OPTIMIZERS:
        lab.set("optimizer", name)
        rates[name] = lab.recipe.rate
    assert rates.pop("adam") == 0.001
    assert set(rates.values()) == {0.01}


def test_turning_a_choice_goes_round() -> None:
    lab = small()
    seen = []
    for _ in OPTIMIZERS:
        lab.turn("optimizer")
        seen.append(lab.recipe.optimizer)
    assert sorted(seen) == sorted(OPTIMIZERS)
    assert seen[-1] == "adam"
    with pytest.raises(Refused, match="nothing to turn"):
        lab.turn("rate")


def test_a_choice_that_is_not_offered_is_refused() -> None:
    lab = take(small(), 4)
    with pytest.raises(Refused, match="optimizer: one of adam; sgd; sgd, momentum"):
        lab.set("optimizer", "rmsprop")
    assert lab.position == 4
    assert not lab.can("undo")


def test_batches_can_be_of_one_row_up_to_all_rows() -> None:
    (field,) = (field for field in small().fields() if field.id == "batch")
    assert (field.choices[0], field.choices[-1]) == ("1", "7")
    lab = small()
    lab.set("batch", "7")
    assert lab.steps_per_epoch == 1


# undo


@pytest.mark.parametrize(
    ("field", "text"), [("optimizer", "sgd"), ("batch", "1"), ("scaling", "off")]
)
def test_undo_brings_back_the_choice_before_with_its_rate(field: str, text: str) -> None:
    lab = small()
    lab.set("rate", "0.05")
    before = lab.recipe
    lab.set(field, text)
    take(lab, 3)
    lab.undo()
    assert lab.recipe == before
    lab.undo()
    assert lab.recipe.rate == 0.001
    with pytest.raises(Refused, match="nothing to undo"):
        lab.undo()


def test_undo_brings_back_the_run_that_a_choice_ended() -> None:
    lab = take(small(), 20)
    lab.go(13)
    kept = bits(lab)
    lab.set("batch", "1")
    take(lab, 9)
    lab.undo()
    assert (lab.position, lab.end, bits(lab)) == (13, 20, kept)
    assert lab.snapshot().before is None


def test_looking_at_something_else_is_nothing_to_undo() -> None:
    lab = small()
    for field, text in (("layer", "2"), ("shows", "slope"), ("axis", "logarithmic")):
        lab.set(field, text)
    assert not lab.can("undo")
    assert lab.snapshot().log_axis


# the learning rate


def test_the_ladder_of_rates_goes_1_2_5() -> None:
    lab = small()
    up = []
    for _ in range(4):
        lab.change_rate(1)
        up.append(lab.recipe.rate)
    assert up == pytest.approx([0.002, 0.005, 0.01, 0.02])
    for _ in range(5):
        lab.change_rate(-1)
    assert lab.recipe.rate == pytest.approx(0.0005)


def test_the_ladder_has_two_ends() -> None:
    lab = small()
    while lab.recipe.rate < 5:
        lab.change_rate(1)
    with pytest.raises(Refused, match="The learning rate stays at 5"):
        lab.change_rate(1)
    while lab.recipe.rate > 1e-6:
        lab.change_rate(-1)
    with pytest.raises(Refused, match=r"The learning rate stays at 0\.000001"):
        lab.change_rate(-1)


def test_a_rate_counts_from_here_on_and_forgets_the_future() -> None:
    lab = take(small("sgd"), 10)
    lab.go(6)
    kept = bits(lab)
    lab.set("rate", "0.05")
    assert lab.end == 6
    assert lab.said == (
        "Learning rate 0.05, from step 6 on. The steps that came after are forgotten."
    )
    take(lab, 3)
    ended = bits(lab)
    lab.go(6)
    assert bits(lab) == kept
    assert lab.recipe.rate == 0.05
    lab.go(4)
    assert lab.recipe.rate == 0.01
    lab.go(9)
    assert bits(lab) == ended


@pytest.mark.parametrize("text", ["nan", "1e999", "-0.1", "11", "fast", ""])
def test_a_rate_that_is_none_is_refused(text: str) -> None:
    lab = take(small(), 4)
    kept = bits(lab)
    with pytest.raises(Refused, match=r"\.$|please"):
        lab.set("rate", text)
    assert (bits(lab), lab.recipe.rate, lab.end) == (kept, 0.001, 4)


# new weights and starting again


def test_redrawing_changes_the_seed_and_with_it_the_weights() -> None:
    lab = small(seed=1)
    first = lab.model.parameters.copy()
    take(lab, 3)
    lab.redraw()
    assert (lab.seed, lab.position) == (2, 0)
    assert "seed 2" in lab.said
    assert not np.array_equal(lab.model.parameters, first)
    np.testing.assert_array_equal(lab.model.parameters, small(seed=2).model.parameters)


def test_reset_keeps_the_seed_and_restores_the_scene() -> None:
    lab = small(seed=1)
    lab.redraw()
    second = lab.model.parameters.copy()
    lab.set("optimizer", "sgd")
    take(lab, 5)
    lab.reset()
    assert (lab.seed, lab.position, lab.recipe.optimizer) == (2, 0, "adam")
    np.testing.assert_array_equal(lab.model.parameters, second)


def test_reset_and_new_weights_can_be_undone() -> None:
    lab = take(small(), 8)
    kept = bits(lab)
    lab.redraw()
    take(lab, 2)
    lab.reset()
    lab.undo()
    assert (lab.seed, lab.position) == (2, 2)
    lab.undo()
    assert (lab.seed, lab.position, bits(lab)) == (1, 8, kept)


def test_a_new_page_has_the_first_seed_again() -> None:
    lab = small(seed=1)
    lab.redraw()
    lab.show(TrainingScene(batch_size=3))
    assert lab.seed == 1


# how fast it runs


def test_the_pace_goes_from_5_steps_a_second_to_as_fast_as_it_goes() -> None:
    lab = small()
    said = []
    for direction in [1] * 9 + [-1] * 9:
        lab.change_pace(direction)
        said.append(lab.said)
    assert said[0] == "Runs at 300 steps a second."
    assert said[8] == "Runs as fast as it goes."
    assert said[17] == "Runs at 5 steps a second."
