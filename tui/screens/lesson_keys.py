"""The keys of a lesson: the bindings, and which of them the bar shows and greys out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

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
    _lab("0,R", "'reset'", "reset", "Start again: same numbers, same seed"),
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


EDITING = (
    KeyHint("↑ ↓", "choose", "lab('edit')"),
    KeyHint("← →", "change", "lab('edit')"),
    KeyHint("enter", "set", "lab('edit')"),
    KeyHint("esc", "done", "contents"),
)

IN_A_TABLE = (
    KeyHint("↑ ↓ ← →", "move in the table", "explain"),
    KeyHint("x", "explain", "explain"),
    KeyHint("n p", "page", "page(1)"),
    KeyHint("?", "keys", "app.help"),
    KeyHint("esc", "leave the table", "contents"),
)


def hints(screen: LessonScreen) -> tuple[KeyHint, ...]:
    """The bar's keys in order of importance, for what the lesson can do now."""
    if screen.pane.editing:
        return EDITING
    if screen.table_focused:
        return IN_A_TABLE
    return (
        *_steps(screen),
        *_questions(screen),
        *_looks(screen),
        *_others(screen),
        KeyHint("?", "keys", "app.help"),
        KeyHint("esc", "contents" if screen.wide else "leave", "contents"),
    )


def _steps(screen: LessonScreen) -> list[KeyHint]:
    lab, running = screen.lab, screen.pane.runner.running
    found = [
        KeyHint("space", lab.step_name if screen.wide else "step", "lab('step')", lab.can("step")),
        KeyHint("b", "back", "lab('back')", lab.can("back")),
        KeyHint("r", "pause" if running else "run", "lab('run')", running or lab.can("run")),
        KeyHint("← →", "finish" if screen.last_page else "page", "page(1)"),
    ]
    if not screen.wide:
        found.append(KeyHint("v", screen.other_side, "turn_over"))
    return found


def _questions(screen: LessonScreen) -> list[KeyHint]:
    attempt = screen.attempt
    if attempt is None or attempt.settled:
        return []
    found = [KeyHint("h", "hint", "hint(1)")]
    if attempt.may_show:
        found.append(KeyHint("s", "show me", "show_me"))
    return found


def _looks(screen: LessonScreen) -> list[KeyHint]:
    fields = {field.id for field in screen.lab.fields()}
    found = [
        KeyHint("e", "edit", "lab('edit')", bool(fields)),
        KeyHint("x", "explain", "explain", screen.lab.can("explain")),
        KeyHint("c", "code", "code", screen.lab.can("code")),
    ]
    if screen.lab.can("rate"):
        found.append(KeyHint("[ ]", "rate", "lab('rate', 1)"))
    if "shows" in fields:
        found.append(KeyHint("w", "table", "lab('turn', 'shows')"))
        found.append(KeyHint("l", "layer", "lab('turn', 'layer')"))
    return found


def _others(screen: LessonScreen) -> list[KeyHint]:
    """Keys that come last; those that are characters of a number are not offered to a typist."""
    lab, found = screen.lab, []
    if lab.can("undo"):
        found.append(KeyHint("u", "undo", "lab('undo')"))
    found.append(KeyHint("R" if screen.typing else "0", "reset", "lab('reset')"))
    if not screen.typing:
        found.append(KeyHint(", .", "scrub", "lab('scrub', -1)", lab.can("scrub")))
        found.append(KeyHint("+ -", "speed", "lab('pace', 1)"))
    return found
