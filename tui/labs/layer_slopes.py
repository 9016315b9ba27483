"""Slopes per layer: where it stands, the bars of three networks, their losses."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.layer_slopes.setup import LOSSES
from lessons.labs.layer_slopes.state import SlopesSnapshot
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.render.figure import LineStyle
from tui.render.numbers import loss_text
from tui.theme import palette
from tui.widgets.layer_bars import LayerBars
from tui.widgets.plot import Curve, Figure, Plot

STANDING, POINTED = 2, 1
LEAST_PLOT = 9
"""Rows below which a plot under the bars says nothing."""

STYLES: tuple[tuple[str, LineStyle], ...] = (
    ("validation", "dots"),
    ("weight", "dashes"),
    ("train", "line"),
)
"""How the loss of each network is drawn."""


class LayerSlopesView(LabView):
    """Paints a SlopesSnapshot."""

    def compose(self) -> ComposeResult:
        """Where training stands, the bars, the number pointed at, the losses."""
        yield Static(id="standing", markup=False)
        yield LayerBars(id="bars")
        yield Static(id="pointed", markup=False)
        yield Plot(id="losses")

    def on_resize(self) -> None:
        """What has no room is not shown."""
        self._make_room()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, SlopesSnapshot):
            return
        self._make_room()
        bars = self.query_one(LayerBars)
        bars.set_reactive(LayerBars.cursor, snapshot.cursor)
        bars.columns = snapshot.columns
        # Their heights are fixed: without a layout only their lines are painted again.
        self.query_one("#standing", Static).update(self._standing(snapshot), layout=False)
        pointed = Text(snapshot.pointed, palette(self.app).style("accent"))
        self.query_one("#pointed", Static).update(pointed, layout=False)
        self.query_one(Plot).figure = _figure(snapshot)

    def _make_room(self) -> None:
        snapshot = self.snapshot
        if not isinstance(snapshot, SlopesSnapshot):
            return
        bars = snapshot.settings.depth + 2
        left = self.size.height - STANDING - POINTED - bars
        alone = snapshot.plot == LOSSES and not snapshot.flows
        bars_alone = not alone and (snapshot.flows or left < LEAST_PLOT)
        dress(self, {"losses-alone": alone, "bars-alone": bars_alone})

    def _standing(self, snapshot: SlopesSnapshot) -> Text:
        colors, settings = palette(self.app), snapshot.settings
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f"{settings.depth} hidden layers", colors.style("accent", bold=True))
        text.append(f"  {settings.initializer}")
        if not snapshot.flows:
            text.append(f"  {settings.optimizer} rate {short(settings.rate, 6)}")
        text.append(f"  seed {settings.seed}\n", colors.style("dim"))
        if snapshot.flows:
            layers = settings.depth + 1
            text.append(f"slopes of {snapshot.position} of {layers} layers", colors.style("mark"))
            return text
        text.append(f"epoch {snapshot.epoch}", colors.style("mark", bold=True))
        text.append(f"  batch {snapshot.batch:>2}/{snapshot.steps_per_epoch}")
        text.append("  batch loss ")
        losses = [
            "-" if column.loss is None else loss_text(column.loss) for column in snapshot.columns
        ]
        text.append(" ".join(losses), colors.style("train"))
        return text

    @on(LayerBars.CursorMoved)
    def _moved(self, event: LayerBars.CursorMoved) -> None:
        event.stop()
        self.post_message(self.Pointed(event.row, event.column))


def _figure(snapshot: SlopesSnapshot) -> Figure:
    per_epoch = snapshot.steps_per_epoch
    curves = [
        Curve(*one.train, role, column.activation, style)
        for one, column, (role, style) in zip(
            snapshot.curves, snapshot.columns, STYLES, strict=True
        )
        if len(one.train[0])
    ]
    reached = 0.0 if snapshot.flows else snapshot.end / per_epoch
    back = not snapshot.flows and snapshot.position < snapshot.end
    return Figure(
        curves=tuple(curves),
        x_label="epoch",
        x_range=(0.0, max(reached, 1.0)),
        y_label="training loss",
        cursor=snapshot.position / per_epoch if back else None,
        empty="no epoch yet: space takes a batch, r runs",
    )
