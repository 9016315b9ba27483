"""The keys of a lesson."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def _lab(key: str, action: str, name: str, tooltip: str) -> Binding:
    return Binding(key, f"lab({action})", name, id=f"lab.{name}", tooltip=tooltip)


def _panel(key: str, name: str, tooltip: str) -> Binding:
    return Binding(key, f"panel('{name}')", name, id=f"lab.{name}", tooltip=tooltip)


ACTS = {
    "add": ("m", "One more: a layer, a rate, whatever this lab is about"),
    "remove": ("delete,backspace", "Take the chosen one away"),
    "mark": ("f", "Mark the chosen one"),
    "best": ("B", "Go to where it was best"),
    "save": ("S", "Save"),
    "load": ("L", "Load what was saved"),
}
"""What some labs can do beyond what all can (`Lab.acts`): the key of each, and its tooltip."""

ACT_KEYS = {act: key.partition(",")[0] for act, (key, _) in ACTS.items()} | {"remove": "del"}
"""How the key of each is written in the key bar."""

LAB_BINDINGS: list[BindingType] = [
    _lab("space", "'step'", "step", "One step of what this lab is about"),
    _lab("b", "'back'", "back", "One step back"),
    _lab("r", "'run'", "run", "Run by itself, or pause"),
    _lab("plus", "'pace', 1", "faster", "Run faster"),
    _lab("minus", "'pace', -1", "slower", "Run slower"),
    _lab("comma", "'scrub', -1", "scrub-back", "Back along what has happened"),
    _lab("full_stop", "'scrub', 1", "scrub-on", "On along what has happened"),
    _lab("home", "'go', 'start'", "first", "To the start"),
    _lab("end", "'go', 'end'", "last", "To the farthest step there was"),
    _lab("left_square_bracket", "'rate', -1", "rate-down", "Lower the learning rate"),
    _lab("right_square_bracket", "'rate', 1", "rate-up", "Raise the learning rate"),
    _lab("e", "'edit'", "edit", "Edit an input, a weight or a setting"),
    _lab("u", "'undo'", "undo", "Undo the last edit"),
    _lab("0,R", "'reset'", "reset", "Start again: same numbers, same seed"),
    _lab("ctrl+r", "'redraw'", "redraw", "New random weights, where there are any"),
    _lab("w", "'turn', 'shows'", "shows", "What the lab's table or picture shows"),
    _lab("l", "'turn', 'layer'", "layer", "The table shows the next layer"),
    _lab("a", "'turn', 'activation'", "activation", "The next activation function"),
    _lab("y", "'turn', 'axis'", "axis", "The loss axis linear or logarithmic"),
    _lab("d", "'turn', 'nudge'", "nudge", "Nudge the next weight by a little"),
    *(_lab(key, f"'act', '{act}'", act, tooltip) for act, (key, tooltip) in ACTS.items()),
    _panel("x", "explain", "Explain a number: its formula"),
    _panel("c", "code", "The lines of code that do this"),
    _panel("i", "data", "The data: what it is, its columns and first rows"),
    _panel("O", "out", "Take it along: network, history, program, picture"),
]
"""The keys of a lab, wherever it stands."""

BINDINGS: list[BindingType] = [
    *LAB_BINDINGS,
    Binding("right,n", "page(1)", "next", id="page.next", tooltip="The next page"),
    Binding("left,p", "page(-1)", "before", id="page.before", tooltip="The page before"),
    Binding("down", "scroll(1)", "down", id="page.down", tooltip="Scroll a long page down"),
    Binding("up", "scroll(-1)", "up", id="page.up", tooltip="Scroll a long page up"),
    Binding("v", "turn_over", "view", id="page.view", tooltip="Narrow terminal: page or lab"),
    Binding("h", "hint(1)", "hint", id="answer.hint", tooltip="A hint, then the next one"),
    Binding("H", "hint(-1)", "hint back", id="answer.hint-back", tooltip="The hint before"),
    Binding("s", "show_me", "show me", id="answer.show", tooltip="After three tries: show me"),
    Binding("tab", "app.focus_next", "next", id="app.tab", tooltip="The next thing to type into"),
    Binding("escape", "contents", "contents", id="app.contents", tooltip="Back to the contents"),
]
