"""The next step after some experiments: a rule as a table of cases."""

from __future__ import annotations

import math

import pytest

from lessons.learning.advice import Advice, Result, advise, results_of
from lessons.learning.experiment import Curve, Experiment, comparable
from lessons.tuning.capacity import printed
from tests.lessons.experiments import experiment

SMALL, MIDDLE, LARGE = (5, (5,)), (101, (25,)), (5301, (50, 50, 50))


def advise_on(log: list[Experiment], like: Experiment) -> Advice:
    """The advice as the log's table gives it: on what can be compared with `like`."""
    return advise(results_of(comparable(log, like.family, like.epochs)))


def result(size: tuple[int, tuple[int, ...]], *losses: float) -> Result:
    parameters, hidden = size
    return Result(hidden, parameters, losses)


CASES = [
    ("nothing yet", [], None, "begin"),
    ("one result", [result(SMALL, 1.2)], None, "increase"),
    ("the larger is better", [result(SMALL, 1.2), result(MIDDLE, 0.6)], None, "increase"),
    ("in whatever order", [result(MIDDLE, 0.6), result(SMALL, 1.2)], None, "increase"),
    ("the larger is worse", [result(MIDDLE, 0.6), result(LARGE, 0.8)], None, "decrease"),
    (
        "went too far",
        [result(SMALL, 1.2), result(MIDDLE, 0.6), result(LARGE, 0.8)],
        None,
        "decrease",
    ),
    (
        "came back, and found the best",
        [result(SMALL, 1.2), result(LARGE, 0.8), result(MIDDLE, 0.6)],
        None,
        "done",
    ),
    (
        "apart by less than the spread",
        [result(MIDDLE, 0.60, 0.64), result(LARGE, 0.63, 0.67)],
        None,
        "repeat",
    ),
    (
        "apart by more than the spread",
        [result(MIDDLE, 0.60, 0.62), result(LARGE, 0.80, 0.82)],
        None,
        "decrease",
    ),
    (
        "only one of the two was repeated",
        [result(MIDDLE, 0.60, 0.70), result(LARGE, 0.68)],
        None,
        "repeat",
    ),
    ("a spread told from elsewhere", [result(MIDDLE, 4.4), result(LARGE, 4.5)], 0.3, "repeat"),
    ("a spread that is small enough", [result(MIDDLE, 4.4), result(LARGE, 4.9)], 0.3, "decrease"),
    (
        "five seeds and still not apart",
        [
            result(MIDDLE, 0.60, 0.61, 0.62, 0.63, 0.64),
            result(LARGE, 0.59, 0.62, 0.63, 0.64, 0.66),
        ],
        None,
        "done",
    ),
    ("too large to be held", [result(SMALL, math.inf)], None, "repeat"),
    ("no number", [result(SMALL, math.nan), result(MIDDLE, 0.6)], None, "increase"),
]


