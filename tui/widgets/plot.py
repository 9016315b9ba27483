"""A live plot: loss curves, the path of gradient descent, a parabola.

plotext draws the curves; the frame around them is drawn by `tui.render.picture`, so that labels
are short, never overlap, and do not move while training runs.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from tui.render.figure import Curve, Figure, Mark
from tui.render.picture import LEAST_GUTTER, picture
from tui.theme import palette
from tui.widgets.painted import Painted

__all__ = ["Curve", "Figure", "Mark", "Plot"]


class Plot(Painted):
    """Draws one `Figure`; set `figure` to show the next. It costs nothing between two frames."""

    DEFAULT_CSS = """
    Plot { width: 1fr; height: 1fr; }
    """

    figure: reactive[Figure] = reactive(Figure(), always_update=True, repaint=False)
    """The snapshot that is shown."""

    def __init__(
        self,
        figure: Figure | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._gutter = LEAST_GUTTER
        self.set_reactive(Plot.figure, figure or Figure())

    def watch_figure(self, before: Figure, after: Figure) -> None:
        """Draw the next snapshot; the room for tick labels only grows while the axis stays.

        What would look the same is not drawn again: between two epochs of many batches a curve
        stands still, and training can have the time.
        """
        if after.looks_like(before):
            return
        if (before.y_label, before.log_y) != (after.y_label, after.log_y):
            self._gutter = LEAST_GUTTER
        self._repaint()

    def _paint(self) -> list[Strip]:
        drawn = picture(
            self.figure,
            (self.size.width, self.size.height),
            palette(self.app),
            ascii_only=bool(getattr(self.app, "ascii_mode", False)),
            gutter=self._gutter,
        )
        self._gutter = drawn.gutter
        base = self.rich_style
        return [Strip(Segment.apply_style(line, base), self.size.width) for line in drawn.lines]
