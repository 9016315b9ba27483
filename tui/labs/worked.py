"""A case worked out by hand: its table, and the arithmetic of the last moves."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.worked.lab import WorkedSnapshot
from tui.labs.base import LabView
from tui.widgets.cells import Cells, Column, Record
from tui.widgets.lines import Lines


class WorkedView(LabView):
    """Paints a WorkedSnapshot."""

    def compose(self) -> ComposeResult:
        """The case in a line, the table, the lines."""
        yield Static(id="about", markup=False)
        yield Cells(id="table")
        yield Lines("space works out the next line", id="lines")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, WorkedSnapshot):
            return
        self.query_one("#about", Static).update(snapshot.about, layout=False)
        columns = tuple(Column(one.name, one.role, one.width) for one in snapshot.headings)
        last = len(snapshot.rows) - 1
        records = tuple(
            Record(texts, marked=snapshot.fresh and at == last)
            for at, texts in enumerate(snapshot.rows)
        )
        self.query_one("#table", Cells).show(columns, records)
        self.query_one("#lines", Lines).lines = snapshot.lines
