"""The activity lab: where it stands, every node, the node pointed at, and a curve."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.activity.setup import LOSS
from lessons.labs.activity.state import ActivitySnapshot
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.render.figure import LineStyle
from tui.render.numbers import loss_text
from tui.theme import palette
from tui.widgets.node_grid import NodeGrid
from tui.widgets.plot import Curve, Figure, Plot

LOW = 15
"""Rows below which nodes and curve are not shown together."""

ROOMY = 68
"""Columns from which the base loss stands beside that of the batch."""

STYLES: tuple[LineStyle, ...] = ("line", "dots", "dashes")


class ActivityView(LabView):
    """Paints an ActivitySnapshot."""

    def compose(self) -> ComposeResult:
        """Where training stands, the nodes, the one pointed at, a legend, the curve."""
        yield Static(id="standing", markup=False)
        yield NodeGrid(id="nodes")
        yield Static(id="pointed", markup=False)
        yield Static(id="legend", markup=False)
        yield Plot(id="curves")

    def on_resize(self) -> None:
        """In a low pane there is room for the nodes or for the loss; a wide one has more words."""
        self.paint()

    def _make_room(self) -> None:
        low = self.size.height < LOW
        loss = isinstance(self.snapshot, ActivitySnapshot) and self.snapshot.plot == LOSS
        dress(self, {"nodes-alone": low and not loss, "loss-alone": low and loss})

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, ActivitySnapshot):
            return
        self._make_room()
        grid = self.query_one(NodeGrid)
        grid.set_reactive(NodeGrid.cursor, snapshot.cursor)
        grid.cells = snapshot.layers
        # Their heights are fixed: without a layout only their lines are painted again.
        self.query_one("#standing", Static).update(self._standing(snapshot), layout=False)
        colors = palette(self.app)
        pointed = Text(snapshot.pointed, colors.style("accent"))
        self.query_one("#pointed", Static).update(pointed, layout=False)
        self.query_one("#legend", Static).update(self._legend(snapshot), layout=False)
        self.query_one(Plot).figure = _figure(snapshot)

    def _standing(self, snapshot: ActivitySnapshot) -> Text:
        colors, recipe = palette(self.app), snapshot.recipe
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(recipe.activation, colors.style("accent", bold=True))
        text.append(f"  {recipe.optimizer} rate {short(recipe.rate, 6)}")
        text.append(f"  {'scaled' if recipe.scaling else 'raw'}  {recipe.initializer}")
        text.append(f"  seed {recipe.seed}", colors.style("dim"))
        base = Text(f"  base {snapshot.base:.3f}", colors.style("dim"))
        if self.size.width < ROOMY:
            text.append_text(base)
        text.append(f"\nepoch {snapshot.epoch}", colors.style("mark", bold=True))
        text.append(f"  batch {snapshot.batch:>2}/{snapshot.steps_per_epoch}")
        if not snapshot.hidden:
            dead = sum(layer.deaths for layer in snapshot.layers)
            nodes = sum(len(layer.dead) for layer in snapshot.layers)
            text.append(f"  {dead} of {nodes} dead", colors.style("slope"))
        if snapshot.loss is not None:
            text.append(f"  batch loss {loss_text(snapshot.loss)}", colors.style("train"))
        return text.append_text(base) if self.size.width >= ROOMY else text

    def _legend(self, snapshot: ActivitySnapshot) -> Text:
        colors = palette(self.app)
        shades = "-+*#" if getattr(self.app, "ascii_mode", False) else "░▒▓█"
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append("×", colors.style("slope", bold=True))
        text.append(" dead  ", colors.style("dim"))
        text.append(shades, colors.style("positive"))
        text.append(" above 0 on few to all rows  ", colors.style("dim"))
        relu = snapshot.recipe.activation == "relu"
        text.append("tab: point at a node" if relu else "· never, but alive", colors.style("dim"))
        return text

    @on(NodeGrid.CursorMoved)
    def _moved(self, event: NodeGrid.CursorMoved) -> None:
        event.stop()
        self.post_message(self.Pointed(event.row, event.column))


def _figure(snapshot: ActivitySnapshot) -> Figure:
    per_epoch, before = snapshot.steps_per_epoch, snapshot.before
    loss = snapshot.plot == LOSS
    ghosts: tuple[Curve, ...] = ()
    if before is not None:
        label = f"before: {before.recipe.unlike(snapshot.recipe)}"
        ghosts = (Curve(*(before.loss if loss else before.deaths), "ghost", label),)
    ends = [float(curve.x[-1]) for curve in ghosts if len(curve.x)]
    reached = max([snapshot.end / per_epoch, 0.1, *ends])
    back = snapshot.position < snapshot.end
    cursor = snapshot.position / per_epoch if back else None
    if loss:
        return Figure(
            curves=(*ghosts, *_losses(snapshot, beside=bool(ghosts))),
            x_label="epoch",
            x_range=(0.0, reached),
            y_label="loss",
            cursor=cursor,
            log_y=True,
            empty="no batch yet: space takes one, r runs",
        )
    return Figure(
        curves=ghosts
        + tuple(
            Curve(*curve, role, f"layer {at + 1}", STYLES[at % len(STYLES)])
            for at, (curve, role) in enumerate(
                zip(snapshot.deaths, ("slope", "weight") * len(snapshot.deaths), strict=False)
            )
        ),
        x_label="epoch",
        x_range=(0.0, reached),
        y_label="dead nodes",
        y_range=(0.0, float(max(snapshot.recipe.hidden, default=1))),
        cursor=cursor,
        empty="hidden until you have answered" if snapshot.hidden else "no batch yet",
    )


def _losses(snapshot: ActivitySnapshot, *, beside: bool) -> tuple[Curve, ...]:
    """The losses so far; beside another run there is no room for the batches in the legend."""
    curves = snapshot.curves
    found = [
        Curve(*curves.train, "train", "training"),
        Curve(*curves.validation, "validation", "validation"),
    ]
    if not beside or not len(curves.train[0]):
        found.insert(0, Curve(*curves.batches, "batch", "each batch"))
    return tuple(curve for curve in found if len(curve.x))
