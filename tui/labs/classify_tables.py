"""The tables of the classification lab, each as one text: they change when a key is pressed."""

from __future__ import annotations

from rich.text import Text

from lessons.labs.classify.base_rate import BaseRateSnapshot
from lessons.labs.classify.loss import LossSnapshot
from lessons.labs.classify.one_hot import OneHotSnapshot
from lessons.labs.classify.softmax import SoftmaxSnapshot
from lessons.numbers import short
from tui.render.bar import bar
from tui.render.glyphs import FULL_DOT, MARK
from tui.theme import Palette

HEADS = {
    "shot_clock": ("shot", "clock"),
    "dribbles": ("", "dribbles"),
    "touch_time": ("touch", "time"),
    "shot_dis": ("shot", "dis"),
    "close_def_dis": ("close", "def dis"),
    "shot_result": ("shot", "result"),
}
"""Names of columns in two lines: the table has many columns."""

LEAST_REACH = 5.0
"""How far the sliders of the scores go at least, to both sides."""
ENDS = 6
"""Cells for the number at each end of a slider."""

WIDE_ENOUGH = 60
"""Columns from which words need not be cut short."""

LEFT_OUT = ("touch_time", "dribbles", "shot_clock")
"""Columns that go first where the terminal is narrow, in this order."""


def empty() -> Text:
    """A text whose lines are never broken."""
    return Text(no_wrap=True, overflow="ellipsis")


def one_hot_table(view: OneHotSnapshot, width: int, colors: Palette) -> Text:
    """The rows; behind an arrow the columns that the target becomes."""
    features = list(view.features)
    widths = {name: max(len(HEADS[name][0]), len(HEADS[name][1])) + 1 for name in features}
    room = width - 2 - 7 - 3 - 14
    for name in LEFT_OUT:
        if sum(widths[one] for one in features) > room:
            features.remove(name)
    text = empty()
    for line in (0, 1):
        text.append("  ")
        for name in features:
            text.append(HEADS[name][line].rjust(widths[name]), colors.style("dim"))
        text.append(HEADS[view.target][line].rjust(7), colors.style("accent"))
        heads = view.classes if line else tuple(f"class {k}" for k in range(len(view.classes)))
        heads = heads if any(row.columns[0] for row in view.rows) else ()
        text.append("  " + "".join(head.rjust(8) for head in heads), colors.style("accent"))
        text.append("\n")
    for row in view.rows:
        values = dict(zip(view.features, row.values, strict=True))
        text.append(f"{MARK if row.now else ' '} ", colors.style("mark", bold=True))
        for name in features:
            text.append(values[name].rjust(widths[name]), colors.style("node"))
        text.append(row.target.rjust(7), colors.style("accent", bold=True))
        text.append(" → " if row.columns[0] else "   ", colors.style("dim"))
        role = "mark" if row.now else "node"
        for at, number in enumerate(row.columns):
            text.append(
                number.rjust(8 if at else 7), colors.style(role, bold=number == "1" or row.now)
            )
        text.append("\n")
    text.rstrip()
    return text


def softmax_table(view: SoftmaxSnapshot, width: int, colors: Palette) -> Text:
    """A line for each class, and one for the sums."""
    text = empty()
    text.append(f"  {'':<9}{'score':>9}{'e^score':>13}{'probability':>13}\n", colors.style("dim"))
    room = max(width - 49, 4)
    for one in view.classes:
        mark = MARK if one.now else " "
        text.append(f"{mark} ", colors.style("mark", bold=True))
        text.append(f"{one.name:<9}", colors.style("accent"))
        text.append(f"{one.score:>9}", colors.style("node"))
        text.append(f"{one.power:>13}", colors.style("node", bold=one.now == "power"))
        text.append(f"{one.probability:>13}  ", colors.style("mark", bold=True))
        if one.share is not None:
            text.append(bar(one.share, room), colors.style("positive"))
        text.append("\n")
    text.append(f"{MARK if view.sum_now else ' '} ", colors.style("mark", bold=True))
    text.append(f"{'sum':<9}{'':>9}", colors.style("dim"))
    text.append(f"{view.sum:>13}", colors.style("node", bold=view.sum_now))
    text.append(f"{view.total:>13}", colors.style("node"))
    return text


