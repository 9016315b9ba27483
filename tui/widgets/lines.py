"""Lines of arithmetic, one below the other, the newest one marked."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.theme import palette


class Lines(Widget):
    """The computed lines; the last is the one of this step. Older ones leave at the top.

    Its height is given by the styles, so that a new line never lays the screen out anew.
    """

    DEFAULT_CSS = """
    Lines { width: 1fr; height: 1fr; }
    """

    lines: reactive[tuple[str, ...]] = reactive(())
    """Every line so far."""

    def __init__(self, empty: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.empty = empty

    def render_line(self, y: int) -> Strip:
        """One row: older lines plain, the newest marked and bold."""
        colors, width = palette(self.app), self.size.width
        if not self.lines:
            text = self.empty if y == 0 else ""
            return self._strip(Segment(f"  {text}", colors.style("dim")))
        first = max(len(self.lines) - self.size.height, 0)
        at = first + y
        if at >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        text = shorten(self.lines[at], width - 2)
        if at == len(self.lines) - 1:
            return self._strip(Segment(f"{MARK} {text}", colors.style("mark", bold=True)))
        return self._strip(Segment(f"  {text}", colors.style("node")))

    def _strip(self, segment: Segment) -> Strip:
        base = self.rich_style
        strip = Strip(list(Segment.apply_style([segment], base)))
        return strip.adjust_cell_length(self.size.width, base)
