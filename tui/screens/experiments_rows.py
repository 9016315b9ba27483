"""The rows of the experiments screen: columns that fit, their order, what is opened and marked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lessons.learning.experiment import Experiment, Spread, Summary, summaries
from lessons.learning.recipe import Recipe
from lessons.numbers import short
from tui.render.numbers import loss_text, spread_text
from tui.widgets.rows import GUTTER, Head

Hides = Callable[[str, str], bool]
"""Whether an open question of a lesson hides the "train" or the "validation" loss of a network."""


@dataclass(frozen=True)
class Row:
    """A setting with its repeats, or one of them where the setting is opened."""

    summary: Summary
    part: bool = False
    """True for one of several repeats, below the row of all of them."""

    @property
    def key(self) -> str:
        """What names it as long as it is there: the id of its first experiment, and what it is."""
        return f"{'one' if self.part else 'all'} {self.summary.first.id}"

    @property
    def one(self) -> Experiment:
        """An experiment of it, for what its repeats have in common."""
        return self.summary.first


@dataclass(frozen=True)
class ColumnOf:
    """A column: its heading, how a row is written in it, and what rows are sorted by."""

    name: str
    head: Head
    text: Callable[[Row, Hides], str]
    order: Callable[[Row], float | str | None]
    rank: int
    """Columns with the lowest ranks stay where there is no room for all."""


def _spread(name: str) -> Callable[[Row], Spread | None]:
    return lambda row: row.summary.spread(name)


def _mean(name: str) -> Callable[[Row], float | None]:
    def mean(row: Row) -> float | None:
        spread = row.summary.spread(name)
        return None if spread is None else spread.mean

    return mean


def _loss(name: str, hidden: str, *, spread: bool = False) -> Callable[[Row, Hides], str]:
    """The mean of a loss over the repeats, and perhaps its lowest and highest."""

    def text(row: Row, hides: Hides) -> str:
        found = row.summary.spread(name)
        if hides(hidden, row.one.network):
            return "?"
        if found is None:
            return "too large" if row.one.diverged else "-"
        return spread_text(found) if spread else loss_text(found.mean)

    return text


def _seeds(row: Row, hides: Hides) -> str:
    count = row.summary.seeds
    return f"seed {row.one.recipe.seed}" if count == 1 else f"{count} seeds"


def _accuracy(row: Row, hides: Hides) -> str:
    found = row.summary.spread("val_accuracy")
    return "" if found is None else f"{100 * found.mean:.1f} %"


def _epochs(row: Row, hides: Hides) -> str:
    return f"{row.one.epochs}{'!' if row.one.diverged else ''}"


COLUMNS = (
    ColumnOf("data", Head("data", 9, left=True), lambda r, h: r.one.data, lambda r: r.one.data, 2),
    ColumnOf(
        "network",
        Head("network", 10, "mark", left=True),
        lambda r, h: r.one.network,
        lambda r: f"{r.one.parameters:012d} {r.one.network}",
        1,
    ),
    ColumnOf(
        "settings",
        Head("settings", 28, "dim", left=True),
        lambda r, h: settings_text(r.one.recipe),
        lambda r: settings_text(r.one.recipe),
        9,
    ),
    ColumnOf(
        "parameters",
        Head("params", 9),
        lambda r, h: f"{r.one.parameters:,}",
        lambda r: r.one.parameters,
        7,
    ),
    ColumnOf("seeds", Head("seeds", 9), _seeds, lambda r: r.summary.seeds, 5),
    ColumnOf("epochs", Head("epochs", 8), _epochs, lambda r: r.one.epochs, 6),
    ColumnOf("loss", Head("training", 10, "train"), _loss("loss", "train"), _mean("loss"), 4),
    ColumnOf(
        "val_loss",
        Head("validation", 22, "validation"),
        _loss("val_loss", "validation", spread=True),
        _mean("val_loss"),
        3,
    ),
    ColumnOf(
        "best",
        Head("best", 8, "validation"),
        _loss("best_val_loss", "validation"),
        _mean("best_val_loss"),
        10,
    ),
    ColumnOf("accuracy", Head("accuracy", 10, "validation"), _accuracy, _mean("val_accuracy"), 11),
    ColumnOf(
        "seconds",
        Head("seconds", 9),
        lambda r, h: seconds_text(_mean("seconds")(r)),
        _mean("seconds"),
        12,
    ),
    ColumnOf(
        "when",
        Head("ended", 14),
        lambda r, h: when_text(r.summary.newest.when),
        lambda r: moment(r.summary.newest),
        8,
    ),
)


def fitting(width: int, kept: str = "", rows: Sequence[Row] = ()) -> tuple[ColumnOf, ...]:
    """The columns that have room in so many cells, the one of the name `kept` among them.

    What room is left goes to the names of data that are longer than their column.
    """
    room, chosen = width - GUTTER, []
    for column in sorted(COLUMNS, key=lambda one: (one.name != kept, one.rank)):
        if column.head.width > room:
            break
        room -= column.head.width
        chosen.append(column)
    data = max((len(row.one.data) + 2 for row in rows), default=0)
    return tuple(
        _wider(column, min(room, data - column.head.width)) if column.name == "data" else column
        for column in COLUMNS
        if column in chosen
    )


def _wider(column: ColumnOf, cells: int) -> ColumnOf:
    return replace(column, head=replace(column.head, width=column.head.width + max(cells, 0)))


def rows_of(
    log: Iterable[Experiment], words: tuple[str, ...], opened: Collection[str]
) -> list[Row]:
    """A row for each setting that has the words in it; the opened ones by their key with parts."""
    found = []
    for summary in summaries(one for one in log if matches(one, words)):
        row = Row(summary)
        found.append(row)
        if row.key in opened and len(summary.experiments) > 1:
            found += [Row(Summary((one,)), part=True) for one in summary.experiments]
    return found


def in_order(rows: list[Row], column: ColumnOf, descending: bool) -> list[Row]:
    """The rows sorted by a column; parts stay below their setting, what has no number is last."""
    blocks: list[list[Row]] = []
    for row in rows:
        if row.part:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    if descending:
        blocks.reverse()  # of those that are equal the newest comes first
    known = [block for block in blocks if column.order(block[0]) is not None]
    lost = [block for block in blocks if column.order(block[0]) is None]
    known.sort(key=lambda block: column.order(block[0]), reverse=descending)  # type: ignore[arg-type, return-value]
    return [row for block in (*known, *lost) for row in block]


def matches(one: Experiment, words: tuple[str, ...]) -> bool:
    """Whether all the words are in what is written of an experiment."""
    parts = (one.data, one.network, settings_text(one.recipe), f"seed {one.recipe.seed}")
    text = " ".join((*parts, one.lesson, one.when)).lower()
    return all(word in text for word in words)


def settings_text(recipe: Recipe) -> str:
    """The settings in a few characters."""
    words = [
        recipe.activation,
        recipe.optimizer,
        short(recipe.rate, 6),
        f"batch {recipe.batch_size}",
    ]
    if recipe.initializer != Recipe().initializer:
        words.append(recipe.initializer)
    if not recipe.scaling:
        words.append("unscaled")
    return " ".join(words)


def seconds_text(seconds: float | None) -> str:
    """A time of training: 0.05, 3.2 or 140 seconds."""
    if seconds is None:
        return ""
    return (
        f"{seconds:.2f}" if seconds < 1 else f"{seconds:.1f}" if seconds < 100 else f"{seconds:.0f}"
    )


def moment(one: Experiment) -> float:
    """When an experiment ended, in seconds; 0 where its date cannot be read."""
    try:
        return datetime.fromisoformat(one.when).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def when_text(when: str) -> str:
    """A date as it is read: 28 Nov 19:02."""
    try:
        return datetime.fromisoformat(when).strftime("%d %b %H:%M").lstrip("0")
    except ValueError:
        return when
