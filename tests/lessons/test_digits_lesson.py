"""What 4.6 tells holds for other seeds too: accuracy, the pair that is mixed up, the shuffle."""

from __future__ import annotations

import pytest

from lessons.labs.digits.lab import DigitsLab
from lessons.labs.digits.scene import DigitsScene
from lessons.labs.digits.tracks import Training
from lessons.learning.problems import digits
from lessons.tuning.digits.measures import SAME, most_mixed_up, shuffling_does, untrained_loss

SEEDS = (2, 3, 4)


@pytest.fixture(scope="module", params=SEEDS)
def run(request: pytest.FixtureRequest) -> Training:
    """Ten epochs with another seed."""
    lab = DigitsLab(digits(), request.param, DigitsScene(view="training", epochs=10))
    return lab.training


def test_the_accuracy_is_what_the_page_says(run: Training) -> None:
    held_out = [log.val_accuracy or 0 for log in run.logs()]
    assert held_out[0] > 0.8
    assert max(held_out[2:5]) > 0.89
    assert max(held_out) > 0.9
    assert 0.91 < sum(held_out[7:]) / 3 < 0.935


def test_the_network_gets_surer_of_what_it_has_wrong(run: Training) -> None:
    late = run.results(running=False)
    run.go(2 * run.steps_per_epoch)
    early = run.results(running=False)
    assert late.losses[late.worst[:10]].mean() > early.losses[early.worst[:10]].mean()


def test_without_hidden_layers_it_gets_about_90_percent() -> None:
    lab = DigitsLab(digits(), 1, DigitsScene(view="training"))
    lab.set("network", "none")
    lab.show(DigitsScene(view="training", epochs=8))
    assert lab.results().accuracy == pytest.approx(0.9, abs=0.015)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_pair_is_mixed_up_most(seed: int) -> None:
    assert most_mixed_up(seed) == "3 and 5"


@pytest.mark.parametrize("seed", SEEDS)
def test_shuffling_changes_nothing_that_another_seed_would_not(seed: int) -> None:
    assert shuffling_does(seed) == SAME


def test_the_untrained_network_is_no_better_than_equal_guesses() -> None:
    assert untrained_loss() > 2.3026
