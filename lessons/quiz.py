"""Questions taken out of their lessons: for a test-out of a chapter, and for what was missed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lessons.spec import Lesson, Page

T = TypeVar("T")

QUESTIONS = 5
"""How many a test-out asks."""

PASS = 4
"""How many right answers pass it."""


@dataclass(frozen=True)
class Asked:
    """One question, where it comes from, and the page that it stands on here."""

    lesson: Lesson
    page: Page
    fresh: bool = False
    """True when its numbers are others than in the lesson."""


def draw(lessons: Sequence[Lesson], seed: int, count: int = QUESTIONS) -> tuple[Asked, ...]:
    """`count` questions of these lessons, spread over them, in the order of the course.

    No lesson gives a second question before every lesson has given its first. Fewer come out where
    there are no more. The same seed draws the same ones.
    """
    rng = random.Random(f"test-out {seed}")
    piles = [_shuffled(rng, _asking(lesson)) for lesson in lessons]
    drawn: list[Asked] = []
    while len(drawn) < count and any(piles):
        waiting = _shuffled(rng, (pile for pile in piles if pile))
        drawn += [pile.pop() for pile in waiting[: count - len(drawn)]]
    return in_order(lessons, drawn)


def missed(
    lessons: Sequence[Lesson], was_missed: Callable[[Lesson, Page], bool], seed: int
) -> tuple[Asked, ...]:
    """The questions that were missed, in order, with other numbers where they can have them."""
    return tuple(
        again(asked, seed)
        for lesson in lessons
        for asked in _asking(lesson)
        if was_missed(lesson, asked.page)
    )


def again(asked: Asked, seed: int) -> Asked:
    """The question with other numbers, if it offers that; else as it is."""
    check = asked.page.check
    if check is None or check.variant is None:
        return asked
    other = check.variant(random.Random(f"recap {check.id} {seed}"))
    page = replace(asked.page, text=other.text, scene=other.scene, check=other.check)
    return Asked(asked.lesson, page, fresh=True)


def in_order(lessons: Sequence[Lesson], asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Sorted as the course asks them."""
    places = [one.id for one in lessons]
    return tuple(
        sorted(
            asked,
            key=lambda one: (
                places.index(one.lesson.id),
                [page.id for page in one.lesson.pages].index(one.page.id),
            ),
        )
    )


def _asking(lesson: Lesson) -> list[Asked]:
    return [Asked(lesson, page) for page in lesson.pages if page.check]


def _shuffled(rng: random.Random, items: Iterable[T]) -> list[T]:
    mixed = list(items)
    rng.shuffle(mixed)
    return mixed
