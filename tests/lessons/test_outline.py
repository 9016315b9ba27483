"""What the contents read of a lesson without running it, and what a slip there is met with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lessons.course import lessons, outlines
from lessons.outline import NAMES, Outline, read_outline
from lessons.pages import LessonError

SOURCE = """\
def lesson():
    return Lesson(
        number="1.2",
        id="an-id",
        title="A title",
        summary="One line, "
        "and another.",
        minutes=8,
        pages=read_pages(),
    )
"""


def written(folder: Path, source: str = SOURCE) -> Path:
    folder.joinpath("lesson.py").write_text(source, encoding="utf8")
    folder.joinpath("pages.md").write_text(
        "## A {#a}\n\ntext\n\n## B {#b}\n\ntext", encoding="utf8"
    )
    return folder


@pytest.mark.parametrize("outline", outlines(), ids=lambda one: one.number)
def test_an_outline_says_what_the_lesson_says(outline: Outline) -> None:
    lesson = outline.load()
    assert [getattr(outline, name) for name in NAMES] == [getattr(lesson, name) for name in NAMES]
    assert outline.pages == tuple((page.id, page.title) for page in lesson.pages)
    assert outline.chapter == lesson.chapter
    assert outline.load() is lesson is outline.loaded


def test_the_outlines_are_those_of_the_lessons() -> None:
    assert [one.id for one in outlines()] == [lesson.id for lesson in lessons()]


def test_nothing_is_run_to_list_the_lessons() -> None:
    program = (
        "import sys; from lessons.course import outlines; assert outlines();"
        "print({'numpy', 'engine'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "set()", done.stderr


def test_the_first_screen_needs_no_numpy() -> None:
    program = "import sys, tui.app; print({'numpy', 'engine', 'plotext'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "set()", done.stderr


def test_an_outline_is_read(tmp_path: Path) -> None:
    outline = read_outline(written(tmp_path), "a.module")
    assert (outline.number, outline.summary) == ("1.2", "One line, and another.")
    assert outline.pages == (("a", "A"), ("b", "B"))
    assert (outline.chapter, outline.loaded) == (1, None)


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("def lesson():\n    one = Lesson()\n    return one\n", 1, "return Lesson(...)"),
        (SOURCE.replace('"A title"', "TITLE"), 2, "write title as a plain value"),
        (SOURCE.replace("minutes=8", "minutes=4 + 4"), 2, "write minutes as a plain value"),
        (SOURCE.replace('        id="an-id",\n', ""), 2, "write id as a plain value"),
    ],
)
def test_what_cannot_be_read_is_named_with_file_and_line(
    tmp_path: Path, source: str, place: int, words: str
) -> None:
    with pytest.raises(LessonError) as problem:
        read_outline(written(tmp_path, source), "a.module")
    assert str(problem.value).startswith(f"{tmp_path / 'lesson.py'}:{place}: ")
    assert words in str(problem.value)
