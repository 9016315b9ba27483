"""A widget in which one of many places is pointed at: with arrow keys, or with the mouse."""

from __future__ import annotations

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.follow import follow_theme


class Pointing(Widget, can_focus=True):
    """Keeps a cursor of two numbers, tells when it moves, and repaints where looks change.

    A subclass draws the places and calls `point` for the one that a key or a click leads to.
    """

    cursor: reactive[tuple[int, int]] = reactive((0, 0), init=False)
    """The place that is pointed at; a snapshot brings it along, so it is set without a message."""

    class CursorMoved(Message):
        """Another place is pointed at: its row and column, from 0."""

        def __init__(self, row: int, column: int) -> None:
            super().__init__()
            self.row = row
            self.column = column

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self._repaint)

    def _repaint(self) -> None:
        self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The mark looks different where the keys go."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def point(self, row: int, column: int) -> None:
        """Point at this place, and say so."""
        self.cursor = (row, column)
        self.post_message(self.CursorMoved(row, column))
