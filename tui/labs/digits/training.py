"""Training on the screen: the curves of one training, and of two that are compared."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Static

from lessons.labs.digits.state import DigitsSnapshot, Shuffled, Training
from lessons.numbers import percent
from tui.labs.digits.pictures import Part
from tui.theme import palette
from tui.widgets.images import Images, ImagesView, Picture
from tui.widgets.plot import Curve, Figure, Plot

LOW = 20
"""Rows below which two plots stand side by side, and pictures are small."""


class TrainingPart(Part):
    """Loss and accuracy, with what ten equal guesses would get."""

    def compose(self) -> ComposeResult:
        """What knowing nothing gets, then the curves."""
        yield Static(id="chance", markup=False)
        with Container(id="plots"):
            yield Plot(id="loss")
            yield Plot(id="accuracy")

    def on_resize(self) -> None:
        """One plot above the other where there is room."""
        self.set_class(self.size.height < LOW, "low")

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Training):
            return
        self.write("chance", self._chance(snapshot, part))
        loss = _figure(snapshot, "loss", _loss_curves(snapshot, part))
        if part.hides_loss:
            loss = Figure(x_label="epoch", y_label="loss", empty="once you have answered")
        curves = part.curves
        accuracy = [
            Curve(*curves.accuracy, "train", "training"),
            Curve(*part.held_out[1], "validation", "held out"),
        ]
        self.query_one("#loss", Plot).figure = loss
        self.query_one("#accuracy", Plot).figure = _figure(snapshot, "accuracy", accuracy)

    def _chance(self, snapshot: DigitsSnapshot, part: Training) -> Text:
        colors, text = palette(self.app), Text(no_wrap=True, overflow="ellipsis")
        text.append("equal guesses:  ", colors.style("dim"))
        loss = "?" if part.hides_loss else f"{part.chance_loss:.4f}"
        text.append(f"loss {loss}", colors.style("train"))
        if "?" not in snapshot.sizes:
            share = f"   accuracy {100 * part.chance_accuracy:.0f} %"
            text.append(share, colors.style("node"))
        if self.has_class("low"):  # elsewhere the line above has room for it
            count = "?" if snapshot.parameters is None else f"{snapshot.parameters:,}"
            text.append(f"   {'-'.join(snapshot.sizes)}: {count}", colors.style("accent"))
        return text


def _loss_curves(snapshot: DigitsSnapshot, part: Training) -> list[Curve]:
    curves = part.curves
    found = [Curve(*curves.batches, "batch", "each batch")] if len(curves.batches[0]) else []
    found.append(Curve(*curves.train, "train", "training"))
    found.append(Curve(*part.held_out[0], "validation", "held out"))
    return found


def _figure(snapshot: DigitsSnapshot, label: str, curves: list[Curve]) -> Figure:
    reached = snapshot.end / snapshot.steps_per_epoch
    back = snapshot.position < snapshot.end
    return Figure(
        curves=tuple(curve for curve in curves if len(curve.x)),
        x_label="epoch",
        x_range=(0.0, max(reached, 1.0)),
        y_label=label,
        cursor=snapshot.position / snapshot.steps_per_epoch if back else None,
        empty="no batch yet: r runs",
    )


class ShuffledPart(Part):
    """An image as it is and shuffled, the accuracies of both trainings, the seeds so far."""

    def compose(self) -> ComposeResult:
        """The two pictures, the seeds, the curves."""
        with Horizontal(id="above"):
            yield Images(id="both")
            yield Static(id="tried", markup=False)
        yield Plot(id="race")

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Shuffled):
            return
        images = self.query_one("#both", Images)
        images.can_focus = False
        images.view = ImagesView(
            [Picture(part.plain, "as it is", "node"), Picture(part.mixed, "shuffled", "node")],
            at_once=2,
            largest=0.5,
        )
        self.write("tried", self._tried(part))
        plain, mixed = part.curves
        curves = [Curve(*plain, "train", "as it is", "line")]
        if not part.hidden:
            curves.append(Curve(*mixed, "validation", "shuffled", "dots"))
        self.query_one(Plot).figure = _figure(snapshot, "accuracy", curves)

    def _tried(self, part: Shuffled) -> Text:
        colors, text = palette(self.app), Text(no_wrap=True, overflow="ellipsis")
        text.append("accuracy on held-out images\n", colors.style("dim"))
        text.append(f"{'':9}as it is  shuffled\n", colors.style("dim"))
        now = [None if log is None else log.val_accuracy for log in part.logs]
        text.append(f"{'now':9}", colors.style("mark", bold=True))
        text.append(f"{_percent(now[0]):>8}", colors.style("train"))
        text.append(f"{_percent(now[1], part.hidden):>10}\n", colors.style("validation"))
        text.append(f"after {part.compared_at} epochs:\n", colors.style("dim"))
        for seed, plain, mixed in part.tried[-3:]:
            row = f"seed {seed:<4}{_percent(plain):>8}{_percent(mixed, part.hidden):>10}\n"
            text.append(row, colors.style("node"))
        if not part.tried:
            text.append("no seed yet: r runs", colors.style("dim"))
        return text


def _percent(share: float | None, hidden: bool = False) -> str:
    if hidden:
        return "?"
    return "-" if share is None else percent(share)
