"""What labs are made of and what they give: scenes, fields, explanations, code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lessons.numbers import NotANumber, listed, read_limited

Action = Literal[
    "step", "back", "run", "scrub", "rate", "edit", "undo", "reset", "redraw", "explain", "code"
]


class Refused(ValueError):
    """The lab does not do that; the message says why and what would work."""


@dataclass(frozen=True)
class Scene:
    """Where a page wants the lab to be. Each kind of lab has its own, with more to say."""

    conceal: tuple[str, ...] = ()
    """Names of the numbers that the page's check asks for: hidden until it is settled, on this
    page and on those before it."""


@dataclass(frozen=True)
class Field:
    """Something the learner can change: a number to type or a choice to cycle through."""

    id: str
    label: str
    text: str
    choices: tuple[str, ...] = ()
    low: float = -1e6
    high: float = 1e6
    nudge: float = 1.0
    """How much one press of an arrow key adds or takes off."""
    shown: str = ""
    """How the value reads, where that is shorter than `text`: 1/9."""
    undoable: bool = True
    """False for what only changes the view."""
    ladder: tuple[float, ...] = ()
    """Where adding makes no sense: the values that an arrow key goes through."""
    free: bool = False
    """Any text may be typed, such as the path of a file."""
    axis: str = ""
    """On a lab with a map: "x" where ← and → change it, "y" where ↓ and ↑ do."""
    group: str = ""
    """In a long list: what it belongs to. Fields of one group stand together."""

    def nudged(self, direction: int) -> float:
        """The number that one press of an arrow key leads to."""
        value = float(self.text)
        if self.ladder:
            further = [one for one in self.ladder if (one - value) * direction > 1e-9 * abs(value)]
            return (min if direction > 0 else max)(further, default=value)
        # Decimal steps added in binary would show as 0.30000000000000004.
        return min(max(round(value + direction * self.nudge, 12), self.low), self.high)

    def read(self, text: str) -> float:
        """The number typed for this field. Raises Refused."""
        try:
            return read_limited(text, self.low, self.high)
        except NotANumber as problem:
            raise Refused(str(problem)) from None

    @property
    def choices_named(self) -> str:
        """What there is to choose from, in a sentence."""
        between = "; " if any("," in one for one in self.choices) else ", "
        return f"{self.label}: one of {between.join(self.choices)}."

    def begun_by(self, text: str) -> tuple[str, ...]:
        """The choices that begin so; capitals do not matter."""
        begin = text.strip().casefold()
        return tuple(one for one in self.choices if one.casefold().startswith(begin))

    def choice(self, text: str) -> str:
        """The choice that `text` is, or the only one that begins so. Raises Refused."""
        found = self.begun_by(text)
        same = [one for one in found if one.casefold() == text.strip().casefold()]
        if same or len(found) == 1:
            return (*same, *found)[0]
        if not found or not text.strip():
            raise Refused(self.choices_named)
        raise Refused(f"“{text.strip()}” begins {listed(found)}: type more of it.")


@dataclass(frozen=True)
class Explanation:
    """Where a number comes from: the formula, then the same with the values put in."""

    name: str
    meaning: str
    formula: str
    filled: str
    where: tuple[tuple[str, str], ...] = ()
    """Each symbol of the formula with what it stands for."""


@dataclass(frozen=True)
class Code:
    """Lines that do what the lab just did, with the current values; they run as they stand."""

    title: str
    source: str
    program: bool = True
    """False for what is no program, but to be kept as text."""
