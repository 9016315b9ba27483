"""What lesson 1.5 claims about its networks holds, over more than one seed."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.basics.representation_learning import measures
from lessons.course import find
from lessons.datasets import plane
from lessons.labs.maps.run import grid, layer_values, network, trained

SEEDS = range(1, 9)


def test_the_answers() -> None:
    answers = {check.id: check.model_answer for check in find("1.5").checks}
    assert answers == {
        "before": "3",
        "nobody": "0",
        "clouds": "2",
        "swap": "0",
        "straight": "1",
        "deeper": "3",
    }


@pytest.mark.parametrize(
    ("data", "hidden", "epochs"),
    [("ring", (4,), 30), ("ring", (4, 4), 30), ("XOR", (4,), 20), ("spiral", (8, 8), 100)],
)
def test_the_networks_of_the_pages_learn_with_every_seed(
    data: str, hidden: tuple[int, ...], epochs: int
) -> None:
    assert measures.worst(data, hidden, epochs, SEEDS[-1]) >= 0.95


def test_one_cut_gets_at_most_three_clouds_of_four() -> None:
    setups = [measures.settings("XOR", (1,), seed, rate=0.1) for seed in SEEDS]
    scores = [measures.accuracy(one, 40) for one in setups]
    assert min(scores) >= 0.7
    assert max(scores) <= 0.77


def test_two_nodes_find_both_cuts_with_some_seeds_only() -> None:
    assert measures.found_with(1) == 0
    assert 2 <= measures.found_with(2) <= 6
    assert measures.found_with(4) == 8


@pytest.mark.parametrize("seed", SEEDS)
def test_before_training_every_first_layer_edge_runs_through_the_middle(seed: int) -> None:
    values = layer_values(network(measures.settings("ring", (4,), seed)), grid())[0]
    np.testing.assert_allclose(values, -values[::-1], atol=1e-6)
    assert (np.abs(values).max(axis=0) > 0.01).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_without_activation_only_the_two_clouds_are_learned(seed: int) -> None:
    for data in plane.SHAPES:
        setup = measures.settings(data, (4,), seed, activation="linear")
        score = measures.accuracy(setup, measures.LINEAR_EPOCHS)
        assert score >= 0.97 if data == "two clouds" else score <= 0.8


def test_without_activation_ring_and_xor_are_a_coin() -> None:
    for data in ("ring", "XOR"):
        assert measures.linear_accuracy(data) == pytest.approx(0.5, abs=0.12)
        assert measures.linear_loss(data) == pytest.approx(np.log(2), abs=0.01)
        for seed in SEEDS:
            setup = measures.settings(data, (4,), seed, activation="linear")
            says = trained(setup, measures.LINEAR_EPOCHS).model.predict(grid())
            assert np.abs(says - 0.5).mean() < 0.1


def test_swapping_two_nodes_changes_nothing() -> None:
    assert measures.change_by_swapping() < 1e-9


def test_numbers_of_the_pages_are_computed_only_when_quoted() -> None:
    facts = find("1.5").facts()
    assert "ring_worst" in facts
    assert "nonsense" not in facts
    assert all(facts[name] for name in facts)
