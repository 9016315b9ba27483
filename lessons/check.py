"""Questions: what can be answered, what is right, and what is said of an answer.

A check names a function that computes its answer, nearly always with the engine; the function
runs when the answer is first needed. Hints and worked lines are prose and may hold numbers: the
tests work out every `expression = number` in them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import TypeVar

from lessons.labs.base import Scene
from lessons.numbers import (
    NotANumber,
    listed,
    parts_of,
    read,
    short,
    with_thousands,
    without_thousands,
)

T = TypeVar("T")

TRIES = 3
"""How many answers a learner gives before the worked line is offered."""


class NotAnAnswer(ValueError):
    """What was typed cannot be an answer. The message says what can; no try is used up."""


@dataclass(frozen=True)
class Verdict:
    """What a check says of an answer: right or not, and one line of arithmetic."""

    right: bool
    says: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """A question between pages.

    `hints` go from a nudge to nearly the answer. `worked` is the line of arithmetic that leads to
    the answer; it may use ``{answer}``, which is filled with the computed one.
    `slips` are answers that betray a known misconception, each with the line that mends it.
    """

    id: str
    prompt: str
    hints: tuple[str, str, str]
    worked: str
    variant: Callable[[Random], Variant] | None = None
    """Makes the same question with other numbers, for a recap. Without it, it comes as it is."""

    @property
    def accepts(self) -> str:
        """What can be typed, in a few words."""
        raise NotImplementedError

    @property
    def model_answer(self) -> str:
        """An answer, as typed, that `judge` accepts."""
        raise NotImplementedError

    @property
    def written_answer(self) -> str:
        """The answer as it stands in the worked line."""
        return self.model_answer

    @property
    def solution(self) -> str:
        """The worked line with the computed answer in it."""
        return self.worked.replace("{answer}", self.written_answer)

    def reading(self, text: str) -> Hashable:
        """What `text` says, the same however it is spelled. Raises NotAnAnswer."""
        raise NotImplementedError

    def judge(self, text: str) -> Verdict:
        """Say whether `text` is right. Raises NotAnAnswer when it cannot be read."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A question with other numbers: what is asked, what the page says, where the lab stands.

    The check takes its answer from the engine as every check does, and keeps the id of the first.
    """

    check: Check
    scene: Scene
    text: str


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A wrong answer that is worth a line of its own."""

    answer: Callable[[], float]
    says: str


@dataclass(frozen=True, kw_only=True)
class Number(Check):
    """A question for one number, accepted within half a unit of the last decimal asked for."""

    answer: Callable[[], float]
    decimals: int = 0
    slips: tuple[Slip, ...] = ()

    @cached_property
    def value(self) -> float:
        """The answer, computed."""
        return self.answer()

    @property
    def accepts(self) -> str:
        if self.decimals == 0:
            return "a whole number"
        return f"{self.decimals} decimal{'s' if self.decimals > 1 else ''}"

    @property
    def _be(self) -> str:
        return "is" if self.decimals == 1 else "are"

    @property
    def model_answer(self) -> str:
        return short(round(self.value, self.decimals), self.decimals)

    @property
    def written_answer(self) -> str:
        return with_thousands(self.model_answer)

    def reading(self, text: str) -> float:
        return _readable(lambda: read(text if self.decimals else without_thousands(text)))

    def judge(self, text: str) -> Verdict:
        given = self.reading(text)
        if _close(given, self.value, self.decimals):
            return Verdict(True, self.solution)
        # Before the test for too few decimals: 0.1 may be a slip and 1/9 cut short.
        for slip in self.slips:
            if _close(given, slip.answer(), self.decimals):
                return Verdict(False, slip.says)
        if self.decimals == 0 and given != round(given):
            raise NotAnAnswer("A whole number is asked for.")
        if _too_coarse(text, given, self.value, self.decimals):
            raise NotAnAnswer(f"Right so far: {self.accepts} {self._be} asked for.")
        return Verdict(False, f"Not {short(given, self.decimals + 2)}.")


