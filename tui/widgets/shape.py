"""A network's shape as a widget: how many nodes in how many layers."""

from __future__ import annotations

from functools import lru_cache

from textual.reactive import reactive

from tui.render.diagram_canvas import Row
from tui.render.shape import Shape, draw_shape
from tui.widgets.inked import Inked


class ShapePicture(Inked):
    """Shows a `Shape`. Set `shape`; only the lines that changed are painted again."""

    DEFAULT_CSS = "ShapePicture { width: 1fr; height: 1fr; }"

    shape: reactive[Shape] = reactive((), repaint=False)

    def watch_shape(self) -> None:
        """Draw the new shape."""
        self.draw_again()

    def draw_rows(self, width: int, height: int, ascii_mode: bool) -> list[Row]:
        """The shape, in the area there is."""
        return _drawn(self.shape, width, height, ascii_mode)


@lru_cache(maxsize=16)
def _drawn(shape: Shape, width: int, height: int, ascii_mode: bool) -> list[Row]:
    return draw_shape(shape, width, height, ascii_mode=ascii_mode)
