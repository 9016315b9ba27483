"""The training lab: where it stands, the loss curves, and the weight table of one layer."""

from __future__ import annotations

import numpy as np
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.training.state import TrainingSnapshot, Weights
from lessons.learning.curves import Curves
from lessons.numbers import short
from tui.labs.base import LabView
from tui.render.figure import LineStyle
from tui.theme import palette
from tui.widgets.matrix import Matrix, MatrixView
from tui.widgets.plot import Curve, Figure, Plot

FEW = 24
"""Batches up to which each is drawn as a large point."""

TITLES = {"value": "weights", "slope": "slopes", "change": "last changes"}


class TrainingView(LabView):
    """Paints a TrainingSnapshot."""

    def compose(self) -> ComposeResult:
        """Where training stands, the curves, the weights."""
        yield Static(id="standing", markup=False)
        yield Plot(id="curves")
        yield Matrix(id="weights")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, TrainingSnapshot):
            return
        # Its height is fixed: without a layout only its two lines are painted again.
        self.query_one("#standing", Static).update(self._standing(snapshot), layout=False)
        self.query_one("#curves", Plot).figure = _figure(snapshot)
        table = self.query_one("#weights", Matrix)
        table.view = _matrix(snapshot.weights)
        table.cursor = snapshot.weights.cursor

    def _standing(self, snapshot: TrainingSnapshot) -> Text:
        colors, recipe = palette(self.app), snapshot.recipe
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f"{recipe.optimizer}", colors.style("accent", bold=True))
        text.append(f"  rate {short(recipe.rate, 6)}  batch {recipe.batch_size}  ")
        text.append(f"scaling {'on' if recipe.scaling else 'off'}  ")
        text.append(f"step {snapshot.position}  seed {recipe.seed}\n", colors.style("dim"))
        text.append(f"epoch {snapshot.epoch}", colors.style("mark", bold=True))
        of = "" if snapshot.asks_batches else f"/{snapshot.steps_per_epoch}"
        text.append(f"  batch {snapshot.batch:>2}{of}")
        for name, role, value in (
            ("batch loss", "train", snapshot.loss),
            ("validation", "validation", snapshot.validation_loss),
        ):
            if value is not None:
                text.append(f"  {name} {_loss(value)}", colors.style(role))
        return text

    @on(Matrix.CursorMoved)
    def _moved(self, event: Matrix.CursorMoved) -> None:
        event.stop()
        self.post_message(self.Pointed(event.row, event.column))


def _loss(value: float) -> str:
    """A loss in a steady width, or in powers of ten where it has exploded."""
    return f"{value:.3f}" if value < 1e5 else f"{value:.3g}"


def _figure(snapshot: TrainingSnapshot) -> Figure:
    curves: list[Curve] = []
    if snapshot.before is not None:
        before = snapshot.before
        unlike = before.recipe.unlike(snapshot.recipe)
        curves.append(_curve(before.curves.validation, "ghost", f"before: {unlike}"))
    now: Curves = snapshot.curves
    # Beside the run before there is no room for a fourth curve, once there is a first epoch.
    comparing = snapshot.before is not None and len(now.train[0])
    if len(now.batches[0]) and not comparing:
        # A dozen dots are lost on a screen: the first batches are drawn large.
        style: LineStyle | None = "points" if len(now.batches[0]) <= FEW else None
        curves.append(Curve(*now.batches, "batch", "each batch", style))
    curves.append(_curve(now.train, "train", "training"))
    curves.append(_curve(now.validation, "validation", "validation"))
    ends = [float(curve.x[-1]) for curve in curves if len(curve.x)]
    reached = max([snapshot.end / snapshot.steps_per_epoch, *ends])
    back = snapshot.position < snapshot.end
    return Figure(
        curves=tuple(curve for curve in curves if len(curve.x)),
        x_label="epoch",
        x_range=(0.0, max(reached, 1.0)),
        y_label="loss",
        cursor=snapshot.position / snapshot.steps_per_epoch if back else None,
        log_y=snapshot.log_axis,
        empty="no batch yet: space takes one, r runs",
    )


def _curve(points: tuple[np.ndarray, np.ndarray], role: str, label: str) -> Curve:
    return Curve(points[0], points[1], role, label)


def _matrix(weights: Weights) -> MatrixView:
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
