"""The words a lesson is written in: Lesson, Page, and the questions of lessons.check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lessons.check import (
    TRIES,
    Check,
    Choice,
    NotAnAnswer,
    Number,
    Numbers,
    Slip,
    Variant,
    Verdict,
)
from lessons.labs.base import Lab, Scene

__all__ = [
    "TRIES",
    "Check",
    "Choice",
    "Lesson",
    "NotAnAnswer",
    "Number",
    "Numbers",
    "Page",
    "Slip",
    "Variant",
    "Verdict",
]


@dataclass(frozen=True)
class Page:
    """One idea: a few lines of Markdown, the lab's scene beside it, perhaps a check."""

    id: str
    title: str
    text: str
    line: int
    scene: Scene
    check: Check | None = None
    file: str = ""
    """Where the text stands, for messages about it."""


@dataclass(frozen=True)
class Lesson:
    """One lesson: pages in order and the lab that stands beside them.

    `facts` computes the numbers that the prose quotes as ``{{ name }}``.
    """

    number: str
    id: str
    title: str
    summary: str
    minutes: int
    pages: tuple[Page, ...]
    make_lab: Callable[[int], Lab]
    facts: Callable[[], Mapping[str, str]] = dict

    @property
    def chapter(self) -> int:
        """The number before the point."""
        return int(self.number.split(".")[0])

    @property
    def checks(self) -> tuple[Check, ...]:
        """All questions, in the order of the pages."""
        return tuple(page.check for page in self.pages if page.check)

    @cached_property
    def _computed(self) -> Mapping[str, str]:
        return self.facts()

    def body(self, page: Page) -> str:
        """The Markdown of `page` with its computed numbers filled in. Raises LessonError."""
        from lessons.pages import fill

        return fill(page, self._computed)
