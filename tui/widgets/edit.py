"""The edit bar: what a lab lets you change, chosen by arrow keys, typed in place."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from lessons.labs.base import Field
from lessons.numbers import exact
from tui.render.glyphs import MARK
from tui.render.words import shorten
from tui.theme import palette

ROWS, FEW_ROWS = 7, 3
"""Fields in sight at once: where there is room, and on a low terminal, where the lab needs it."""

LONGEST_NUMBER, LONGEST_TEXT = 24, 1000
"""Characters that can be typed for a number, and for a path."""

LOW = 28
"""Rows of a terminal below which the list is short."""


class EditBar(Widget, can_focus=True):
    """A short list of fields. Arrow keys choose and change, digits type, enter sets, esc ends.

    It never changes a lab: it says what the learner wants, and is told what came of it.
    """

    DEFAULT_CSS = """
    EditBar { width: 1fr; height: auto; display: none; }
    EditBar.open { display: block; }
    """

    fields: reactive[tuple[Field, ...]] = reactive((), layout=True)
    chosen: reactive[int] = reactive(0)
    typed: reactive[str | None] = reactive(None)
    """What is being typed for the chosen field; None while its own value shows."""
    refusal: reactive[str] = reactive("")
    """Why the last value was not taken."""

    class Wanted(Message):
        """The learner wants `field` to have the value `text`."""

        def __init__(self, field: Field, text: str) -> None:
            super().__init__()
            self.field = field
            self.text = text

    class Chosen(Message):
        """The learner went to this field."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    class Closed(Message):
        """The learner is done editing."""

    came_from: Widget | None = None
    """What had the keyboard before the bar was opened."""

    refused: str | None = None
    """The number that was not taken; the next character takes its place."""

    def open(self, fields: tuple[Field, ...], at: str = "") -> None:
        """Show the fields, the one with the id `at` or else the first chosen; take the keyboard."""
        self.came_from = self.screen.focused
        self.show(fields)
        self.chosen = next((place for place, field in enumerate(fields) if field.id == at), 0)
        self.typed, self.refusal = None, ""
        self.add_class("open")
        self.focus()
        self.post_message(self.Chosen(self.field))

    def show(self, fields: tuple[Field, ...]) -> None:
        """The fields with their present values; the chosen one stays chosen while it is there."""
        name = self.field.id if self.fields else ""
        same = next((at for at, field in enumerate(fields) if field.id == name), None)
        if same is None:
            self.typed, self.refusal = None, ""
        self.fields = fields
        self.chosen = min(self.chosen, len(fields) - 1) if same is None else same

    def close(self) -> None:
        """Put the bar away."""
        self.remove_class("open")

    @property
    def is_open(self) -> bool:
        """True while fields are being edited."""
        return self.has_class("open")

    @property
    def field(self) -> Field:
        """The chosen field."""
        return self.fields[self.chosen]

    def refuse(self, text: str, why: str) -> None:
        """Say why `text` was not taken. It stays, to be mended by backspace or typed anew."""
        self.refusal, self.refused = why, text

    def accept(self, text: str) -> None:
        """The value was taken; what has been typed since then stays."""
        if self.typed == text:
            self.typed = None
        self.refusal = ""

    # -- keys ---------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Everything printable is typed here, so no other key of the screen is offered."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Arrow keys, enter, esc and typing."""
        actions = {
            "up": lambda: self._vertical(1),
            "down": lambda: self._vertical(-1),
            "tab": lambda: self._go(1),
            "shift+tab": lambda: self._go(-1),
            "left": lambda: self._horizontal(-1),
            "right": lambda: self._horizontal(1),
            "pagedown": lambda: self._go_group(1),
            "pageup": lambda: self._go_group(-1),
            "enter": self._commit,
            "escape": self._leave,
            "backspace": self._erase,
        }
        if event.key in actions:
            actions[event.key]()
        elif event.character is not None and event.is_printable:
            self._type(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    @property
    def on_map(self) -> bool:
        """True while arrow keys move over the lab's map instead of along the list."""
        return bool(self.field.axis)

    def _vertical(self, direction: int) -> None:
        if self.on_map:
            self._move("y", direction)
        else:
            self._go(-direction)

    def _horizontal(self, direction: int) -> None:
        if self.on_map:
            self._move("x", direction)
        else:
            self._change(direction)

    def _move(self, axis: str, direction: int) -> None:
        """Change the field that lies along `axis` of the map."""
        at = next(at for at, field in enumerate(self.fields) if field.axis == axis)
        if at != self.chosen:
            self._go(at - self.chosen)
        self._change(direction)

    def _go(self, direction: int) -> None:
        self.typed, self.refusal = None, ""
        self.chosen = (self.chosen + direction) % len(self.fields)
        self.post_message(self.Chosen(self.field))

    @property
    def groups(self) -> tuple[str, ...]:
        """What the fields belong to, each once, in order."""
        return tuple(dict.fromkeys(field.group for field in self.fields))

    def _go_group(self, direction: int) -> None:
        """To the first field of the next group, or of the one before."""
        groups = self.groups
        name = groups[(groups.index(self.field.group) + direction) % len(groups)]
        first = next(at for at, field in enumerate(self.fields) if field.group == name)
        self._go(first - self.chosen)

    def _change(self, direction: int) -> None:
        field, self.typed = self.field, None
        if field.choices:
            at = (field.choices.index(field.text) + direction) % len(field.choices)
            self.post_message(self.Wanted(field, field.choices[at]))
            return
        if field.free:
            self.refusal = "Type a text, then enter; backspace shortens the one that is there."
            return
        self.post_message(self.Wanted(field, exact(field.nudged(direction))))

    def _commit(self) -> None:
        if self.typed is None:
            self._go(1)
        else:
            self.post_message(self.Wanted(self.field, self.typed))

    def _leave(self) -> None:
        if self.typed is not None:
            self.typed, self.refusal = None, ""
        else:
            self.post_message(self.Closed())

    def _erase(self) -> None:
        if self.typed is None and self.field.free:
            self.typed = self.field.text  # a path is mended rather than typed anew
        if self.typed:
            self.typed = self.typed[:-1]

    def _type(self, character: str) -> None:
        if self.field.choices:
            self.refusal = "Choose with ← and →."
            return
        if self.typed == self.refused and not self.field.free:  # a path is mended
            self.typed = None
        self.refused = None
        if len(self.typed or "") < (LONGEST_TEXT if self.field.free else LONGEST_NUMBER):
            self.refusal = ""
            self.typed = (self.typed or "") + character

    def on_paste(self, event: events.Paste) -> None:
        """The first line of a pasted text is typed."""
        for character in event.text.strip().partition("\n")[0]:
            if character.isprintable():
                self._type(character)
        event.stop()

    # -- painting -----------------------------------------------------------------------------

    @property
    def in_sight(self) -> int:
        """How many fields are seen at once; the others are scrolled to."""
        return min(len(self.fields), FEW_ROWS if self.app.size.height < LOW else ROWS)

    def get_content_height(self, *_: object) -> int:
        """The fields in sight, and one line of advice."""
        return self.in_sight + 1

    def render_line(self, y: int) -> Strip:
        """A field, or the line of advice below them."""
        colors, base = palette(self.app), self.rich_style
        shown = self.in_sight
        if y >= shown:
            keys = "↑↓←→ move   tab next" if self.on_map else "↑↓ choose   ←→ change"
            what = "text" if self.field.free else "number"
            more = "page ↓ next group" if len(self.groups) > 1 else "esc done"
            text = self.refusal or f"{keys}   type a {what}, enter   {more}"
            style = colors.style("slope" if self.refusal else "dim")
            segments = [Segment(f"  {shorten(text, self.size.width - 2)}", style)]
        else:
            first = min(max(self.chosen - shown // 2, 0), len(self.fields) - shown)
            segments = self._field_line(first + y)
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(self.size.width, base)

    def _group_of(self, at: int) -> str:
        """The column of groups, where there are several."""
        groups = self.groups
        return f"{self.fields[at].group:<{max(map(len, groups)) + 2}}" if len(groups) > 1 else ""

    def _field_line(self, at: int) -> list[Segment]:
        colors, field = palette(self.app), self.fields[at]
        here = at == self.chosen
        width = max(len(item.label) for item in self.fields)
        label = f"{MARK if here else ' '} {self._group_of(at)}{field.label:<{width}}  "
        value = f"‹ {field.text} ›" if field.choices else field.shown or field.text
        if not here:
            return [
                Segment(label, colors.style("dim")),
                Segment(f" {value}", colors.style("node")),
            ]
        typing = "" if self.typed is None else f"{self.typed}_"
        more = (
            f"   {self.chosen + 1} of {len(self.fields)}"
            if len(self.fields) > self.in_sight
            else ""
        )
        shown = typing or value
        if field.free:  # of a long path the end counts, where it is typed
            room = max(self.size.width - cell_len(label) - 3, 1)
            shown = shown if cell_len(shown) <= room else f"…{shown[1 - room :]}"
        return [
            Segment(label, colors.style("mark", bold=True)),
            Segment(f" {shown} ", colors.style("accent", bold=True, reverse=True)),
            Segment(more, colors.style("dim")),
        ]
