"""The keys of the experiments screen."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.widgets.bars import KeyHint

KEYS = (
    KeyHint("↑ ↓", "choose", "table('move', 1)"),
    KeyHint("f", "mark", "mark"),
    KeyHint("o", "sort", "sort"),
    KeyHint("O", "reverse", "reverse"),
    KeyHint("enter", "seeds", "open"),
    KeyHint("/", "search", "search"),
    KeyHint("del", "delete", "remove"),
    KeyHint("u", "undo", "undo"),
    KeyHint("S", "save CSV", "ask_name"),
    KeyHint("y", "axis", "axis"),
    KeyHint("?", "keys", "app.help"),
    KeyHint("esc", "back", "leave"),
)


def _key(key: str, action: str, name: str, tooltip: str) -> Binding:
    return Binding(key, action, name, id=f"experiments.{name}", tooltip=tooltip)


BINDINGS: list[BindingType] = [
    _key("enter,space", "open", "open", "Open the seeds of a setting, or close them"),
    _key("f", "mark", "mark", "Mark it: two marked ones are drawn on one plot"),
    _key("o", "sort", "sort", "Sort by the next column"),
    _key("O", "reverse", "reverse", "The other way round"),
    _key("slash", "search", "search", "Show only rows with these words"),
    _key("delete,backspace", "remove", "delete", "Delete it, with all its seeds"),
    _key("u", "undo", "undo", "Bring back what was deleted last"),
    _key("S", "ask_name", "save", "Save as CSV, where you say"),
    _key("y", "axis", "axis", "The loss axis linear or logarithmic"),
    _key("escape,E", "leave", "back", "Back to where you came from"),
]
