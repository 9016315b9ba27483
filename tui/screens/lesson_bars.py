"""What the lines around a lesson say: where you are, and which keys make sense now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from lessons.course import chapter_of, outlines
from tui.render.glyphs import DONE, EMPTY_DOT, FULL_DOT
from tui.screens.lesson_keys import ACT_KEYS
from tui.widgets.bars import KeyHint
from tui.widgets.confusion import ConfusionTable
from tui.widgets.images import Images
from tui.widgets.layers import LayerTable
from tui.widgets.maps import Maps
from tui.widgets.matrix import Matrix
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from lessons.labs.base import Lab
    from tui.progress import Progress
    from tui.screens.lesson import LessonScreen

MOST_DOTS = 16
"""Pages up to which the title shows a dot for each."""


def title(screen: LessonScreen, progress: Progress) -> tuple[str, str]:
    """Left: chapter and lesson. Right: the page, and how many lessons are done."""
    lesson = screen.lesson
    name = f"{lesson.number} {lesson.title}"
    left = f"{chapter_of(lesson).title} › {name}" if screen.wide else name
    count, at = len(lesson.pages), screen.page_number
    dots = progress_dots(at, count)
    finished = sum(progress.done(one.id) for one in outlines())
    return left, f"page {at}/{count} {dots}  {DONE} {finished} of {len(outlines())} lessons"


def progress_dots(at: int, count: int) -> str:
    """A dot for each page, full up to the one that is open; none where they are too many."""
    return FULL_DOT * at + EMPTY_DOT * (count - at) if count <= MOST_DOTS else ""


def other_side(screen: LessonScreen) -> str:
    """What the key `v` would bring to the front."""
    return "page" if screen.has_class("lab-side") else "lab"


def page_foot(screen: LessonScreen) -> str:
    """A word at the foot of the page on where to go from here."""
    if not screen.wide:
        return f"v: the {other_side(screen)}"
    return "→ ends the lesson" if screen.last_page else ""


def show_notice(screen: LessonScreen) -> None:
    """Say below the page what stands below the lab, where the lab is out of sight."""
    line = screen.query_one("#notice", Static)
    behind = not (screen.wide or screen.has_class("lab-side"))
    words = screen.pane.notice if behind else ""
    if line.display != bool(words) or line.content != words:
        line.update(words)
        line.display = bool(words)


EDITING = (
    KeyHint("↑ ↓", "choose", "lab('edit')"),
    KeyHint("← →", "change", "lab('edit')"),
    KeyHint("enter", "set", "lab('edit')"),
    KeyHint("esc", "done", "contents"),
)

ON_A_MAP = (
    KeyHint("↑ ↓ ← →", "move on the map", "lab('edit')"),
    KeyHint("tab", "next", "lab('edit')"),
    *EDITING[2:],
)

IN_A_TABLE = (
    KeyHint("↑ ↓ ← →", "move in the table", "panel('explain')"),
    KeyHint("x", "explain", "panel('explain')"),
    KeyHint("n p", "page", "page(1)"),
    KeyHint("?", "keys", "app.help"),
    KeyHint("esc", "leave the table", "contents"),
)


IN_MAPS = (
    KeyHint("↑ ↓ ← →", "point at a map", "panel('explain')"),
    *IN_A_TABLE[1:-1],
    KeyHint("esc", "leave the maps", "contents"),
)

IN_LAYERS = (
    KeyHint("↑ ↓", "layer", "lab('turn', 'layer')"),
    KeyHint("← →", "narrower, wider", "lab('edit')"),
    KeyHint("m", "add", "lab('act', 'add')"),
    KeyHint("del", "remove", "lab('act', 'remove')"),
    KeyHint("a", "activation", "lab('turn', 'activation')"),
    *IN_A_TABLE[1:-1],
    KeyHint("esc", "leave the list", "contents"),
)

IN_PICTURES = (
    KeyHint("↑ ↓ ← →", "choose a picture", "panel('explain')"),
    *IN_A_TABLE[1:-1],
    KeyHint("esc", "leave the pictures", "contents"),
)

ON_THE_SHEET = (
    KeyHint("↑ ↓ ← →", "move the pen", "lab('undo')"),
    KeyHint("space", "pen", "lab('undo')"),
    KeyHint("del", "eraser", "lab('undo')"),
    KeyHint("u", "undo", "lab('undo')"),
    KeyHint("0", "empty sheet", "lab('reset')"),
    KeyHint("r", "train", "lab('run')"),
    KeyHint("?", "keys", "app.help"),
    KeyHint("esc", "leave the sheet", "contents"),
)

FOCUSED: dict[type[Widget], tuple[KeyHint, ...]] = {
    LayerTable: IN_LAYERS,
    Maps: IN_MAPS,
    Images: IN_PICTURES,
    Sheet: ON_THE_SHEET,
}
"""The keys where arrow keys move in something that is not a table."""

MOVED_IN: tuple[type[Widget], ...] = (*FOCUSED, Matrix, ConfusionTable)
"""What takes the arrow keys for itself while it has the keyboard."""


def hints(screen: LessonScreen) -> tuple[KeyHint, ...]:
    """The bar's keys in order of importance, for what the lesson can do now."""
    if screen.pane.editing:
        return ON_A_MAP if any(field.axis for field in screen.lab.fields()) else EDITING
    if screen.table_focused:
        return FOCUSED.get(type(screen.focused), IN_A_TABLE)  # type: ignore[arg-type]
    return (
        *_steps(screen),
        *_questions(screen),
        *lab_looks(screen.lab),
        *lab_others(screen.lab, typing=screen.typing),
        KeyHint("?", "keys", "app.help"),
        KeyHint("esc", "contents" if screen.wide else "leave", "contents"),
    )


