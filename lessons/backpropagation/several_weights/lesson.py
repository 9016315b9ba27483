"""2.5 Several weights at once: the gradient, and its way down the map of the loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from lessons.backpropagation.several_weights import fresh
from lessons.labs.two_weights.lab import TwoWeightsLab
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.labs.two_weights.surface import Standing, Surface
from lessons.labs.two_weights.words import pair
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Check, Choice, Lesson, Number, Numbers, Slip

START = TwoWeightsScene(
    rows=((3.0, 4.0),),
    targets=(6.0,),
    weights=(1.0, 2.0),
    rate=0.01,
    pace=2.0,
    tag="path",
    x_range=(-1.0, 3.0),
    y_range=(-1.0, 3.0),
    nudge=0.2,
)
THREE = replace(
    START,
    rows=((3.0, 4.0), (2.0, 4.0), (1.0, 4.0)),
    targets=(20.0, 3.0, 1.0),
    weights=(2.0, 1.0),
    tag="three",
    pace=8.0,
    x_range=(-6.0, 14.0),
    y_range=(-8.0, 4.0),
    nudge=0.5,
)
BROKEN = 0.05


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.5",
        id="several-weights",
        title="Several weights at once",
        summary="Every weight has its own slope; one update moves them all, down the map.",
        minutes=14,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: TwoWeightsLab(START),
        facts=_facts,
    )


def _scene(*conceal: str, **changed: Any) -> TwoWeightsScene:
    return replace(START, conceal=tuple(f"path:{name}" for name in conceal), **changed)


def _scenes() -> dict[str, TwoWeightsScene]:
    return {
        "error": _scene("error@0"),
        "gradient": _scene("slopes@0"),
        "most": _scene(),
        "update": _scene("new weights@0"),
        "again": _scene("prediction@1"),
        "numpy": _scene(updates=1),
        "walk": _scene(),
        "one-step": _scene(),
        "bounce": _scene(rate=0.03),
        "diverge": _scene(rate=BROKEN),
        "rows": THREE,
        "recap": _scene(updates=6),
    }


def _standings(updates: int = 0, rate: float = START.rate) -> list[Standing]:
    """The network at the start and after each of some updates."""
    surface = Surface(START.data)
    found = [surface.at(START.weights)]
    for _ in range(updates):
        found.append(surface.descend(found[-1].weights, rate))
    return found


def _error_left(rate: float) -> float:
    """What one update multiplies the error by."""
    before, after = _standings(1, rate)
    return after.errors[0] / before.errors[0]


def _rate_that_leaves(share: float) -> float:
    """The rate at which an update multiplies the error by `share`.

    That is 1 - rate × c; one update of the engine's gives c.
    """
    return (1 - share) * START.rate / (1 - _error_left(START.rate))


def _moves_most() -> str:
    (before, after), options = _standings(1), _most_options()
    moved = [abs(a - b) for a, b in zip(after.weights, before.weights, strict=True)]
    return options[0] if moved[0] > moved[1] else options[1] if moved[1] > moved[0] else options[2]


def _most_options() -> tuple[str, str, str]:
    return ("Weight 0", "Weight 1", "Both move by the same amount")


def _checks() -> dict[str, Check]:
    return {
        "error": Number(
            id="error",
            variant=fresh.error,
            prompt="What is the error?",
            answer=lambda: _standings()[0].errors[0],
            hints=(
                "Prediction minus target.",
                "The prediction is 11, the target 6.",
                "11 - 6.",
            ),
            worked="11 - 6 = {answer}",
            slips=(
                Slip(
                    answer=lambda: -_standings()[0].errors[0],
                    says="-5 is 6 - 11. The error is prediction minus target: 11 - 6.",
                ),
                Slip(
                    answer=lambda: _standings()[0].loss,
                    says="25 is the loss, the error squared. The error itself is 11 - 6.",
                ),
            ),
        ),
        "gradient": Numbers(
            id="gradient",
            variant=fresh.gradient,
            prompt="The gradient [slope of weight 0, slope of weight 1]?",
            answer=lambda: _standings()[0].slopes,
            hints=(
                "2 × error × input, once for each input.",
                "2 × 5 is 10. The inputs are 3 and 4.",
                "10 × 3, and 10 × 4.",
            ),
            worked="2 × 5 × 3 = 30, and 2 × 5 × 4 = 40",
        ),
        "most": Choice(
            id="most",
            prompt="Which weight moves most in one update?",
            options=_most_options(),
            answer=_moves_most,
            hints=(
                "What is in the slope of a weight, and what is not?",
                "A slope is 2 × error × input. The weight's own value is not in it.",
                "The inputs are 3 and 4; the larger slope makes the larger step.",
            ),
            worked="{answer}: its input is 4, so it moves by 0.4. Weight 0 moves by 0.3.",
            because={
                "Weight 0": "Its input is 3, so its slope is 2 × 5 × 3. Weight 1 meets input 4.",
                "Both move by the same amount": "The rate is the same, the slopes are not: 30, 40.",
            },
        ),
        "update": Numbers(
            id="update",
            variant=fresh.update,
            prompt="The new weights?",
            answer=lambda: _standings(1)[1].weights,
            decimals=1,
            hints=(
                "Each weight minus the rate times its own slope.",
                "0.01 × 30 is 0.3. 0.01 × 40 is 0.4.",
                "1 - 0.3, and 2 - 0.4.",
            ),
            worked="1 - 0.01 × 30 = 0.7, and 2 - 0.01 × 40 = 1.6",
        ),
        "again": Numbers(
            id="again",
            prompt="Errors after steps 1, 2 and 3?",
            answer=lambda: tuple(at.errors[0] for at in _standings(3)[1:]),
            decimals=3,
            hints=(
                "The first is in the text. What part of the error did one step leave?",
                "From 5 to 2.5: half of it. Every step leaves the same part.",
                "2.5, then half of it, then half of that.",
            ),
            worked="5 / 2 = 2.5, 2.5 / 2 = 1.25, and 1.25 / 2 = 0.625",
        ),
        "one-step": Number(
            id="one-step",
            prompt="Which learning rate leaves error 0 after one step?",
            answer=lambda: _rate_that_leaves(0.0),
            decimals=2,
            hints=(
                "Press ] and read the line below the map.",
                "At 0.01 one step takes half of the error away.",
                "It has to take twice as much: 2 × 0.01.",
            ),
            worked="rate × 2 × (3 × 3 + 4 × 4) is rate × 50, and 1 / 50 = {answer}",
            slips=(
                Slip(
                    answer=lambda: 2 * _rate_that_leaves(0.0),
                    says="0.04 takes off twice the error: 5 becomes -5. Half of that rate.",
                ),
            ),
        ),
        "bounce": Number(
            id="bounce",
            prompt="Which learning rate flips the sign of the error for ever?",
            answer=lambda: _rate_that_leaves(-1.0),
            decimals=2,
            hints=(
                "At which rate does 5 become -5?",
                "At 0.02 a step takes off just the error. Here it has to take off more.",
                "It has to take off twice the error: 2 × 0.02.",
            ),
            worked="1 - 50 × 0.04 = -1: the error changes its sign and keeps its size. {answer}",
            slips=(
                Slip(
                    answer=lambda: 0.03,
                    says="At 0.03 each step leaves half of the error: it still comes closer.",
                ),
                Slip(
                    answer=lambda: BROKEN,
                    says="At 0.05 each step leaves 1.5 times the error: it diverges.",
                ),
            ),
        ),
    }


def _facts() -> dict[str, str]:
    start, after = _standings(1)
    return {
        "inputs": " and ".join(short(value) for value in START.rows[0]),
        "input_0": short(START.rows[0][0]),
        "input_1": short(START.rows[0][1]),
        "weights": " and ".join(short(weight) for weight in start.weights),
        "weight_0": short(start.weights[0]),
        "weight_1": short(start.weights[1]),
        "target": short(START.targets[0]),
        "prediction": short(start.predictions[0]),
        "error": short(start.errors[0]),
        "gradient": pair(start.slopes),
        "new_weights": pair(after.weights),
        "rate": short(START.rate),
        "left": short(_error_left(START.rate)),
        "broken": short(BROKEN),
        "broken_left": short(_error_left(BROKEN)),
        "best_rate": short(_rate_that_leaves(0.0)),
        "bouncing_rate": short(_rate_that_leaves(-1.0)),
    }
