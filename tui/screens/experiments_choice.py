"""What the learner has decided on the experiments screen: order, what is opened, what is marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lessons.learning.experiment import Experiment
from tui.screens.experiments_rows import COLUMNS, Row, in_order, rows_of

NEWEST = "when"


@dataclass
class Choice:
    """The column that is sorted by, the settings whose seeds are shown, the marked rows by key."""

    sorted_by: str = NEWEST
    descending: bool = True
    opened: set[str] = field(default_factory=set)
    marked: list[str] = field(default_factory=list)

    def rows(self, log: Iterable[Experiment], words: tuple[str, ...]) -> list[Row]:
        """The rows that have the words in them, in order."""
        column = next(one for one in COLUMNS if one.name == self.sorted_by)
        return in_order(rows_of(log, words, self.opened), column, self.descending)

    def next_column(self) -> str:
        """Sort by the next column; what that is called."""
        names = [one.name for one in COLUMNS]
        self.sorted_by = names[(names.index(self.sorted_by) + 1) % len(names)]
        self.descending = self.sorted_by == NEWEST
        return next(one.head.text for one in COLUMNS if one.name == self.sorted_by)

    def toggle_mark(self, row: Row) -> int:
        """Mark a row or take its mark away; how many are marked. A third replaces the first."""
        if row.key in self.marked:
            self.marked.remove(row.key)
        else:
            self.marked = [*self.marked[-1:], row.key]
        return len(self.marked)

    def toggle_open(self, row: Row, rows: Iterable[Row]) -> str:
        """Show the seeds of a setting, or put them away; the key of the row of all of them."""
        owner = row
        if row.part:
            whole = (one for one in rows if not one.part)
            owner = next(one for one in whole if row.one in one.summary.experiments)
        self.opened.symmetric_difference_update({owner.key})
        return owner.key

    def forget(self, row: Row) -> None:
        """The row is gone."""
        self.marked = [key for key in self.marked if key != row.key]

    def shown(self, rows: Iterable[Row], here: Row | None) -> tuple[Row, ...]:
        """What is drawn: the marked rows, and the one under the cursor as long as that is one."""
        by_key = {row.key: row for row in rows}
        found = [by_key[key] for key in self.marked if key in by_key]
        if here is not None and len(found) < 2 and here not in found:
            found.append(here)
        return tuple(found)
