"""Pictures side by side, each with a line below it: digits in grey, weights in blue and orange.

The widget is given frozen data and draws as many pictures as there is room for, as large as they
can be. Arrow keys point at one of them; the pictures turn over where there are more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.render.glyphs import MARK
from tui.render.grey import Ink, grey, resized
from tui.render.heat import heat
from tui.render.words import shorten
from tui.theme import palette
from tui.widgets.painted import Painted

SCALES = (2.0, 1.0, 0.5)
"""Sizes of a picture, largest first: at 1 a pixel is a column wide and half a row high."""
GAP = 2
"""Columns between two pictures."""


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture: `pixels` (rows, columns) from 0 to 1, or from -1 to 1 where they have signs."""

    pixels: NDArray[np.floating]
    caption: str = ""
    role: str = "dim"
    """The colour of the caption."""
    signed: bool = False
    """Drawn in blue above 0 and orange below it, instead of in grey."""


@dataclass(frozen=True, eq=False)
class ImagesView:
    """What the widget shows: pictures of one size, and which one is pointed at."""

    pictures: Sequence[Picture] = ()
    cursor: int | None = None
    at_once: int = 1
    """As many pictures shall be in sight, if they can; smaller ones rather than fewer."""
    largest: float = 1.0
    """The largest scale there may be: 2, 1 or 0.5."""
    empty: str = ""
    """What to say where there is no picture."""


@dataclass(frozen=True)
class Tiling:
    """How pictures are laid out: their scale, size in cells with the caption, and the grid."""

    scale: float
    width: int
    height: int
    columns: int
    rows: int

    @property
    def in_sight(self) -> int:
        """Pictures that are seen at once."""
        return self.columns * self.rows


def tile(view: ImagesView, size: tuple[int, int]) -> Tiling:
    """The largest scale at which as many pictures as wanted have room in `size` cells."""
    tilings = [_tiling(view, size, scale) for scale in SCALES if scale <= view.largest]
    wanted = min(view.at_once, len(view.pictures))
    fitting = (tiling for tiling in tilings if tiling.in_sight >= wanted)
    return next(fitting, max(tilings, key=lambda tiling: tiling.in_sight))


