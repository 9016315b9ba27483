"""2.3 Gradient descent: one weight on its parabola; slope, step, overshoot, divergence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from lessons.backpropagation.gradient_descent import fresh
from lessons.labs.one_weight.descent import Descent
from lessons.labs.one_weight.lab import OneWeightLab, OneWeightScene
from lessons.labs.one_weight.state import Row
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Check, Choice, Lesson, Number, Numbers, Slip

START = OneWeightScene(input=3.0, weight=2.0, target=10.0, rate=0.01, only_steps=True)
HIGH, NEAR = 4.0, 3.0
FAST, TOO_FAST, BROKEN = 0.1, 0.12, 0.5
LESS, MORE, STAYS = "down, to less weight", "up, to more weight", "nowhere: it stays"


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.3",
        id="gradient-descent",
        title="Gradient descent",
        summary="Down the curve of the loss by its slope: steps, and how long they may be.",
        minutes=12,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: OneWeightLab(START),
        facts=_facts,
    )


def _scenes() -> dict[str, OneWeightScene]:
    high = replace(START, weight=HIGH, place="high")
    return {
        "valley": START,
        "slope": replace(high, conceal=("high:slope@0", "high:slope at the prediction@0")),
        "direction": replace(high, conceal=("high:weight@1",)),
        "step-size": replace(START, place="far", conceal=("far:new weight@0",)),
        "settle": START,
        "zigzag": replace(START, rate=FAST, place="fast", conceal=("fast:new weight@0",)),
        "bounce": replace(START, rate=FAST),
        "one-step": replace(START, rate=0.02),
        "diverge": replace(START, rate=BROKEN, pace=20.0),
        "recap": replace(START, updates=8),
    }


def _rows(updates: int = 1, **changed: Any) -> tuple[Row, ...]:
    """The states along a descent from the lesson's start, with some numbers changed."""
    return OneWeightLab(replace(START, updates=updates, **changed)).snapshot().rows


def _loss(weight: float) -> float:
    return Descent(START.input, weight, START.target, START.rate).first.loss


def _slope(weight: float) -> float:
    return Descent(START.input, weight, START.target, START.rate).first.slope


def _step(weight: float) -> float:
    """How far one step goes, without its direction."""
    before, after = _rows(weight=weight)
    return abs(after.weight - before.weight)


def _way() -> str:
    before, after = _rows(weight=HIGH)
    if after.weight == before.weight:
        return STAYS
    return LESS if after.weight < before.weight else MORE


def _error_left(rate: float) -> float:
    """What one step at this rate multiplies the error by."""
    before, after = _rows(rate=rate)
    return after.error / before.error


def _curving() -> float:
    """One step multiplies the error by 1 - rate × this. One step of the engine's gives it."""
    return (1 - _error_left(START.rate)) / START.rate


def _three() -> tuple[float, ...]:
    return tuple(row.weight for row in _rows(updates=3, rate=FAST)[1:])


def _checks() -> dict[str, Check]:
    return {**_checks_of_a_step(), **_checks_of_rates()}


def _checks_of_a_step() -> dict[str, Check]:
    return {
        "slope": Number(
            id="slope",
            variant=fresh.slope,
            prompt="The slope at weight 4, a whole number?",
            answer=lambda: _slope(HIGH),
            hints=(
                "Look at the last number of each line. Where do they go?",
                "12.9, then 12.09, then 12.009.",
                "Each is ten times closer to 12 than the one before.",
            ),
            worked="12.9, 12.09, 12.009 and so on: {answer}",
            slips=(
                Slip(
                    answer=lambda: _loss(HIGH),
                    says="4 is the loss, the height of the curve. The slope is how steep it is.",
                ),
                Slip(
                    answer=lambda: -_slope(HIGH),
                    says="The size is right. More weight, more loss: the slope is above 0.",
                ),
            ),
        ),
        "direction": Choice(
            id="direction",
            prompt="Which way does a step of gradient descent take the weight?",
            options=(MORE, LESS, STAYS),
            answer=_way,
            because={
                MORE: "A slope above 0: the loss grows that way. The step goes against it.",
                STAYS: "It would if the slope were 0. Here it is 12.",
            },
            hints=(
                "Gradient descent wants less loss.",
                "More weight means more loss here.",
                "Against the slope: the other way than more weight.",
            ),
            worked="The slope is above 0, so less weight means less loss: {answer}.",
        ),
        "step-size": Numbers(
            id="step-size",
            variant=fresh.step_size,
            prompt="How far is a step from weight 2, and one from weight 3? Without the sign.",
            answer=lambda: (_step(START.weight), _step(NEAR)),
            decimals=2,
            hints=(
                "Learning rate × slope, twice.",
                "The rate is 0.01, the slopes are 24 and 6 in size.",
                "0.01 × 24, and 0.01 × 6.",
            ),
            worked="0.01 × 24 = 0.24, and 0.01 × 6 = 0.06: the rate is the same, the slope is not",
        ),
    }


