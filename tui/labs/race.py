"""The race lab: a curve for each lane on one plot, and below it a column for each."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.race.state import LaneView, LogRow, RaceSnapshot
from tui.labs.base import LabView
from tui.render.columns import fitted
from tui.render.figure import LineStyle
from tui.render.glyphs import SIGN_OF_STYLE
from tui.theme import Palette, palette
from tui.widgets.cells import Cells, Column, Record
from tui.widgets.plot import Curve, Figure, Mark, Plot

LOOKS: tuple[tuple[str, str, LineStyle], ...] = (
    ("weight", "weight", "line"),
    ("slope", "slope", "dashes"),
    ("validation", "validation", "dots"),
    ("train", "train", "line"),
    ("path", "accent", "dashes"),
    ("curve", "node", "dots"),
)
"""Of each lane: the role of its curve, that of its column, and how its line is drawn."""

FIRST = 12
"""Cells of the column with the names of the rows."""

WIDEST = 14
"""Cells of a lane's column at most."""

STOPPED = "✗"


class RaceView(LabView):
    """Paints a RaceSnapshot."""

    def compose(self) -> ComposeResult:
        """Where the race stands, the curves, what is true of each lane, the log."""
        yield Static(id="standing", markup=False)
        yield Plot(id="lanes")
        yield Cells(id="log")
        yield Cells(headed=False, id="facts")

    def on_resize(self) -> None:
        """The columns follow the width."""
        self.paint()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, RaceSnapshot):
            return
        colors = palette(self.app)
        self.query_one("#standing", Static).update(_standing(snapshot, colors), layout=False)
        self.query_one("#lanes", Plot).figure = _figure(snapshot)
        width = min(max((self.size.width - FIRST - 1) // len(snapshot.lanes), 8), WIDEST)
        columns = _columns(snapshot, width)
        self.query_one("#log", Cells).show(columns, _log(snapshot, width))
        self.query_one("#facts", Cells).show(columns, _facts(snapshot))


def _standing(snapshot: RaceSnapshot, colors: Palette) -> Text:
    text = Text(no_wrap=True, overflow="ellipsis")
    if snapshot.one_weight:
        text.append(f"step {snapshot.position}", colors.style("mark", bold=True))
        return text.append("  one weight: input 3, target 10, best weight 3.3333")
    text.append(f"epoch {snapshot.epoch}", colors.style("mark", bold=True))
    text.append(f"  batch {snapshot.batch:>2}/{snapshot.per_epoch}  sgd  ")
    text.append(f"scaling {'on' if snapshot.scaling else 'off'}  ")
    return text.append(f"seed {snapshot.seed}", colors.style("dim"))


def _figure(snapshot: RaceSnapshot) -> Figure:
    curves, marks = [], []
    for lane, (role, color, style) in zip(snapshot.lanes, LOOKS, strict=False):
        x, y = lane.curve
        if not len(x):
            continue
        few: LineStyle | None = "points" if len(x) == 1 else style
        curves.append(Curve(x, y, role, "", few))
        marks += _marks(snapshot, lane, color)
    per = snapshot.per_epoch if snapshot.by_epoch else 1
    back = snapshot.position < snapshot.end
    least = 1.0 if snapshot.by_epoch else 10.0
    return Figure(
        curves=tuple(curves),
        x_label=_unit(snapshot),
        y_label=snapshot.shows
        if snapshot.one_weight
        else f"{snapshot.shows}: loss"
        if snapshot.shows == "each batch"
        else snapshot.shows,
        # Room on the right for the names of the lanes.
        x_range=(0.0, 1.12 * max(snapshot.end / per, least)),
        y_range=snapshot.frame,
        cursor=snapshot.position / per if back else None,
        marks=tuple(marks),
        log_y=snapshot.log_axis,
        empty="hidden until you have answered"
        if all(lane.hidden for lane in snapshot.lanes)
        else "nothing to draw yet: space takes a step, r runs",
    )


def _marks(snapshot: RaceSnapshot, lane: LaneView, color: str) -> list[Mark]:
    """The name of a lane at the end of its curve, or where it stopped."""
    assert snapshot.frame is not None
    x, y = lane.curve
    low, high = snapshot.frame
    name = f"{lane.rate} {lane.start}" if lane.start else lane.rate
    name = f"{STOPPED} {name}" if lane.fall is not None else name
    last = float(y[-1])
    if not low <= last <= high:  # out of the picture: the name stays at its edge
        above = not last < low
        return [
            Mark(float(x[-1]), high if above else low, f"{name} {'↑' if above else '↓'}", color)
        ]
    return [Mark(float(x[-1]), last, name, color)]


def _unit(snapshot: RaceSnapshot) -> str:
    """What the rows and the axis count."""
    return "epoch" if snapshot.by_epoch else "step" if snapshot.one_weight else "batch"


def _columns(snapshot: RaceSnapshot, width: int) -> tuple[Column, ...]:
    heads = [
        Column(_head(SIGN_OF_STYLE[style], lane.rate, width), color, width, lit=True)
        for lane, (_, color, style) in zip(snapshot.lanes, LOOKS, strict=False)
    ]
    return Column(_unit(snapshot), "mark", FIRST), *heads


def _head(sign: str, rate: str, width: int) -> str:
    """How the lane's line is drawn, as far as there is room, and its rate."""
    room = width - 2 - len(rate)
    return f"{sign[: max(room, 0)]} {rate}" if room > 0 else rate


def _facts(snapshot: RaceSnapshot) -> tuple[Record, ...]:
    """What is true of each lane as it stands."""
    records = []
    if any(lane.start for lane in snapshot.lanes):
        starts = tuple(lane.start or "new" for lane in snapshot.lanes)
        records.append(Record(("model", *starts), dim=True))
    if any(lane.nodes for lane in snapshot.lanes):
        dead = (_dead(lane) for lane in snapshot.lanes)
        records.append(Record(("dead nodes", *dead), dim=True))
    if any(lane.fallen for lane in snapshot.lanes):
        stops = (_stop(lane) for lane in snapshot.lanes)
        records.append(Record(("stopped at", *stops), dim=True))
    return tuple(records)


def _dead(lane: LaneView) -> str:
    return "?" if lane.dead is None else f"{sum(lane.dead)}/{lane.nodes}"


def _stop(lane: LaneView) -> str:
    if lane.fall is None or not lane.fallen:
        return ""
    return f"{STOPPED} {lane.fall.step}: {lane.fall.word}"


def _log(snapshot: RaceSnapshot, width: int) -> tuple[Record, ...]:
    return tuple(
        Record(
            (f"{row.name}{' so far' if row.running else ''}", *_cells(snapshot, row, width)),
            marked=row is snapshot.rows[-1],
        )
        for row in snapshot.rows
    )


def _cells(snapshot: RaceSnapshot, row: LogRow, width: int) -> tuple[str, ...]:
    decimals = 6 if snapshot.shows == "weight" and width > 9 else 4
    return tuple(
        "?"
        if lane.hidden and value is None
        else ""
        if value is None
        else fitted(value, min(width - 2, 9), decimals)
        for lane, value in zip(snapshot.lanes, row.values, strict=True)
    )
