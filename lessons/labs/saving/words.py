"""What the saving lab explains: where a probability, a label and a difference come from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.numbers import exact, operand, short

if TYPE_CHECKING:
    from lessons.labs.saving.lab import SavingLab

PROBABILITY, LABEL, RIGHT, DIFFERENCE = "probability of class 1", "label", "right", "difference"
SCALED = "age, scaled"


def names(lab: SavingLab) -> tuple[str, ...]:
    """All that can be explained now."""
    if lab.setup.given:
        return (PROBABILITY, LABEL)
    found = (PROBABILITY, LABEL, RIGHT, SCALED)
    return (*found, DIFFERENCE) if lab.loaded is not None else found


def explain(name: str, lab: SavingLab) -> Explanation:
    """Where a number of the newest row comes from; before the first, of row 0."""
    row = max(lab.position - 1, 0)
    match name:
        case "probability of class 1":
            return _given(row, lab) if lab.setup.given else _probability(row, lab)
        case "label":
            return _label(row, lab)
        case "right":
            return _right(lab)
        case "age, scaled":
            return _scaled(row, lab)
        case _:
            return _difference(row, lab)


def _probability(row: int, lab: SavingLab) -> Explanation:
    zero, one = lab.network.scores(row)
    top = max(zero, one)  # large scores: only how far apart they are counts
    parts = [math.exp(score - top) for score in (zero, one)]
    return Explanation(
        PROBABILITY,
        "The two output nodes have a score each. Softmax raises e to them and divides by the sum, "
        "so the two columns add up to 1.",
        "predictions[row, 1] = e^score 1 / (e^score 0 + e^score 1)",
        f"{short(parts[1] / sum(parts))}, from the scores {short(zero)} and {short(one)}",
        where=(("score 0", short(zero)), ("score 1", short(one)), ("row", str(row))),
    )


def _given(row: int, lab: SavingLab) -> Explanation:
    known = lab.probability(row)
    value = "?" if known is None else short(known)
    return Explanation(
        PROBABILITY,
        "A row of predictions has a column for each class, counted from 0. [:, 1] takes all rows, "
        "and of each the second column.",
        "predictions[row, 1]",
        f"predictions[{row}, 1] is {value}",
    )


def _label(row: int, lab: SavingLab) -> Explanation:
    threshold = short(lab.settings.threshold)
    known = lab.probability(row)
    label = lab.label_text(row)
    value = "?" if known is None else short(known)
    sign = "?" if label == "?" else ">" if label == "1" else "not >"
    return Explanation(
        LABEL,
        "The label is 1 where the probability of class 1 is above the threshold. The threshold is "
        "your choice; the network knows nothing of it.",
        "label = 1 if probability of class 1 > threshold, else 0",
        f"{value} {sign} {threshold}: label {label}",
    )


def _right(lab: SavingLab) -> Explanation:
    right, count = int(lab.right_at(lab.settings.threshold).sum()), lab.count
    return Explanation(
        RIGHT,
        "A label is right where it is what happened. Saying “died” of everybody is right too for "
        "all who died.",
        "accuracy = labels that are right / rows",
        f"accuracy = {right} / {count} ≈ {short(right / count)}",
        where=(("rows", "passengers that were held out"),),
    )


def _scaled(row: int, lab: SavingLab) -> Explanation:
    problem = lab.problem
    at = problem.features.index("age")
    age = float(problem.x_validation[row, at])
    mean, deviation = float(problem.scaler.mean_[at]), float(problem.scaler.scale_[at])
    value = "?" if "scaled age" in lab.hiding else short((age - mean) / deviation)
    return Explanation(
        SCALED,
        "What the network gets is not the age but how far it is from the mean of the training "
        "rows, counted in their standard deviation.",
        "scaled = (age - mean) / standard deviation",
        f"({short(age)} - {short(mean)}) / {short(deviation)} ≈ {value}",
        where=(("mean, standard deviation", "of the training rows: the scaler keeps them"),),
    )


def _difference(row: int, lab: SavingLab) -> Explanation:
    assert lab.loaded is not None
    one, other = float(lab.predictions[row, 1]), float(lab.loaded.predictions[row, 1])
    difference = "?" if "difference" in lab.hiding else exact(abs(other - one))
    shown = "?" if "difference" in lab.hiding else operand(other, 8)
    return Explanation(
        DIFFERENCE,
        "The probability from the reloaded network, less that from the network in memory. Equal "
        "weights and equal arithmetic give equal bits.",
        "difference = |reloaded - network|",
        f"|{shown} - {operand(one, 8)}|: {difference}",
    )
