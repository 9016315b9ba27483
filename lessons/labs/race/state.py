"""What is to be seen of the race lab: a curve and a column for each lane."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lessons.labs.race.lane import HIDDEN, MOST_POINTS, Fall, Lane
from lessons.labs.race.setup import ONE_WEIGHT, Entry, rate_text
from lessons.learning.curves import Curves, EpochLog, Points, no_points, points

if TYPE_CHECKING:
    from lessons.labs.race.lab import RaceLab

ROWS = 40
"""Newest rows of the table that a view may show."""

OF_LOGS = {
    "training loss": ("train", "loss"),
    "validation loss": ("validation", "val_loss"),
    "validation accuracy": ("val_accuracy", "val_accuracy"),
}
"""Name of the curve and of the number in the log, for what has one value an epoch."""

FAR = 40.0
"""How far from 0 a weight is still in the picture."""

Frame = tuple[float, float]

ROOM = 1.15
"""How far above the best of the worst lane the plot reaches: wild starts leave the picture."""


@dataclass(frozen=True)
class LaneView:
    """One lane. What a question asks about is left out, and `hidden` says so."""

    rate: str
    start: str
    """Whose model it goes on with; empty: a new one."""
    curve: Points
    dead: tuple[int, ...] | None
    """Dead nodes of each hidden layer; None where a question asks, or nothing is counted."""
    nodes: int
    """Hidden nodes altogether; 0 where there are none."""
    fall: Fall | None
    """Where it could not go on, if it ever came there."""
    fallen: bool
    """Whether it has come there at this position."""
    hidden: bool


@dataclass(frozen=True)
class LogRow:
    """A line of the table: a step, a batch or an epoch, and the number of each lane.

    None: the lane has no number there. NaN and infinity are numbers here: they are shown.
    """

    name: int
    values: tuple[float | None, ...]
    running: bool = False
    """Whether this epoch is still under way; its numbers are the means so far."""


@dataclass(frozen=True)
class RaceSnapshot:
    """All that is to be seen of the lab."""

    one_weight: bool
    position: int
    end: int
    epoch: int
    batch: int
    per_epoch: int
    lanes: tuple[LaneView, ...]
    rows: tuple[LogRow, ...]
    shows: str
    by_epoch: bool
    """Whether rows and curves count epochs, not steps or batches."""
    log_axis: bool
    frame: Frame | None
    """The range of the plot's values; None while there are none."""
    scaling: bool
    seed: int
    over: bool
    dead_hidden: bool
    said: str


def snapshot_of(lab: RaceLab) -> RaceSnapshot:
    """What is to be seen of the lab now."""
    race, shows = lab.race, lab.shows
    lanes = tuple(_lane(lab, lane) for lane in race.lanes)
    one_weight = lab.setup.track == ONE_WEIGHT
    log_axis = lab.axis == "logarithmic"
    return RaceSnapshot(
        one_weight=one_weight,
        position=race.position,
        end=race.end,
        epoch=race.position // race.per_epoch,
        batch=race.position % race.per_epoch,
        per_epoch=race.per_epoch,
        lanes=lanes,
        rows=tuple(_rows(lab)),
        shows=shows,
        by_epoch=shows in OF_LOGS,
        log_axis=log_axis,
        frame=_frame(lanes, shows, log_axis),
        scaling=lab.settings.scaling,
        seed=lab.settings.seed,
        over=race.over,
        dead_hidden=lab.hides_dead,
        said=lab.said or lab.why_not_run,
    )


def _lane(lab: RaceLab, lane: Lane) -> LaneView:
    hidden = lab.hides(lane.entry)
    counts = not (hidden or lab.hides_dead or lab.setup.track == ONE_WEIGHT)
    return LaneView(
        rate=rate_text(lane.entry.rate),
        start=start_text(lane.entry),
        curve=no_points() if hidden else _curve(lane, lab.shows),
        dead=lane.dead if counts else None,
        nodes=0 if lab.setup.track == ONE_WEIGHT else sum(HIDDEN),
        fall=None if hidden else lane.fall,
        fallen=not hidden and lane.fallen,
        hidden=hidden,
    )


def start_text(entry: Entry) -> str:
    """Whose model a lane goes on with: "after lane 1"; empty for a new one."""
    return "" if entry.after is None else f"after lane {entry.after + 1}"


