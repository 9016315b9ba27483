"""A learner at work on one check: tries, hints, and the worked line after three tries."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from lessons.spec import TRIES, Check, Verdict

Status = Literal["open", "solved", "shown"]


@dataclass
class Attempt:
    """Where one check stands. Answers, hints and "show me" go through here."""

    check: Check
    status: Status = "open"
    tries: int = 0
    """Wrong answers given."""
    hints_read: int = 0
    """Hints that have been opened; they stay open."""
    says: str = ""
    """The line of feedback to the last answer."""
    hint_shown: int = 0
    """Which hint is on the screen, counted from 1; 0: none."""
    _last_wrong: Hashable = None

    def __post_init__(self) -> None:
        if self.settled and not self.says:
            self.says = self.check.solution

    @property
    def settled(self) -> bool:
        """True when the lab may show the number: it was solved or shown."""
        return self.status != "open"

    @property
    def tries_left(self) -> int:
        """Tries before the worked line is offered; more answers can be given all the same."""
        return max(TRIES - self.tries, 0)

    @property
    def may_show(self) -> bool:
        """True once the worked line is offered."""
        return not self.settled and self.tries_left == 0

    def answer(self, text: str) -> Verdict:
        """Judge an answer. Raises NotAnAnswer for what cannot be read; no try is used up then.

        Nor is one by the wrong answer that has just been given, as when enter is pressed twice.
        """
        verdict, given = self.check.judge(text), self.check.reading(text)
        if verdict.right:
            self.status = "solved"
            self.says = verdict.says
        elif given == self._last_wrong:
            again = "The same answer again uses up no try."
            self.says = f"{verdict.says} {again} {self._what_now()}"
        else:
            self.tries += 1
            self._last_wrong = given
            self.says = f"{verdict.says} {self._what_now()}"
        return verdict

    def _what_now(self) -> str:
        if self.tries_left:
            left = f"{self.tries_left} {'tries' if self.tries_left > 1 else 'try'} left"
            return f"{left}; h gives a hint." if not self.hint_shown else f"{left}."
        return "s shows the worked line; you can also try on."

    def show(self) -> None:
        """Give the worked line. Only once it is offered; see `may_show`."""
        if self.may_show:
            self.status = "shown"
            self.says = self.check.solution

    def hint(self, direction: int = 1) -> str:
        """The next hint, or with -1 the one before it; stays at either end."""
        count = len(self.check.hints)
        self.hint_shown = min(max(self.hint_shown + direction, 0), count)
        self.hints_read = max(self.hints_read, self.hint_shown)
        return self.hint_text

    @property
    def hint_text(self) -> str:
        """The hint on the screen, or an empty text."""
        return self.check.hints[self.hint_shown - 1] if self.hint_shown else ""


@dataclass
class OneTry(Attempt):
    """A question of a test-out: one answer, or none, and then the worked line whatever it was."""

    @property
    def tries_left(self) -> int:
        """One, until it is used up."""
        return max(1 - self.tries, 0)

    @property
    def may_show(self) -> bool:
        """Whoever does not know may say so at once."""
        return not self.settled

    def answer(self, text: str) -> Verdict:
        """Judge the answer. Raises NotAnAnswer for what cannot be read; no try is used up then."""
        verdict = super().answer(text)
        if not verdict.right:
            self.status = "shown"
            self.says = f"{verdict.says} {self.check.solution}"
        return verdict
