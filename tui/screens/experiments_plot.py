"""What stands below the table of experiments: curves of one or two rows, and words about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rich.text import Text

from lessons.learning.advice import WORDS, advise, results_of
from lessons.learning.experiment import Experiment, comparable
from tui.render.figure import LineStyle
from tui.screens.experiments_rows import Hides, Row, seconds_text, settings_text
from tui.theme import Palette
from tui.widgets.plot import Curve, Figure

Looks = tuple[tuple[str, LineStyle], tuple[str, LineStyle]]

ALONE: Looks = (("train", "line"), ("validation", "dots"))
BESIDE: Looks = (("weight", "dashes"), ("slope", "points"))
"""Role and style of the two losses: of the first row, and of the one beside it."""

LETTERS = ("A", "B")

MOST_POINTS = 16
"""Large points of a curve: more would hide what is drawn behind them."""


def figure(shown: tuple[Row, ...], hides: Hides, *, log_y: bool) -> Figure:
    """The losses over epochs of one row, or of two to compare."""
    curves: list[Curve] = []
    for row, letter, look in zip(shown, LETTERS, (ALONE, BESIDE), strict=False):
        name = f"{letter} " if len(shown) > 1 else ""
        curves += _curves(row, name, look, hides)
    ends = [one.epochs for row in shown for one in row.summary.experiments]
    return Figure(
        curves=tuple(curves),
        x_label="epoch",
        x_range=(0.0, float(max(ends, default=1) or 1)),
        y_label="loss",
        log_y=log_y,
        empty="no epoch of it has ended" if shown else "",
    )


def _curves(row: Row, name: str, look: Looks, hides: Hides) -> Iterable[Curve]:
    for (role, style), attribute, hidden, words in zip(
        look, ("loss", "val_loss"), ("train", "validation"), ("training", "validation"), strict=True
    ):
        if hides(hidden, row.one.network):
            continue
        label = f"{name}{words}"
        for one in row.summary.experiments:
            every = -(-len(one.curve.epochs) // MOST_POINTS) if style == "points" else 1
            x, y = one.curve.epochs[::-every], getattr(one.curve, attribute)[::-every]
            yield Curve(x[::-1], y[::-1], role, label, style)
            label = ""  # one entry in the legend for all seeds


def words(
    shown: tuple[Row, ...],
    log: tuple[Experiment, ...],
    hides: Hides,
    colors: Palette,
    *,
    brief: bool,
) -> Text:
    """What the rows are that are drawn, and the advice where it is one; `brief` in few lines."""
    text = Text()
    for place, row in enumerate(shown):
        letter = f"{LETTERS[place]} " if len(shown) > 1 else ""
        text.append(f"{letter}{row.one.network}", colors.style("mark", bold=True))
        text.append(f"  {row.one.data}, {settings_text(row.one.recipe)}\n", colors.style("node"))
        if not brief or len(shown) == 1:
            text.append(_ended(row, hides), colors.style("dim"))
    if shown and not brief:
        text.append("\n")
    if len(shown) == 1:
        text.append(_advice(shown[0].one, log, hides), colors.style("accent"))
    elif len(shown) == 2:
        text.append(f"B is unlike A: {_unlike(*shown)}", colors.style("accent"))
    if any(hides(what, row.one.network) for row in shown for what in ("train", "validation")):
        text.append("\n? is what an open question of the lesson asks for", colors.style("dim"))
    return text


def _unlike(first: Row, second: Row) -> str:
    """What is different in the second of two rows, in a few words."""
    a, b = first.one, second.one
    found = [b.data] if a.data != b.data else []
    if a.network != b.network:
        found.append(b.network)
    several = max(first.summary.seeds, second.summary.seeds) > 1
    seed = a.recipe.seed if several else b.recipe.seed
    rest = replace(b.recipe, hidden=a.recipe.hidden, seed=seed)
    if rest != a.recipe:
        found.append(rest.unlike(a.recipe))
    if a.epochs != b.epochs:
        found.append(f"{b.epochs} epochs")
    return ", ".join(found) or "in nothing but chance"


def _ended(row: Row, hides: Hides) -> str:
    """How the experiments of a row ended, in a line."""
    one, spread = row.one, row.summary.spread("seconds")
    parts = [f"{one.epochs} epochs", f"{one.rows:,} rows, {one.held_out:,} held out"]
    alone = len(row.summary.experiments) == 1
    if one.best_epoch is not None and alone and not hides("validation", one.network):
        parts.append(f"best epoch {one.best_epoch}")
    if spread is not None:
        each = " each" if len(row.summary.experiments) > 1 else ""
        parts.append(f"{seconds_text(spread.mean)} s{each}")
    if row.summary.seeds > 1:
        parts.append("losses are the mean (lowest–highest)")
    if one.diverged:
        parts.append("broke off: too large")
    return ", ".join(parts) + "\n"


def _advice(like: Experiment, log: tuple[Experiment, ...], hides: Hides) -> str:
    """What to try next on these data, by all experiments that differ in their network alone."""
    same = comparable(log, like.family, like.epochs)
    results = [one for one in results_of(same) if not hides("validation", one.name)]
    told = advise(results)
    return f"Next: {WORDS[told.step]}. {told.says}"
