"""The questions of 2.4 with other numbers, for a recap; the lab's own descent computes them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lessons.labs.one_weight.lab import OneWeightLab, OneWeightScene
from lessons.labs.one_weight.state import Row
from lessons.numbers import operand, short
from lessons.spec import Number, Variant


def error(rng: Random) -> Variant:
    """The error of another network of one weight."""
    scene, row, _ = _place(rng, 1, "error@0")
    difference = f"{short(row.prediction)} - {operand(scene.target)}"
    check = Number(
        id="error",
        prompt="What is the error?",
        answer=lambda: row.error,
        hints=(
            "Prediction minus target, in this order.",
            f"The prediction is {short(row.prediction)}, the target {short(scene.target)}.",
            f"{difference}.",
        ),
        worked=f"{difference} = {{answer}}",
    )
    return Variant(check=check, scene=scene, text=_numbers(scene))


def slope(rng: Random) -> Variant:
    """Its slope."""
    scene, row, _ = _place(rng, 2, "slope@0")
    check = Number(
        id="slope",
        prompt="What is the slope for this weight?",
        answer=lambda: row.slope,
        hints=(
            "Multiply the three factors: 2 × error, the input, and 1.",
            f"The error is {short(row.error)}, the input {short(scene.input)}.",
            f"2 × {operand(row.error)} × {short(scene.input)} × 1.",
        ),
        worked=f"2 × {operand(row.error)} × {short(scene.input)} × 1 = {{answer}}",
    )
    return Variant(check=check, scene=scene, text=f"{_numbers(scene)} {_error(row)}")


def update(rng: Random) -> Variant:
    """The weight after one update."""
    scene, row, after = _place(rng, 6, "new weight@0")
    step = f"{short(scene.rate)} × {operand(row.slope)}"
    check = Number(
        id="update",
        prompt="What is the new weight?",
        answer=lambda: after.weight,
        decimals=2,
        hints=(
            "The weight, minus the learning rate times the slope.",
            f"The slope is {short(row.slope)}, the learning rate {short(scene.rate)}.",
            f"{short(scene.weight)} - {step}.",
        ),
        worked=f"{short(scene.weight)} - {step} = {{answer}}",
    )
    slope = f"The slope is **{short(row.slope)}**, the learning rate **{short(scene.rate)}**."
    return Variant(check=check, scene=scene, text=f"{_numbers(scene)} {slope}")


def _place(rng: Random, lines: int, conceal: str) -> tuple[OneWeightScene, Row, Row]:
    """A scene with other numbers, its state, and the state after one update."""
    weight, value = rng.randint(1, 4), rng.randint(2, 5)
    off = rng.choice([one for one in range(-6, 7) if abs(one) > 1])
    scene = OneWeightScene(
        input=float(value),
        weight=float(weight),
        target=float(weight * value + off),
        by_factor=True,
        lines=lines,
        conceal=(conceal,),
    )
    ahead = OneWeightLab(replace(scene, by_factor=False, lines=0, updates=1, conceal=()))
    row, after = ahead.snapshot().rows
    return scene, row, after


def _numbers(scene: OneWeightScene) -> str:
    return (
        f"The input is **{short(scene.input)}**, the weight **{short(scene.weight)}**, the target "
        f"**{short(scene.target)}**."
    )


def _error(row: Row) -> str:
    return f"The error is **{short(row.error)}**."