def _curve(lane: Lane, shows: str) -> Points:
    if shows in ("weight", "loss"):
        values = np.array(lane.weights if shows == "weight" else lane.losses)
        return np.arange(len(values), dtype=float), values
    if shows == "each batch":
        if len(lane.batches) > MOST_POINTS:
            return points(lane.timeline.step_loss, 1)
        return np.arange(1, len(lane.batches) + 1, dtype=float), np.array(lane.batches)
    x, y = getattr(Curves.of(lane.timeline), OF_LOGS[shows][0])
    if shows == "training loss":  # all lanes start from one point: the weights are the same
        return np.concatenate([[0.0], x]), np.concatenate([[lane.first_loss], y])
    return x, y


def _rows(lab: RaceLab) -> list[LogRow]:
    race, shows = lab.race, lab.shows
    if shows in OF_LOGS:
        return _epochs(lab)
    first = 0 if shows in ("weight", "loss") else 1
    steps = range(max(race.position - ROWS + 1, first), race.position + 1)
    return [
        LogRow(step, tuple(_at_step(lab, lane, step, shows) for lane in race.lanes))
        for step in steps
    ]


def _at_step(lab: RaceLab, lane: Lane, step: int, shows: str) -> float | None:
    if lab.hides(lane.entry) and step > 0:
        return None
    if step > lane.position:
        return _word(lane.fall) if lane.fall is not None and step == lane.fall.step else None
    if shows == "each batch":
        return lane.batches[step - 1]
    return (lane.weights if shows == "weight" else lane.losses)[step]


def _word(fall: Fall) -> float:
    return math.inf if fall.word == "inf" else math.nan


def _epochs(lab: RaceLab) -> list[LogRow]:
    race, name = lab.race, OF_LOGS[lab.shows][1]
    done, per_epoch = race.position // race.per_epoch, race.per_epoch
    logs = [{log.epoch: log for log in lane.logs(ROWS)} for lane in race.lanes]
    under_way = race.position % per_epoch > 0
    rows = []
    for epoch in range(max(done - ROWS + 1, 1), done + 1 + under_way):
        values = (
            _of_epoch(lab, lane, known.get(epoch), epoch, name)
            for lane, known in zip(race.lanes, logs, strict=True)
        )
        rows.append(LogRow(epoch, tuple(values), running=epoch > done))
    return rows


def _of_epoch(
    lab: RaceLab, lane: Lane, log: EpochLog | None, epoch: int, name: str
) -> float | None:
    if lab.hides(lane.entry):
        return None
    if log is not None:
        value: float | None = getattr(log, name)
        return value
    per_epoch = lab.race.per_epoch
    if lane.fallen and lane.fall is not None:
        return _word(lane.fall) if epoch == (lane.fall.step - 1) // per_epoch + 1 else None
    return lane.timeline.trainer.running_logs().get(name)


def _frame(lanes: tuple[LaneView, ...], shows: str, log_axis: bool) -> Frame | None:
    """The range of the values that the plot shows; None where there are none.

    A lane that shoots up would press all others flat: on a linear axis it leaves the picture.
    """
    curves = [y[np.isfinite(y)] for _, y in (lane.curve for lane in lanes)]
    filled = [y for y in ([y[y > 0] for y in curves] if log_axis else curves) if len(y)]
    if not filled:
        return None
    low, high = min(float(y.min()) for y in filled), max(float(y.max()) for y in filled)
    if log_axis:
        return _some_room(low, high)
    match shows:
        case "validation accuracy":
            return 0.0, 1.0
        case "weight":
            return _some_room(max(low, -FAR), min(high, FAR))
        case "training loss" | "validation loss":
            settled = max(float(y.min()) for y in filled)
            start = max(float(y[0]) for y in filled)
            # The start is in the picture, unless it is far above where the lanes have come to.
            return _some_room(0.9 * low, min(high, max(ROOM * settled, min(start, 2 * settled))))
        case _:
            usual = max(float(np.median(y)) for y in filled)
            first = max(float(y[0]) for y in filled)
            return 0.0, max(min(high, 2.5 * min(usual, first)), 0.1)


def _some_room(low: float, high: float) -> Frame:
    if high > low:
        return low, high
    return low - 0.5 * (abs(low) or 1.0), high + 0.5 * (abs(high) or 1.0)
