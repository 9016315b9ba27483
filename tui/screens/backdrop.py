"""The screen below a panel, dimmed: Textual's own way, with each style dimmed only once.

A panel is painted several times before it stands, and each time the whole screen below it comes
along. Through rich, and with every segment mixed anew, that took most of the time of opening one.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions, Visual


class Backdrop(Visual):
    """Paints a screen as it is now, tinted, and with nothing in it to click."""

    def __init__(self, below: Screen[object], tint: Color) -> None:
        self.below = below
        self.tint = tint

    def render_strips(
        self, width: int, height: int | None, style: VisualStyle, options: RenderOptions
    ) -> list[Strip]:
        """The lines of the screen below."""
        size = Size(width, self.below.size.height if height is None else height)
        return [self._dim(strip) for strip in self.below._compositor.render_strips(size)]

    def _dim(self, strip: Strip) -> Strip:
        tint = self.tint
        segments = [Segment(text, dimmed(style, tint)) for text, style, _ in strip]
        return Strip(segments, strip.cell_length)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as the screen below."""
        return self.below.size.width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As high as the screen below."""
        return self.below.size.height


@lru_cache(maxsize=4096)
def dimmed(style: Style | None, tint: Color) -> Style:
    """The style with its colours mixed with the tint, and without links."""
    plain = Style() if style is None else style.clear_meta_and_links()
    if tint.a == 0:
        return plain
    mixed = (
        None if color is None else (Color.from_rich_color(color) + tint).rich_color
        for color in (plain.color, plain.bgcolor)
    )
    return plain + Style.from_color(*mixed)
