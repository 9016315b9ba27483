"""The early stopping lab: the losses with best and stop, the counter, the log, and the reason."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.stopping.state import EpochRow, StoppingSnapshot
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.render.columns import fitted
from tui.render.glyphs import EMPTY_DOT, FULL_DOT
from tui.theme import Palette, palette
from tui.widgets.cells import Cells, Column, Record
from tui.widgets.plot import Curve, Figure, Mark, Plot

WORDS = {"best": "new best", "stops": "stops here", "unseen": "never seen"}
"""What a row says about its epoch."""

NUMBER = 9
"""Cells of a column of numbers."""

ROOM = 1.1
"""How much wider the picture is than its epochs: the words at the last mark need that."""

LOW = 22
"""Rows below which the parts of the view are shorter."""
LOWER, LOWEST, LEAST = 18, 15, 11
"""Rows beside an open question: where the reason has no line above it, where it has but two lines,
and where the plot has too few to be drawn."""
ROOMY = 68
"""Columns from which all settings stand in one line."""


class StoppingView(LabView):
    """Paints a StoppingSnapshot."""

    def compose(self) -> ComposeResult:
        """The settings, the losses, the counter, the log, the reason, the weights kept."""
        yield Static(id="standing", markup=False)
        yield Plot(id="losses")
        yield Static(id="counter", markup=False)
        yield Cells(id="epochs")
        yield Static(id="reason", markup=False)

    def on_resize(self) -> None:
        """On a low terminal the plot takes rows from the table and the reason."""
        below = {"low": LOW, "lower": LOWER, "lowest": LOWEST, "least": LEAST}
        dress(self, {name: self.size.height < least for name, least in below.items()})

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, StoppingSnapshot):
            return
        colors = palette(self.app)
        delta = _min_delta(snapshot, colors)
        above, below = (delta, Text()) if self.size.width >= ROOMY else (Text(), delta)
        standing, counter = _standing(snapshot, above, colors), _counter(snapshot, below, colors)
        self.query_one("#standing", Static).update(standing, layout=False)
        self.query_one("#losses", Plot).figure = _figure(snapshot)
        self.query_one("#counter", Static).update(counter, layout=False)
        self.query_one("#epochs", Cells).show(_columns(snapshot), _records(snapshot))
        self.query_one("#reason", Static).update(_reason(snapshot, colors), layout=False)


def _min_delta(snapshot: StoppingSnapshot, colors: Palette) -> Text:
    """The setting min_delta, where it is set; it stands where there is room for it."""
    least = snapshot.settings.min_delta
    return Text(f"  min_delta {short(least)}" if least else "", colors.style("accent"))


def _standing(snapshot: StoppingSnapshot, min_delta: Text, colors: Palette) -> Text:
    text = Text(no_wrap=True, overflow="ellipsis")
    settings = snapshot.settings
    text.append(f"epoch {snapshot.position}", colors.style("mark", bold=True))
    text.append(f" of {snapshot.last}", colors.style("dim"))
    text.append(f"  patience {settings.patience}", colors.style("accent"))
    text.append_text(min_delta)
    restore = "on" if settings.restore else "off"
    return text.append(f"  restore_best_weights {restore}", colors.style("accent"))


def _figure(snapshot: StoppingSnapshot) -> Figure:
    curves, marks = [], []
    stop = snapshot.stopped or len(snapshot.val_losses)
    epochs = range(1, len(snapshot.val_losses) + 1)
    if snapshot.train_losses:
        curves.append(Curve(list(epochs), snapshot.train_losses, "train", "training"))
    seen = snapshot.val_losses[:stop]
    curves.append(Curve(list(epochs[:stop]), seen, "validation", "validation"))
    if snapshot.stopped is not None and len(snapshot.val_losses) > stop:
        missed = list(epochs[stop - 1 :]), snapshot.val_losses[stop - 1 :]
        curves.append(Curve(*missed, "ghost", "never seen"))
    if snapshot.best_epoch:
        best = snapshot.val_losses[snapshot.best_epoch - 1]
        marks.append(Mark(snapshot.best_epoch, best, "best", "mark"))
    if snapshot.stopped is not None:
        last = snapshot.val_losses[snapshot.stopped - 1]
        marks.append(Mark(snapshot.stopped, last, "stops", "accent"))
    back = snapshot.position < snapshot.end
    return Figure(
        curves=tuple(curve for curve in curves if len(curve.x)),
        x_label="epoch",
        y_label="loss",
        x_range=(0.5, ROOM * max(snapshot.end if snapshot.real else snapshot.last, 7)),
        y_range=snapshot.frame,
        cursor=float(snapshot.position) if back and snapshot.position else None,
        marks=tuple(marks),
        empty="no epoch yet: space takes one, r runs",
    )


def _counter(snapshot: StoppingSnapshot, min_delta: Text, colors: Palette) -> Text:
    """Epochs without a new best, as dots up to patience."""
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append("without a new best  ", colors.style("dim"))
    patience = max(snapshot.settings.patience, 1)
    if snapshot.hidden:
        text.append("?", colors.style("mark", bold=True))
    else:
        waited = next((row.waited for row in reversed(snapshot.rows) if row.waited is not None), 0)
        dots = FULL_DOT * min(waited, patience) + EMPTY_DOT * max(patience - waited, 0)
        text.append(dots, colors.style("slope", bold=True))
        text.append(f"  {waited} of {patience}", colors.style("mark", bold=True))
    text.append_text(min_delta)
    if snapshot.real and not snapshot.hidden:
        network = f"     {snapshot.nodes}-{snapshot.nodes}-2, adam, seed {snapshot.seed}"
        text.append(network, colors.style("dim"))
    return text


def _columns(snapshot: StoppingSnapshot) -> tuple[Column, ...]:
    training = (Column("loss", "train", NUMBER),) if snapshot.real else ()
    return (
        Column("epoch", "mark", 6),
        *training,
        Column("val_loss", "validation", NUMBER),
        Column("best", "node", NUMBER),
        Column("counter", "slope", NUMBER),
        Column("", "accent", 12),
    )


def _records(snapshot: StoppingSnapshot) -> tuple[Record, ...]:
    return tuple(
        Record(_texts(snapshot, row), marked=row is snapshot.rows[-1], dim=row.what == "unseen")
        for row in snapshot.rows
    )


def _texts(snapshot: StoppingSnapshot, row: EpochRow) -> tuple[str, ...]:
    unknown = "?" if snapshot.hidden else "-"
    loss = (fitted(row.loss or 0.0, NUMBER - 2),) if snapshot.real else ()
    decimals = 4 if any(round(one, 2) != one for one in snapshot.val_losses) else 2
    return (
        str(row.epoch),
        *loss,
        fitted(row.val_loss, NUMBER - 2, decimals),
        unknown if row.best is None else fitted(row.best, NUMBER - 2, decimals),
        unknown if row.waited is None else str(row.waited),
        WORDS.get(row.what, ""),
    )


def _reason(snapshot: StoppingSnapshot, colors: Palette) -> Text:
    stops = snapshot.stopped == snapshot.position
    text = Text(snapshot.reason, colors.style("mark" if stops else "text", bold=stops))
    if snapshot.kept is not None:
        epoch, loss = snapshot.kept
        last = snapshot.stopped or snapshot.last
        how = "put back" if epoch != last else "the last one's"
        text.append(
            f"\nWeights kept: of epoch {epoch}, {how}; val_loss {short(loss)}.",
            colors.style("weight"),
        )
    return text
