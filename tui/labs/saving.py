"""The saving lab: the rows predicted so far, the file, and what holds for all rows."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.saving.setup import FILE, INPUTS, PREDICTIONS, RAW, RELOADED, THRESHOLD
from lessons.labs.saving.state import InputView, RowView, SavingSnapshot
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.render.glyphs import DONE
from tui.theme import Palette, palette
from tui.widgets.cells import Cells, Column, Record
from tui.widgets.plot import Curve, Figure, Mark, Plot

ROW = Column("row", "dim", 5)
ACTUAL = Column("truth", "node", 10)
ZERO, ONE = Column("[:,0]", "node", 9), Column("[:,1]", "node", 9)
LABEL, RIGHT = Column("label", "mark", 7), Column("right", "accent", 7)
LONG_ONE, LONG_OTHER = Column("in memory [:,1]", "node", 16), Column("reloaded [:,1]", "node", 15)
DIFFERENCE = Column("difference", "mark", 12)
RAW_ONE = Column("raw [:,1]", "mark", 11)
OF_INPUTS = (
    Column("feature", "node", 17),
    Column("raw", "node", 7),
    Column("mean", "dim", 7),
    Column("deviation", "dim", 10),
    Column("scaled", "mark", 9),
)

UNKNOWN = "?"

LOW = 17
"""Rows below which the curve and the table do not fit one above the other."""


class SavingView(LabView):
    """Paints a SavingSnapshot."""

    def compose(self) -> ComposeResult:
        """Where things stand, the curve over thresholds, the rows or the file, the sums."""
        yield Static(id="standing", markup=False)
        yield Plot(id="thresholds")
        yield Static(id="file", markup=False)
        yield Cells(id="rows")
        yield Static(id="sums", markup=False)

    def on_resize(self) -> None:
        """While something is edited on a low terminal, the curve is worth more than the rows."""
        self.set_class(self.size.height < LOW, "low")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, SavingSnapshot):
            return
        shows, colors = snapshot.settings.shows, palette(self.app)
        views = {"thresholds": THRESHOLD, "file": FILE, "inputs": INPUTS}
        dress(self, {name: shows == view for name, view in views.items()})
        self.query_one("#standing", Static).update(_standing(snapshot, colors), layout=False)
        self.query_one("#sums", Static).update(_sums(snapshot, colors), layout=False)
        if shows == FILE:
            self.query_one("#file", Static).update(_file(snapshot, colors), layout=False)
            return
        if shows == THRESHOLD:
            self.query_one(Plot).figure = _figure(snapshot)
        self.query_one(Cells).show(*_table(snapshot))


def _table(snapshot: SavingSnapshot) -> tuple[tuple[Column, ...], tuple[Record, ...]]:
    """Columns and records of what is shown; the newest row is marked."""
    shows = snapshot.settings.shows
    if shows == INPUTS:
        return OF_INPUTS, tuple(Record(_input(one)) for one in snapshot.inputs)
    columns, texts = TABLES[shows]
    if shows == RELOADED and not snapshot.loaded:
        columns, texts = (ROW, LONG_ONE), _in_memory
    if snapshot.given:
        columns, texts = (ROW, ZERO, ONE, LABEL), _given
    newest = len(snapshot.rows) - 1
    records = (Record(texts(row), marked=at == newest) for at, row in enumerate(snapshot.rows))
    return columns, tuple(records)


def _predicted(row: RowView) -> tuple[str, ...]:
    right = "" if row.right is None else DONE if row.right else "no"
    return (str(row.number), row.actual, *_two(row), row.label, right)


def _given(row: RowView) -> tuple[str, ...]:
    return (str(row.number), f"{row.zero:g}", _number(row.one, "g"), row.label)


def _input(one: InputView) -> tuple[str, ...]:
    numbers = (f"{short(one.raw, 2)}", f"{one.mean:.2f}", f"{one.deviation:.2f}")
    return (one.name, *numbers, _number(one.scaled, ".4f"))


def _in_memory(row: RowView) -> tuple[str, ...]:
    return (str(row.number), _number(row.one, ".8f"))


def _reloaded(row: RowView) -> tuple[str, ...]:
    other = UNKNOWN if row.other is None else f"{row.other:.8f}"
    difference = UNKNOWN if row.difference is None else _difference(row.difference)
    return (str(row.number), _number(row.one, ".8f"), other, difference)


def _raw(row: RowView) -> tuple[str, ...]:
    return (str(row.number), row.actual, _number(row.one, ".4f"), _number(row.other, ".4f"))


def _two(row: RowView) -> tuple[str, str]:
    return f"{row.zero:.4f}", _number(row.one, ".4f")


def _number(value: float | None, form: str) -> str:
    return UNKNOWN if value is None else f"{value:{form}}"


def _difference(value: float) -> str:
    """0 says that all bits are equal, so nothing is rounded to it."""
    return "0" if value == 0 else f"{value:.2e}"


_OF_PREDICTIONS = ((ROW, ACTUAL, ZERO, ONE, LABEL, RIGHT), _predicted)
TABLES = {
    PREDICTIONS: _OF_PREDICTIONS,
    THRESHOLD: _OF_PREDICTIONS,
    RELOADED: ((ROW, LONG_ONE, LONG_OTHER, DIFFERENCE), _reloaded),
    RAW: ((ROW, ACTUAL, Column("scaled [:,1]", "node", 14), RAW_ONE), _raw),
}
"""For each thing shown, the columns and the texts of a row."""


def _standing(snapshot: SavingSnapshot, colors: Palette) -> Text:
    text = Text(no_wrap=True, overflow="ellipsis")
    settings = snapshot.settings
    if snapshot.given:
        text.append("predictions of 2 rows, given\n", colors.style("accent", bold=True))
    else:
        text.append(f"10-50-50-2, {settings.epochs} epochs", colors.style("accent", bold=True))
        text.append(f"  seed {snapshot.seed}\n", colors.style("dim"))
    text.append(f"row {snapshot.position} of {snapshot.count}", colors.style("mark", bold=True))
    text.append(f"  threshold {short(settings.threshold)}")
    if not snapshot.given:
        state = f"reloaded from {snapshot.loaded}" if snapshot.loaded else "nothing loaded"
        text.append(f"  {state}", colors.style("dim"))
    return text


def _sums(snapshot: SavingSnapshot, colors: Palette) -> Text:
    """What holds for all rows, about what is shown."""
    text = Text(no_wrap=True, overflow="ellipsis")
    if snapshot.given or snapshot.settings.shows in (FILE, INPUTS):
        return text
    count, bright = snapshot.count, colors.style("node")
    match snapshot.settings.shows:
        case "reloaded" if not snapshot.loaded:
            text.append("no network is loaded: S saves one, L loads it", colors.style("dim"))
        case "reloaded":
            text.append(f"all {count} rows: largest difference {snapshot.largest}")
            if snapshot.largest == "0":
                text.append("  every bit is equal", colors.style("dim"))
        case "raw rows":
            text.append(f"all {count} rows at threshold {short(snapshot.settings.threshold)}\n")
            text.append(f"right: {snapshot.right} scaled, {snapshot.raw_right} raw")
        case _:
            if snapshot.settings.shows == PREDICTIONS:
                text.append(f"so far {snapshot.right_so_far} of {snapshot.position} are right\n")
            share = f"{snapshot.right / count:.1%}"
            text.append(f"all {count} rows: {snapshot.right} labels are right, {share}", bright)
            if snapshot.settings.shows == THRESHOLD:
                called = (
                    f"\ncalled survivors: {snapshot.found} who survived, {snapshot.alarms} who died"
                )
                text.append(called, colors.style("dim"))
    return text


def _file(snapshot: SavingSnapshot, colors: Palette) -> Text:
    held, dim = snapshot.file, colors.style("dim")
    text = Text(no_wrap=True, overflow="ellipsis")
    state = f"{held.size:,} bytes" if snapshot.saved else "not written yet: S writes it"
    text.append(f"{held.name}", colors.style("mark", bold=True))
    text.append(f"  {state}\n")
    text.append(f"in {held.folder}\n{held.format}\n\n", dim)
    for layer in held.layers:
        text.append(f"{layer.name:<9} {layer.activation:<8} {layer.shapes:<12}")
        text.append(f" {layer.parameters:>6,} numbers\n", colors.style("weight"))
    scaler = held.scaled_columns
    about = f"mean and deviation of {scaler} columns" if scaler else "none"
    text.append(f"scaler    {about}\n")
    text.append(f"optimizer {held.optimizer}\n")
    text.append(f"rows of the data  {snapshot.rows_in_file}", colors.style("mark", bold=True))
    return text


def _figure(snapshot: SavingSnapshot) -> Figure:
    return Figure(
        curves=(Curve(snapshot.thresholds, snapshot.right_at, "curve", "labels that are right"),),
        marks=(Mark(snapshot.settings.threshold, float(snapshot.right)),),
        x_label="threshold",
        x_range=(0.0, 1.0),
        y_label="right",
    )
