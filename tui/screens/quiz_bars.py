"""What the lines around a question of a test-out or recap say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.lesson_bars import EDITING, IN_A_TABLE, other_side, progress_dots
from tui.widgets.bars import KeyHint

if TYPE_CHECKING:
    from tui.progress import Progress
    from tui.screens.quiz import QuizScreen


def title(screen: QuizScreen, progress: Progress) -> tuple[str, str]:
    """Which sitting, which lesson the question is from, how many there are."""
    at, count = screen.place + 1, len(screen.sitting.asked)
    name = f"{screen.sitting.name} › {screen.lesson.number} {screen.lesson.title}"
    return name, f"question {at}/{count} {progress_dots(at, count)}"


def page_foot(screen: QuizScreen) -> str:
    """Where to go from here."""
    if screen.sitting.attempts[screen.place].settled:
        last = screen.place + 1 == len(screen.sitting.asked)
        return "→ the result" if last else "→ the next question"
    return "" if screen.wide else f"v: the {other_side(screen)}"


def hints(screen: QuizScreen) -> tuple[KeyHint, ...]:
    """The keys of a question, and a few of the lab; ? lists all of them."""
    if screen.pane.editing:
        return EDITING
    if screen.table_focused:
        return IN_A_TABLE
    lab, attempt = screen.lab, screen.sitting.attempts[screen.place]
    found = [KeyHint("→", "next question", "page(1)", attempt.settled)]
    if not attempt.settled and screen.sitting.is_recap:
        found.append(KeyHint("h", "hint", "hint(1)"))
    if attempt.may_show:
        name = "show me" if screen.sitting.is_recap else "I do not know"
        found.append(KeyHint("s", name, "show_me"))
    if not screen.wide:
        found.append(KeyHint("v", other_side(screen), "turn_over"))
    step = lab.step_name if screen.wide else "step"
    return (
        *found,
        KeyHint("space", step, "lab('step')", lab.can("step")),
        KeyHint("b", "back", "lab('back')", lab.can("back")),
        KeyHint("g", "glossary", "app.glossary"),
        KeyHint("?", "keys", "app.help"),
        KeyHint("esc", "leave", "contents"),
    )
