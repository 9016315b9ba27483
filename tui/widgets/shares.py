"""Horizontal bars, one to a line: the ten probabilities of a digit, a node's activity by digit."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme
from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.theme import palette

EIGHTHS = " ▏▎▍▌▋▊▉"
FULL = "█"


@dataclass(frozen=True)
class Share:
    """One bar: its name, its length from 0 to 1, what stands behind it."""

    name: str
    length: float
    text: str
    marked: bool = False
    """The one to look at: it gets a mark and the mark's colour."""
    note: str = ""
    """A word behind the text, such as that this is the right one."""


class Shares(Widget):
    """Paints a row of Shares, aligned, with a heading above them."""

    DEFAULT_CSS = """
    Shares { width: 1fr; height: 11; }
    """

    shares: reactive[tuple[Share, ...]] = reactive(())
    """What is shown."""

    heading: reactive[str] = reactive("")
    """The line above the bars."""

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self.refresh)

    def render_line(self, y: int) -> Strip:
        """The heading, or one bar."""
        colors, width, base = palette(self.app), self.size.width, self.rich_style
        if y == 0:
            segments = [Segment(shorten(self.heading, width), colors.style("dim"))]
        elif y <= len(self.shares):
            segments = self._bar(self.shares[y - 1])
        else:
            segments = []
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(width, base)

    def _bar(self, share: Share) -> list[Segment]:
        colors = palette(self.app)
        names = max(len(one.name) for one in self.shares)
        texts = max(len(one.text) for one in self.shares)
        notes = max(len(one.note) for one in self.shares)
        room = max(self.size.width - names - texts - (notes + 1 if notes else 0) - 4, 0)
        role = "mark" if share.marked else "node"
        return [
            Segment(MARK if share.marked else " ", colors.style("mark", bold=True)),
            Segment(f"{share.name:>{names}} ", colors.style(role, bold=share.marked)),
            Segment(_blocks(share.length, room), colors.style(role if share.marked else "weight")),
            Segment(f" {share.text:>{texts}}", colors.style(role, bold=share.marked)),
            Segment(f" {share.note}", colors.style("accent")),
        ]


def _blocks(length: float, room: int) -> str:
    """A bar in eighths of a cell, filled up with blanks; something is seen of what is not 0."""
    eighths = round(min(max(length, 0.0), 1.0) * room * 8)
    if length > 0.001 and room:
        eighths = max(eighths, 1)
    whole, rest = divmod(eighths, 8)
    return (FULL * whole + (EIGHTHS[rest] if rest else "")).ljust(room)
