"""A part of the screen whose frame shows that the keys go into it."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget

from tui.dress import dress_only


class Framed(Widget):
    """Wears the class `in-use` while something inside has the keyboard.

    `:focus-within` would work out the styles of all that is inside, each time.
    """

    def on_descendant_focus(self) -> None:
        """The keyboard came in."""
        dress_only(self, {"in-use": self.has_focus_within}, [self])

    def on_descendant_blur(self) -> None:
        """The keyboard went out, or on to a neighbour."""
        dress_only(self, {"in-use": self.has_focus_within}, [self])


class PageSide(VerticalScroll, Framed, can_focus=False):  # its styles are the first one's
    """The page of a lesson with its question."""
