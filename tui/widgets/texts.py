"""Lines of coloured words that change with every step, without laying anything out."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.strip import Strip

from tui.render.glyphs import ELLIPSIS
from tui.widgets.painted import Painted

Line = list[Segment]


class Texts(Painted):
    """Shows a Rich text, line by line; what is too wide ends in an ellipsis.

    Styles give it its height, so that other words never lay the screen out anew.
    """

    DEFAULT_CSS = "Texts { width: 1fr; height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = Text()

    def show(self, text: Text) -> None:
        """Show these words."""
        if (text, text.style) != (self.text, self.text.style):  # == leaves out its own style
            self.text = text
            self._repaint()

    def _paint(self) -> list[Strip]:
        base, width = self.rich_style, self.size.width
        lines = Segment.split_lines(self.text.render(self.app.console))
        return [
            Strip(_shortened(list(Segment.apply_style(line, base)), width)).adjust_cell_length(
                width, base
            )
            for line in lines
        ]


def _shortened(line: Line, width: int) -> Line:
    """The line, in no more than so many cells."""
    if sum(segment.cell_length for segment in line) <= width:
        return line
    fitting = list(Strip(line).crop(0, max(width - cell_len(ELLIPSIS), 0)))
    return [*fitting, Segment(ELLIPSIS, fitting[-1].style if fitting else None)][:width]