def _steps(screen: LessonScreen) -> list[KeyHint]:
    found = lab_steps(screen.lab, screen.pane.runner.running, short=not screen.wide)
    found.append(KeyHint("← →", "finish" if screen.last_page else "page", "page(1)"))
    if not screen.wide:
        found.append(KeyHint("v", other_side(screen), "turn_over"))
    return found


def lab_steps(lab: Lab, running: bool, *, short: bool = False) -> list[KeyHint]:
    """The keys that move a lab."""
    return [
        KeyHint("space", "step" if short else lab.step_name, "lab('step')", lab.can("step")),
        KeyHint("b", "back", "lab('back')", lab.can("back")),
        KeyHint("r", "pause" if running else "run", "lab('run')", running or lab.can("run")),
    ]


def _questions(screen: LessonScreen) -> list[KeyHint]:
    attempt = screen.attempt
    if attempt is None or attempt.settled:
        return []
    found = [KeyHint("h", "hint", "hint(1)")]
    if attempt.may_show:
        found.append(KeyHint("s", "show me", "show_me"))
    return found


def lab_looks(lab: Lab) -> list[KeyHint]:
    """What can be looked at and changed in a lab."""
    fields = {field.id for field in lab.fields()}
    found = [
        KeyHint(ACT_KEYS[act], words, f"lab('act', '{act}')") for act, words in lab.acts.items()
    ]
    found += [
        KeyHint("e", "edit", "lab('edit')", bool(fields)),
        KeyHint("x", "explain", "panel('explain')", lab.can("explain")),
        KeyHint("c", "code", "panel('code')", lab.can("code")),
    ]
    if lab.has_data:
        found.append(KeyHint("i", "data", "panel('data')"))
    if lab.can("rate"):
        found.append(KeyHint("[ ]", "rate", "lab('rate', 1)"))
    if "activation" in fields:
        found.append(KeyHint("a", "activation", "lab('turn', 'activation')"))
    if "nudge" in fields:
        found.append(KeyHint("d", "nudge", "lab('turn', 'nudge')"))
    if "shows" in fields:
        usual = "table" if "layer" in fields else "view"
        word = lab.turn_words.get("shows", usual)
        found.append(KeyHint("w", word, "lab('turn', 'shows')"))
    if "layer" in fields:
        word = lab.turn_words.get("layer", "layer")
        found.append(KeyHint("l", word, "lab('turn', 'layer')"))
    return found


def lab_others(lab: Lab, *, typing: bool = False) -> list[KeyHint]:
    """Keys that come last; those that are characters of a number are not offered to a typist."""
    found = []
    if lab.wants_log:
        found.append(KeyHint("E", "experiments", "app.experiments"))
    if lab.can("undo"):
        found.append(KeyHint("u", "undo", "lab('undo')"))
    found.append(KeyHint("R" if typing else "0", "reset", "lab('reset')"))
    if not typing:
        found.append(KeyHint(", .", "scrub", "lab('scrub', -1)", lab.can("scrub")))
        found.append(KeyHint("+ -", "speed", "lab('pace', 1)"))
    found.append(KeyHint("O", "take along", "panel('out')"))
    return found
