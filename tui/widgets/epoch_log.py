"""The log of a training, an epoch a line, with the numbers that Keras prints."""

from __future__ import annotations

from lessons.learning.curves import EpochLog
from tui.widgets.cells import Cells, Column, Record

HEADS = (
    ("loss", "loss", "train"),
    ("accuracy", "accuracy", "train"),
    ("val_loss", "val_loss", "validation"),
    ("val_accuracy", "val_acc", "validation"),
    ("end_loss", "after", "mark"),
    ("end_accuracy", "acc after", "mark"),
)
"""Attribute of a log, its heading, and the role that colours the column."""

EPOCH, NUMBER = 6, 10
"""Cells of the epoch, and of a number where there is room for as many."""


class EpochLogTable(Cells):
    """Shows as many of the newest epochs as there is room for; columns nobody has stay out."""

    def show_epochs(
        self,
        epochs: tuple[EpochLog, ...],
        *,
        hide: frozenset[str] = frozenset(),
        names: tuple[str, ...] = ("loss",),
        width: int = 0,
        newest: bool = True,
    ) -> None:
        """Show these epochs, newest last. Of the attributes named in `hide` only ? is shown.

        The columns of `names` are there before any epoch has such a number. In a `width` that has
        no room for all, columns are as narrow as what stands in them; 0 is the table's own.
        `newest` marks the last epoch; a log that was printed long ago has none.
        """
        heads = [
            head
            for head in HEADS
            if head[0] in names or any(getattr(one, head[0]) is not None for one in epochs)
        ]
        rows = [
            ["?" if name in hide else _text(getattr(one, name)) for name, _, _ in heads]
            for one in epochs
        ]
        room = (width or self.size.width) - EPOCH - NUMBER * len(heads)
        widths = [
            NUMBER if room > 0 else 1 + max(len(title), *(len(row[at]) for row in rows), 6)
            for at, (_, title, _) in enumerate(heads)
        ]
        columns = (
            Column("epoch", "mark", EPOCH),
            *(
                Column(title, role, cells)
                for (_, title, role), cells in zip(heads, widths, strict=True)
            ),
        )
        records = [
            Record((str(one.epoch), *row), marked=newest and one is epochs[-1])
            for one, row in zip(epochs, rows, strict=True)
        ]
        self.show(columns, tuple(records))


def _text(value: float | None) -> str:
    """Four decimals, as Keras prints them; powers of ten where it has exploded."""
    if value is None:
        return ""
    return f"{value:.4f}" if abs(value) < 1e4 else f"{value:.2e}"
