"""The lines lab: both models over the same rows, their losses, and the gaps between the lines."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from lessons.labs.lines.state import LinesSnapshot, ModelView
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.render.figure import LineStyle
from tui.render.glyphs import SIGN_OF_STYLE
from tui.theme import Palette, palette
from tui.widgets.plot import Curve, Figure, Mark, Plot

TITLES = {"straight": "straight model", "network": "network"}

GROUPS: tuple[tuple[str, str, LineStyle], ...] = (
    ("curve", "batch", "scatter"),
    ("path", "path", "points"),
)
"""For group 0 and group 1: the roles of its line and of its rows, and how rows alone are drawn."""

COLORS = ("node", "accent")
"""Of the legend of the rows."""

LOW = 24
"""Rows below which a plot of the losses would be too flat to read; the table has their numbers."""

LABEL = 0.6
"""Where along its line the name of a group stands."""

LOSSES: dict[str, LineStyle] = {"straight": "dashes", "network": "line"}


class LinesView(LabView):
    """Paints a LinesSnapshot."""

    def compose(self) -> ComposeResult:
        """Where training stands, the models side by side, the table, the losses."""
        yield Static(id="standing", markup=False)
        with Horizontal(id="models"):
            yield Plot(id="model-0")
            yield Plot(id="model-1")
        yield Static(id="gaps", markup=False)
        yield Plot(id="losses")

    def on_resize(self) -> None:
        """Where there is room for the lines or the plot of the losses, the lines stay."""
        self.set_class(self.size.height < LOW, "low")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, LinesSnapshot):
            return
        models = snapshot.models
        dress(self, {"rows-alone": not models, "one-model": len(models) < 2})
        colors = palette(self.app)
        self.query_one("#standing", Static).update(_standing(snapshot, colors), layout=False)
        self.query_one("#model-0", Plot).figure = _figure(snapshot, models[0] if models else None)
        if len(models) > 1:
            self.query_one("#model-1", Plot).figure = _figure(snapshot, models[1])
        if models:
            self.query_one("#gaps", Static).update(_gaps(snapshot, colors), layout=False)
            self.query_one("#losses", Plot).figure = _losses(snapshot)


def _standing(snapshot: LinesSnapshot, colors: Palette) -> Text:
    text = Text(no_wrap=True, overflow="ellipsis")
    if not snapshot.models:
        for (_, _, style), name, role in zip(GROUPS, snapshot.groups, COLORS, strict=True):
            text.append(f"{SIGN_OF_STYLE[style]} ", colors.style(role, bold=True))
            text.append(f"{name}   ", colors.style("text"))
        count = sum(len(x) for x, _ in snapshot.rows)
        return text.append(f"{count} customers, generated", colors.style("dim"))
    text.append(f"epoch {snapshot.position}", colors.style("mark", bold=True))
    text.append(f"  rate {short(snapshot.rate, 6)}")
    if len(snapshot.models) > 1:
        nodes = f"{snapshot.nodes} hidden node{'' if snapshot.nodes == 1 else 's'}"
        text.append(f"  {nodes}, activation {snapshot.activation}")
    return text.append(f"  seed {snapshot.seed}", colors.style("dim"))


def _figure(snapshot: LinesSnapshot, model: ModelView | None) -> Figure:
    curves, marks = [], []
    for (line, role, alone), points in zip(GROUPS, snapshot.rows, strict=True):
        if model is None:
            curves.append(Curve(*points, line, "", alone))
        else:
            curves.append(Curve(*points, role, "", "scatter"))
    if model is not None:
        for (role, _, _), name, y in zip(GROUPS, snapshot.groups, model.lines, strict=True):
            curves.append(Curve(snapshot.along, y, role, "", "line"))
            at = int(len(y) * LABEL)
            marks.append(Mark(float(snapshot.along[at]), float(y[at]), name, "mark"))
    title = f"{snapshot.target} a year" if model is None else TITLES[model.name]
    return Figure(
        curves=tuple(curves),
        x_label=snapshot.axis,
        y_label=title,
        x_range=snapshot.x_range,
        y_range=snapshot.y_range,
        marks=tuple(marks),
    )


def _gaps(snapshot: LinesSnapshot, colors: Palette) -> Text:
    """A small table: for each model its loss and the gap at two places."""
    near, far = (short(place) for place in snapshot.places)
    text = Text(no_wrap=True, overflow="ellipsis")
    heads = ("loss", f"gap at {near}", f"gap at {far}")
    text.append(" " * 16 + "".join(f"{head:>13}" for head in heads), colors.style("dim"))
    for model in snapshot.models:
        text.append(f"\n{TITLES[model.name]:<16}", colors.style("text"))
        text.append(f"{_number(model.loss, 2):>13}", colors.style("train"))
        for gap in model.gaps:
            shown = "?" if model.gaps_hidden else _number(gap, 1)
            text.append(f"{shown:>13}", colors.style("mark", bold=True))
    return text


def _number(value: float, decimals: int) -> str:
    """A number in a steady width, or in powers of ten where it has exploded."""
    return f"{value + 0.0:.{decimals}f}" if abs(value) < 1e5 else f"{value:.3g}"


def _losses(snapshot: LinesSnapshot) -> Figure:
    back = snapshot.position < snapshot.end
    # The start is far above where the models part: it leaves the picture once all are below.
    low = all(model.losses[1][-1] < snapshot.high_loss for model in snapshot.models)
    return Figure(
        curves=tuple(
            Curve(*model.losses, "train", TITLES[model.name], LOSSES[model.name])
            for model in snapshot.models
        ),
        x_label="epoch",
        y_label="loss",
        x_range=(0.0, max(float(snapshot.end), 10.0)),
        y_range=(0.0, snapshot.high_loss) if low else None,
        cursor=float(snapshot.position) if back else None,
    )
