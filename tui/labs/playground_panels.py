"""Curves, slopes and results of a playground, as what their widgets take in."""

from __future__ import annotations

from math import ceil, log10

from lessons.labs.playground.state import Confusion, Fit, PlaySnapshot
from tui.widgets.cells import Column, Record
from tui.widgets.plot import Curve, Figure

DECADES = 8
"""Powers of ten from an empty bar to a full one."""
MOST_CLASSES = 12


def curves_figure(snapshot: PlaySnapshot) -> Figure:
    """Losses over epochs: of the rows learned from, of those held out, of the run before."""
    curves, now, before = [], snapshot.curves, snapshot.before
    if before is not None and len(before.curves.validation[0]):
        unlike = before.play.unlike(snapshot.play)
        curves.append(Curve(*before.curves.validation, "ghost", f"test before: {unlike}"))
    if len(now.batches[0]) and not len(now.train[0]):
        curves.append(Curve(*now.batches, "batch", "each batch", "points"))
    curves.append(Curve(*now.train, "train", "training"))
    curves.append(Curve(*now.validation, "validation", "test"))
    return _over_epochs(snapshot, curves, "loss")


def accuracies_figure(snapshot: PlaySnapshot) -> Figure:
    """Accuracies over epochs, with the test of the run before."""
    curves, now, before = [], snapshot.curves, snapshot.before
    if before is not None:
        curves.append(Curve(*before.curves.val_accuracy, "ghost", "test before"))
    curves.append(Curve(*now.accuracy, "train", "training"))
    curves.append(Curve(*now.val_accuracy, "validation", "test"))
    return _over_epochs(snapshot, curves, "accuracy")


def _over_epochs(snapshot: PlaySnapshot, curves: list[Curve], name: str) -> Figure:
    kept = tuple(curve for curve in curves if len(curve.x))
    ends = [float(curve.x[-1]) for curve in kept]
    # Whole epochs: within one the plot stands still, and is not drawn again.
    reached = max([ceil(snapshot.end / snapshot.steps_per_epoch), *ends, 1.0])
    back = snapshot.position < snapshot.end
    return Figure(
        curves=kept,
        x_label="epoch",
        y_label=name,
        x_range=(0.0, reached),
        cursor=snapshot.position / snapshot.steps_per_epoch if back else None,
        empty="no batch yet: space takes one, r runs"
        if name == "loss"
        else "no epoch is finished yet",
    )


def slopes_table(snapshot: PlaySnapshot) -> tuple[tuple[Column, ...], tuple[Record, ...]]:
    """How large the slopes of each layer are, on a scale of powers of ten, and its dead nodes."""
    dead = [f"{one.dead}/{one.nodes}" if one.dead else "" for one in snapshot.slopes]
    columns = (
        Column("layer", "node", 9),
        Column("slope ∂", "slope", 9),
        Column("dead", "mark", max(6, *(len(text) + 1 for text in dead))),
        Column("1e-8 to 1", "slope", 10, bar=True),
    )
    records = []
    for one, lost in zip(snapshot.slopes, dead, strict=True):
        size = "" if one.slope is None else f"{one.slope:.1e}"
        records.append(Record((one.name, size, lost, _share(one.slope))))
    return columns, tuple(records)


def _share(size: float | None) -> str:
    """Of a bar that is full at 1 and loses an eighth for every power of ten below."""
    return f"{1 + log10(size) / DECADES:.3f}" if size else ""


def results_table(confusion: Confusion) -> tuple[tuple[Column, ...], tuple[Record, ...]]:
    """True classes down, predicted ones across; the right ones stand on the diagonal."""
    classes = confusion.classes[:MOST_CLASSES]
    width = max(5, *(len(name) + 2 for name in classes))
    columns = (
        Column("true / says", "dim", max(width, 12)),
        *(Column(name, "node", width) for name in classes),
        Column("right", "mark", 8),
    )
    records = []
    for at, name in enumerate(classes):
        row = confusion.counts[at]
        total = int(row.sum())
        share = f"{100 * row[at] / total:.0f} %" if total else ""
        counts = (str(count) if count else "·" for count in row[: len(classes)].tolist())
        records.append(Record((name, *counts, share), fresh=at + 1))
    return columns, tuple(records)


def rows_counted(snapshot: PlaySnapshot) -> str:
    """What stands in the panel of results, and how good that is; empty in any other panel."""
    if snapshot.confusion is not None:
        count = int(snapshot.confusion.counts.sum())
    elif snapshot.fit is not None:
        count = len(snapshot.fit.true)
    else:
        return ""
    if count < snapshot.held_out:
        return f"the first {count:,} of the {snapshot.held_out:,} rows held out"
    return snapshot.verdict or f"all {count:,} rows held out"


def fit_figure(fit: Fit) -> Figure:
    """Predicted over true: where both are the same, on the diagonal, a prediction is right."""
    low = float(min(fit.true.min(), fit.predicted.min()))
    high = float(max(fit.true.max(), fit.predicted.max()))
    return Figure(
        curves=(
            Curve([low, high], [low, high], "ghost", "right"),
            Curve(fit.true, fit.predicted, "path", "rows held out", "scatter"),
        ),
        x_label="true",
        y_label="predicted",
    )
