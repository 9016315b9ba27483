"""Drawing a digit: the sheet, what the network is given of it, and what it says."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from lessons.labs.digits.state import DigitsSnapshot, Drawn
from tui.dress import dress
from tui.labs.base import LabView
from tui.labs.digits.browsing import probabilities
from tui.labs.digits.pictures import Part
from tui.theme import palette
from tui.widgets.images import Images, ImagesView, Picture
from tui.widgets.shares import Share, Shares
from tui.widgets.sheet import Sheet

LOW = 22
"""Rows below which the bars stand beside the sheet."""
LARGE = (88, 42)
"""Columns and rows from which the sheet is drawn at twice its size."""
STATES = {
    "up": "pen up: space puts it down",
    "pen": "pen down: arrow keys draw",
    "eraser": "eraser down: arrow keys erase",
}
NOTHING = tuple(Share(str(digit), 0.0, "") for digit in range(10))


class DrawingPart(Part):
    """Sheet and bars move together."""

    def compose(self) -> ComposeResult:
        """The sheet, what is given to the network, the bars, a line on the pen."""
        with Container(id="desk"):
            yield Sheet(id="sheet")
            yield Images(id="given")
            yield Shares(id="says")
        yield Static(id="pen", markup=False)

    def on_resize(self) -> None:
        """Where there is room the sheet is large and the bars stand below it."""
        large = self.size.width >= LARGE[0] and self.size.height >= LARGE[1]
        dress(self, {"large": large, "low": self.size.height < LOW})

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Drawn):
            return
        given = self.query_one("#given", Images)
        given.can_focus = False
        self.query_one(Sheet).ink = part.ink
        given.view = ImagesView([Picture(part.given.ink)])
        says, how = self.query_one(Shares), "centred" if part.centring else "as drawn"
        says.heading = f"given {how}, it says" if part.trained else "untrained: r trains it"
        says.shares = NOTHING if part.probabilities is None else probabilities(part.probabilities)
        self._say()

    def _say(self) -> None:
        """The line on the pen; it is known here, not in the lab."""
        sheet, colors, text = self.query_one(Sheet), palette(self.app), Text()
        if sheet.has_focus:
            text.append(STATES[sheet.pen], colors.style("accent", bold=True))
            text.append("   del erases   esc leaves it", colors.style("dim"))
        else:
            text.append("tab: draw by arrow keys, or by mouse", colors.style("accent"))
            text.append("   u: undo   0: new sheet", colors.style("dim"))
        self.write("pen", text)

    @on(Sheet.PenChanged)
    def _pen_changed(self, event: Sheet.PenChanged) -> None:
        event.stop()
        self._say()

    def on_descendant_focus(self) -> None:
        """The keys go to the sheet."""
        self._say()

    def on_descendant_blur(self) -> None:
        """The keys go elsewhere."""
        self._say()

    @on(Sheet.Touched)
    def _touched(self, event: Sheet.Touched) -> None:
        event.stop()
        self.post_message(LabView.Wanted("touch", (event.what, event.column, event.row)))
