"""The lines of code that specify a network, each with the count of what it has to learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.follow import follow_theme
from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.theme import palette


@dataclass(frozen=True)
class LayerLine:
    """A line of the list: the code, how its count comes about, the count."""

    code: str
    arithmetic: str = ""
    count: str = ""
    chosen: bool = False
    fresh: bool = False


@dataclass(frozen=True)
class LayerList:
    """The lines between `first` and `last`, which are code as well, and the sum below."""

    lines: tuple[LayerLine, ...] = ()
    total: str = ""


FIRST, LAST = "model = Sequential([", "])"
WIDEST = 84
"""Columns from which on code and counts would stand too far apart to be read as one line."""

AROUND = 2
"""Rows that the first line and the last one take."""


class LayerTable(Widget, can_focus=True):
    """Up and down choose a layer, left and right make it narrower or wider.

    It changes nothing itself: it says what the learner wants, and shows the next list.
    """

    DEFAULT_CSS = "LayerTable { width: 1fr; height: auto; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "Up", id="layers.up", show=False, tooltip="The layer before"),
        Binding("down", "choose(1)", "Down", id="layers.down", show=False,
                tooltip="The next layer"),
        Binding("left", "widen(-1)", "Narrower", id="layers.narrower", show=False,
                tooltip="Fewer nodes in the chosen layer"),
        Binding("right", "widen(1)", "Wider", id="layers.wider", show=False,
                tooltip="More nodes in the chosen layer"),
    ]  # fmt: skip

    listed: reactive[LayerList] = reactive(LayerList())

    class Chosen(Message):
        """The learner went to line `at`, counted from 0."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    class Widened(Message):
        """The learner wants the chosen layer one notch narrower (-1) or wider (1)."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    def on_mount(self) -> None:
        """Repaint in the colours of a theme when it is chosen."""
        follow_theme(self, self._repaint)

    def _repaint(self) -> None:
        self.refresh()

    def watch_listed(self, before: LayerList, after: LayerList) -> None:
        """Only where a line came or went is the screen laid out anew."""
        if len(before.lines) != len(after.lines):
            self.refresh(layout=True)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The chosen line looks different where the keys go."""
        super().watch_has_focus(_has_focus)
        self.refresh()

    @property
    def at(self) -> int:
        """The chosen line."""
        return next((at for at, line in enumerate(self.listed.lines) if line.chosen), 0)

    def action_choose(self, direction: int) -> None:
        """To the line above or below."""
        at = min(max(self.at + direction, 0), len(self.listed.lines) - 1)
        if at != self.at:
            self.post_message(self.Chosen(at))

    def action_widen(self, direction: int) -> None:
        """The chosen layer narrower or wider."""
        self.post_message(self.Widened(direction))

    def on_click(self, event: events.Click) -> None:
        """Choose the line under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 < offset.y <= len(self.listed.lines):
            self.post_message(self.Chosen(offset.y - 1))

    # -- painting -----------------------------------------------------------------------------

    def get_content_height(self, *_: object) -> int:
        """A row for each line, and the two around them."""
        return len(self.listed.lines) + AROUND

    def render_line(self, y: int) -> Strip:
        """The first line, a layer, or the last line with the sum."""
        lines, base, width = self.listed.lines, self.rich_style, self.size.width
        if y == 0:
            segments = self._pair(FIRST, "weights + biases", "dim", "dim")
        elif y <= len(lines):
            segments = self._line(lines[y - 1])
        elif y == len(lines) + 1:
            segments = self._pair(LAST, f"parameters  {self.listed.total}", "dim", "mark")
        else:
            return Strip.blank(width, base)
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(width, base)

    @property
    def _width(self) -> int:
        return min(self.size.width, WIDEST)

    def _pair(self, left: str, right: str, role: str, other: str) -> list[Segment]:
        """A text on the left and one on the right, if there is room for both."""
        colors, room = palette(self.app), self._width - 2
        right = right if len(left) + len(right) + 2 <= room else ""
        return [
            Segment(f"  {left}", colors.style(role)),
            Segment(right.rjust(room - len(left)), colors.style(other, bold=other == "mark")),
        ]

    def _line(self, line: LayerLine) -> list[Segment]:
        colors, width = palette(self.app), self._width
        code = f"  {line.code},"
        columns = max((len(one.count) for one in self.listed.lines), default=0)
        plain = not line.arithmetic or line.arithmetic == line.count
        result = line.count if plain else f"= {line.count.rjust(columns)}"
        room = width - 2 - len(code) - 1
        if not plain and len(line.arithmetic) + 1 + len(result) <= room:
            result = f"{line.arithmetic} {result}"
        role = "mark" if line.chosen else "node"
        reverse = line.chosen and self.has_focus
        return [
            Segment(f"{MARK if line.chosen else ' '} ", colors.style("mark", bold=True)),
            Segment(shorten(code, width - 2), colors.style(role, bold=line.chosen or line.fresh,
                                                           reverse=reverse)),
            Segment(
                shorten(result, max(room, 0)).rjust(max(room + 1, 0)),
                colors.style("weight", bold=line.fresh or line.chosen),
            ),
        ]  # fmt: skip
