"""The questions of 2.2 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lessons.backpropagation.loss.networks import BANK, THREE, start
from lessons.fresh import drawn, product
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.numbers import operand, short, total
from lessons.spec import Number, Variant


def mean_error(rng: Random) -> Variant:
    """The mean of three errors with their signs."""
    scene = _rows(rng, len(THREE.plan) - 2, "three:mean error")
    errors = start(scene).errors
    added = total([short(error) for error in errors])
    check = Number(
        id="mean-error",
        prompt="What is the mean error?",
        answer=lambda: sum(errors) / len(errors),
        hints=(
            "Add the three errors with their signs.",
            f"{added} is {short(sum(errors))}.",
            f"{short(sum(errors))}, divided by {len(errors)}.",
        ),
        worked=f"({added}) / {len(errors)} = {{answer}}",
    )
    text = f"The errors of three rows are **{_list(errors)}**. Mean: add, divide by how many."
    return Variant(check=check, scene=scene, text=text)


def squares(rng: Random) -> Variant:
    """The mean of three squared errors."""
    scene = _rows(rng, len(THREE.plan) - 1, "three:loss")
    at = start(scene)
    added = total([short(square) for square in at.squares])
    check = Number(
        id="squares",
        prompt="What is the mean squared error?",
        answer=lambda: at.loss,
        hints=(
            "A mean again, of the three squares this time.",
            f"{added} is {short(sum(at.squares))}.",
            f"{short(sum(at.squares))} / {len(at.squares)}.",
        ),
        worked=f"({added}) / {len(at.squares)} = {{answer}}",
    )
    text = (
        f"The errors of three rows are **{_list(at.errors)}**, their squares {_list(at.squares)}."
    )
    return Variant(check=check, scene=scene, text=text)


def loss_here(rng: Random) -> Variant:
    """The loss of one row at a place on the map."""
    scene = _place(rng)
    at = start(scene)
    prediction, target, error = at.predictions[0], scene.targets[0], at.errors[0]
    difference = f"{short(prediction)} - {operand(target)}"
    check = Number(
        id="map",
        prompt="What is the loss where you stand?",
        answer=lambda: at.loss,
        hints=(
            "A single row: its squared error is the loss.",
            f"The error is {difference}.",
            f"{product(error, error)}.",
        ),
        worked=f"{difference} = {short(error)}, and {product(error, error)} = {{answer}}",
    )
    text = (
        f"One row, with target **{short(target)}**. Where you stand the network predicts "
        f"**{short(prediction)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def _rows(rng: Random, lines: int, conceal: str) -> TwoWeightsScene:
    """Three rows whose mean error and mean squared error are whole numbers, seen nowhere else."""

    def make(rng: Random) -> TwoWeightsScene:
        weights = float(rng.randint(1, 3)), float(rng.randint(1, 3))
        scene = replace(THREE, weights=weights, lines=lines, conceal=(conceal,))
        errors = [rng.choice((-1, 1)) * rng.randint(2, 9) for _ in scene.rows]
        pairs = zip(start(scene).predictions, errors, strict=True)
        return replace(scene, targets=tuple(prediction - error for prediction, error in pairs))

    def good(scene: TwoWeightsScene) -> bool:
        at = start(scene)
        mean = sum(at.errors) / len(at.errors)
        seen = {abs(one) for one in (*at.predictions, *at.errors, *at.squares)}
        whole = mean.is_integer() and at.loss.is_integer()
        return whole and abs(mean) not in seen and at.loss not in seen

    return drawn(rng, make, good)


def _place(rng: Random) -> TwoWeightsScene:
    """Another place on the map of the bank, and another target."""
    weights = float(rng.randint(1, 4)), float(rng.randint(-3, 3))
    scene = replace(BANK, weights=weights, conceal=("bank:loss@0",))
    off = float(rng.choice((-6, -5, -3, -2, 2, 3, 5, 6)))
    return replace(scene, targets=(start(scene).predictions[0] - off,))


def _list(numbers: tuple[float, ...]) -> str:
    *first, last = (short(number) for number in numbers)
    return f"{', '.join(first)} and {last}"
