"""What every lab view has: a snapshot in, painted; nothing else."""

from __future__ import annotations

from typing import Any

from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive


class LabView(Vertical):
    """Paints the snapshots of one kind of lab. It never touches the lab itself."""

    snapshot: reactive[Any] = reactive(None, always_update=True, repaint=False)
    """The newest snapshot; setting it repaints what changed."""

    selected: reactive[str] = reactive("", repaint=False)
    """Id of the field under the edit cursor, so that it can be marked; empty: none."""

    hurried = False
    """Whether what takes long to draw may be left for a snapshot that will come soon."""

    class Pointed(Message):
        """The learner moved the cursor to this number of a table."""

        def __init__(self, row: int, column: int) -> None:
            super().__init__()
            self.row = row
            self.column = column

    class Wanted(Message):
        """The learner did in a table or a picture what a key could have done: see LabPane.do."""

        def __init__(self, what: str, *argument: object) -> None:
            super().__init__()
            self.what = what
            self.argument = argument

    def on_mount(self) -> None:
        """Paint the first snapshot, now that there is something to paint it on."""
        self.paint()

    def watch_snapshot(self) -> None:
        """A new snapshot: paint it."""
        if self.is_mounted:
            self.paint()

    def watch_selected(self) -> None:
        """The edit cursor moved: paint again."""
        if self.is_mounted:
            self.paint()

    def paint(self) -> None:
        """Hand the parts of the snapshot to the widgets that draw them."""
        raise NotImplementedError
