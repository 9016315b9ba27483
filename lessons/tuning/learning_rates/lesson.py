"""4.1 Why optimization is hard: three learning rates raced side by side from the same weights."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from lessons.labs.race.lab import RaceLab
from lessons.labs.race.lane import HIDDEN, INPUT, TARGET, WEIGHT, recipe_of
from lessons.labs.race.setup import HANDED_ON, ONE_WEIGHT, Entry, RaceScene, rate_text
from lessons.learning.problems import titanic
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson
from lessons.tuning.learning_rates.checks import STEPS, checks
from lessons.tuning.learning_rates.measures import (
    FAST,
    FIRST_SEED,
    GOOD,
    SLOW,
    START,
    dead_nodes,
    guess_loss,
    nodes,
    on_the_weight,
    share,
)

WEIGHT_RACE = RaceScene(track=ONE_WEIGHT, lanes=START)
ROWS_RACE = RaceScene(lanes=START)


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="4.1",
        id="why-optimization-is-hard",
        title="Why optimization is hard",
        summary="Race learning rates from the same weights: too low, about right, too high.",
        minutes=15,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), checks()),
        make_lab=lambda seed: RaceLab(titanic(), seed + FIRST_SEED - 1, WEIGHT_RACE),
        facts=_facts,
    )


def _scenes() -> dict[str, RaceScene]:
    by_epoch = replace(ROWS_RACE, shows="training loss")
    handed_on = (Entry(FAST), Entry(GOOD), Entry(GOOD, after=0))
    scenes = {
        "hard": replace(WEIGHT_RACE, lanes=START[1:2]),
        "slow": replace(WEIGHT_RACE, lanes=START[:2], steps=STEPS, conceal=("small rate",)),
        "fast": replace(WEIGHT_RACE, conceal=("large rate",)),
        "inf": replace(WEIGHT_RACE, shows="loss", log_axis=True, steps=1),
        "titanic": replace(ROWS_RACE, conceal=("losses",)),
        "race": by_epoch,
        "flat": replace(by_epoch, conceal=("dead",)),
        "dead": by_epoch,
        "scaled": replace(by_epoch, scaling=True, conceal=(f"scaled {rate_text(FAST)}",)),
        "loop": by_epoch,
        "handed-on": replace(by_epoch, lanes=handed_on, hands_on=True),
        "own": replace(by_epoch, scaling=True, lanes=START[1:]),
        "recap": by_epoch,
    }
    return {page: replace(scene, page=page) for page, scene in scenes.items()}


def _facts() -> dict[str, str]:
    problem = titanic()
    fall = on_the_weight(FAST, 200).fall
    assert fall is not None
    network = recipe_of(scaling=False, seed=FIRST_SEED).network(problem)
    dead = dead_nodes()
    survived = share()
    return {
        "parameters": f"{network.count_params():,}",
        "units": str(HIDDEN[0]),
        "nodes": str(nodes()),
        "rows": str(len(problem.x_train)),
        "held_out": str(len(problem.x_validation)),
        "slow": rate_text(SLOW),
        "good": rate_text(GOOD),
        "fast": rate_text(FAST),
        "weight": short(WEIGHT),
        "target": short(TARGET),
        "prediction": short(INPUT * WEIGHT),
        "error": short(INPUT * WEIGHT - TARGET),
        "slope": short(2 * (INPUT * WEIGHT - TARGET) * INPUT),
        "best": short(TARGET / INPUT),
        "after_slow": short(on_the_weight(SLOW, STEPS).weights[-1]),
        "fall": str(fall.step),
        "share": short(survived, 3),
        "rest": short(1 - survived, 3),
        "minus_ln_share": short(-math.log(survived), 3),
        "minus_ln_rest": short(-math.log(1 - survived), 3),
        "guess": short(guess_loss(), 2),
        "dead_low": str(min(dead)),
        "dead_high": str(max(dead)),
        "handed_on": str(HANDED_ON),
    }
