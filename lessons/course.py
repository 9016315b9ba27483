"""The chapters and lessons in order, and how to find one of them."""

from __future__ import annotations

import difflib
import importlib
from dataclasses import dataclass
from functools import cache

from lessons.spec import Lesson


@dataclass(frozen=True)
class Chapter:
    """A chapter and its lessons, in order."""

    number: int
    title: str
    lessons: tuple[Lesson, ...]


class UnknownLesson(ValueError):
    """No lesson goes by that name; the message is one line with the nearest match."""


# A lesson's folder holds pages.md (what is read) and lesson.py (what is done), which has lesson().
_CHAPTERS = (
    (
        1,
        "Basics of deep learning",
        "basics",
        (
            "interactions",
            "forward_propagation",
            "activation_functions",
            "deeper_networks",
            "representation_learning",
        ),
    ),
    (
        2,
        "Optimizing with backpropagation",
        "backpropagation",
        (
            "errors_and_weights",
            "loss",
            "gradient_descent",
            "calculating_slopes",
            "several_weights",
            "backpropagation",
            "by_numbers",
        ),
    ),
    (3, "Building models", "building", ("compile_and_fit",)),
)


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter that has lessons, loaded and in order."""
    return tuple(
        Chapter(number, title, tuple(_load(folder, name) for name in names))
        for number, title, folder, names in _CHAPTERS
    )


def lessons() -> tuple[Lesson, ...]:
    """Every lesson, in order."""
    return tuple(lesson for chapter in chapters() for lesson in chapter.lessons)


def chapter_of(lesson: Lesson) -> Chapter:
    """The chapter that `lesson` belongs to."""
    return next(chapter for chapter in chapters() if chapter.number == lesson.chapter)


def find(text: str) -> Lesson:
    """The lesson with this number (2.4), id (calculating-slopes) or title words.

    Raises UnknownLesson, whose message names the nearest match.
    """
    wanted = " ".join(text.strip().lower().split())
    for lesson in lessons():
        if wanted in (lesson.number, lesson.id, lesson.title.lower()):
            return lesson
    words = wanted.replace("-", " ").split()
    matches = [one for one in lessons() if words and all(w in one.title.lower() for w in words)]
    if len(matches) == 1:
        return matches[0]
    raise UnknownLesson(_unknown(text, wanted))


def _unknown(text: str, wanted: str) -> str:
    text = " ".join(text.split())
    names = {key: one for one in lessons() for key in (one.number, one.id, one.title.lower())}
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.4)
    if near:
        lesson = names[near[0]]
        return f"no lesson “{text}”; the nearest is {lesson.number} {lesson.title}"
    return f"no lesson “{text}”; see dl-tutor lessons for the list"


def _load(folder: str, name: str) -> Lesson:
    module = importlib.import_module(f"lessons.{folder}.{name}.lesson")
    lesson: Lesson = module.lesson()
    return lesson
