"""The keys of a screen, made from its bindings: never a second list to keep in step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from tui.follow import follow_theme
from tui.screens.modal import Panel
from tui.theme import palette

GROUPS = {
    "contents": "Contents",
    "closing": "At the end",
    "page": "Pages",
    "answer": "Questions",
    "play": "The playground",
    "table": "Your table",
    "lab": "In the lab",
    "experiments": "Experiments",
    "matrix": "In the weight table",
    "net": "In the picture of the network",
    "maps": "In the maps",
    "images": "In the pictures",
    "sheet": "On the sheet",
    "layers": "In the list of layers",
    "nodes": "In the list of nodes",
    "confusion": "In the confusion matrix",
    "app": "Everywhere",
}
"""The part of a binding's id before the point, and the heading it stands under."""

NAMES = {
    "space": "space",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "esc",
    "pageup": "page up",
    "pagedown": "page down",
}


def key_name(key: str) -> str:
    """What is printed on a key."""
    return NAMES.get(key, key)


class HelpPanel(Panel):
    """Lists the keys of the screen it was called from."""

    heading = "Keys"
    advice = "↑ ↓ scroll   g glossary   esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "close", "close", show=False, id="help.close", tooltip="Close"),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        bindings = [active.binding for active in screen.active_bindings.values()]
        self._groups = group(bindings)

    def body(self) -> ComposeResult:
        """One text with a heading per group."""
        # Written at once: a text that came later would have the screen laid out and painted again.
        yield Static(self._text(), id="keys", markup=False)

    def on_mount(self) -> None:
        """Write in the colours of another theme."""
        follow_theme(self, self._recolor)

    def _recolor(self) -> None:
        self.query_one("#keys", Static).update(self._text())

    def _text(self) -> Text:
        colors, text = palette(self.app), Text()
        width = max((len(keys) for rows in self._groups.values() for keys, _ in rows), default=0)
        for heading, rows in self._groups.items():
            text.append(f"{heading}\n", colors.style("accent", bold=True))
            for keys, tooltip in rows:
                text.append(f"  {keys:<{width}}  ", colors.style("mark", bold=True))
                text.append(f"{tooltip}\n", colors.style("node"))
            text.append("\n")
        text.rstrip()
        return text


def group(bindings: Iterable[Binding]) -> dict[str, list[tuple[str, str]]]:
    """Heading -> (keys, what they do), in the order of the bindings; one row for one id."""
    rows: dict[str, tuple[list[str], str]] = {}
    for binding in bindings:
        if not binding.id or not binding.tooltip:
            continue
        keys, _ = rows.setdefault(binding.id, ([], binding.tooltip))
        if key_name(binding.key) not in keys:
            keys.append(key_name(binding.key))
    groups: dict[str, list[tuple[str, str]]] = {heading: [] for heading in GROUPS.values()}
    for name, (keys, tooltip) in rows.items():
        heading = GROUPS.get(name.partition(".")[0])
        if heading:
            groups[heading].append((" ".join(keys), tooltip))
    return {heading: rows for heading, rows in groups.items() if rows}
