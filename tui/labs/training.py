"""The training lab: where it stands, the curves, and a table: of weights, or of the epochs."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.training.setup import TABLES
from lessons.labs.training.state import TrainingSnapshot
from lessons.learning.printed import PRINTED
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.labs.training_curves import figure_of, figure_of_pair, figure_of_printed
from tui.labs.training_tables import beside, columns_of_pair, matrix, records_of_pair
from tui.theme import palette
from tui.widgets.cells import Cells
from tui.widgets.epoch_log import EpochLogTable
from tui.widgets.matrix import Matrix
from tui.widgets.plot import Figure, Plot
from tui.widgets.rows_bar import RowsBar

LOW = 19
"""Rows below which a curve over the table of two models would be too flat to read."""


class TrainingView(LabView):
    """Paints a TrainingSnapshot."""

    def compose(self) -> ComposeResult:
        """Where training stands, the rows, the curves, and the tables, of which one is in sight."""
        yield Static(id="standing", markup=False)
        yield RowsBar(id="rows")
        yield Plot(id="curves")
        yield Matrix(id="weights")
        yield EpochLogTable(id="log")
        yield Cells(id="beside")
        yield Cells(id="pair")

    def on_resize(self) -> None:
        """Where there is little room, two models need no curve beside their table."""
        self.set_class(self.size.height < LOW, "low")
        self.paint()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, TrainingSnapshot):
            return
        # Their heights are fixed: without a layout only their lines are painted again.
        self.query_one("#standing", Static).update(self._standing(snapshot), layout=False)
        self.set_class(snapshot.split is not None, "of-rows")
        self.query_one("#rows", RowsBar).show(snapshot.split)
        self.query_one("#curves", Plot).figure = _figure(snapshot)
        self._show_table(snapshot)

    def _show_table(self, snapshot: TrainingSnapshot) -> None:
        """The one table that is in sight."""
        shows = snapshot.shows
        is_beside, is_log = shows.endswith(" beside"), shows in ("loss", "accuracy", "printed")
        worn = {"of-weights": shows in TABLES, "of-log": is_log, "of-beside": is_beside}
        dress(self, {**worn, "of-pair": shows == "pair"})
        if shows in TABLES:
            table = self.query_one("#weights", Matrix)
            table.view = matrix(snapshot.weights)
            table.cursor = snapshot.weights.cursor
        elif is_beside:
            self.query_one("#beside", Cells).show(*beside(snapshot.logs, snapshot.measure))
        elif shows == "pair":
            records = records_of_pair(snapshot.pair)
            self.query_one("#pair", Cells).show(columns_of_pair(), records)
        else:
            log, width = self.query_one("#log", EpochLogTable), self.size.width
            if shows == "printed":
                log.show_epochs(PRINTED, names=(), width=width, newest=False)
            else:
                log.show_epochs(snapshot.logs, names=snapshot.logged, width=width)

    def _standing(self, snapshot: TrainingSnapshot) -> Text:
        colors, recipe = palette(self.app), snapshot.recipe
        text = Text(no_wrap=True, overflow="ellipsis")
        compiling = snapshot.compiling
        if compiling is not None and not compiling.done:
            text.append("not compiled", colors.style("accent", bold=True))
            text.append("  no loss, no optimizer", colors.style("node"))
        else:
            text.append(f"{recipe.optimizer}", colors.style("accent", bold=True))
            text.append(f"  rate {short(recipe.rate, 6)}  batch {recipe.batch_size}  ")
            text.append(f"scaling {'on' if recipe.scaling else 'off'}  ")
            text.append(f"step {snapshot.position}", colors.style("dim"))
        text.append(f"  seed {recipe.seed}\n", colors.style("dim"))
        if compiling is not None and snapshot.position == 0:
            changed = "?" if compiling.changed is None else str(compiling.changed)
            text.append(f"compiling changes {changed} ", colors.style("mark", bold=True))
            return text.append(
                f"of {snapshot.parameters:,} weights and biases", colors.style("mark")
            )
        text.append(f"epoch {snapshot.epoch}", colors.style("mark", bold=True))
        of = "" if snapshot.asks_batches else f"/{snapshot.steps_per_epoch}"
        text.append(f"  batch {snapshot.batch:>{len(str(snapshot.steps_per_epoch))}}{of}")
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


def _figure(snapshot: TrainingSnapshot) -> Figure:
    if snapshot.shows == "printed":
        return figure_of_printed()
    if snapshot.shows == "pair":
        return figure_of_pair(snapshot.pair)
    return figure_of(snapshot)


def _loss(value: float) -> str:
    """A loss in a steady width, or in powers of ten where it has exploded."""
    return f"{value:.3f}" if value < 1e5 else f"{value:.3g}"