@pytest.mark.parametrize(
    ("results", "spread", "step"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_next_step(results: list[Result], spread: float | None, step: str) -> None:
    told = advise(results, spread)
    assert told.step == step
    assert told.says


def test_it_says_the_same_next_steps_as_the_printed_table() -> None:
    results = printed.results()
    steps = tuple(advise(results[:rows]).step for rows in range(1, len(results) + 1))
    assert steps == printed.NEXT_STEPS


def test_with_a_spread_of_three_tenths_the_printed_table_says_nothing_yet() -> None:
    told = advise(printed.results(), printed.SPREAD)
    assert told.step == "repeat"
    assert "differ by 0.1" in told.says
    assert "0.3 apart" in told.says


def test_where_seeds_do_not_tell_two_apart_the_smaller_is_taken() -> None:
    same = (0.60, 0.61, 0.62, 0.63, 0.64)
    told = advise([result(MIDDLE, *same), result(LARGE, *(loss - 0.01 for loss in same))])
    assert told.step == "done"
    assert told.says.endswith("take the smaller, 1×25.")


def test_the_one_with_fewer_seeds_is_repeated() -> None:
    told = advise([result(MIDDLE, 0.60, 0.64, 0.62), result(LARGE, 0.63)])
    assert told.says.endswith("Repeat 3×50 with other seeds.")


# from a log


def log() -> list[Experiment]:
    return [
        experiment((5,), 0.7, seed=1),
        experiment((25,), 0.6, seed=1),
        experiment((5,), 0.74, seed=2),
    ]


def test_the_seeds_of_a_network_are_taken_together() -> None:
    assert [(one.name, one.losses) for one in results_of(log())] == [
        ("1×25", (0.6,)),
        ("1×5", (0.7, 0.74)),
    ]


@pytest.mark.parametrize(
    "other",
    [
        experiment((50,), 0.1, data="wages"),
        experiment((50,), 0.1, rate=0.5),
        experiment((50,), 0.1, epochs=10),
        experiment((50,), 0.1, rows=32),
    ],
    ids=["data", "settings", "epochs", "rows"],
)
def test_what_differs_in_more_than_the_network_is_not_compared(other: Experiment) -> None:
    like = log()[0]
    assert advise_on([*log(), other], like) == advise_on(log(), like)


def test_an_experiment_that_broke_off_counts_as_the_worst() -> None:
    lost = experiment((50, 50), None, seed=1, diverged=True, epochs=3)
    told = advise_on([*log(), lost], log()[0])
    assert told.step == "decrease"
    assert "2×50 (too large)" in told.says


# from its curve


def curved(val_loss: tuple[float, ...], loss: tuple[float, ...] = ()) -> Experiment:
    """An experiment with these losses, an epoch each; the training loss falls all along."""
    epochs = tuple(range(1, len(val_loss) + 1))
    fell = loss or tuple(1 / epoch for epoch in epochs)
    lowest = min(val_loss)
    return experiment(
        (25,),
        val_loss[-1],
        curve=Curve(epochs, fell, val_loss),
        best_epoch=epochs[val_loss.index(lowest)],
        best_val_loss=lowest,
    )


RISES = (0.9, 0.6, 0.5, 0.6, 0.7, 0.8, 0.85)


@pytest.mark.parametrize(
    ("one", "overfits"),
    [
        (curved(RISES), True),
        (curved(RISES, loss=(0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)), False),  # it only diverges
        (curved((0.9, 0.6, 0.5, 0.51, 0.52, 0.53, 0.54)), False),
        (curved((0.9, 0.6, 0.5, 0.6, 0.7, 0.52, 0.8)), False),  # up and down
        (curved((0.9, 0.8, 0.7, 0.6, 0.5, 0.9, 0.9)), False),  # too short to tell
        (curved((0.9, 0.7, 0.6)), False),
        (experiment((5,), 0.5), False),
        (experiment((5,), None), False),
    ],
)
def test_overfitting_is_read_from_the_curve(one: Experiment, overfits: bool) -> None:
    assert one.overfits == overfits


def test_a_single_run_that_overfits_is_not_told_to_grow() -> None:
    one = curved(RISES)
    told = advise_on([one], one)
    assert told.step == "decrease"
    assert "was 0.5 after epoch 3 and rose, while the training loss fell" in told.says
    assert told.says.endswith("Stop earlier, or go smaller.")


def test_the_largest_so_far_that_overfits_is_not_told_to_grow_either() -> None:
    small, large = experiment((5,), 1.2), curved(RISES)
    told = advise_on([small, large], small)
    assert told.step == "decrease"
    assert told.says.endswith("Stop earlier, or go between 1×5 and it.")
    grown = curved((0.9, 0.8, 0.7, 0.6, 0.5))
    assert advise_on([small, grown], small).step == "increase"


def test_one_seed_of_three_that_overfits_is_chance() -> None:
    fine = [experiment((25,), 0.5, seed=seed) for seed in (2, 3)]
    assert advise_on([*fine, curved(RISES)], fine[0]).step == "increase"
