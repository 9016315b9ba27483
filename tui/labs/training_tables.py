"""The tables of the training lab."""

from __future__ import annotations

import numpy as np

from lessons.labs.training.state import Judged, Weights
from lessons.learning.curves import EpochLog
from lessons.learning.printed import PRINTED
from tui.widgets.cells import Column, Record
from tui.widgets.matrix import MatrixView

TITLES = {"value": "weights", "slope": "slopes", "change": "last changes"}


def matrix(weights: Weights) -> MatrixView:
    """The weights of a layer, their slopes or their last changes."""
    title = f"layer {weights.layer + 1}: {TITLES[weights.shows]}"
    if weights.hidden:
        return MatrixView(np.zeros((0, 0)), title=f"{title}, once you have answered")
    return MatrixView(
        weights.values,
        weights.rows,
        weights.columns,
        title,
        weights.shows,  # type: ignore[arg-type]
    )


def beside(
    logs: tuple[EpochLog, ...], measure: str
) -> tuple[tuple[Column, ...], tuple[Record, ...]]:
    """The printed log and the learner's own, epoch by epoch."""
    names = (measure, f"val_{measure}")
    printed = {one.epoch: one for one in PRINTED}
    own = {one.epoch: one for one in logs}
    short_name = "acc" if measure == "accuracy" else "loss"
    columns = (
        Column("epoch", "mark", 6),
        Column(f"printed {short_name}", "train", 14),
        Column(f"val_{short_name}", "validation", 10),
        Column(f"yours {short_name}", "train", 13),
        Column(f"val_{short_name}", "validation", 10),
    )
    newest = max(own, default=0)
    records = tuple(
        Record(
            (
                str(epoch),
                *(_number(printed.get(epoch), name) for name in names),
                *(_number(own.get(epoch), name) for name in names),
            ),
            marked=epoch == newest,
        )
        for epoch in sorted(printed.keys() | own.keys())
    )
    return columns, records


def _number(log: EpochLog | None, name: str) -> str:
    value = None if log is None else getattr(log, name)
    if value is None:
        return "·"
    return f"{value:.4f}" if abs(value) < 1e4 else f"{value:.2e}"


def columns_of_pair() -> tuple[Column, ...]:
    """The heads of the table of two models."""
    return (
        Column("model", "accent", 7),
        Column("shot", "node", 9),
        Column("right class got", "weight", 17),
        Column("right", "node", 8),
        Column("loss", "train", 9),
    )


def records_of_pair(pair: tuple[Judged, ...]) -> tuple[Record, ...]:
    """A line for each row of each model, and one for what they come to."""
    records: list[Record] = []
    for model in pair:
        for row, (given, right, loss) in enumerate(
            zip(model.given, model.right, model.losses, strict=True), start=1
        ):
            said = "?" if right is None else "yes" if right else "no"
            records.append(Record((model.name, str(row), f"{given:g}", said, _or_asked(loss))))
        right_part = "?" if model.accuracy is None else f"{100 * model.accuracy:.0f} %"
        records.append(
            Record((model.name, "both", "", right_part, _or_asked(model.loss)), marked=True)
        )
    return tuple(records)


def _or_asked(value: float | None) -> str:
    return "?" if value is None else f"{value:.3f}"
