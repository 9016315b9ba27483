"""The network diagram as a widget: one reactive in, painted line by line."""

from __future__ import annotations

from textual.reactive import reactive

from tui.render.diagram import Diagram, DiagramEdge, DiagramNode, Row, draw
from tui.widgets.inked import Inked

__all__ = ["Diagram", "DiagramEdge", "DiagramNode", "Network"]


class Network(Inked):
    """Shows a `Diagram`. Set `diagram`; only the lines that changed are painted again."""

    DEFAULT_CSS = "Network { width: 1fr; height: 1fr; }"

    diagram: reactive[Diagram | None] = reactive(None, repaint=False)

    def __init__(
        self,
        diagram: Diagram | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.set_reactive(Network.diagram, diagram)

    def watch_diagram(self) -> None:
        """Draw the new diagram."""
        self.draw_again()

    def draw_rows(self, width: int, height: int, ascii_mode: bool) -> list[Row]:
        """The diagram, in the area there is."""
        return draw(self.diagram, width, height, ascii_mode=ascii_mode) if self.diagram else []
