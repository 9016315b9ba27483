"""The experiments lab: losses over epochs or over capacity, the log, what to try next."""

from __future__ import annotations

import numpy as np
from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.experiments.state import ExperimentsSnapshot, LogRow
from lessons.learning.experiment import Spread, network_name
from lessons.numbers import short
from tui.labs.base import LabView
from tui.render.numbers import loss_text, spread_text
from tui.theme import palette
from tui.widgets.cells import Cells, Column, Record
from tui.widgets.plot import Curve, Figure, Mark, Plot

COLUMNS = (
    Column("row", "dim", 4),
    Column("network", "mark", 10),
    Column("params", "node", 8),
    Column("seeds", "node", 6),
    Column("training", "train", 9),
    Column("validation (low–high)", "validation", 22),
)

PRINTED_COLUMNS = (
    *COLUMNS[:3],
    Column("loss", "validation", 7),
    Column("next step", "accent", 25),
)

ADVICE = "Next: "


class ExperimentsView(LabView):
    """Paints an ExperimentsSnapshot."""

    def compose(self) -> ComposeResult:
        """Where training stands, the picture, the log, and what to try next."""
        yield Static(id="standing", markup=False)
        yield Plot(id="picture")
        yield Cells(id="log")
        yield Static(id="advice", markup=False)

    def paint(self) -> None:
        """Draw the snapshot."""
        view = self.snapshot
        if not isinstance(view, ExperimentsSnapshot):
            return
        standing = self._source(view) if view.printed else self._standing(view)
        self.query_one("#standing", Static).update(standing, layout=False)
        self.query_one("#picture", Plot).figure = _figure(view)
        if view.printed:
            self.query_one("#log", Cells).show(PRINTED_COLUMNS, _printed_records(view))
        else:
            self.query_one("#log", Cells).show(COLUMNS, _records(view))
        self.query_one("#advice", Static).update(self._advice(view), layout=False)

    def _standing(self, view: ExperimentsSnapshot) -> Text:
        colors, recipe = palette(self.app), view.recipe
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f"{network_name(recipe.hidden)}", colors.style("mark", bold=True))
        text.append(f"  {_layers(view)}  {view.parameters:,} parameters")
        text.append(f"  seed {recipe.seed}  {view.data}", colors.style("accent"))
        text.append(f"  rate {short(recipe.rate, 6)}\n", colors.style("dim"))
        text.append(f"epoch {view.epoch}/{view.epochs}", colors.style("mark", bold=True))
        for what, role, value in (
            ("training", "train", view.loss.train),
            ("validation", "validation", view.loss.validation),
            ("gap", "mark", view.loss.gap),
        ):
            if what == "gap" and view.plan:
                continue  # the networks to come need its room
            if value is not None or what.startswith(view.hidden or ("?",)):
                text.append(f"  {what} {loss_text(value)}", colors.style(role))
        if view.plan:
            rest = f" +{len(view.plan) - 1}" if len(view.plan) > 1 else ""
            begun = view.loss.train is not None
            to_come = f"{view.plan[0]}{rest}" if begun else ", ".join(view.plan)
            text.append(f"  then {to_come}", colors.style("dim"))
        return text

    def _source(self, view: ExperimentsSnapshot) -> Text:
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append("mean squared error on the validation rows\n", palette(self.app).style("node"))
        return text.append(view.printed, palette(self.app).style("dim"))

    def _advice(self, view: ExperimentsSnapshot) -> Text:
        colors = palette(self.app)
        text = Text(ADVICE, colors.style("dim"))
        if view.advice:
            text.append(f"{view.advice}. ", colors.style("accent", bold=True))
        return text.append(view.says, colors.style("node"))


def _layers(view: ExperimentsSnapshot) -> str:
    """Inputs, hidden layers and output in a few characters: 2-25-1."""
    return "-".join(map(str, (view.inputs, *view.recipe.hidden, 1)))


