"""The two lines that frame a screen: where you are, above, and what you can press, below."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.render.words import shorten
from tui.theme import palette


class TitleBar(Widget):
    """One line: where you are on the left, how far on the right."""

    DEFAULT_CSS = """
    TitleBar { dock: top; width: 1fr; height: 1; }
    """

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """The line; the left gives way when there is no room for both."""
        colors, width, base = palette(self.app), self.size.width, self.rich_style
        room = max(width - len(self.right) - 4, 0)
        name = Segment(" dl-tutor  ", base + colors.style("accent", bold=True))
        left = shorten(self.left, max(room - len(name.text), 0))
        gap = max(width - len(name.text) - len(left) - len(self.right) - 1, 1)
        return Strip(
            [
                name,
                Segment(left, base + colors.style("node")),
                Segment(" " * gap, base),
                Segment(self.right, base + colors.style("dim")),
                Segment(" ", base),
            ]
        ).adjust_cell_length(width, base)


@dataclass(frozen=True)
class KeyHint:
    """One key in the bar: what is pressed, what it does, and whether that makes sense now."""

    key: str
    label: str
    action: str
    enabled: bool = True

    @property
    def target(self) -> str:
        """The action as a click has to name it: of the app, or else of the screen."""
        return self.action if self.action.startswith("app.") else f"screen.{self.action}"


class KeyBar(Widget):
    """The keys of the screen in one line. As many as fit; the last two always stand there."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; width: 1fr; height: 1; }
    """

    hints: reactive[tuple[KeyHint, ...]] = reactive(())
    """In order of importance; the last two are kept whatever the width."""

    def fitting(self, width: int) -> tuple[KeyHint, ...]:
        """The hints that have room in `width` cells."""
        optional, kept = self.hints[:-2], self.hints[-2:]
        room = width - 1 - sum(_width(hint) for hint in kept)
        chosen: list[KeyHint] = []
        for hint in optional:
            room -= _width(hint)
            if room < 0:
                break
            chosen.append(hint)
        return (*chosen, *kept)

    def render_line(self, y: int) -> Strip:
        """Keys in the accent colour, words plain; what makes no sense now is dim."""
        colors, base = palette(self.app), self.rich_style
        key, word = base + colors.style("accent", bold=True), base + colors.style("node")
        off = base + colors.style("ghost")
        segments = [Segment(" ", base)]
        for hint in self.fitting(self.size.width):
            click = Style(meta={"@click": hint.target})
            segments += [
                Segment(hint.key, (key if hint.enabled else off) + click),
                Segment(f" {hint.label}", (word if hint.enabled else off) + click),
                Segment("  ", base),
            ]
        return Strip(segments).adjust_cell_length(self.size.width, base)


def _width(hint: KeyHint) -> int:
    return len(hint.key) + 1 + len(hint.label) + 2
