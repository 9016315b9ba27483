"""What `dl-tutor check` finds: nothing in this course, and every slip in a broken one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lessons import course
from lessons.course import Chapter, find
from lessons.labs.base import Scene
from lessons.outline import Outline
from lessons.spec import Check, Lesson, Number, Slip, Variant
from lessons.validation import findings
from lessons.validation.course import of_lesson, of_outline

LESSON = find("1.2")
AT = 1
PAGE = LESSON.pages[AT]


def test_nothing_is_wrong_with_the_course() -> None:
    assert list(map(str, findings())) == []


def found(lesson: Lesson) -> list[str]:
    return list(map(str, of_lesson(lesson)))


def with_page(**changed: Any) -> Lesson:
    """The lesson with its second page changed."""
    pages = list(LESSON.pages)
    pages[AT] = replace(PAGE, **changed)
    return replace(LESSON, pages=tuple(pages))


def with_check(**changed: Any) -> Lesson:
    """The lesson with its first question changed."""
    assert PAGE.check is not None
    return with_page(check=replace(PAGE.check, **changed))


def broken() -> Any:
    raise ZeroDivisionError("no such number")


def variant(**changed: Any) -> Callable[[Any], Variant]:
    check: Check = Number(
        id="node-0",
        prompt="?",
        hints=("a", "b", "c"),
        worked="{answer}",
        answer=lambda: 5.0,
    )
    whole = Variant(check=check, scene=PAGE.scene, text="Other numbers.")
    return lambda rng: replace(whole, **changed)


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        (with_page(text="It is {{ lost }}."), "the page node-0 quotes lost: no such fact"),
        (with_page(text="See [it](nowhere.md)."), "has a link to nowhere.md, which is not there"),
        (with_page(text="As lesson 1.9 says."), "speaks of lesson 1.9, which the course has not"),
        (with_page(text="As chapter 7 says."), "speaks of chapter 7, which the course has not"),
        (with_page(text="a\n\n" * 9), "is 17 rows long; at 80x24 there is room for 13"),
        (with_page(scene=Scene()), "has a scene the lab cannot show"),
    ],
)
def test_what_is_wrong_with_a_page_is_named_at_its_heading(lesson: Lesson, says: str) -> None:
    (line,) = found(lesson)
    assert line.startswith(f"{PAGE.file}:{PAGE.line}: the page node-0 ")
    assert says in line


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        (with_check(answer=broken, slips=(), variant=None), "cannot be asked: ZeroDivisionError"),
        (with_check(answer=lambda: 5.5), "is not solved by its own answer"),
        (with_check(hints=("a", "a", "b")), "has no three different hints"),
        (with_check(hints=("It is 5.", "a", "b")), "names its answer in the first hint"),
        (with_check(worked=" "), "has no worked line"),
        (with_check(worked="2 + 3"), "has a worked line without its answer"),
        (with_check(slips=(Slip(answer=lambda: 5.0, says="no"),)), "takes its slip 5 as right"),
        (with_check(prompt="x" * 121), "has a line of 121 characters"),
        (with_check(variant=variant(text="")), "has no whole text with the numbers of seed 0"),
        (with_check(variant=variant(scene=Scene())), "cannot be asked: TypeError"),
        (with_check(variant=lambda rng: broken()), "cannot be asked: ZeroDivisionError"),
    ],
)
def test_what_is_wrong_with_a_question_is_named_where_it_is_written(
    lesson: Lesson, says: str
) -> None:
    file = PAGE.file.replace("pages.md", "lesson.py")
    lines = found(lesson)
    line = next(line for line in lines if says in line)
    place, _, _ = line.partition(": the question node-0 ")
    assert place.startswith(f"{file}:")
    with open(file, encoding="utf8") as source:
        assert 'id="node-0"' in source.read().splitlines()[int(place.rpartition(":")[2]) - 1]


def test_a_whole_variant_is_no_finding() -> None:
    assert found(with_check(variant=variant())) == []


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        (replace(LESSON, pages=(PAGE, LESSON.pages[-1])), "lesson 1.2 asks 1 questions"),
        (replace(LESSON, summary="No sentence"), "needs a summary that is a sentence"),
        (replace(LESSON, minutes=0), "1 to 60 minutes"),
        (replace(LESSON, make_lab=lambda seed: broken()), "has no lab: ZeroDivisionError"),
    ],
)
def test_what_is_wrong_with_a_lesson_is_named_where_it_begins(lesson: Lesson, says: str) -> None:
    (line,) = found(lesson)
    assert "lesson.py:" in line
    assert says in line


def test_a_lesson_that_ends_with_a_question_is_named() -> None:
    (line,) = found(replace(LESSON, pages=LESSON.pages[:-1]))
    assert "the page edit is the last" in line


def test_a_lesson_that_cannot_be_loaded_is_named_and_the_others_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = Outline("1.1", "lost", "Lost", "Lost.", 5, (), "lessons.basics.lost.lesson")
    assert "lesson.py:1: ModuleNotFoundError" in str(next(iter(of_outline(lost))))
    real = next(one for one in course.outlines() if one.number == "1.2")
    twice = (Chapter(2, "Two", (lost, real, real)),)
    monkeypatch.setattr(course, "chapters", lambda: twice)
    lines = list(map(str, findings()))
    for says in ("two lessons are called 1.2", "ModuleNotFoundError", "1.2 is listed in chapter 2"):
        assert any(says in line for line in lines), says