# -- the picture ------------------------------------------------------------------------------


def _figure(view: ExperimentsSnapshot) -> Figure:
    return _over_epochs(view) if view.shows == "curves" else over_capacity(view)


def _over_epochs(view: ExperimentsSnapshot) -> Figure:
    """Both losses over epochs; a line where the noise is."""
    curves = [
        Curve(*view.curves.batches, "batch", "each batch"),
        Curve(*view.curves.train, "train", "training"),
        Curve(*view.curves.validation, "validation", "validation"),
    ]
    curves = [curve for curve in curves if len(curve.x)]
    reached = max(view.end / view.steps_per_epoch, 1.0)
    if curves and view.noise is not None:
        line = (np.array([0.0, reached]), np.full(2, view.noise))
        curves.append(Curve(*line, "ghost", f"noise {short(view.noise)}"))
    back = view.position < view.end
    return Figure(
        curves=tuple(curves),
        x_label="epoch",
        x_range=(0.0, reached),
        y_label="loss",
        cursor=view.position / view.steps_per_epoch if back else None,
        log_y=view.log_axis,
        empty="no batch yet: r runs the experiment",
    )


def over_capacity(view: ExperimentsSnapshot) -> Figure:
    """Where the networks of the log end, from the smallest to the largest."""
    rows = view.log
    curves = [
        *_ends(rows, "loss", "train", "training"),
        *_ends(rows, "val_loss", "validation", "validation"),
    ]
    if rows and view.noise is not None:
        line = (np.array([1.0, len(rows)]), np.full(2, view.noise))
        curves.append(Curve(*line, "ghost", f"noise {short(view.noise)}"))
    return Figure(
        curves=tuple(curves),
        x_label="row",
        x_range=(0.5, len(rows) + 0.5) if rows else None,
        y_label="loss at the end",
        marks=_lowest(rows),
        log_y=view.log_axis,
        empty="no experiment on these data has ended yet: r runs one",
    )


def _lowest(rows: tuple[LogRow, ...]) -> tuple[Mark, ...]:
    """A mark at the lowest validation loss."""
    known = [(row.val_loss.mean, at) for at, row in enumerate(rows, start=1) if row.val_loss]
    if len(known) < 2:
        return ()
    low, at = min(known)
    return (Mark(at, low, f"lowest: {rows[at - 1].network}"),)


def _ends(rows: tuple[LogRow, ...], name: str, role: str, label: str) -> list[Curve]:
    """The means of a loss as a curve, and for each network a bar from the lowest to the highest."""
    found: list[tuple[int, Spread]] = [
        (place, spread)
        for place, row in enumerate(rows, start=1)
        if (spread := getattr(row, name)) is not None
    ]
    if not found:
        return []
    places, middles = [place for place, _ in found], [spread.mean for _, spread in found]
    means = [Curve(places, middles, role, label), Curve(places, middles, role, style="points")]
    bars = [
        Curve([place, place], [spread.low, spread.high], role, style="line")
        for place, spread in found
        if spread.width > 0
    ]
    return [*means, *bars]


# -- the log ----------------------------------------------------------------------------------


def _records(view: ExperimentsSnapshot) -> tuple[Record, ...]:
    return tuple(
        Record(
            (
                str(at),
                row.network,
                f"{row.parameters:,}",
                str(row.seeds),
                "?" if row.loss is None else loss_text(row.loss.mean),
                "?" if row.val_loss is None else spread_text(row.val_loss),
            ),
            marked=row.newest,
        )
        for at, row in enumerate(view.log, start=1)
    )


def _printed_records(view: ExperimentsSnapshot) -> tuple[Record, ...]:
    return tuple(
        Record(
            (
                str(at),
                row.network,
                f"{row.parameters:,}",
                "" if row.val_loss is None else short(row.val_loss.mean, 1),
                row.advice,
            ),
            marked=row.newest,
        )
        for at, row in enumerate(view.log, start=1)
    )
