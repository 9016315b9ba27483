"""What the lesson quotes and asks for, measured with the lab's own lanes."""

from __future__ import annotations

import math
from functools import cache

from lessons.labs.race.lane import HIDDEN, Lane, on_one_weight, on_problem
from lessons.labs.race.setup import Entry
from lessons.learning.problems import titanic

SLOW, GOOD, FAST = 0.000001, 0.01, 1.0
START = tuple(Entry(rate) for rate in (SLOW, GOOD, FAST))

FIRST_SEED = 3
"""The seed of the race where the app's is 1. Seeds 1 and 2 start with so high a loss that the
lane with the tiny rate would press all other curves flat; ctrl+r comes to such starts as well."""

SEEDS = range(FIRST_SEED, FIRST_SEED + 3)
"""Those over which the lesson says what becomes of a lane."""

FEW = 2
"""Epochs after which a lane at the large rate has come to lie still."""


def on_the_weight(rate: float, steps: int) -> Lane:
    """The lane of one weight after so many steps, or where it stopped."""
    return _forward(on_one_weight(Entry(rate)), steps)


@cache
def on_the_rows(rate: float, epochs: int, *, scaling: bool = False, seed: int = FIRST_SEED) -> Lane:
    """A lane on the passengers after so many epochs. It is shared: nobody may step it on."""
    lane = on_problem(titanic(), (Entry(rate),), 0, scaling, seed)
    return _forward(lane, epochs * lane.timeline.trainer.steps_per_epoch)


def _forward(lane: Lane, steps: int) -> Lane:
    for _ in range(steps):
        if not lane.forward():
            break
    return lane


def share() -> float:
    """The share of the training rows that survived."""
    return float(titanic().y_train[:, 1].mean())


def guess_loss() -> float:
    """Cross-entropy of a model that gives everybody that share."""
    died, survived = 1 - share(), share()
    return -(died * math.log(died) + survived * math.log(survived))


def dead_nodes() -> tuple[int, ...]:
    """How many hidden nodes the large rate has killed, for each of SEEDS."""
    return tuple(sum(on_the_rows(FAST, FEW, seed=seed).dead) for seed in SEEDS)


def loss_of(lane: Lane) -> float:
    """The training loss of its last epoch."""
    (log,) = lane.logs(1)
    assert log.loss is not None
    return log.loss


def nodes() -> int:
    """Hidden nodes of the network."""
    return sum(HIDDEN)
