"""Where a number of the lines lab comes from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lessons.labs.base import Explanation
from lessons.numbers import operand, short

if TYPE_CHECKING:
    from lessons.labs.lines.lab import LinesLab
    from lessons.labs.lines.run import Learner

_TITLES = {"straight": "straight model", "network": "network"}

_WHY = {
    "straight": "A straight model adds the effect of {axis} to both groups alike. In the gap it "
    "cancels out, so the gap is the same at every place.",
    "network": "The lines of a network may bend, so that the gap may be another one at every "
    "place.",
}
_WHY_NOT = (
    "Without an activation the hidden layer adds up as well: all in all it is a straight model, "
    "and the gap is the same at every place."
)


def explain(name: str, lab: LinesLab) -> Explanation:
    """Where one number of the lab comes from, with its values."""
    if name == "row":
        return _row(lab)
    model, _, what = name.partition(" ")
    learner = next(one for one in lab.learners if one.name == model)
    if what == "loss":
        return _loss(learner, lab)
    return _gap(learner, lab.places[0 if what == "near gap" else 1], lab)


def _row(lab: LinesLab) -> Explanation:
    """The first row of the table, as a sentence."""
    problem, axis = lab.problem, lab.settings.axis
    table = problem.table
    value, flag, target = (
        float(table.column(column)[0]) for column in (axis, problem.group.column, problem.target)
    )
    group = problem.group.one if flag else problem.group.zero
    return Explanation(
        "the first row",
        "Each dot is a row of the table, a customer. How far right it stands is its value on the "
        f"axis, how high it stands is its {problem.target}.",
        f"dot = ({axis}, {problem.target})",
        f"({short(value)}, {short(target)}), {group}",
    )


def _gap(learner: Learner, place: float, lab: LinesLab) -> Explanation:
    group, axis = lab.problem.group, lab.settings.axis
    why = _WHY[learner.name]
    if learner.name == "network" and lab.settings.activation == "none":
        why = _WHY_NOT
    why = why.format(axis=axis)
    title = f"{_TITLES[learner.name]}: gap at {axis} {short(place)}"
    meaning = f"How far the line of the {group.one} is above that of the {group.zero}."
    formula = f"gap = prediction for {group.one} - prediction for {group.zero}"
    if lab.hides_gaps(learner.name):  # and the reason would tell them
        meaning += " The numbers stay hidden until you have answered the question."
        return Explanation(title, meaning, formula, "gap = ? - ? = ?")
    one, zero = (float(learner.predict(np.array([place]), which)[0]) for which in (1, 0))
    filled = f"gap = {short(one)} - {operand(zero)} = {short(one - zero)}"
    return Explanation(title, f"{meaning} {why}", formula, filled)


def _loss(learner: Learner, lab: LinesLab) -> Explanation:
    loss = learner.loss()
    return Explanation(
        f"{_TITLES[learner.name]}: loss at epoch {lab.position}",
        "How far the predictions are from the dots: the squared distance of each, and their mean. "
        "Less is better; 0 would mean that every dot is on its line.",
        "loss = sum of (predicted - actual)² / rows",
        f"loss = {short(loss * lab.rows)} / {lab.rows} = {short(loss)}",
    )