def _tiling(view: ImagesView, size: tuple[int, int], scale: float) -> Tiling:
    down, along = view.pictures[0].pixels.shape
    captions = any(picture.caption for picture in view.pictures[:64])
    width = int(along * scale)
    height = -(-int(down * scale) // 2) + captions
    rows, columns = size[1] // height, (size[0] + GAP) // (width + GAP)
    return Tiling(scale, width, height, columns, rows)


class Images(Painted, can_focus=True):
    """Paints an ImagesView; arrow keys point at a picture."""

    DEFAULT_CSS = """
    Images { width: 1fr; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", "Up", id="images.up", show=False,
                tooltip="The picture above"),
        Binding("down", "move(0, 1)", "Down", id="images.down", show=False,
                tooltip="The picture below"),
        Binding("left", "move(-1, 0)", "Left", id="images.left", show=False,
                tooltip="The picture before"),
        Binding("right", "move(1, 0)", "Right", id="images.right", show=False,
                tooltip="The picture after"),
        Binding("pageup", "page(-1)", "Page up", id="images.page-up", show=False,
                tooltip="The pictures before those in sight"),
        Binding("pagedown", "page(1)", "Page down", id="images.page-down", show=False,
                tooltip="The pictures after those in sight"),
    ]  # fmt: skip

    view: reactive[ImagesView] = reactive(ImagesView())
    """The snapshot that is shown. The same object again costs nothing."""

    class CursorMoved(Message):
        """Another picture is pointed at; `index` counts from 0."""

        def __init__(self, images: Images, index: int) -> None:
            super().__init__()
            self.images = images
            self.index = index

        @property
        def control(self) -> Images:
            """The widget that was moved in."""
            return self.images

    def __init__(self, view: ImagesView | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(Images.view, view or ImagesView())

    def watch_view(self) -> None:
        """Paint the next snapshot."""
        self._repaint()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The mark looks different where the keys go."""
        super().watch_has_focus(has_focus)
        self._repaint()

    # -- pointing -----------------------------------------------------------------------------

    @property
    def tiling(self) -> Tiling:
        """How the pictures are laid out now; without pictures there is none."""
        if not self.view.pictures:
            return Tiling(1, 1, 1, 0, 0)
        return tile(self.view, (self.size.width, self.size.height))

    @property
    def first(self) -> int:
        """The first picture in sight: they turn over by whole screens."""
        in_sight = self.tiling.in_sight
        return (self.view.cursor or 0) // in_sight * in_sight if in_sight else 0

    def action_move(self, across: int, down: int) -> None:
        """To the next picture in a direction."""
        self._point((self.view.cursor or 0) + across + down * max(self.tiling.columns, 1))

    def action_page(self, direction: int) -> None:
        """To the pictures before or after those in sight."""
        self._point((self.view.cursor or 0) + direction * max(self.tiling.in_sight, 1))

    def on_click(self, event: events.Click) -> None:
        """Point at the picture under the mouse."""
        offset, tiling = event.get_content_offset(self), self.tiling
        if offset is None or not tiling.in_sight:
            return
        column, row = offset.x // (tiling.width + GAP), offset.y // tiling.height
        at = self.first + row * tiling.columns + column
        if column < tiling.columns and row < tiling.rows and at < len(self.view.pictures):
            self._point(at)

    def _point(self, index: int) -> None:
        last = len(self.view.pictures) - 1
        if self.view.cursor is not None and last >= 0:
            self.post_message(self.CursorMoved(self, min(max(index, 0), last)))

    # -- painting -----------------------------------------------------------------------------

    def _paint(self) -> list[Strip]:
        base, width = self.rich_style, self.size.width
        if not self.tiling.in_sight:
            words = shorten(self.view.empty, width) if not self.view.pictures else ""
            return [_strip([Segment(words, palette(self.app).style("dim"))], width, base)]
        lines: list[Strip] = []
        for row in range(self.tiling.rows):
            lines += self._row(self.first + row * self.tiling.columns, base)
        return lines

    def _row(self, start: int, base: Style) -> list[Strip]:
        """The lines of the pictures that stand beside each other, from the one at `start`."""
        tiling = self.tiling
        shown = self.view.pictures[start : start + tiling.columns]
        if not shown:
            return []
        tiles = [self._tile(at, picture, tiling) for at, picture in enumerate(shown, start)]
        gap = Segment(" " * GAP)
        strips = []
        for pieces in zip(*tiles, strict=True):
            line = [part for piece in pieces for part in (*piece, gap)]
            strips.append(_strip(line[:-1], self.size.width, base))
        return strips

    def _tile(self, at: int, picture: Picture, tiling: Tiling) -> list[list[Segment]]:
        """A picture's lines, each as wide as the picture, and the caption if there is any."""
        colors, pixels = palette(self.app), resized(picture.pixels, tiling.scale)
        if picture.signed:
            size = (pixels.shape[1], -(-pixels.shape[0] // 2))
            lines = heat(pixels, size, colors, signs=self.ink != "blocks")
        else:
            lines = grey(pixels, colors, self.ink)
        if len(lines) < tiling.height:
            lines.append(self._caption(at, picture, tiling.width))
        return lines

    def _caption(self, at: int, picture: Picture, width: int) -> list[Segment]:
        colors, here = palette(self.app), at == self.view.cursor
        words = shorten(picture.caption, width - 1).ljust(width - 1)
        style = colors.style(picture.role)
        if here:
            style = colors.style("accent", bold=True, reverse=self.has_focus)
        return [Segment(MARK if here else " ", colors.style("mark", bold=True)),
                Segment(words, style)]  # fmt: skip

    @property
    def ink(self) -> Ink:
        """How ink is drawn on this terminal."""
        return ink_of(self.app)


def ink_of(app: App[Any]) -> Ink:
    """How ink is drawn on the terminal of this app."""
    if getattr(app, "ascii_mode", False):
        return "ascii"
    return "shades" if app.no_color else "blocks"


def _strip(segments: list[Segment], width: int, base: Style) -> Strip:
    """A line on the widget's own background, but for what has one of its own."""
    line = [Segment(part.text, base + part.style if part.style else base) for part in segments]
    return Strip(line).adjust_cell_length(width, base)
