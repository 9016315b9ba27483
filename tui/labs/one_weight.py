"""The one-weight lab: the loss curve with the path on it, the table of steps, the arithmetic."""

from __future__ import annotations

import numpy as np
from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.one_weight.state import OneWeightSnapshot, Row
from tui.labs.base import LabView
from tui.theme import palette
from tui.widgets.lines import Lines
from tui.widgets.plot import Curve, Figure, Mark, Plot
from tui.widgets.steps import Steps

PATH = 12
"""Places of the path that are drawn."""

LOW = 14
"""Rows below which there is no room for the curve."""

REACH = 0.18
"""Length of the tangent to either side, as a part of the curve's width."""


class OneWeightView(LabView):
    """Paints a OneWeightSnapshot."""

    def compose(self) -> ComposeResult:
        """Curve, table and arithmetic, one below the other."""
        yield Plot(id="curve")
        yield Static(id="verdict", markup=False)
        yield Steps(id="steps")
        yield Lines("space computes the first line", id="lines")

    def on_resize(self) -> None:
        """A curve of two rows says nothing: the arithmetic takes its place."""
        self.set_class(self.size.height < LOW, "low")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, OneWeightSnapshot):
            return
        self.set_class(not snapshot.by_factor, "by-update")
        self.query_one(Plot).figure = _figure(snapshot)
        self.query_one(Steps).show(snapshot.rows, snapshot.hidden)
        self.query_one(Lines).lines = snapshot.lines
        colors = palette(self.app)
        text = Text.assemble((f"rate {snapshot.rate}", colors.style("accent", bold=True)))
        if snapshot.verdict:
            text.append(f"  {snapshot.verdict}", colors.style("node"))
        self.query_one("#verdict", Static).update(text, layout=False)


def _figure(snapshot: OneWeightSnapshot) -> Figure:
    weights, losses = snapshot.curve
    curves = [Curve(weights, losses, "curve", "loss")]
    known = zip(snapshot.rows, snapshot.hidden, strict=True)
    seen = [(row, hidden) for row, hidden in known if not {"loss", "weight"} & hidden][-PATH:]
    marks = []
    if seen:
        weights_seen = [row.weight for row, _ in seen]
        curves.append(Curve(weights_seen, [row.loss for row, _ in seen], "path", "steps"))
        now, hidden = seen[-1]
        if "slope" not in hidden:
            curves.append(_tangent(now, weights))
        marks.append(Mark(now.weight, now.loss, f"step {now.step}"))
    return Figure(
        curves=tuple(curves),
        x_label="weight",
        y_label="loss",
        x_range=(float(weights[0]), float(weights[-1])),
        y_range=(0.0, float(losses.max())) if losses.max() > 0 else None,
        marks=tuple(marks),
    )


def _tangent(row: Row, weights: np.ndarray) -> Curve:
    """The line that has the curve's slope at the present weight."""
    reach = REACH * float(weights[-1] - weights[0])
    x = np.array([row.weight - reach, row.weight + reach])
    return Curve(x, row.loss + row.slope * (x - row.weight), "slope", "slope ∂")
