"""2.4 Calculating slopes: the three factors, and gradient descent on one weight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from lessons.backpropagation.calculating_slopes import fresh
from lessons.labs.one_weight.lab import OneWeightLab, OneWeightScene
from lessons.labs.one_weight.state import Row
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Check, Lesson, Number, Numbers, Slip

START = OneWeightScene(input=3.0, weight=2.0, target=10.0, rate=0.01, by_factor=True)


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.4",
        id="calculating-slopes",
        title="Calculating slopes",
        summary="Three factors make a slope; the slope and the learning rate make a step.",
        minutes=10,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: OneWeightLab(START),
        facts=_facts,
    )


def _by_factor(lines: int, *conceal: str) -> OneWeightScene:
    return OneWeightScene(by_factor=True, lines=lines, conceal=conceal)


def _scenes() -> dict[str, OneWeightScene]:
    return {
        "one-weight": _by_factor(0),
        "error": _by_factor(1, "error@0"),
        "slope": _by_factor(2, "slope@0"),
        "update": _by_factor(6, "new weight@0"),
        "after": OneWeightScene(by_factor=True, updates=1, conceal=("prediction@1",)),
        "factor-2": OneWeightScene(by_factor=True, lines=6),
        "zero": OneWeightScene(by_factor=True),
        "recap": OneWeightScene(updates=1),
    }


def _rows(updates: int = 1, **changed: Any) -> tuple[Row, ...]:
    """The states along a descent from the lesson's start, with some numbers changed."""
    return OneWeightLab(replace(START, by_factor=False, updates=updates, **changed)).snapshot().rows


def _new_weight(**changed: Any) -> float:
    return _rows(**changed)[-1].weight


def _checks() -> dict[str, Check]:
    return {
        "error": Number(
            id="error",
            prompt="What is the error?",
            answer=lambda: _rows()[0].error,
            variant=fresh.error,
            hints=(
                "Prediction minus target, in this order.",
                "The prediction is 6, the target 10.",
                "6 - 10.",
            ),
            worked="6 - 10 = {answer}",
            slips=(
                Slip(
                    answer=lambda: -_rows()[0].error,
                    says="4 is 10 - 6. Here the error is prediction minus target: 6 - 10.",
                ),
                Slip(
                    answer=lambda: _rows()[0].loss,
                    says="16 is the loss, the error squared. The error itself keeps its sign.",
                ),
            ),
        ),
        "slope": Number(
            id="slope",
            prompt="What is the slope for this weight?",
            answer=lambda: _rows()[0].slope,
            variant=fresh.slope,
            hints=(
                "Multiply the three factors.",
                "The first factor is 2 × (-4) = -8. The second is the input, 3.",
                "-8 × 3 × 1.",
            ),
            worked="2 × (-4) × 3 × 1 = {answer}",
            slips=(
                Slip(
                    answer=lambda: _rows()[0].error,
                    says="-4 is the error. The slope is 2 × error × input.",
                ),
                Slip(
                    answer=lambda: _rows()[0].loss_slope,
                    says="-8 is the first factor, 2 × (-4). The input, 3, is still missing.",
                ),
                Slip(
                    answer=lambda: _rows()[0].error * START.input,
                    says="-12 is -4 × 3. The slope of a squared error has a 2 in front.",
                ),
                Slip(
                    answer=lambda: -_rows()[0].slope,
                    says="The size is right. The error is negative, and so is the slope.",
                ),
            ),
        ),
        "update": Number(
            id="update",
            prompt="What is the new weight?",
            answer=_new_weight,
            variant=fresh.update,
            decimals=2,
            hints=(
                "The weight, minus the learning rate times the slope.",
                "0.01 × (-24) is -0.24.",
                "2 - (-0.24): taking off a negative number adds.",
            ),
            worked="2 - 0.01 × (-24) = {answer}",
            slips=(
                Slip(
                    answer=lambda: START.weight + START.rate * _rows()[0].slope,
                    says="1.76 is 2 - 0.24. Minus a negative slope adds: 2 - 0.01 × (-24).",
                ),
                Slip(
                    answer=lambda: START.weight - _rows()[0].slope,
                    says="26 takes off the whole slope. Only 0.01 of it: 2 - 0.01 × (-24).",
                ),
            ),
        ),
        "after": Numbers(
            id="after",
            prompt="The new prediction, and the new error?",
            answer=lambda: (_rows()[1].prediction, _rows()[1].error),
            decimals=2,
            hints=(
                "The input is still 3, the target still 10.",
                "The prediction is 3 × 2.24.",
                "6.72, and 6.72 - 10.",
            ),
            worked="3 × 2.24 = 6.72, and 6.72 - 10 = -3.28",
        ),
        "factor-2": Number(
            id="factor-2",
            prompt="From weight 2, without the 2, with rate 0.01: the new weight?",
            answer=lambda: _new_weight(rate=START.rate / 2),
            decimals=2,
            hints=(
                "The slope is -4 × 3 without the 2.",
                "0.01 × (-12) is -0.12.",
                "2 - (-0.12).",
            ),
            worked="2 - 0.01 × (-4 × 3) = {answer}; rate 0.02 would make up for it",
            slips=(
                Slip(
                    answer=_new_weight,
                    says="2.24 is with the 2. Without it the slope is -12, not -24.",
                ),
            ),
        ),
        "zero": Number(
            id="zero",
            prompt="Input 0. What is the slope?",
            answer=lambda: _rows(input=0.0)[0].slope,
            hints=(
                "The same three factors; only the input has changed.",
                "The error is 0 × 2 - 10 = -10.",
                "2 × (-10) × 0.",
            ),
            worked="2 × (-10) × 0 = {answer}: this row cannot move the weight",
            slips=(
                Slip(
                    answer=lambda: _rows(input=0.0)[0].loss_slope,
                    says="-20 is 2 × (-10). The input, 0, is still to be multiplied.",
                ),
            ),
        ),
    }


def _facts() -> dict[str, str]:
    first, second = _rows()
    return {
        "input": short(START.input),
        "weight": short(first.weight),
        "target": short(START.target),
        "prediction": short(first.prediction),
        "error": short(first.error),
        "slope": short(first.slope),
        "rate": short(START.rate),
        "new_weight": short(second.weight),
    }
