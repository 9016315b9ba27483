"""A question: its prompt, the box for the answer, hints, and one line of feedback."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lessons.attempt import Attempt
from lessons.spec import Check, Choice, Numbers
from tui.dress import dress_only
from tui.render.glyphs import DONE, MARK
from tui.theme import palette

OF_A_NUMBER = "0123456789.,-+/−"
BETWEEN_NUMBERS = " ;"
ONE_NUMBER = "One number is asked for."
NO_LETTERS = "Letters are no part of an answer; esc empties the box."


class AnswerBox(Input, inherit_bindings=False):
    """Takes the characters of a number. Every other key is still a key of the lesson.

    Input's own bindings are left out: arrow keys turn pages while a number is being typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Answer", id="answer.submit", tooltip="Give this answer"),
        Binding(
            "backspace",
            "delete_left",
            "Erase",
            show=False,
            id="answer.erase",
            tooltip="Erase the last character of the answer",
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(compact=True, id=id, select_on_focus=False, max_length=32)
        self.check: Check | None = None
        """The question that an answer is to."""
        self.several = False
        """True when more than one number is asked for, so that a space is part of the answer."""
        self.given = False
        """True once the text in the box was given as an answer: the next one takes its place."""

    @property
    def begun(self) -> bool:
        """True while an answer is being typed that was not given yet."""
        return bool(self.value) and not self.given

    def empty(self) -> None:
        """Make room for another answer."""
        self.value = ""
        self._mark_given(False)

    def _mark_given(self, given: bool) -> None:
        self.given = given
        dress_only(self, {"given": given}, [self])

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Only characters that a number is written with are taken."""
        if character is None:
            return False
        between = self.several and self.begun and character in BETWEEN_NUMBERS
        return character in OF_A_NUMBER or between

    async def action_submit(self) -> None:
        """Answer the question that is open now, whatever page the next key turns to."""
        if self.check is not None:
            self._mark_given(bool(self.value))
            self.post_message(CheckPanel.Answered(self.check, self.value))

    def action_delete_left(self) -> None:
        """Erasing a character goes on with what stands there."""
        self._mark_given(False)
        super().action_delete_left()

    def on_paste(self) -> None:
        """A pasted answer takes the place of the one before."""
        if self.given:
            self.empty()

    async def on_key(self, event: events.Key) -> None:
        """Let a key that is no part of a number go on to the lesson."""
        if event.key == "enter":
            # At once: its binding would run after all the characters that came with it.
            await self.action_submit()
            event.stop()
            event.prevent_default()
        elif event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()
            if self.begun and (words := self._why_not(event)):
                event.stop()
                self.post_message(CheckPanel.NotTaken(words))
        elif event.is_printable and self.given:
            self.empty()

    def _why_not(self, event: events.Key) -> str:
        """Why a key does nothing while an answer is being typed; empty for keys that act."""
        if event.character == " ":
            return ONE_NUMBER
        if not (event.character or "").isalpha():
            return ""
        active = self.screen.active_bindings.get(event.key)
        of_the_lab = active is None or active.binding.action.startswith("lab(")
        return NO_LETTERS if of_the_lab else ""


class AnswerOption(Option):
    """One option of a choice, with the question it belongs to."""

    def __init__(self, check: Check, number: int, text: str) -> None:
        super().__init__(Text(f"{number} {text}"), id=str(number))
        self.check = check


class Options(OptionList):
    """The options of a choice: arrow keys and enter, or the number of the option."""

    def on_key(self, event: events.Key) -> None:
        """A digit chooses at once."""
        if event.character and event.character.isdecimal():  # ² is a digit, but no number
            at = int(event.character) - 1
            if 0 <= at < self.option_count:
                self.highlighted = at
                self.action_select()
                event.stop()
                event.prevent_default()


class CheckPanel(Vertical):
    """Shows one Attempt. What the learner does goes up as a message; `show` paints the state."""

    class Answered(Message):
        """The learner gave this answer to this question."""

        def __init__(self, check: Check, text: str) -> None:
            super().__init__()
            self.check = check
            self.text = text

    class NotTaken(Message):
        """A key was neither taken as part of an answer nor handed on, for this reason."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def compose(self) -> ComposeResult:
        """The parts, empty until `show`."""
        yield Static(id="prompt", markup=False)
        with Horizontal(id="answer-row"):
            yield Static("[", classes="edge", markup=False)
            yield AnswerBox(id="answer")
            yield Static("]", classes="edge", markup=False)
            yield Static(id="accepts", markup=False)
        yield Options(id="options", compact=True)
        yield Static(id="hint", markup=False)
        yield Static(id="feedback", markup=False)

    def on_mount(self) -> None:
        """Where a shade may not show on the terminal, the box has edges."""
        plain = self.app.no_color or bool(getattr(self.app, "ascii_mode", False))
        self.set_class(plain, "plain")

    def ask(self, attempt: Attempt | None) -> None:
        """Put a question on the screen, or none."""
        dress_only(self, {"asking": attempt is not None}, [self])
        box = self.query_one(AnswerBox)
        box.empty()
        if attempt is None:
            return
        check = attempt.check
        box.check = check
        box.several = isinstance(check, Numbers)
        options = self.query_one(Options)
        options.clear_options()
        if isinstance(check, Choice):
            options.add_options(
                AnswerOption(check, at, text) for at, text in enumerate(check.options, start=1)
            )
        self.show(attempt)

    def show(self, attempt: Attempt, complaint: str = "") -> None:
        """Paint the state of the attempt; `complaint` is about what was typed, if anything."""
        check = attempt.check
        choice = isinstance(check, Choice)
        self.query_one("#answer-row").display = not attempt.settled and not choice
        self.query_one(Options).display = not attempt.settled and choice
        self._write("prompt", self._prompt(attempt))
        self._write("accepts", self._accepts(attempt))
        self._write("hint", self._hint(attempt))
        if complaint:
            self._write("feedback", Text.assemble((complaint, palette(self.app).style("accent"))))
        else:
            self._write("feedback", self._feedback(attempt))

    def take_focus(self) -> None:
        """Give the keyboard to the part that takes the answer."""
        for part in (self.query_one(AnswerBox), self.query_one(Options)):
            if part.display and part.parent and getattr(part.parent, "display", True):
                part.focus()
                return

    def clear(self) -> None:
        """Empty the box, for the next try."""
        self.query_one(AnswerBox).empty()

    # -- painting -----------------------------------------------------------------------------

    def _write(self, part: str, text: Text) -> None:
        static = self.query_one(f"#{part}", Static)
        static.update(text)
        static.display = bool(text.plain)

    def _prompt(self, attempt: Attempt) -> Text:
        colors = palette(self.app)
        return Text.assemble(
            (f"{MARK} ", colors.style("accent", bold=True)),
            (attempt.check.prompt, colors.style("mark", bold=True)),
        )

    def _accepts(self, attempt: Attempt) -> Text:
        colors = palette(self.app)
        words = f"{attempt.check.accepts}, then enter"
        if attempt.tries_left:
            words += f"; {attempt.tries_left} {'try' if attempt.tries_left == 1 else 'tries'}"
        return Text.assemble((words, colors.style("dim")))

    def _hint(self, attempt: Attempt) -> Text:
        if not attempt.hint_shown or attempt.settled:
            return Text("")
        count = len(attempt.check.hints)
        label = f"hint {attempt.hint_shown} of {count}: "
        colors = palette(self.app)
        text = Text.assemble((label, colors.style("accent")))
        return text.append(attempt.hint_text, colors.style("node"))

    def _feedback(self, attempt: Attempt) -> Text:
        colors = palette(self.app)
        if attempt.status == "solved":
            return Text.assemble((f"{DONE} {attempt.says}", colors.style("mark", bold=True)))
        if attempt.status == "shown":
            return Text.assemble((f"{MARK} {attempt.says}", colors.style("mark", bold=True)))
        return Text.assemble((attempt.says, colors.style("node")))

    # -- messages -----------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if isinstance(event.option, AnswerOption):
            self.post_message(self.Answered(event.option.check, event.option.id or ""))
