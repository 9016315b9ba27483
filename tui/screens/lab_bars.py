"""The keys below a lab that stands by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.lesson_bars import EDITING, lab_looks, lab_others, lab_steps
from tui.widgets.bars import KeyHint

if TYPE_CHECKING:
    from tui.screens.lab import LabScreen

IN_A_PICTURE = (
    KeyHint("↑ ↓ ← →", "point", "panel('explain')"),
    KeyHint("x", "explain", "panel('explain')"),
    KeyHint("e", "edit its weights", "lab('edit')"),
    KeyHint("?", "keys", "app.help"),
    KeyHint("esc", "done", "leave"),
)


def hints(screen: LabScreen) -> tuple[KeyHint, ...]:
    """The bar's keys in order of importance, for what the lab can do now."""
    if screen.pane.editing:
        return (*EDITING[:-1], KeyHint("esc", "done", "leave"))
    if screen.table_focused:
        return IN_A_PICTURE
    running = screen.pane.runner.running
    return (
        *lab_steps(screen.lab, running),
        *screen.more_hints,
        *(hint for hint in lab_looks(screen.lab) if hint not in screen.more_hints),
        *lab_others(screen.lab),
        KeyHint("?", "keys", "app.help"),
        KeyHint("esc", "leave", "leave"),
    )
