"""The network diagram as a widget: one reactive in, painted line by line."""

from __future__ import annotations

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.render.diagram import Diagram, DiagramEdge, DiagramNode, Ink, Row, draw

__all__ = ["Diagram", "DiagramEdge", "DiagramNode", "Network"]


class Network(Widget):
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
        self._rows: list[Row] = []
        self._drawn_for: tuple[int, int, bool] | None = None
        self._styles: dict[Ink, Style] = {}
        self._styles_for: tuple[object, ...] = ()
        self.set_reactive(Network.diagram, diagram)

    def watch_diagram(self) -> None:
        """Draw the new diagram and ask for the lines that differ to be painted."""
        if self._drawn_for is None:
            self.refresh()
            return
        before = self._rows
        self._draw()
        if len(before) != len(self._rows):
            self.refresh()
            return
        width = self.size.width
        changed = [Region(0, y, width, 1) for y, row in enumerate(self._rows) if row != before[y]]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """One painted line (Line API)."""
        size = self.size
        if self._drawn_for != (size.width, size.height, self._ascii_mode):
            self._draw()
        if y >= len(self._rows):
            return Strip.blank(size.width, self.rich_style)
        style = self._style
        return Strip([Segment(text, style(ink)) for text, ink in self._rows[y]], size.width)

    @property
    def _ascii_mode(self) -> bool:
        return bool(getattr(self.app, "ascii_mode", False))

    def _draw(self) -> None:
        """Lay the diagram out for the present size."""
        width, height = self.size
        self._drawn_for = (width, height, self._ascii_mode)
        self._rows = (
            draw(self.diagram, width, height, ascii_mode=self._ascii_mode) if self.diagram else []
        )

    def _style(self, ink: Ink) -> Style:
        """The colours of an ink in the current theme, remembered until the theme changes."""
        _, background = self.background_colors
        made_for = (self.app.theme, background)
        if made_for != self._styles_for:
            self._styles, self._styles_for = {}, made_for
        style = self._styles.get(ink)
        if style is None:
            style = self._styles[ink] = _make_style(ink, self.app.theme_variables, background)
        return style


_FALLBACK = {
    "node": "foreground", "weight": "primary", "slope": "warning", "mark": "accent",
    "dim": "foreground-muted", "text": "foreground", "positive": "primary", "negative": "warning",
}  # fmt: skip


def _make_style(ink: Ink, variables: dict[str, str], background: Color) -> Style:
    """An ink in the colours of a theme."""
    color = Color.parse(variables.get(_FALLBACK.get(ink.role, "foreground"), "#888888"))
    color = background.blend(color, 0.45 if ink.faded else 1.0)
    return Style(
        color=RichColor.from_rgb(color.r, color.g, color.b),
        bgcolor=RichColor.from_rgb(background.r, background.g, background.b),
        bold=ink.bold,
        reverse=ink.reverse,
    )
