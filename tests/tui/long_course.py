"""A course of 23 lessons: the three there are, and made-up ones around them, for length."""

from __future__ import annotations

from lessons import course
from lessons.course import Chapter
from lessons.outline import Outline

TITLES = {
    1: "Why interactions matter / - / Activation functions / Deeper networks / Learning maps",
    2: "Errors and weights / Loss / Gradient descent / - / Several weights at once / "
    "Backpropagation / Backpropagation by numbers / Stochastic gradient descent",
    3: "Specify a model / - / Classification / Save, reload, predict",
    4: "Why optimization is hard / Dying neurons, vanishing gradients / Validation / "
    "Early stopping / Capacity and experiments / Handwritten digits",
}
NAMES = {4: "Fine-tuning"}


def long_course() -> tuple[Chapter, ...]:
    """Chapters with lessons that are there and lessons that are only listed."""
    real = {one.number: one for one in course.outlines()}
    names = {chapter.number: chapter.title for chapter in course.chapters()} | NAMES
    return tuple(
        Chapter(
            number,
            names[number],
            tuple(
                real[f"{number}.{at}"] if title == "-" else made_up(number, at, title)
                for at, title in enumerate(titles.split(" / "), start=1)
            ),
        )
        for number, titles in TITLES.items()
    )


def made_up(chapter: int, at: int, title: str) -> Outline:
    """A lesson that can be listed and searched, and not opened."""
    name = title.lower().replace(",", "").replace(" ", "-")
    pages = tuple((f"page-{n}", f"Page {n}") for n in range(1, 9))
    summary = f"What {title.lower()} is about, in one line."
    return Outline(f"{chapter}.{at}", name, title, summary, 10, pages, f"lessons.made_up.{name}")
