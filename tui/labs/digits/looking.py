"""Looking at digits: many side by side, and one whose rows are laid end to end."""

from __future__ import annotations

import numpy as np
from rich.segment import Segment
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from lessons.labs.digits.state import DigitsSnapshot, Gallery, Laying
from tui.follow import follow_theme
from tui.labs.digits.pictures import SIDE, Part, Pictures
from tui.render.glyphs import MARK
from tui.render.grey import grey
from tui.theme import palette
from tui.widgets.images import Images, ImagesView, Picture, ink_of


class GalleryPart(Part):
    """All images, a screen at a time."""

    def compose(self) -> ComposeResult:
        """The pictures, and where there is room more of them, small."""
        yield Images(id="gallery")
        yield Images(id="strip")

    def on_mount(self) -> None:
        """One of the two takes the keyboard."""
        self.query_one("#strip", Images).can_focus = False

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Gallery) or not self.is_new(part.cursor):
            return

        def picture(at: int) -> Picture:
            pixels = part.images[at].reshape(SIDE, SIDE) / 255
            return Picture(pixels, f"a {part.labels[at]}", "node")

        pictures = Pictures(len(part.images), picture)
        self.query_one("#gallery", Images).view = ImagesView(pictures, part.cursor)
        self.query_one("#strip", Images).view = ImagesView(pictures, part.cursor, largest=0.5)


class Tape(Widget):
    """The pixels that are laid already, one after the other, in lines as wide as there is room."""

    DEFAULT_CSS = """
    Tape { width: 1fr; height: 1fr; }
    """

    part: reactive[Laying | None] = reactive(None)
    """What is shown."""

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self.refresh)

    def render_line(self, y: int) -> Strip:
        """One line of the tape: a pixel is a cell, blank where nothing is laid yet."""
        width, base, part = self.size.width, self.rich_style, self.part
        if part is None:
            return Strip.blank(width, base)
        pixels = part.image[: part.laid].ravel() / 255
        # Where there is no room for the whole tape its end is seen.
        skipped = max(-(-SIDE * SIDE // max(width, 1)) - self.size.height, 0)
        if len(pixels) <= (skipped + self.size.height) * width - skipped * width:
            skipped = 0
        line = pixels[(y + skipped) * width : (y + skipped + 1) * width]
        segments = grey(np.array([line, line]), palette(self.app), ink_of(self.app))[0]
        drawn = [Segment(one.text, base + one.style if one.style else base) for one in segments]
        return Strip(drawn).adjust_cell_length(width, base)


class LayingPart(Part):
    """The image with a mark at the row that was laid last, the tape, the row's numbers."""

    def compose(self) -> ComposeResult:
        """Image and mark on the left, words, tape and numbers on the right."""
        with Horizontal():
            yield Static(id="marks", markup=False)
            yield Images(id="image")
            with Vertical():
                yield Static(id="count", markup=False)
                yield Tape(id="tape")
                yield Static(id="numbers", markup=False)

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Laying):
            return
        image = self.query_one("#image", Images)
        image.can_focus = False
        faded = part.image / 255
        faded[: part.laid] *= 0.35
        if part.laid:
            faded[part.laid - 1] = part.image[part.laid - 1] / 255
        image.view = ImagesView([Picture(faded)])
        self.query_one(Tape).part = part
        self.write("marks", self._marks(part.laid))
        self.write("count", self._count(part))
        self.write("numbers", self._numbers(part))

    def _marks(self, laid: int) -> Text:
        lines = ["  "] * (SIDE // 2)
        if laid:
            lines[(laid - 1) // 2] = f"{MARK} "
        return Text("\n".join(lines), palette(self.app).style("mark", bold=True))

    def _count(self, part: Laying) -> Text:
        colors, text = palette(self.app), Text(no_wrap=True, overflow="ellipsis")
        text.append(f"row {part.laid} of {SIDE}", colors.style("mark", bold=True))
        if not part.laid:
            text.append("\nspace lays the first row", colors.style("dim"))
        elif part.hides_count:
            text.append(f"\n{SIDE} pixels more", colors.style("node"))
        else:
            first, last = (part.laid - 1) * SIDE + 1, part.laid * SIDE
            text.append(f"\ninputs {first} to {last} of {SIDE * SIDE}", colors.style("node"))
        return text

    def _numbers(self, part: Laying) -> Text:
        colors, text = palette(self.app), Text()
        if part.laid:
            text.append("this row: ", colors.style("dim"))
            row = part.image[part.laid - 1]
            for number in row.tolist():
                text.append(f"{number} ", colors.style("mark" if number else "dim"))
        return text
