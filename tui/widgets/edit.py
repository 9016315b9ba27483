"""The edit bar: what a lab lets you change, chosen by arrow keys, typed in place."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from lessons.labs.base import Field, Refused
from lessons.numbers import exact
from tui.render.edit import advice, chosen_line, fields_at_once, groups_of, other_line
from tui.render.words import shorten
from tui.theme import palette

LONGEST_NUMBER, LONGEST_TEXT = 24, 1000
"""Characters that can be typed for a number, and for a path."""


class EditBar(Widget, can_focus=True):
    """A short list of fields. Arrow keys choose and change, digits type, enter sets, esc ends.

    It never changes a lab: it says what the learner wants, and is told what came of it. Until then
    keys wait: what they mean depends on it.
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
    """What was typed and not taken; the next character takes its place."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._waits = False
        """True from when a value is wanted to when it is known what came of it."""
        self._held: list[tuple[str, str | None]] = []
        """Keys pressed in between."""
        self._then: Callable[[], None] | None = None  # where to go once the value is taken

    def open(self, fields: tuple[Field, ...], at: str = "") -> None:
        """Show the fields, the one with the id `at` or else the first chosen; take the keyboard."""
        self.came_from = self.screen.focused
        self._forget()
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
        self._forget()

    def _forget(self) -> None:
        self._waits, self._then = False, None
        self._held.clear()

    @property
    def is_open(self) -> bool:
        """True while fields are being edited."""
        return self.has_class("open")

    @property
    def field(self) -> Field:
        """The chosen field."""
        return self.fields[self.chosen]

    def refuse(self, why: str) -> None:
        """Say why it was not taken. What is typed stays, to be mended by backspace or typed anew.

        Whoever was moving on stays too, and the keys after that were meant for elsewhere.
        """
        self.refusal, self.refused = why, self.typed
        if self._then is not None:
            self._held.clear()
        self._waits, self._then = False, None
        self._play()

    def accept(self) -> None:
        """The value was taken, and `fields` show it."""
        then = self._then
        self._waits, self._then = False, None
        self.typed, self.refusal = None, ""
        if then is not None:
            then()
        self._play()

    # -- keys ---------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Everything printable is typed here, so no other key of the screen is offered."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Arrow keys, enter, esc and typing."""
        if event.key in self._actions or event.is_printable:
            self._held.append((event.key, event.character))
            self._play()
            event.stop()
            event.prevent_default()

    @property
    def _actions(self) -> dict[str, Callable[[], None]]:
        return {
            "up": lambda: self._vertical(1),
            "down": lambda: self._vertical(-1),
            "tab": lambda: self._go(1),
            "shift+tab": lambda: self._go(-1),
            "left": lambda: self._horizontal(-1),
            "right": lambda: self._horizontal(1),
            "pagedown": lambda: self._go_group(1),
            "pageup": lambda: self._go_group(-1),
            "home": lambda: self._move_on(lambda: self._choose(0)),
            "end": lambda: self._move_on(lambda: self._choose(-1)),
            "enter": self._commit,
            "escape": self._leave,
            "backspace": self._erase,
        }

    def _play(self) -> None:
        """Let the keys do what they do, up to one that has to be waited for."""
        while self._held and not self._waits:
            key, character = self._held.pop(0)
            if key in self._actions:
                self._actions[key]()
            elif character is not None:
                self._type(character)

    @property
    def on_map(self) -> bool:
        """True while arrow keys move over the lab's map instead of along the list."""
        return bool(self.field.axis)

    def _vertical(self, direction: int) -> None:
        self._move("y", direction) if self.on_map else self._go(-direction)

    def _horizontal(self, direction: int) -> None:
        self._move("x", direction) if self.on_map else self._change(direction)

    def _move(self, axis: str, direction: int) -> None:
        """Change the field that lies along `axis` of the map."""
        at = next(at for at, field in enumerate(self.fields) if field.axis == axis)

        def go() -> None:
            self._choose(at)
            self._change(direction)

        if at == self.chosen:
            self._change(direction)
        else:
            self._move_on(go)

    def _go(self, direction: int) -> None:
        self._move_on(lambda: self._choose(self.chosen + direction))

    def _move_on(self, go: Callable[[], None]) -> None:
        """Go elsewhere, with what is typed set first; where it is refused one stays."""
        if self.typed is None or not (self.typed or self.field.free):
            go()
        else:
            self._set(go)

    def _choose(self, at: int) -> None:
        self.typed, self.refusal = None, ""
        self.chosen = at % len(self.fields)
        self.post_message(self.Chosen(self.field))

    def _go_group(self, direction: int) -> None:
        """To the first field of the next group, or of the one before."""

        def go() -> None:
            groups = groups_of(self.fields)
            name = groups[(groups.index(self.field.group) + direction) % len(groups)]
            self._choose(next(at for at, one in enumerate(self.fields) if one.group == name))

        self._move_on(go)

    def _change(self, direction: int) -> None:
        field, self.typed = self.field, None
        if field.choices:
            at = (field.choices.index(field.text) + direction) % len(field.choices)
            self._want(field.choices[at])
            return
        if field.free:
            self.refusal = "Type a text, then enter; backspace shortens the one that is there."
            return
        self._want(exact(field.nudged(direction)))

    def _commit(self) -> None:
        if self.typed is None:
            self._go(1)
        else:
            self._set()

    def _set(self, then: Callable[[], None] | None = None) -> None:
        """Want what is typed, and do something once it is taken."""
        self._then, text = then, self.typed or ""
        try:
            self._want(self.field.choice(text) if self.field.choices else text)
        except Refused as refusal:
            self.refuse(str(refusal))

    def _want(self, text: str) -> None:
        self._waits = True
        self.post_message(self.Wanted(self.field, text))

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
            self._look()

    def _type(self, character: str) -> None:
        if self.typed == self.refused and not self.field.free:  # a path is mended
            self.typed = None
        self.refused = None
        if len(self.typed or "") < (LONGEST_TEXT if self.field.free else LONGEST_NUMBER):
            self.refusal = ""
            self.typed = (self.typed or "") + character
            self._look()

    def _look(self) -> None:
        """Say at once where what is typed begins no choice."""
        if self.field.choices:
            begins = self.field.begun_by(self.typed or "")
            self.refusal = "" if begins else self.field.choices_named

    def on_paste(self, event: events.Paste) -> None:
        """The first line of a pasted text is typed."""
        line = event.text.strip().partition("\n")[0]
        self._held += [("", character) for character in line if character.isprintable()]
        self._play()
        event.stop()

    # -- painting -----------------------------------------------------------------------------

    @property
    def in_sight(self) -> int:
        """How many fields are seen at once; the others are scrolled to."""
        return min(len(self.fields), fields_at_once(self.app.size.height))

    def get_content_height(self, *_: object) -> int:
        """The fields in sight, and one line of advice."""
        return self.in_sight + 1

    def render_line(self, y: int) -> Strip:
        """A field, or the line of advice below them."""
        colors, base, shown = palette(self.app), self.rich_style, self.in_sight
        if y >= shown:
            text = self.refusal or advice(self.field, self.on_map, len(groups_of(self.fields)) > 1)
            style = colors.style("slope" if self.refusal else "dim")
            segments = [Segment(f"  {shorten(text, self.size.width - 2)}", style)]
        else:
            at = min(max(self.chosen - shown // 2, 0), len(self.fields) - shown) + y
            if at == self.chosen:
                typing = None if self.typed is None else f"{self.typed}_"
                of = f"{at + 1} of {len(self.fields)}" if len(self.fields) > shown else ""
                segments = chosen_line(self.fields, at, typing, of, self.size.width, colors)
            else:
                segments = other_line(self.fields, at, colors)
        strip = Strip(list(Segment.apply_style(segments, base)))
        return strip.adjust_cell_length(self.size.width, base)