def _checks_of_rates() -> dict[str, Check]:
    return {
        "zigzag": Numbers(
            id="zigzag",
            prompt="Rate 0.1, from weight 2: the next three weights?",
            answer=_three,
            decimals=3,
            hints=(
                "weight - 0.1 × slope; then the slope at the new weight; then again.",
                "The slopes are -24, then 6 × (13.2 - 10), then 6 × (7.44 - 10).",
                "2 + 2.4, then 4.4 - 1.92, then 2.48 + 1.536.",
            ),
            worked="2 + 2.4 = 4.4, then 4.4 - 1.92 = 2.48, then 2.48 + 1.536 = 4.016: to and fro",
        ),
        "bounce": Number(
            id="bounce",
            prompt="Which learning rate bounces for ever? A fraction is fine.",
            answer=lambda: 2 / _curving(),
            decimals=3,
            hints=(
                "Press ] and then space a few times. The line below the curve says what happens.",
                "It is between 0.1 and 0.12.",
                "One step multiplies the error by 1 - 18 × rate. Which rate makes that -1?",
            ),
            worked="1 - 18 × 1/9 = -1: the error changes its sign and keeps its size. 1/9 ≈ 0.111",
            slips=(
                Slip(
                    answer=lambda: FAST,
                    says="At 0.1 each step leaves 0.8 of the error: it still comes closer.",
                ),
                Slip(
                    answer=lambda: TOO_FAST,
                    says="At 0.12 each step leaves 1.16 of the error: it diverges.",
                ),
            ),
        ),
        "one-step": Number(
            id="one-step",
            prompt="Which learning rate gets there in one step? A fraction is fine.",
            answer=lambda: 1 / _curving(),
            decimals=3,
            hints=(
                "The step is rate × slope, and the slope at weight 2 is -24.",
                "The way from 2 to 10/3 measures 4/3. So rate × 24 has to be that.",
                "4/3 divided by 24. Or half of the rate that bounces, 1/9.",
            ),
            worked="1/18 × 24 = 4/3, the whole way at once. 1/18 ≈ 0.056",
            slips=(
                Slip(
                    answer=lambda: 2 / _curving(),
                    says="1/9 is the rate that bounces: it goes twice as far as it should.",
                ),
            ),
        ),
    }


def _facts() -> dict[str, str]:
    first, near = _rows()[0], _slope(NEAR)
    facts = {
        "input": short(START.input),
        "target": short(START.target),
        "double_input": short(2 * START.input),
        "low": short(START.weight),
        "low_slope": short(first.slope),
        "low_prediction": short(first.prediction),
        "near": short(NEAR),
        "near_slope": short(near),
        "high": short(HIGH),
        "high_loss": short(_loss(HIGH)),
        "high_slope": short(_slope(HIGH)),
        "rate": short(START.rate),
        "fast": short(FAST),
        "broken": short(BROKEN),
        "broken_size": short(abs(_error_left(BROKEN))),
        "best": short(START.target / START.input),
    }
    for at in (1, 2, 3):
        rise = _loss(HIGH + 10.0**-at) - _loss(HIGH)
        facts |= {f"rise_{at}": short(rise, 6), f"steep_{at}": short(rise * 10**at, 6)}
    return facts
