"""The keys of a lesson: the bindings, and which of them the bar shows and greys out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from lessons.labs.base import Action
from tui.widgets.bars import KeyHint

if TYPE_CHECKING:
    from tui.screens.lesson import LessonScreen


def _lab(key: str, action: str, name: str, tooltip: str) -> Binding:
    return Binding(key, f"lab({action})", name, id=f"lab.{name}", tooltip=tooltip)


BINDINGS: list[BindingType] = [
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
    _lab("0", "'reset'", "reset", "Start again, with the same numbers and the same seed"),
    _lab("ctrl+r", "'redraw'", "redraw", "New random weights, where there are any"),
    _lab("w", "'turn', 'shows'", "shows", "The table shows weights, slopes or last changes"),
    _lab("l", "'turn', 'layer'", "layer", "The table shows the next layer"),
    _lab("y", "'turn', 'axis'", "axis", "The loss axis linear or logarithmic"),
    Binding("x", "explain", "explain", id="lab.explain", tooltip="Explain a number: its formula"),
    Binding("c", "code", "code", id="lab.code", tooltip="The lines of code that do this"),
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


def hints(screen: LessonScreen) -> tuple[KeyHint, ...]:
    """The bar's keys in order of importance, for what the lesson can do now."""
    lab, attempt = screen.lab, screen.attempt
    running = screen.pane.runner.running
    asking = attempt is not None and not attempt.settled

    def can(action: Action) -> bool:
        return lab.can(action)

    over = [] if screen.wide else [KeyHint("v", screen.other_side, "turn_over")]
    ask = [KeyHint("h", "hint", "hint(1)")] if asking else []
    if attempt is not None and attempt.may_show:
        ask.append(KeyHint("s", "show me", "show_me"))
    table = []
    if any(field.id == "shows" for field in lab.fields()):
        table = [
            KeyHint("w", "table", "lab('turn', 'shows')"),
            KeyHint("l", "layer", "lab('turn', 'layer')"),
        ]
    return (
        KeyHint("space", lab.step_name, "lab('step')", can("step")),
        KeyHint("b", "back", "lab('back')", can("back")),
        KeyHint("r", "pause" if running else "run", "lab('run')", running or can("run")),
        KeyHint("← →", "page", "page(1)", not screen.table_focused),
        *over,
        *ask,
        KeyHint("e", "edit", "lab('edit')", bool(lab.fields())),
        KeyHint("x", "explain", "explain", can("explain")),
        KeyHint("c", "code", "code", can("code")),
        KeyHint("[ ]", "rate", "lab('rate', 1)", can("rate")),
        *table,
        KeyHint("0", "reset", "lab('reset')", not screen.typing),
        KeyHint(", .", "scrub", "lab('scrub', -1)", can("scrub") and not screen.typing),
        KeyHint("u", "undo", "lab('undo')", can("undo")),
        KeyHint("+ -", "speed", "lab('pace', 1)", not screen.typing),
        KeyHint("?", "keys", "app.help"),
        KeyHint("esc", "contents", "contents"),
    )
