"""The questions of 3.4 with other numbers, for a recap."""

from __future__ import annotations

from random import Random

from engine import StandardScaler
from lessons.building.save_reload_predict.labels import Given, column, labels
from lessons.fresh import drawn, listed
from lessons.labs.saving.setup import INPUTS, SavingScene
from lessons.learning.problems import titanic
from lessons.numbers import short
from lessons.spec import Number, Numbers, Variant


def columns(rng: Random) -> Variant:
    """The second column of two predictions."""
    given = _given(rng, lambda ones: ones[0] != 0.5 and sum(ones) != 1)
    check = Numbers(
        id="columns",
        prompt="What is predictions[:, 1]?",
        answer=lambda: column(given),
        decimals=1,
        hints=(
            "Rows stand before the comma, columns after it.",
            "All rows, and of each the column that is counted as 1.",
            "Columns are counted from 0: of each row, the second number.",
        ),
        worked="Of each row the second number: {answer}",
    )
    text = f"The predictions of two rows are **{_written(given)}**."
    return Variant(check=check, scene=SavingScene(given=given, conceal=("[:,1]",)), text=text)


def labels_of_two(rng: Random) -> Variant:
    """The labels of two probabilities at some threshold."""
    threshold = rng.choice((0.25, 0.35, 0.55, 0.65, 0.75))
    given = _given(rng, lambda ones: (ones[0] > threshold) != (ones[1] > threshold))
    ones = column(given)
    check = Numbers(
        id="labels",
        prompt=f"The probabilities are {listed(ones)}, the threshold {threshold}. Which labels?",
        answer=lambda: labels(given, threshold),
        hints=(
            f"Compare each with {threshold}.",
            "One of them is above it. The other one is not.",
            f"{short(max(ones))} is above {threshold}, {short(min(ones))} is not.",
        ),
        worked=f"{short(max(ones))} is above {threshold}, {short(min(ones))} is not: {{answer}}",
    )
    text = f"The probabilities of class 1 are **{listed(ones)}**. The threshold is **{threshold}**."
    scene = SavingScene(given=given, threshold=threshold, conceal=(f"label at {short(threshold)}",))
    return Variant(check=check, scene=scene, text=text)


def scaled(rng: Random) -> Variant:
    """Another age, scaled."""
    age = float(rng.choice((10, 20, 40, 60, 70)))
    ages = titanic().x_train[:, titanic().features.index("age")]
    scaler = StandardScaler().fit(ages)
    mean, deviation = float(scaler.mean_[0]), float(scaler.scale_[0])
    away = f"{short(age)} - {short(mean, 2)}"
    check = Number(
        id="scaled",
        prompt=f"Which number does the network get for an age of {short(age)}?",
        answer=lambda: float(scaler.transform([age])[0]),
        decimals=2,
        hints=(
            f"How far is {short(age)} from the mean? Then: how many deviations is that?",
            f"{away} is {short(age - round(mean, 2), 2)}.",
            f"({away}) / {short(deviation, 2)}.",
        ),
        worked=f"({away}) / {short(deviation, 2)} ≈ {{answer}}",
    )
    text = (
        f"The ages of the training rows have the mean {short(mean, 2)} and the standard deviation "
        f"{short(deviation, 2)}. A passenger is **{short(age)}**."
    )
    return Variant(check=check, scene=SavingScene(shows=INPUTS, conceal=("scaled age",)), text=text)


def _given(rng: Random, good: object) -> Given:
    def make(rng: Random) -> tuple[float, ...]:
        return tuple(tenths / 10 for tenths in rng.sample(range(1, 10), 2))

    assert callable(good)
    ones = drawn(rng, make, good)
    return tuple((round(1 - one, 1), one) for one in ones)


def _written(given: Given) -> str:
    return "[" + ", ".join(f"[{zero:g}, {one:g}]" for zero, one in given) + "]"
