"""The questions of 2.3 with other numbers, for a recap; the lab's own descent computes them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lessons.fresh import listed, product
from lessons.labs.one_weight.descent import Descent
from lessons.labs.one_weight.lab import OneWeightLab, OneWeightScene
from lessons.labs.one_weight.state import Row
from lessons.numbers import short
from lessons.spec import Number, Numbers, Variant

RISES = (0.1, 0.01, 0.001)


def slope(rng: Random) -> Variant:
    """The slope of another curve, from three small changes of the weight."""
    conceal = ("high:slope@0", "high:slope at the prediction@0")
    scene = replace(_curve(rng), place="high", conceal=conceal)
    first = _first(scene, scene.weight)
    rises = [_first(scene, scene.weight + by).loss - first.loss for by in RISES]
    steep = [short(rise / by, 3) for rise, by in zip(rises, RISES, strict=True)]
    check = Number(
        id="slope",
        prompt=f"The slope at weight {short(scene.weight)}, a whole number?",
        answer=lambda: first.slope,
        hints=(
            "Look at the change of the loss for each 1 of weight. Where does it go?",
            f"{steep[0]}, then {steep[1]}, then {steep[2]}.",
            "Each is ten times closer to it than the one before.",
        ),
        worked=f"{', '.join(steep)} and so on: {{answer}}",
    )
    changes = "\n".join(
        f"- by {short(by)}: the loss changes by {short(rise, 6)}, or {each} for each 1"
        for by, rise, each in zip(RISES, rises, steep, strict=True)
    )
    text = (
        f"The input is **{short(scene.input)}**, the target **{short(scene.target)}**. At weight "
        f"**{short(scene.weight)}** the loss is {short(first.loss)}. Raise the weight:\n\n{changes}"
    )
    return Variant(check=check, scene=scene, text=text)


def step_size(rng: Random) -> Variant:
    """How far a step goes from two places on the curve."""
    scene = replace(_curve(rng), place="far", conceal=("far:new weight@0",))
    places = scene.weight, scene.weight + 1
    sizes = tuple(abs(_first(scene, weight).slope) for weight in places)
    moved = tuple(_moved(scene, weight) for weight in places)
    lines = [product(scene.rate, size) for size in sizes]
    results = [short(round(one, 2)) for one in moved]
    asked = [short(weight) for weight in places]
    check = Numbers(
        id="step-size",
        prompt=f"How far is a step from weight {asked[0]}, and one from weight {asked[1]}? "
        "Without the sign.",
        answer=lambda: moved,
        decimals=2,
        hints=(
            "Learning rate × slope, twice.",
            f"The rate is {short(scene.rate)}, the slopes are {listed(sizes)} in size.",
            f"{lines[0]}, and {lines[1]}.",
        ),
        worked=f"{lines[0]} = {results[0]}, and {lines[1]} = {results[1]}",
    )
    text = (
        f"The learning rate is **{short(scene.rate)}**. At weight {asked[0]} the slope is "
        f"**{short(_first(scene, places[0]).slope)}**, at weight {asked[1]} it is "
        f"**{short(_first(scene, places[1]).slope)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def _curve(rng: Random) -> OneWeightScene:
    """A row of small numbers, and a weight with a prediction that is off."""
    value, weight = rng.randint(2, 4), rng.randint(1, 4)
    off = rng.choice([one for one in (-7, -5, -3, 1, 3, 5) if one != -value])
    return OneWeightScene(
        input=float(value),
        weight=float(weight),
        target=float(value * weight - off),
        rate=0.01,
        only_steps=True,
    )


def _first(scene: OneWeightScene, weight: float) -> Row:
    return Descent(scene.input, weight, scene.target, scene.rate).first


def _moved(scene: OneWeightScene, weight: float) -> float:
    """How far one step goes from a weight, without its direction."""
    lab = OneWeightLab(replace(scene, weight=weight, updates=1, conceal=()))
    before, after = lab.snapshot().rows
    return abs(after.weight - before.weight)
