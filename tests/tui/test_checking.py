"""`dl-tutor check`: what it prints, its exit code, and pages that are longer than a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lessons import course
from lessons.course import lessons
from lessons.spec import Lesson
from lessons.validation import course as validation_of_course
from lessons.validation.finding import Finding
from tui import checking, fitting
from tui.cli import main
from tui.fitting import pages_too_long
from tui.home import data_folder


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
async def test_no_page_is_longer_than_a_screen(lesson: Lesson):
    assert list(map(str, await pages_too_long(lesson))) == []
    assert not (data_folder() / "progress.json").exists()


async def test_a_page_that_is_longer_is_named(monkeypatch: pytest.MonkeyPatch):
    lesson = course.find("1.2")
    pages = tuple(replace(page, text="word\n\n" * 12) for page in lesson.pages)
    long = replace(lesson, pages=pages)
    monkeypatch.setattr(course, "find", lambda text: long)
    home = os.environ["DL_TUTOR_HOME"]

    found = await pages_too_long(long)

    assert [one.line for one in found] == [page.line for page in pages]
    assert "the page inputs is 4 rows longer than 80x24" in str(found[0])
    assert os.environ["DL_TUTOR_HOME"] == home


def test_a_whole_course_is_said_to_be_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """The command goes over every lesson, and then sets its pages.

    What it looks for in each takes its time, and each lesson has a test of its own for it: here
    and `TestLesson.test_nothing_is_wrong_with_it`.
    """
    gone_over: list[Lesson] = []
    set_on_screen: list[Lesson] = []

    def nothing_wrong(lesson: Lesson) -> Iterator[Finding]:
        gone_over.append(lesson)
        return iter(())

    async def all_fit(lesson: Lesson) -> list[Finding]:
        set_on_screen.append(lesson)
        return []

    monkeypatch.setattr(validation_of_course, "of_lesson", nothing_wrong)
    monkeypatch.setattr(checking, "pages_too_long", all_fit)
    assert main(["check"]) == 0
    assert gone_over == set_on_screen == list(lessons())
    assert capsys.readouterr().out.strip().endswith("questions: nothing to mend")


def test_a_page_that_is_too_long_is_something_to_mend(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    lesson = course.find("1.2")
    pages = tuple(replace(page, text="word\n\n" * 12) for page in lesson.pages)
    monkeypatch.setattr(course, "find", lambda text: replace(lesson, pages=pages))
    monkeypatch.setattr(course, "lessons", lambda: (replace(lesson, pages=pages),))
    monkeypatch.setattr(checking, "findings", lambda: iter(()))

    assert main(["check"]) == 1

    said = capsys.readouterr().out
    assert "the page inputs is 4 rows longer than 80x24" in said
    assert said.endswith(f"{len(pages)} things to mend\n")


def test_what_is_wrong_is_printed_with_file_and_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    lesson = course.find("1.2")
    page = lesson.pages[0]
    finding = fitting.on_page(page, "is wrong")
    monkeypatch.setattr(checking, "findings", lambda: iter([finding, finding]))
    monkeypatch.chdir(Path(page.file).parents[2])

    assert main(["check"]) == 1

    line = f"basics/forward_propagation/pages.md:{page.line}: the page inputs is wrong"
    assert capsys.readouterr().out == f"{line}\n{line}\n\n2 things to mend\n"


def test_it_takes_nothing_more(capsys: pytest.CaptureFixture[str]):
    assert main(["check", "2.4"]) == 2
    assert "takes nothing more" in capsys.readouterr().err
