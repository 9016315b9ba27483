"""What the plot of the training lab takes in: of a run, or of the printed log."""

from __future__ import annotations

import numpy as np

from lessons.labs.training.pair import curve
from lessons.labs.training.state import Judged, PastRun, TrainingSnapshot
from lessons.learning.curves import Curves, Points
from lessons.learning.printed import PRINTED
from tui.render.figure import LineStyle
from tui.widgets.plot import Curve, Figure, Mark

FEW = 24
"""Batches up to which each is drawn as a large point."""

LOSSES = {"mean_absolute_error": "absolute error"}
"""What stands at the axis where it is not the usual loss."""


def figure_of(snapshot: TrainingSnapshot) -> Figure:
    """The curves of what is measured, over epochs."""
    curves = [one for one in _curves(snapshot) if len(one.x)]
    ends = [float(curve.x[-1]) for curve in curves]
    # Whole epochs, so that the axis stands still while one is under way.
    reached = float(np.ceil(max([snapshot.end / snapshot.steps_per_epoch, *ends])))
    back = snapshot.position < snapshot.end
    measure = snapshot.measure
    return Figure(
        curves=tuple(curves),
        x_label="epoch",
        x_range=(0.0, max(reached, 1.0)),
        y_label=measure if measure == "accuracy" else LOSSES.get(snapshot.recipe.loss, "loss"),
        cursor=snapshot.position / snapshot.steps_per_epoch if back else None,
        log_y=snapshot.log_axis and measure == "loss",
        empty=_empty(snapshot),
    )


def _empty(snapshot: TrainingSnapshot) -> str:
    if snapshot.compiling is not None and not snapshot.compiling.done:
        return "not compiled yet: there is nothing to bring down"
    if snapshot.measure == "accuracy" and snapshot.position:
        return "no epoch is over yet"
    return "no batch yet: space takes one, r runs"


def _curves(snapshot: TrainingSnapshot) -> list[Curve]:
    now, before = snapshot.curves, snapshot.before
    curves: list[Curve] = []
    if before is not None:
        unlike = before.recipe.unlike(snapshot.recipe)
        curves.append(Curve(*_validation(before, snapshot.measure), "ghost", f"before: {unlike}"))
    if snapshot.measure == "accuracy":
        return [
            *curves,
            Curve(*now.accuracy, "train", "training"),
            Curve(*now.end_accuracy, "mark", "after", "dashes"),
            Curve(*now.val_accuracy, "validation", "validation"),
        ]
    if len(now.batches[0]) and not _crowded(snapshot):
        # A dozen dots are lost on a screen: the first batches are drawn large.
        style: LineStyle | None = "points" if len(now.batches[0]) <= FEW else None
        curves.append(Curve(*now.batches, "batch", "each batch", style))
    return [
        *curves,
        Curve(*now.train, "train", "training"),
        Curve(*now.end, "mark", "after", "dashes"),
        Curve(*now.validation, "validation", "validation"),
    ]


def _validation(run: PastRun, measure: str) -> Points:
    curves: Curves = run.curves
    return curves.val_accuracy if measure == "accuracy" else curves.validation


def _crowded(snapshot: TrainingSnapshot) -> bool:
    """Whether single batches would hide what else there is.

    Beside another curve there is no room for a fourth; and batches whose losses lie far apart
    would press the curves of many thousand of them flat.
    """
    now = snapshot.curves
    others = snapshot.before is not None or len(now.end[0]) > 0
    many = len(now.train[0]) > 0 and snapshot.steps_per_epoch > 100 * FEW
    return bool(len(now.train[0])) and (others or many)


def figure_of_printed() -> Figure:
    """The losses of the epochs that the course printed; lines would invent those left out."""
    epochs = [one.epoch for one in PRINTED]
    train, held_out = ([getattr(one, name) for one in PRINTED] for name in ("loss", "val_loss"))
    return Figure(
        curves=(
            Curve(epochs, train, "train", "loss", "points"),
            Curve(epochs, held_out, "validation", "val_loss", "scatter"),
        ),
        x_label="epoch",
        x_range=(0.0, float(epochs[-1])),
        y_label="printed by the course",
    )


def figure_of_pair(pair: tuple[Judged, ...]) -> Figure:
    """The loss over the probability of the right class, with the rows of both models on it."""
    rows = [
        (model.name, given, loss)
        for model in pair
        for given, loss in zip(model.given, model.losses, strict=True)
        if loss is not None
    ]
    if not rows:
        return Figure(empty="the loss of every probability, once you have answered")
    return Figure(
        curves=(Curve(*curve(), "train", "-ln of the probability"),),
        x_label="probability of the right class",
        x_range=(0.0, 1.0),
        y_label="loss",
        y_range=(0.0, 3.0),
        marks=tuple(Mark(given, loss, name) for name, given, loss in rows),
    )
