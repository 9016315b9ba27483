"""Puts together what is to be seen of the batches lab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lessons.labs.batches.problem import Range, Standing, Weights, angle
from lessons.labs.batches.run import Run
from lessons.labs.batches.state import (
    BatchesSnapshot,
    CurveState,
    Gradient,
    MapState,
    Row,
    RowState,
)
from lessons.labs.batches.words import Words, rows_named
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.batches.lab import BatchesLab


def snapshot(lab: BatchesLab) -> BatchesSnapshot:
    """All that a view paints, at the lab's position."""
    run, veil, last = lab.run, lab.veil, lab.run.last
    everyone = lab.problem.rows
    full = lab.problem.at(last.before if last else run.start, everyone)
    done = run.position - 1 if last else 0
    epoch, batch = divmod(done, run.per_epoch)
    order = _order(run)
    words = Words(lab)
    return BatchesSnapshot(
        position=run.position,
        end=lab.end,
        epoch=epoch + 1 if last else 0,
        batch=batch + 1 if last else 0,
        per_epoch=None if veil.per_epoch else run.per_epoch,
        size=lab.settings.size or len(everyone),
        rate=short(run.rate, 6),
        seed=lab.settings.seed if lab.settings.shuffle else None,
        rows=_rows(lab, words, full, order),
        order=order,
        batch_gradient=Gradient(
            len(last.rows), None if veil.slope(last.rows) else last.slopes, last.loss
        )
        if last
        else None,
        full_gradient=Gradient(
            len(everyone),
            None if veil.slope(everyone) else full.slopes,
            words.full_loss(last.before if last else run.start),
        ),
        angle=angle(last.slopes, full.slopes) if last else None,
        maps=_maps(lab, full) if len(run.start) == 2 else (),
        curve=_curve(lab) if len(run.start) == 1 else None,
        lines=words.lines(),
        stopped=bool(lab.stopped),
        said=lab.said or lab.stopped,
    )


def _order(run: Run) -> tuple[tuple[int, ...], ...]:
    """The batches of this epoch up to the last one."""
    first = (run.position - 1) // run.per_epoch * run.per_epoch if run.position else 0
    return tuple(update.rows for update in run.updates[first : run.position])


def _rows(
    lab: BatchesLab, words: Words, full: Standing, order: tuple[tuple[int, ...], ...]
) -> tuple[Row, ...]:
    used = {row for batch in order for row in batch}
    now = set(order[-1]) if order else set()
    states: dict[int, RowState] = dict.fromkeys(used, "used")
    states |= dict.fromkeys(now, "now")
    hidden = lab.veil.terms
    known = words.knows_errors
    return tuple(
        Row(
            number,
            tuple(map(float, lab.problem.x[number])),
            float(lab.problem.y[number, 0]),
            full.errors[number] if known else None,
            None if hidden or lab.veil.slope([number]) else full.terms[number],
            states.get(number, "waiting"),
        )
        for number in lab.problem.rows
    )


# -- pictures -------------------------------------------------------------------------------


def _maps(lab: BatchesLab, full: Standing) -> tuple[MapState, ...]:
    scene, run, second = lab.setup, lab.run, lab.second
    runs = [one for one in (run, second) if one is not None]
    x_range, y_range = _reach((scene.x_range, scene.y_range), [one.path for one in runs])
    drawn = lab.problem.map(x_range, y_range)
    found = []
    for one in runs:
        update = one.last if one is run and lab.settings.size else None
        aim = None
        if update is not None:
            ahead = tuple(
                w - update.rate * s for w, s in zip(update.before, full.slopes, strict=True)
            )
            aim = (update.before, ahead)
        loss = None if lab.veil.loss else lab.problem.loss(one.weights)
        found.append(MapState(_name(lab, one), one.position, loss, drawn, one.path, aim))
    return tuple(found)


def _name(lab: BatchesLab, run: Run) -> str:
    if lab.beside == "another order" and run.settings.shuffle:
        return f"seed {run.settings.seed}"
    return rows_named(run.settings.size)


def _reach(ranges: tuple[Range, Range], paths: Sequence[Sequence[Weights]]) -> tuple[Range, Range]:
    """The ranges of the map, doubled until all places are on it."""
    (left, right), (low, high) = ranges
    middle = ((left + right) / 2, (low + high) / 2)
    half = ((right - left) / 2, (high - low) / 2)
    needed = max(
        abs(place[axis] - middle[axis]) / half[axis]
        for path in paths
        for place in path
        for axis in (0, 1)
    )
    scale = 1.0
    while scale < needed:
        scale *= 2
    return (
        (middle[0] - scale * half[0], middle[0] + scale * half[0]),
        (middle[1] - scale * half[1], middle[1] + scale * half[1]),
    )


PATH = 12
"""Places that are drawn on the curve of one weight."""


def _curve(lab: BatchesLab) -> CurveState | None:
    if lab.veil.loss:
        return None
    run, problem = lab.run, lab.problem
    places = [place[0] for place in run.path[-PATH:]]
    low, high = lab.setup.x_range
    low, high = min(low, *places), max(high, *places)
    weights, losses = problem.curve((low, high), problem.rows)
    last = run.last
    part = last is not None and len(last.rows) < len(problem.rows)
    batch = problem.curve((low, high), last.rows)[1] if last and part else None
    path = tuple((place, problem.loss((place,))) for place in places)
    return CurveState(weights, losses, batch, path)
