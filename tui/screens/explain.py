"""Where a number comes from: its formula, then the same with the values put in."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from lessons.labs.base import Explanation, Lab
from tui.follow import follow_theme
from tui.screens.modal import Panel
from tui.theme import palette


class ExplainPanel(Panel):
    """Explains one number of a lab after the other."""

    heading = "Where this number comes from"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n", "turn(1)", "next number", id="explain.next", tooltip="The next number"),
        Binding("left,p", "turn(-1)", "number before", id="explain.back", tooltip="The one before"),
        Binding("x", "close", "close", show=False, id="explain.close", tooltip="Close this panel"),
    ]

    def __init__(self, lab: Lab) -> None:
        super().__init__()
        self._lab = lab
        self._names = lab.explainable()
        current = lab.current()
        self._at = self._names.index(current) if current in self._names else 0
        if len(self._names) > 1:
            self.advice = "← → other numbers   esc closes"

    def body(self) -> ComposeResult:
        """The explanation as one text."""
        yield Static(id="explanation", markup=False)

    def on_mount(self) -> None:
        """Explain the number under the cursor first."""
        follow_theme(self, self._show)
        self._show()

    def action_turn(self, direction: int) -> None:
        """Go to another number."""
        self._at = (self._at + direction) % len(self._names)
        self._show()

    def _show(self) -> None:
        explanation = self._lab.explain(self._names[self._at])
        self.query_one("#explanation", Static).update(self._text(explanation))

    def _text(self, explanation: Explanation) -> Text:
        colors = palette(self.app)
        text = Text()
        text.append(explanation.name, colors.style("accent", bold=True))
        which = f"   {self._at + 1} of {len(self._names)}" if len(self._names) > 1 else ""
        text.append(f"{which}\n\n", colors.style("dim"))
        text.append(f"{explanation.meaning}\n\n", colors.style("node"))
        text.append(f"  {explanation.formula}\n", colors.style("weight"))
        text.append(f"  {explanation.filled}\n", colors.style("mark", bold=True))
        if explanation.where:
            width = max(len(symbol) for symbol, _ in explanation.where)
            text.append("\n")
            for symbol, meaning in explanation.where:
                text.append(f"  {symbol:<{width}}", colors.style("weight"))
                text.append(f"  {meaning}\n", colors.style("node"))
        text.rstrip()
        return text
