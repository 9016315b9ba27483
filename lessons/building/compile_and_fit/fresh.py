"""Questions of 3.2 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

from engine import SGD, Adam
from lessons.building.compile_and_fit import facts
from lessons.labs.training.setup import TrainingScene
from lessons.numbers import short
from lessons.spec import Number, Variant


def absolute(rng: Random) -> Variant:
    """The mean absolute error of three other errors, one of them large."""
    mean = rng.randrange(3, 9)
    first, second = rng.randrange(1, 3), -rng.randrange(1, 3)
    errors = (float(first), float(second), float(3 * mean - first + second))
    sizes = " + ".join(short(abs(error)) for error in errors)
    check = Number(
        id="absolute",
        prompt="What is the mean absolute error of these three rows?",
        answer=lambda: facts.loss_of_errors("mean_absolute_error", errors),
        hints=(
            "How far off is each row, whatever its sign?",
            f"{', '.join(short(abs(error)) for error in errors)}: take their mean.",
            f"{short(sum(map(abs, errors)))} / 3.",
        ),
        worked=f"({sizes}) / 3 = {{answer}}",
    )
    listed = ", ".join(map(short, errors))
    text = f"Three rows have the errors **{listed}**."
    return Variant(check=check, scene=TrainingScene(loss="mean_absolute_error"), text=text)


def one_weight(rng: Random) -> Variant:
    """Adam's first step at another rate."""
    rate = rng.choice((0.02, 0.05, 0.1, 0.2))
    check = Number(
        id="one-weight",
        prompt="How far does Adam's first step move that weight?",
        answer=lambda: facts.moved_by(Adam(rate)),
        decimals=2,
        hints=(
            "Adam divides the slope by its own size. What is left of it?",
            "Its sign: 1 or -1.",
            f"{short(rate)} × 1.",
        ),
        worked=f"{short(rate)} × 1 = {{answer}}, whatever the slope is.",
    )
    text = (
        "One weight, with the loss (3w - 10)². At w = 2 the slope is "
        f"**{short(facts.slope())}**, so `sgd` at rate {short(rate)} would move the weight by "
        f"{short(facts.moved_by(SGD(rate)))}. Adam has the same rate: **{short(rate)}**."
    )
    scene = TrainingScene(shows="change", optimizer="sgd", steps=1)
    return Variant(check=check, scene=scene, text=text)
