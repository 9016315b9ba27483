"""The batches lab: which rows were used, the way over the map, the batch's slope and the full."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from lessons.labs.batches.state import BatchesSnapshot, CurveState, Gradient, MapState
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.render.glyphs import MARK, SLOPE
from tui.theme import Palette, palette
from tui.widgets.cells import Cells, Column, Record
from tui.widgets.lines import Lines
from tui.widgets.paths import ContourFigure, Paths, Stroke
from tui.widgets.plot import Curve, Figure, Mark, Plot
from tui.widgets.steps import cell

SIGNS = {"waiting": "·", "used": "■", "now": MARK}
TIGHT = 74
"""Columns below which the names over two maps take two lines."""

LOW = 17
"""Rows below which there is no room for a curve."""

LOWEST = 13
"""Rows below which the map needs those of the row cells: while settings are edited."""

FEW = 40
"""Places of a way that get a dot of their own; of a longer way the last part is bright."""


class BatchesView(LabView):
    """Paints a BatchesSnapshot."""

    def compose(self) -> ComposeResult:
        """Standing, rows, pictures, gradients, arithmetic; styles say which are in sight."""
        yield Static(id="standing", markup=False)
        yield Static(id="used", markup=False)
        yield Cells(id="rows")
        yield Plot(id="curve")
        with Horizontal(id="maps"):
            for name in ("first", "second"):
                with Vertical(id=name):
                    yield Static(id=f"{name}-name", markup=False)
                    yield Paths(id=f"{name}-map")
        yield Static(id="gradients", markup=False)
        yield Lines("space takes the first batch", id="lines")

    def on_resize(self) -> None:
        """Where there is little room names take two lines, and the curve gives way to its table."""
        width, height = self.size
        dress(self, {"tight": width < TIGHT, "low": height < LOW, "lowest": height < LOWEST})
        self.paint()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, BatchesSnapshot):
            return
        colors = palette(self.app)
        maps = len(snapshot.maps)
        dress(self, {"of-maps": maps > 0, "side-by-side": maps == 2})
        self._write("standing", _standing(snapshot, colors))
        self._write("gradients", _gradients(snapshot, colors))
        self.query_one(Lines).lines = snapshot.lines
        if snapshot.maps:
            self._write("used", _used(snapshot, colors))
            two = self.has_class("tight") and len(snapshot.maps) == 2
            gap = "\n" if two else "  "
            for name, state in zip(("first", "second"), snapshot.maps, strict=False):
                self._write(f"{name}-name", _map_name(state, gap, colors))
                self.query_one(f"#{name}-map", Paths).show(*_figure(state))
        else:
            self.query_one("#rows", Cells).show(*_rows(snapshot))
            self.query_one(Plot).figure = _curve_figure(snapshot.curve)

    def _write(self, name: str, text: Text) -> None:
        # Their heights are fixed: without a layout only their own lines are painted again.
        self.query_one(f"#{name}", Static).update(text, layout=False)


def _standing(snapshot: BatchesSnapshot, colors: Palette) -> Text:
    """The settings, then how many updates and epochs."""
    rows = len(snapshot.rows)
    size = "all rows" if snapshot.size == rows else f"batch size {snapshot.size}"
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(size, colors.style("accent", bold=True))
    order = "not shuffled" if snapshot.seed is None else f"seed {snapshot.seed}"
    text.append(f"  rate {snapshot.rate}  {rows} rows  ", colors.style("node"))
    text.append(f"{order}\n", colors.style("dim"))
    text.append(f"update {snapshot.position}", colors.style("mark", bold=True))
    if snapshot.epoch:
        of = "" if snapshot.per_epoch is None else f" of {snapshot.per_epoch}"
        text.append(f"  epoch {snapshot.epoch}", colors.style("mark", bold=True))
        text.append(f"  batch {snapshot.batch}{of}", colors.style("node"))
    return text


def _used(snapshot: BatchesSnapshot, colors: Palette) -> Text:
    """A cell for each row: waiting, used in this epoch, or in the last batch; then the order."""
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append("row    ", colors.style("dim"))
    styles = {
        "waiting": colors.style("dim"),
        "used": colors.style("train"),
        "now": colors.style("mark", bold=True, reverse=True),
    }
    for row in snapshot.rows:
        text.append(f"{SIGNS[row.state]}{row.number:>2}", styles[row.state])
        text.append(" ")
    text.append("\norder  ", colors.style("dim"))
    for at, batch in enumerate(snapshot.order):
        last = at == len(snapshot.order) - 1
        style = colors.style("mark" if last else "train", bold=last)
        text.append("" if at == 0 else " | ", colors.style("dim"))
        text.append(" ".join(map(str, batch)), style)
    if not snapshot.order:
        text.append(f"{SIGNS['waiting']} waits  ", colors.style("dim"))
        text.append(f"{SIGNS['used']} used in this epoch  ", colors.style("train"))
        text.append(f"{SIGNS['now']} in the last batch", colors.style("mark", bold=True))
    return text


# -- the pictures ---------------------------------------------------------------------------


def _map_name(state: MapState, gap: str, colors: Palette) -> Text:
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append(f"{state.name}{gap}", colors.style("accent", bold=True))
    text.append(f"{state.updates} update{'' if state.updates == 1 else 's'}")
    loss = "?" if state.loss is None else short(state.loss, 2)
    text.append(f"  loss {loss}", colors.style("train"))
    return text


def _figure(state: MapState) -> tuple[ContourFigure, tuple[Stroke, ...]]:
    path = tuple((place[0], place[1]) for place in state.path)
    figure = ContourFigure(
        xs=state.map.xs,
        ys=state.map.ys,
        values=state.map.losses,
        x_label="weight 0",
        y_label="weight 1",
        title=f"{SLOPE}: by all rows" if state.full_step else "lines: loss",
        path=path if len(path) <= FEW else path[-1:],
        place=path[-1],
        lowest=state.map.lowest,
        valley=state.map.valley,
    )
    strokes = [Stroke(path[: -FEW + 1], "dim")] if len(path) > FEW else []
    strokes.append(Stroke(path[-FEW:], "accent"))
    if state.full_step is not None:
        (x, y), (to_x, to_y) = state.full_step
        strokes.append(Stroke(((x, y), (to_x, to_y)), "slope", SLOPE))
    return figure, tuple(strokes)


def _curve_figure(curve: CurveState | None) -> Figure:
    if curve is None:
        return Figure(empty="the loss curve, once you have answered")
    curves = [Curve(curve.weights, curve.losses, "train", "all rows")]
    if curve.batch is not None:
        curves.append(Curve(curve.weights, curve.batch, "validation", "last batch"))
    places, losses = zip(*curve.path, strict=True)
    curves.append(Curve(places, losses, "path", "steps"))
    return Figure(
        curves=tuple(curves),
        x_label="weight",
        y_label="loss",
        x_range=(float(curve.weights[0]), float(curve.weights[-1])),
        y_range=(0.0, float(max(curve.losses.max(), 1e-9))),
        marks=(Mark(places[-1], losses[-1], f"{short(places[-1], 3)}"),),
    )


# -- the numbers ----------------------------------------------------------------------------


def _rows(snapshot: BatchesSnapshot) -> tuple[tuple[Column, ...], tuple[Record, ...]]:
    """The table of a few rows of one input; the numbers are those before the last update."""
    columns = (
        Column("row", "dim", 6),
        Column("input", "node", 8),
        Column("target", "node", 8),
        Column("error", "node", 9),
        Column(f"slope {SLOPE}", "slope", 10),
        Column("in this epoch", "dim", 16),
    )
    said = {"waiting": "", "used": "used", "now": "in the batch"}
    records = tuple(
        Record(
            (
                str(row.number),
                short(row.inputs[0]),
                short(row.target),
                "?" if row.error is None else short(row.error),
                "?" if row.slopes is None else short(row.slopes[0]),
                said[row.state],
            ),
            row.state == "now",
        )
        for row in snapshot.rows
    )
    return columns, records


def _gradients(snapshot: BatchesSnapshot, colors: Palette) -> Text:
    """The gradient over the batch, over all rows, and how far they point apart."""
    text = Text(no_wrap=True, overflow="ellipsis")
    batch, full = snapshot.batch_gradient, snapshot.full_gradient
    if batch is None:
        text.append("the batch    no batch yet\n", colors.style("dim"))
    else:
        name = "the batch" if batch.rows > 1 else "the row"
        _gradient(text, name, batch, colors)
    _gradient(text, f"all {full.rows} rows", full, colors)
    if snapshot.angle is not None:
        side = "downhill for all rows too" if snapshot.angle < 90 else "uphill for all rows"
        text.append(f"{snapshot.angle:.0f}° apart", colors.style("mark", bold=True))
        which = "the batch" if batch is None or batch.rows > 1 else "the row"
        text.append(f": {which} points {side}", colors.style("node"))
    return text


def _gradient(text: Text, name: str, gradient: Gradient, colors: Palette) -> None:
    text.append(f"{name:<13}", colors.style("node"))
    slopes = gradient.slopes
    numbers = "?" if slopes is None else " ".join(cell(one, 9).rjust(9) for one in slopes)
    text.append(f"{SLOPE} {numbers}", colors.style("slope"))
    loss = "?" if gradient.loss is None else cell(gradient.loss, 9).strip()
    text.append(f"   loss {loss}\n", colors.style("train"))
