"""A picture made of rows of inked text: drawn for its size, painted line by line."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.render.diagram_canvas import Ink, Row
from tui.theme import Palette, palette


class Inked(Widget):
    """Paints what `draw_rows` makes; only the lines that changed are painted again."""

    _drawn_for: tuple[int, int, bool] | None = None
    _styles_for: tuple[object, ...] = ()

    def draw_rows(self, width: int, height: int, ascii_mode: bool) -> list[Row]:
        """The picture in exactly that many rows and cells; no rows where there is none."""
        raise NotImplementedError

    def draw_again(self) -> None:
        """What is pictured has changed: ask for the lines that differ to be painted."""
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
        """Lay the picture out for the present size."""
        width, height = self.size
        self._drawn_for = (width, height, self._ascii_mode)
        self._rows: list[Row] = self.draw_rows(width, height, self._ascii_mode)

    def _style(self, ink: Ink) -> Style:
        """The colours of an ink in the current theme, remembered until the theme changes."""
        _, background = self.background_colors
        colors = palette(self.app)
        made_for = (colors, background)
        if made_for != self._styles_for:
            self._styles: dict[Ink, Style] = {}
            self._styles_for = made_for
        style = self._styles.get(ink)
        if style is None:
            style = self._styles[ink] = _make_style(ink, colors, background)
        return style


# How much of a colour is left in what is faded; the terminal's own colours cannot be mixed.
_FADED = 0.7


def _make_style(ink: Ink, colors: Palette, background: Color) -> Style:
    """An ink in the colours of a theme, on the background of the widget."""
    if colors.ansi:
        role = "dim" if ink.faded else ink.role
        return colors.style(role, bold=ink.bold, reverse=ink.reverse)
    color = colors.color(ink.role)
    if ink.faded:
        color = background.blend(color, _FADED)
    return Style(
        color=color.rich_color,
        bgcolor=background.rich_color,
        bold=ink.bold or None,
        reverse=ink.reverse or None,
    )
