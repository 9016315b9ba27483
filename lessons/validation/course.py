"""Goes over the whole course, lesson by lesson, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lessons import course
from lessons.glossary import FILE
from lessons.outline import NAMES, Outline
from lessons.pages import LessonError
from lessons.spec import Lesson, Page
from lessons.validation import checks, links, looks
from lessons.validation.finding import Finding, line_of, on_error, on_lesson, on_page

FEWEST = 3
"""Questions that a lesson asks at least."""


def findings() -> Iterator[Finding]:
    """Everything that is wrong with the course, in its order."""
    try:
        chapters = course.chapters()
    except (LessonError, OSError) as problem:
        yield on_error(problem, str(Path(course.__file__)))
        return
    yield from _twice()
    for chapter in chapters:
        for outline in chapter.outlines:
            if outline.chapter != chapter.number:
                file = str(Path(course.__file__))
                says = f"lesson {outline.number} is listed in chapter {chapter.number}"
                yield Finding(file, line_of(file, chapter.title), says)
            yield from of_outline(outline)
    try:
        yield from links.glossary_findings()
    except LessonError as problem:
        yield on_error(problem, str(FILE))


def _twice() -> Iterator[Finding]:
    """Numbers, ids and titles are those of one lesson each."""
    seen: set[str] = set()
    for outline in course.outlines():
        for name in (outline.number, outline.id, outline.title):
            if name in seen:
                file = str(Path(course.__file__))
                yield Finding(file, line_of(file, "_CHAPTERS"), f"two lessons are called {name}")
            seen.add(name)


def of_outline(outline: Outline) -> Iterator[Finding]:
    """Load a lesson, and everything that is wrong with it."""
    folder = Path(course.__file__).parent.joinpath(*outline.module.split(".")[1:-1])
    try:
        lesson = outline.load()
    except Exception as problem:  # whatever an author can do wrong in Python
        yield on_error(problem, str(folder / "lesson.py"))
        return
    for name in NAMES:
        if getattr(lesson, name) != getattr(outline, name):
            yield on_lesson(lesson, f"says another {name} when it is run than in its source")
    yield from of_lesson(lesson)


def of_lesson(lesson: Lesson) -> Iterator[Finding]:
    """Everything that is wrong with a lesson."""
    if len(lesson.checks) < FEWEST:
        yield on_lesson(lesson, f"asks {len(lesson.checks)} questions; at least {FEWEST}")
    if lesson.pages and lesson.pages[-1].check:
        yield on_page(lesson.pages[-1], "is the last, and ends the lesson with a question")
    if not lesson.summary.endswith(".") or not 0 < lesson.minutes <= 60:
        yield on_lesson(lesson, "needs a summary that is a sentence, and 1 to 60 minutes")
    try:
        lesson.make_lab(1).snapshot()
    except Exception as problem:
        yield on_lesson(lesson, f"has no lab: {type(problem).__name__}: {problem}")
        return
    for page in lesson.pages:
        yield from of_page(lesson, page)


def of_page(lesson: Lesson, page: Page) -> Iterator[Finding]:
    """Everything that is wrong with a page: its text, its scene, its question."""
    try:
        body = lesson.body(page)
    except Exception as problem:
        yield on_error(problem, page.file)
    else:
        if "{{" in body or "}}" in body:
            yield on_page(page, "has {{ or }} left over when its numbers are filled in")
        yield from looks.findings_in(lesson, page, body)
        yield from links.findings_on(page, looks.without_code(body))
    yield from _of_scene(lesson, page)
    if page.check:
        if page.check.id != page.id:
            yield on_page(page, f"asks a question of another id, {page.check.id}")
        yield from checks.findings_in(lesson, page, page.check)


def _of_scene(lesson: Lesson, page: Page) -> Iterator[Finding]:
    lab = lesson.make_lab(1)
    for hidden in ((), page.scene.conceal):
        try:
            lab.show(page.scene, hidden)
            lab.snapshot()
        except Exception as problem:
            yield on_page(page, f"has a scene the lab cannot show: {problem}")
            return
    if lab.position != lab.end:
        yield on_page(page, "opens its lab at a place from which it has gone back")
