"""The questions of 2.5 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

from lessons.fresh import listed, product
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.labs.two_weights.surface import Standing, Surface
from lessons.numbers import operand, short
from lessons.spec import Number, Numbers, Variant


def error(rng: Random) -> Variant:
    """The error of another network of two weights."""
    scene, at = _place(rng, "error@0")
    prediction = short(at.predictions[0])
    difference = f"{prediction} - {operand(scene.targets[0])}"
    check = Number(
        id="error",
        prompt="What is the error?",
        answer=lambda: at.errors[0],
        hints=(
            "Prediction minus target.",
            f"The prediction is {prediction}, the target {short(scene.targets[0])}.",
            f"{difference}.",
        ),
        worked=f"{difference} = {{answer}}",
    )
    (row,) = scene.rows
    parts = [product(*pair) for pair in zip(row, scene.weights, strict=True)]
    text = f"{_numbers(scene)} The network predicts {' + '.join(parts)} = **{prediction}**."
    return Variant(check=check, scene=scene, text=text)


def gradient(rng: Random) -> Variant:
    """A slope for each of its weights."""
    scene, at = _place(rng, "slopes@0")
    wrong, (row,) = at.errors[0], scene.rows
    lines = [
        f"{product(2, wrong, value)} = {short(slope)}"
        for value, slope in zip(row, at.slopes, strict=True)
    ]
    check = Numbers(
        id="gradient",
        prompt="The gradient [slope of weight 0, slope of weight 1]?",
        answer=lambda: at.slopes,
        hints=(
            "2 × error × input, once for each input.",
            f"The error is {short(wrong)}. The inputs are {listed(row)}.",
            f"{product(2, wrong, row[0])}, and {product(2, wrong, row[1])}.",
        ),
        worked=f"{lines[0]}, and {lines[1]}",
    )
    text = f"{_numbers(scene)} The error is **{short(wrong)}**."
    return Variant(check=check, scene=scene, text=text)


def update(rng: Random) -> Variant:
    """Both weights after one update."""
    scene, at = _place(rng, "new weights@0")
    after = Surface(scene.data).descend(scene.weights, scene.rate)
    steps = [
        f"{short(weight)} - {product(scene.rate, slope)}"
        for weight, slope in zip(scene.weights, at.slopes, strict=True)
    ]
    lines = [
        f"{step} = {short(round(weight, 2))}"
        for step, weight in zip(steps, after.weights, strict=True)
    ]
    check = Numbers(
        id="update",
        prompt="The new weights?",
        answer=lambda: after.weights,
        decimals=2,
        hints=(
            "Each weight minus the rate times its own slope.",
            f"The slopes are {listed(at.slopes)}, the learning rate {short(scene.rate)}.",
            f"{steps[0]}, and {steps[1]}.",
        ),
        worked=f"{lines[0]}, and {lines[1]}",
    )
    text = (
        f"The weights are **{listed(scene.weights)}**, the gradient is **{listed(at.slopes)}**, "
        f"the learning rate **{short(scene.rate)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def _place(rng: Random, conceal: str) -> tuple[TwoWeightsScene, Standing]:
    """A row of small numbers, two weights with a prediction that is off, and the numbers there."""
    low, high = sorted(rng.sample(range(1, 5), 2))
    row = (float(low), float(high)) if rng.random() < 0.5 else (float(high), float(low))
    weights = float(rng.randint(1, 3)), float(rng.randint(1, 3))
    off = float(rng.choice((-5, -3, 3, 5)))  # odd: no slope is as large as the loss
    prediction = Surface(TwoWeightsScene(rows=(row,)).data).at(weights).predictions[0]
    scene = TwoWeightsScene(
        rows=(row,),
        targets=(prediction - off,),
        weights=weights,
        rate=0.01,
        pace=2.0,
        tag="path",
        x_range=(weights[0] - 2, weights[0] + 2),
        y_range=(weights[1] - 2, weights[1] + 2),
        nudge=0.2,
        conceal=(f"path:{conceal}",),
    )
    return scene, Surface(scene.data).at(weights)


def _numbers(scene: TwoWeightsScene) -> str:
    return (
        f"The inputs are **{listed(scene.rows[0])}**, the weights **{listed(scene.weights)}**, the "
        f"target is **{short(scene.targets[0])}**."
    )