def _end(value: float) -> str:
    """A number at the end of a slider, in ENDS - 1 cells."""
    return short(value, 0 if abs(value) >= 100 else 1)


def score_sliders(view: SoftmaxSnapshot, width: int, colors: Palette) -> Text:
    """Where each score lies between -5 and 5, or farther if it is farther.

    What is added to all of them moves the ends, and no score between them.
    """
    reach = max(LEAST_REACH, *(abs(one.level) for one in view.classes))
    low, high = (_end(view.added + end) for end in (-reach, reach))
    room = max(width - 2 - 9 - 2 * ENDS, 8)
    text = empty()
    for one in view.classes:
        at = round((one.level / reach + 1) / 2 * (room - 1))
        text.append(f"\n  {one.name:<9}", colors.style("accent"))
        text.append(f"{low:>{ENDS - 1}} ", colors.style("dim"))
        text.append("─" * at, colors.style("line"))
        text.append(FULL_DOT, colors.style("mark", bold=True))
        text.append("─" * (room - 1 - at), colors.style("line"))
        text.append(f" {high}", colors.style("dim"))
    return text


def loss_table(view: LossSnapshot, width: int, colors: Palette) -> Text:
    """A line for each row of data, the true class marked, and one for mean and accuracy."""
    text = empty()
    heads = "".join(f"{name:>9}" for name in view.classes)
    text.append(f"  {'':<7}{'truth':<7}{heads}{'loss':>10}  says\n", colors.style("dim"))
    for row in view.rows:
        text.append(f"{MARK if row.now else ' '} ", colors.style("mark", bold=True))
        text.append(f"{row.name:<7}", colors.style("accent"))
        text.append(f"{row.truth:<7}", colors.style("node"))
        for name, number in zip(view.classes, row.probabilities, strict=True):
            true = name == row.truth
            sign = FULL_DOT if true else " "
            role = "node" if true else "dim"
            text.append(f"{f'{sign} {number}':>9}", colors.style(role, bold=true))
        text.append(f"{row.loss:>10}", colors.style("train", bold=row.now))
        both = f"{row.says}: {row.verdict}" if row.verdict else ""
        says = both if width >= WIDE_ENOUGH else row.verdict
        text.append(f"  {says}\n", colors.style("node"))
    if width < WIDE_ENOUGH:
        text.append(f"  mean loss {view.mean}" if view.mean else "", colors.style("train"))
        text.append(f"   accuracy {view.accuracy}" if view.accuracy else "", colors.style("mark"))
        return text
    text.append(" " * 32)
    if view.mean:
        text.append(f"{f'mean {view.mean}':>12}", colors.style("train", bold=True))
    if view.accuracy:
        text.append(f"  accuracy {view.accuracy}", colors.style("mark", bold=True))
    return text


def base_rate_table(view: BaseRateSnapshot, width: int, colors: Palette) -> Text:
    """A line for each class, then what saying the same of every row is worth."""
    text = empty()
    text.append(f"{view.data}", colors.style("accent", bold=True))
    text.append(f"  {view.rows:,} rows\n\n", colors.style("node"))
    text.append(f"  {'':<10}{'rows':>9}{'share':>10}\n", colors.style("dim"))
    room = max(width - 36, 4)
    for one in view.classes:
        text.append(f"{MARK if one.now else ' '} ", colors.style("mark", bold=True))
        text.append(f"{one.name:<10}", colors.style("accent", bold=one.said))
        text.append(f"{one.rows:>9}{one.share:>10}   ", colors.style("node", bold=one.now))
        if one.part is not None:
            text.append(bar(one.part, room), colors.style("positive" if one.said else "ghost"))
        text.append("\n")
    said = next(one.name for one in view.classes if one.said)
    text.append(f"\n  always say {said}: accuracy ", colors.style("node"))
    text.append(f"{view.accuracy or '…'}\n", colors.style("mark", bold=True))
    text.append("  give every row these shares: loss ", colors.style("node"))
    text.append(view.loss or "…", colors.style("train", bold=True))
    return text