@dataclass(frozen=True, kw_only=True)
class Numbers(Check):
    """A question for several numbers in a row, such as the two slopes of a gradient."""

    answer: Callable[[], tuple[float, ...]]
    decimals: int = 0

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The answers, computed."""
        return tuple(self.answer())

    @property
    def accepts(self) -> str:
        plural = "s" if self.decimals > 1 else ""
        places = f", {self.decimals} decimal{plural}" if self.decimals else ""
        return f"{len(self.values)} numbers with a space between{places}"

    @property
    def model_answer(self) -> str:
        return " ".join(short(round(v, self.decimals), self.decimals) for v in self.values)

    @property
    def written_answer(self) -> str:
        return listed([with_thousands(one) for one in self.model_answer.split()])

    def _parts(self, text: str) -> tuple[str, ...]:
        parts = _readable(lambda: parts_of(text, len(self.values)))
        return parts if self.decimals else tuple(map(without_thousands, parts))

    def reading(self, text: str) -> tuple[float, ...]:
        return _readable(lambda: tuple(map(read, self._parts(text))))

    def judge(self, text: str) -> Verdict:
        parts, given = self._parts(text), self.reading(text)
        close = [_close(a, b, self.decimals) for a, b in zip(given, self.values, strict=True)]
        if all(close):
            return Verdict(True, self.solution)
        if all(
            right or _too_coarse(part, value, wanted, self.decimals)
            for part, value, wanted, right in zip(parts, given, self.values, close, strict=True)
        ):
            raise NotAnAnswer(f"Right so far: {self.decimals} decimals are asked for.")
        wrong = [
            f"{_ordinal(place)} is not {short(value, self.decimals + 2)}"
            for place, (value, right) in enumerate(zip(given, close, strict=True), start=1)
            if not right
        ]
        return Verdict(False, f"The {', the '.join(wrong)}.")


@dataclass(frozen=True, kw_only=True)
class Choice(Check):
    """A question with listed options. `answer` returns the one that is right."""

    options: tuple[str, ...]
    answer: Callable[[], str]
    because: Mapping[str, str] = field(default_factory=dict)
    """For a wrong option, the line that says why it is wrong."""

    @property
    def accepts(self) -> str:
        return f"1 to {len(self.options)}"

    @cached_property
    def right_option(self) -> int:
        """Position of the right option, from 1. Raises ValueError if it is not among them."""
        return self.options.index(self.answer()) + 1

    @property
    def model_answer(self) -> str:
        return str(self.right_option)

    @property
    def written_answer(self) -> str:
        return self.options[self.right_option - 1]

    def reading(self, text: str) -> int:
        chosen = text.strip()
        if not (chosen.isdecimal() and 1 <= int(chosen) <= len(self.options)):
            raise NotAnAnswer(f"Choose with ↑ ↓ and enter, or type a number: {self.accepts}.")
        return int(chosen)

    def judge(self, text: str) -> Verdict:
        chosen = self.reading(text)
        if chosen == self.right_option:
            return Verdict(True, self.solution)
        option = self.options[chosen - 1]
        return Verdict(False, self.because.get(option, f"Not “{option}”."))


def _readable(reader: Callable[[], T]) -> T:
    try:
        return reader()
    except NotANumber as problem:
        raise NotAnAnswer(str(problem)) from None


def _ordinal(place: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth")
    return words[place - 1] if place <= len(words) else f"number {place}"


def _close(given: float, wanted: float, decimals: int) -> bool:
    # Half a unit of the last decimal, and a hair for what rounding does at exactly the half.
    # A whole number is asked for only where the answer is one, so there is nothing to round.
    allowed = 0.5 * 10**-decimals if decimals else 0.0
    return math.isclose(given, wanted, rel_tol=1e-12, abs_tol=allowed + 1e-9)


def _too_coarse(text: str, given: float, wanted: float, decimals: int) -> bool:
    """Right as far as it goes, with fewer decimals than asked for: 1.2 for 1.24."""
    typed = len(text.strip().replace(",", ".").partition(".")[2])
    # 0 for 0.001 is not right so far: nothing of the answer is in it.
    return typed < decimals and "/" not in text and given == round(wanted, typed) != 0
