"""2.1 Errors and weights: the output weights turned by hand until the error is 0."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from lessons.backpropagation.errors_and_weights import fresh
from lessons.labs.two_weights.lab import TwoWeightsLab
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.labs.two_weights.surface import Standing, Surface
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Check, Choice, Lesson, Number, Slip

BANK = TwoWeightsScene(
    rows=((2.0, 3.0),),
    targets=(13.0,),
    hidden=(((1.0, 1.0), (-1.0, 1.0)),),
    weights=(2.0, -1.0),
    shows="network",
    tag="bank",
    squares=False,
    nudge=1.0,
)
LOW_WEIGHT_1 = -2.0


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.1",
        id="errors-and-weights",
        title="Errors and weights",
        summary="How wrong a prediction is, and how turning a weight mends it.",
        minutes=8,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: TwoWeightsLab(_scenes()["target"]),
        facts=_facts,
    )


def _by_line(*conceal: str, **changed: Any) -> TwoWeightsScene:
    return replace(BANK, by_line=True, conceal=conceal, **changed)


def _scenes() -> dict[str, TwoWeightsScene]:
    return {
        "target": _by_line(),
        "error": _by_line("bank:error@0", lines=3),
        "raise": BANK,
        "one-weight": BANK,
        "another": replace(BANK, weights=(_weight_0(), LOW_WEIGHT_1)),
        "how-many": replace(BANK, weights=(BANK.weights[0], _weight_1())),
        "sign": BANK,
        "recap": _by_line(weights=(_weight_0(), LOW_WEIGHT_1), tag="recap", lines=-1),
    }


def _at(weight_0: float = BANK.weights[0], weight_1: float = BANK.weights[1]) -> Standing:
    return Surface(BANK.data).at((weight_0, weight_1))


def _prediction(weight_0: float = BANK.weights[0], weight_1: float = BANK.weights[1]) -> float:
    return _at(weight_0, weight_1).predictions[0]


def _weight_0() -> float:
    """The weight 0 that gives the target beside the low weight 1: two predictions tell it."""
    at_0, at_1 = _prediction(0.0, LOW_WEIGHT_1), _prediction(1.0, LOW_WEIGHT_1)
    return (BANK.targets[0] - at_0) / (at_1 - at_0)


def _weight_1() -> float:
    """The weight 1 that gives the target beside the weight 0 of the start."""
    at_0, at_1 = _prediction(weight_1=0.0), _prediction(weight_1=1.0)
    return (BANK.targets[0] - at_0) / (at_1 - at_0)


_HOW_MANY = ("Just these two", "Four", "As many as you like")


def _how_many() -> str:
    """A line of places with the lowest loss, and that loss is 0: as many as you like."""
    surface = Surface(BANK.data)
    _, valley = surface.lowest()
    endless = valley is not None and max(surface.at(place).loss for place in valley) < 1e-18
    return _HOW_MANY[2] if endless else _HOW_MANY[0]


def _checks() -> dict[str, Check]:
    return {
        "error": Number(
            id="error",
            variant=fresh.error,
            prompt="What is the error?",
            answer=lambda: _at().errors[0],
            hints=(
                "Prediction minus target, in this order.",
                "The prediction is too low, so the error is below 0.",
                "9 - 13.",
            ),
            worked="9 - 13 = {answer}: the prediction is 4 too low",
            slips=(
                Slip(
                    answer=lambda: -_at().errors[0],
                    says="4 is 13 - 9. Here the error is prediction minus target: 9 - 13.",
                ),
                Slip(
                    answer=lambda: _at().predictions[0] + BANK.targets[0],
                    says="22 is 9 + 13. The error is the difference: 9 - 13.",
                ),
            ),
        ),
        "raise": Number(
            id="raise",
            variant=fresh.raised,
            prompt="Weight 1 goes from -1 to 0. What is the output?",
            answer=lambda: _prediction(weight_1=0.0),
            hints=(
                "Which value does weight 1 multiply?",
                "Node 1 is 1. Its product was 1 × (-1); what is it now?",
                "5 × 2 + 1 × 0.",
            ),
            worked="5 × 2 + 1 × 0 = {answer}: up by the value of node 1",
            slips=(
                Slip(
                    answer=_prediction,
                    says="9 was the output before. Now the product of node 1 is 0, not -1.",
                ),
                Slip(
                    answer=lambda: _prediction(BANK.weights[0] + 1),
                    says="14 is one more for weight 0, which multiplies 5. Weight 1 multiplies 1.",
                ),
                Slip(
                    answer=lambda: _prediction(weight_1=-2.0),
                    says="8 is one less. From -1 to 0 is up, and node 1 is above 0.",
                ),
            ),
        ),
        "one-weight": Number(
            id="one-weight",
            variant=fresh.one_weight,
            prompt="Weight 1 is -2. Which weight 0 gives 13?",
            answer=_weight_0,
            hints=(
                "What does node 1 bring in, and what is left for node 0 to bring?",
                "Node 1 brings 1 × (-2). Node 0 has to bring 15 in all.",
                "15 / 5.",
            ),
            worked="5 × 3 + 1 × (-2) = 13, so weight 0 is {answer}",
            slips=(
                Slip(
                    answer=lambda: (BANK.targets[0] + LOW_WEIGHT_1) / 5,
                    says="2.2 is 11 / 5. Node 1 takes 2 off, so node 0 has to bring 15, not 11.",
                ),
                Slip(
                    answer=lambda: BANK.targets[0] - LOW_WEIGHT_1,
                    says="15 is what node 0 has to bring. Its value is 5, so the weight is less.",
                ),
            ),
        ),
        "another": Number(
            id="another",
            prompt="Weight 0 is 2. Which weight 1 gives 13?",
            answer=_weight_1,
            hints=(
                "What does node 0 bring in, and how much is missing?",
                "Node 0 brings 5 × 2 = 10. The rest comes from 1 × weight 1.",
                "13 - 10.",
            ),
            worked="5 × 2 + 1 × 3 = 13, so weight 1 is {answer}",
            slips=(
                Slip(
                    answer=lambda: -_at().errors[0],
                    says="4 is how much the start was too low. Weight 1 stood at -1 then: -1 + 4.",
                ),
                Slip(
                    answer=lambda: BANK.targets[0],
                    says="13 is the target. Node 0 brings 10 of it already.",
                ),
            ),
        ),
        "how-many": Choice(
            id="how-many",
            prompt="How many pairs of weights give error 0?",
            options=_HOW_MANY,
            answer=_how_many,
            hints=(
                "Choose any weight 0. Is there a weight 1 that goes with it?",
                "With weight 0 at 2.5, node 0 brings 12.5, and 0.5 is missing.",
                "Weight 1 can always be the target minus what node 0 brings.",
            ),
            worked="{answer}: choose weight 0 freely, weight 1 is 13 minus 5 times that",
            because={
                "Just these two": "Try weight 0 at 2.5 and weight 1 at 0.5: 12.5 + 0.5 = 13.",
                "Four": "Try weight 0 at 2.5 and weight 1 at 0.5, then 2.4 and 1. It goes on.",
            },
        ),
    }


def _facts() -> dict[str, str]:
    at = _at()
    surface = Surface(BANK.data)
    node_0, node_1 = (float(value) for value in surface.values[0])
    return {
        "children": short(BANK.rows[0][0]),
        "accounts": short(BANK.rows[0][1]),
        "target": short(BANK.targets[0]),
        "node_0": short(node_0),
        "node_1": short(node_1),
        "weights": " and ".join(short(weight) for weight in BANK.weights),
        "weight_0": short(BANK.weights[0]),
        "weight_1": short(BANK.weights[1]),
        "prediction": short(at.predictions[0]),
        "low_weight_1": short(LOW_WEIGHT_1),
        "found": f"{short(_weight_0())} and {short(LOW_WEIGHT_1)}",
        "found_2": f"{short(BANK.weights[0])} and {short(_weight_1())}",
    }
