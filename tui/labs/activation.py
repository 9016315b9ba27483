"""The activation lab: an activation and its slope as curves, or one network with each of them."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.activation.state import ActivationSnapshot, Comparison, Reading, Slide
from tui.labs.base import LabView
from tui.labs.forward import diagram_of
from tui.render.columns import NumberColumn
from tui.render.table import shorten
from tui.theme import Palette, palette
from tui.widgets.comparison import ComparisonTable
from tui.widgets.lines import Lines
from tui.widgets.network import Network
from tui.widgets.plot import Curve, Figure, Mark, Plot

LOW = 19
"""Rows below which the comparison has no room for the drawing of the network."""

NUMBER = NumberColumn(3, 6)
LABELS = {"z": "z", "value": "f(z)", "slope": "f'(z) ∂"}
ROLES = {"z": "accent", "value": "node", "slope": "slope"}


class ActivationView(LabView):
    """Paints an ActivationSnapshot."""

    def compose(self) -> ComposeResult:
        """The curves with their numbers; the network with its table."""
        yield Plot(id="activation")
        yield Static(id="readings", markup=False)
        yield Network(id="network")
        yield ComparisonTable(id="comparison")
        yield Lines(id="lines")

    def on_resize(self) -> None:
        """Where rows are scarce the table is worth more than the drawing."""
        self.set_class(self.size.height < LOW, "low")
        self.paint()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, ActivationSnapshot):
            return
        self.set_class(snapshot.shows == "network", "compares")
        if snapshot.shows == "network":
            self._compare(snapshot.comparison)
        else:
            self._slide(snapshot.activation, snapshot.slide)

    def _slide(self, activation: str, slide: Slide) -> None:
        self.query_one(Plot).figure = _figure(activation, slide)
        text = _readings(slide, self.size.width, palette(self.app))
        self.query_one("#readings", Static).update(text, layout=False)

    def _compare(self, comparison: Comparison) -> None:
        diagram = diagram_of(comparison.layers, comparison.edges, self.selected)
        self.query_one(Network).diagram = diagram
        self.query_one(ComparisonTable).comparison = comparison
        self.query_one(Lines).lines = comparison.lines


def _readings(slide: Slide, width: int, colors: Palette) -> Text:
    """z, value and slope below each other, then what the slope says."""
    text = Text(no_wrap=True, overflow="ellipsis")
    for reading in slide.readings:
        style = colors.style(ROLES[reading.name], bold=True)
        text.append(f" {LABELS[reading.name]:<8}", style)
        shown = "?" if reading.number is None else NUMBER.format(reading.number).rstrip()
        text.append(shown.rjust(NUMBER.width), style)
        text.append(f"   {_formula(reading, width - NUMBER.width - 12)}\n", colors.style("dim"))
    text.append(
        f" {slide.verdict}", colors.style("mark" if slide.flat else "node", bold=slide.flat)
    )
    return text


def _formula(reading: Reading, room: int) -> str:
    """The formula in symbols and with its values, or with its values alone where room is short."""
    both = " = ".join(part for part in (reading.formula, reading.filled) if part)
    if len(both) + 2 > room:
        both = reading.filled or reading.formula
    return shorten(f"= {both}", room) if both else "the sum of the node"


def _figure(activation: str, slide: Slide) -> Figure:
    places, values, slopes = slide.curve
    curves, marks = [], []
    numbers = {reading.name: reading.number for reading in slide.readings}
    if "slope" not in slide.hidden:
        curves.append(Curve(places, slopes, "slope", "slope ∂", "dots"))
        marks.append(Mark(slide.z, numbers["slope"] or 0.0, "", "slope"))
    if "value" not in slide.hidden:
        curves.append(Curve(places, values, "curve", "value"))
        marks.append(Mark(slide.z, numbers["value"] or 0.0, ""))
    return Figure(
        curves=tuple(curves),
        x_label="z",
        y_label=activation,
        x_range=(float(places[0]), float(places[-1])),
        y_range=(slide.low, slide.high),
        cursor=slide.z,
        marks=tuple(marks),
    )
