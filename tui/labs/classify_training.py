"""The training view of the classification lab: where it stands, two plots, the rows watched."""

from __future__ import annotations

from rich.text import Text

from lessons.labs.classify.training import ClassTrainingSnapshot, Probabilities
from lessons.numbers import short
from tui.labs.classify_tables import WIDE_ENOUGH, empty
from tui.render.bar import divided
from tui.render.figure import LineStyle
from tui.render.glyphs import FULL_DOT, MARK
from tui.theme import Palette
from tui.widgets.plot import Curve, Figure

FEW = 24
"""Batches up to which each is drawn as a large point."""

POINTER, BASE_RATE = "▼", "base rate"

VERDICTS = {True: "right", False: "wrong", None: ""}


def standing(view: ClassTrainingSnapshot, width: int, colors: Palette) -> Text:
    """Data and network, then how far it is and the numbers of this epoch so far."""
    text = empty()
    text.append(view.data, colors.style("accent", bold=True))
    text.append(f"  {view.rows:,} rows  {view.network}  rate {short(view.rate, 6)}")
    text.append(f"  seed {view.seed}\n", colors.style("dim"))
    text.append(f"epoch {view.epoch}", colors.style("mark", bold=True))
    text.append(f"  batch {view.batch:>4,}/{view.steps_per_epoch:,}")
    if view.running is not None:
        loss, accuracy = view.running
        text.append(f"  loss {loss:.4f}", colors.style("train"))
        name = "accuracy" if width >= WIDE_ENOUGH else "acc"
        text.append(f"  {name} {accuracy:.4f}", colors.style("train"))
    return text


def reached_by(view: ClassTrainingSnapshot) -> float:
    """Where the axis of the epochs ends: at the end of the one that is under way."""
    return float(max(-(-view.end // view.steps_per_epoch), 1))


def drawn_of(view: ClassTrainingSnapshot) -> tuple[object, ...]:
    """All that the plots and the log show: while it stays the same they need not be drawn."""
    _, values = view.curves.train
    moves = view.end if not len(values) or view.position < view.end else 0
    return (
        *(view.data, view.seed, view.base, view.epoch, reached_by(view), len(values)),
        *(float(values[-1]) if len(values) else None, view.position if moves else 0, moves),
    )


def losses(view: ClassTrainingSnapshot) -> Figure:
    """Loss over epochs; before the first has ended, each batch as a dot.

    The plots are narrow: the legend of one holds for both.
    """
    curves = view.curves
    drawn = [
        Curve(*curves.train, "train"),
        Curve(*curves.validation, "validation"),
    ]
    if not len(curves.train[0]):
        style: LineStyle | None = "points" if len(curves.batches[0]) <= FEW else None
        drawn.insert(0, Curve(*curves.batches, "batch", "batch", style))
    return _figure(view, drawn, "loss", 1)


def accuracies(view: ClassTrainingSnapshot) -> Figure:
    """Accuracy over epochs."""
    curves = view.curves
    drawn = [
        Curve(*curves.accuracy, "train", "train"),
        Curve(*curves.val_accuracy, "validation", "val"),
    ]
    return _figure(view, drawn, "accuracy", 0)


def _figure(view: ClassTrainingSnapshot, drawn: list[Curve], name: str, at: int) -> Figure:
    """The curves with the base rate as a dashed line."""
    reached = reached_by(view)
    curves = [curve for curve in drawn if len(curve.x)]
    if view.base is not None and curves:
        level = view.base[at]
        label = "base rate" if name == "loss" else ""
        curves.insert(0, Curve((0.0, reached), (level, level), "ghost", label))
    back = view.position < view.end
    return Figure(
        curves=tuple(curves),
        x_label="epoch",
        x_range=(0.0, reached),
        y_label=name,
        cursor=view.position / view.steps_per_epoch if back else None,
        empty="space takes a batch, r runs" if name == "loss" else "after the first epoch",
    )


def watched_table(view: ClassTrainingSnapshot, width: int, colors: Palette) -> Text:
    """A line for each row: both probabilities as one bar between them, the true class marked."""
    first, second = view.classes
    room = max(width - 34, 8)
    text = empty()
    text.append(f"  {'':<7}{first:>9} ", colors.style("negative", bold=True))
    text.append(_base_rate(view, room), colors.style("dim"))
    text.append(f" {second:<9}", colors.style("positive", bold=True))
    for one in view.watched:
        _watched(text, one, room, colors)
    return text


def _base_rate(view: ClassTrainingSnapshot, room: int) -> str:
    """A pointer over the bars, where they would part if every row were given the base rate."""
    if view.first_share is None:
        return " " * room
    at = max(round(view.first_share * room), 1)
    if at + len(BASE_RATE) < room:
        return f"{' ' * (at - 1)}{POINTER} {BASE_RATE}".ljust(room)
    before = f"{BASE_RATE} {POINTER}" if len(BASE_RATE) + 2 <= at else POINTER
    return before.rjust(at).ljust(room)


def _watched(text: Text, one: Probabilities, room: int, colors: Palette) -> None:
    low, high = one.shares
    truth = one.row.truth
    text.append(f"\n{MARK if one.chosen else ' '} ", colors.style("mark", bold=True))
    text.append(f"{one.row.name:<7}", colors.style("accent"))
    sign = FULL_DOT if truth == 0 else " "
    text.append(f"{sign} {low:.4f} ".rjust(10), colors.style("negative", bold=truth == 0))
    left, right = divided(low, room)
    text.append(left, colors.style("negative"))
    text.append(right, colors.style("positive"))
    sign = FULL_DOT if truth == 1 else " "
    text.append(f" {high:.4f} {sign}", colors.style("positive", bold=truth == 1))
    text.append(f" {VERDICTS[one.right]}", colors.style("dim" if one.right else "mark"))
