"""The classification lab: whichever of its five views is open."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from lessons.labs.classify.base_rate import BaseRateSnapshot
from lessons.labs.classify.lab import ClassifySnapshot
from lessons.labs.classify.loss import LossSnapshot
from lessons.labs.classify.one_hot import OneHotSnapshot
from lessons.labs.classify.scene import VIEWS
from lessons.labs.classify.softmax import SoftmaxSnapshot
from lessons.labs.classify.training import ClassTrainingSnapshot
from tui.dress import dress
from tui.labs.base import LabView
from tui.labs.classify_tables import (
    base_rate_table,
    loss_table,
    one_hot_table,
    score_sliders,
    softmax_table,
)
from tui.labs.classify_training import (
    accuracies,
    drawn_of,
    losses,
    standing,
    watched_table,
)
from tui.theme import palette
from tui.widgets.epoch_log import EpochLogTable
from tui.widgets.lines import Lines
from tui.widgets.plot import Curve, Figure, Mark, Plot

BESIDE_SLIDERS = 7
"""Rows that softmax needs beside a row and a slider for each class."""

LOWEST, LOW, TALL = 16, 24, 38
"""Rows below which something is left out, below which log and arithmetic are short, and from which
the log is long."""


class ClassifyView(LabView):
    """Paints a ClassifySnapshot: a class of the styles for each view says what is in sight."""

    _drawn: tuple[object, ...] = ()
    """What the plots were drawn from: between the ends of two epochs nothing in them moves."""

    def compose(self) -> ComposeResult:
        """All that any of the views needs."""
        yield Static(id="standing", markup=False)
        with Horizontal(id="plots"):
            yield Plot(id="losses")
            yield Plot(id="accuracies")
        yield EpochLogTable(id="log")
        yield Static(id="table", markup=False)
        yield Plot(id="curve")
        yield Lines("space computes the first number", id="lines")

    def on_resize(self) -> None:
        """What has no room is left out."""
        height = self.size.height
        dress(self, {"low": height < LOW, "lowest": height < LOWEST, "tall": height >= TALL})
        self.paint()

    def paint(self) -> None:
        """Draw the view that is open."""
        if not isinstance(self.snapshot, ClassifySnapshot):
            return
        shows = self.snapshot.shows
        dress(self, {f"of-{name.replace(' ', '-')}": name == shows for name in VIEWS})
        view, colors, width = self.snapshot.view, palette(self.app), self.size.width
        match view:
            case OneHotSnapshot():
                self._table(one_hot_table(view, width, colors))
                self.query_one(Lines).lines = view.lines
            case SoftmaxSnapshot():
                table = softmax_table(view, width, colors)
                if self.size.height >= 2 * len(view.classes) + BESIDE_SLIDERS:
                    table.append("\n")
                    table.append_text(score_sliders(view, width, colors))
                self._table(table)
                self.query_one(Lines).lines = view.lines
            case LossSnapshot():
                self._table(loss_table(view, width, colors))
                self.query_one("#curve", Plot).figure = _curve(view)
                self.query_one(Lines).lines = view.lines
            case BaseRateSnapshot():
                self._table(base_rate_table(view, width, colors))
                self.query_one(Lines).lines = view.lines
            case ClassTrainingSnapshot():
                self._training(view)

    def _training(self, view: ClassTrainingSnapshot) -> None:
        colors = palette(self.app)
        # Their heights are fixed: without a layout only their own lines are painted again.
        self.query_one("#standing", Static).update(
            standing(view, self.size.width, colors), layout=False
        )
        if self._drawn != (drawn := drawn_of(view)):
            self._drawn = drawn
            self.query_one("#losses", Plot).figure = losses(view)
            self.query_one("#accuracies", Plot).figure = accuracies(view)
            self.query_one(EpochLogTable).show_epochs(view.logs)
        table = watched_table(view, self.size.width, colors)
        self.query_one("#table", Static).update(table, layout=False)

    def _table(self, text: Text) -> None:
        self.query_one("#table", Static).update(text)


def _curve(view: LossSnapshot) -> Figure:
    """-ln p with the rows on it."""
    if view.curve is None:
        return Figure(empty="the curve of -ln p, once you have answered")
    marks = (
        Mark(*row.place, row.name, "mark" if row.now else "accent")
        for row in view.rows
        if row.place is not None
    )
    return Figure(
        curves=(Curve(*view.curve, "train", "-ln p"),),
        x_label="p of the true class",
        y_label="loss of a row",
        x_range=(0.0, 1.0),
        y_range=(0.0, 5.0),
        marks=tuple(marks),
    )
