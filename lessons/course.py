"""The chapters and lessons in order, and how to find one of them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lessons.outline import Outline, read_outline
from lessons.spec import Lesson


@dataclass(frozen=True)
class Chapter:
    """A chapter and the outlines of its lessons, in order."""

    number: int
    title: str
    outlines: tuple[Outline, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """Its lessons, loaded."""
        return tuple(outline.load() for outline in self.outlines)


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
            "stochastic_gradient_descent",
        ),
    ),
    (
        3,
        "Building models",
        "building",
        (
            "specify_a_model",
            "compile_and_fit",
            "classification",
            "save_reload_predict",
        ),
    ),
    (
        4,
        "Fine-tuning",
        "tuning",
        (
            "learning_rates",
            "dying_neurons",
            "validation",
            "early_stopping",
            "capacity",
            "digits",
        ),
    ),
)


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter that has lessons, in order. No lesson is loaded for this."""
    return tuple(
        Chapter(number, title, tuple(_outline(folder, name) for name in names))
        for number, title, folder, names in _CHAPTERS
    )


def outlines() -> tuple[Outline, ...]:
    """The outline of every lesson, in order. No lesson is loaded for this."""
    return tuple(outline for chapter in chapters() for outline in chapter.outlines)


def lessons() -> tuple[Lesson, ...]:
    """Every lesson, in order, loaded."""
    return tuple(outline.load() for outline in outlines())


def chapter_of(lesson: Lesson | Outline) -> Chapter:
    """The chapter that `lesson` belongs to."""
    return next(chapter for chapter in chapters() if chapter.number == lesson.chapter)


def find(text: str) -> Lesson:
    """The lesson with this number (2.4), id (calculating-slopes) or title words, loaded.

    Raises UnknownLesson, whose message names the nearest match.
    """
    wanted = " ".join(text.strip().lower().split())
    for outline in outlines():
        if wanted in (outline.number, outline.id, outline.title.lower()):
            return outline.load()
    words = wanted.replace("-", " ").split()
    matches = [one for one in outlines() if words and all(w in one.title.lower() for w in words)]
    if len(matches) == 1:
        return matches[0].load()
    raise UnknownLesson(_unknown(text, wanted))


def _unknown(text: str, wanted: str) -> str:
    text = " ".join(text.split())
    names = {key: one for one in outlines() for key in (one.number, one.id, one.title.lower())}
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.4)
    if near:
        lesson = names[near[0]]
        return f"no lesson “{text}”; the nearest is {lesson.number} {lesson.title}"
    return f"no lesson “{text}”; see dl-tutor lessons for the list"


def _outline(folder: str, name: str) -> Outline:
    return read_outline(Path(__file__).parent / folder / name, f"lessons.{folder}.{name}.lesson")
