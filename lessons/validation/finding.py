"""One thing that is wrong with the course, and where."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from lessons.spec import Check, Lesson, Page

LOCATED = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<says>.+)", re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """A sentence about a line of a file."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


def on_page(page: Page, says: str) -> Finding:
    """About the text of a page: at its heading."""
    return Finding(page.file, page.line, f"the page {page.id} {says}")


def on_check(lesson: Lesson, page: Page, check: Check, says: str) -> Finding:
    """About a question: where lesson.py gives it its id, or where the lesson begins."""
    file = source_of(lesson)
    return Finding(file, line_of(file, f'id="{check.id}"'), f"the question {check.id} {says}")


def on_lesson(lesson: Lesson, says: str) -> Finding:
    """About a lesson as a whole."""
    file = source_of(lesson)
    return Finding(file, line_of(file, "return Lesson("), f"lesson {lesson.number} {says}")


def on_error(problem: Exception, file: str) -> Finding:
    """About something that could not even be read; LessonError says itself where."""
    located = LOCATED.fullmatch(str(problem))
    if located:
        return Finding(located["file"], int(located["line"]), located["says"])
    return Finding(file, 1, f"{type(problem).__name__}: {problem}")


def source_of(lesson: Lesson) -> str:
    """The lesson.py of a lesson."""
    if lesson.pages and lesson.pages[0].file:
        return str(Path(lesson.pages[0].file).with_name("lesson.py"))
    return str(sys.modules[lesson.make_lab.__module__].__file__)


def line_of(file: str, text: str) -> int:
    """The first line of `file` that has `text` in it; 1 where there is none."""
    path = Path(file)
    lines = path.read_text(encoding="utf8").splitlines() if path.is_file() else []
    return next((number for number, line in enumerate(lines, start=1) if text in line), 1)
