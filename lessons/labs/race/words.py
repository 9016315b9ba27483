"""The words of the race lab: why a lane stopped, and where a number comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.labs.race.lane import HIDDEN, INPUT, TARGET, WEIGHT, Fall, Lane
from lessons.labs.race.setup import HANDED_ON, ONE_WEIGHT, rate_text
from lessons.numbers import operand, short

if TYPE_CHECKING:
    from lessons.labs.race.lab import RaceLab


def falls(lab: RaceLab, lanes: tuple[Lane, ...]) -> str:
    """What to say of the lanes that could not take the last step."""
    return " ".join(
        f"Rate {rate_text(lane.entry.rate)} stops at {lab.step_name} {lane.fall.step}: "
        f"{reason(lane.fall)}."
        for lane in lanes
        if lane.fall is not None and not lab.hides(lane.entry)
    )


def reason(fall: Fall) -> str:
    """Why a lane stopped, for somebody who has not met inf and nan."""
    if "inf" in fall.reason:
        return "the loss is inf, larger than any number that can be held"
    if "nan" in fall.reason:
        return "the loss is nan, not a number: inf - inf was in it"
    return "its weights are larger than any number that can be held"


def explainable(lab: RaceLab) -> tuple[str, ...]:
    """Names of what can be explained, the numbers of each lane after each other."""
    each = ("weight", "loss") if lab.setup.track == ONE_WEIGHT else ("loss", "dead nodes")
    names = tuple(
        f"{what}, lane {place + 1}" for place in range(len(lab.race.lanes)) for what in each
    )
    return (*names, "the same start")


def explain(name: str, lab: RaceLab) -> Explanation:
    """Where one number of the race comes from, with its values."""
    what, _, place = name.partition(", lane ")
    if not place:
        return _start(lab)
    lane = lab.race.lanes[int(place) - 1]
    title = f"{what}, rate {rate_text(lane.entry.rate)}"
    if lab.hides(lane.entry) or (what == "dead nodes" and lab.hides_dead):
        return Explanation(
            title,
            "A question asks about it: the numbers stay hidden until you have answered.",
            "weight = weight before - rate × slope",
            "hidden",
        )
    if lane.fallen and lane.fall is not None:
        return Explanation(
            title,
            f"This lane stopped at {lab.step_name} {lane.fall.step}: {reason(lane.fall)}. "
            "Nothing can be computed from that, so the lane waits; the others go on.",
            "weight = weight before - rate × slope",
            f"the engine's words: {lane.fall.reason}",
        )
    if what == "dead nodes":
        return _dead(title, lane, lab)
    if lab.setup.track == ONE_WEIGHT:
        return _weight(title, lane) if what == "weight" else _squared(title, lane)
    return _loss(title, lane, lab)


def _start(lab: RaceLab) -> Explanation:
    if lab.setup.track == ONE_WEIGHT:
        return Explanation(
            "the same start",
            "Every lane starts with the same weight, on the same row. Only the rate differs.",
            "loss = (input × weight - target)²",
            f"the weight is {short(WEIGHT)}, the input {short(INPUT)}, the target {short(TARGET)}",
        )
    lane = lab.race.lanes[0]
    return Explanation(
        "the same start",
        "Every lane builds a new model from the same seed: the same random weights, and the same "
        "batches in the same order. Only the rate differs. "
        f"A lane that goes on with another's model takes it after {HANDED_ON} epochs.",
        "same seed, same weights, same batches",
        f"seed {lab.settings.seed}"
        if "losses" in lab.hiding
        else f"seed {lab.settings.seed}: loss {short(lane.first_loss)} before the first batch",
    )


def _weight(title: str, lane: Lane) -> Explanation:
    step = lane.position
    formula = "weight = weight before - rate × slope"
    if step == 0:
        return Explanation(title, "Where every lane starts.", formula, f"weight = {short(WEIGHT)}")
    before, now = lane.weights[step - 1], lane.weights[step]
    slope = float(lane.timeline.trainer.model.gradient[0])
    filled = f"{_figures(now)} = {_figures(before)} - {rate_text(lane.entry.rate)}"
    return Explanation(
        title,
        "One step against the slope, as long as the rate says.",
        formula,
        f"{filled} × {operand(slope, 6) if abs(slope) < 1e6 else _big(slope)}",
        where=(("slope", f"2 × error × input, with the weight before: {_figures(before)}"),),
    )


def _figures(value: float) -> str:
    """A weight with all the digits that a tiny step needs."""
    return short(value, 8) if abs(value) < 1e6 else f"{value:.4g}"


def _big(value: float) -> str:
    return f"({value:.4g})" if value < 0 else f"{value:.4g}"


def _squared(title: str, lane: Lane) -> Explanation:
    weight, loss = lane.weights[lane.position], lane.losses[lane.position]
    return Explanation(
        title,
        "The squared error with the weight of now.",
        "loss = (input × weight - target)²",
        f"loss = {short(loss, 6) if loss < 1e6 else f'{loss:.4g}'}, with weight {_figures(weight)}",
    )


def _loss(title: str, lane: Lane, lab: RaceLab) -> Explanation:
    meaning = (
        "The cross-entropy: minus the logarithm of the probability that the network gave to what "
        "happened, averaged over the rows of the batch, before the batch changed the weights. "
        "An epoch's training loss is the mean over its batches."
    )
    loss = lane.batches[lane.position - 1] if lane.position else None
    return Explanation(
        title,
        meaning,
        "loss = mean of -ln(probability of what happened)",
        "no batch has been taken yet"
        if loss is None
        else f"batch {lane.position}: loss {short(loss) if loss < 1e6 else f'{loss:.4g}'}",
    )


def _dead(title: str, lane: Lane, lab: RaceLab) -> Explanation:
    dead, nodes = lane.dead, sum(HIDDEN)
    counts = " + ".join(map(str, dead))
    rows = len(lab.problem.x_train)
    return Explanation(
        title,
        f"A hidden node counts as dead when it gives 0 for every one of the {rows} training rows. "
        "A ReLU that gives 0 also has slope 0, so no row can change its weights.",
        "dead nodes = those of the first hidden layer + those of the second",
        f"{sum(dead)} = {counts}, of {nodes}",
    )
