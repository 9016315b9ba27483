"""The course: its chapters and lessons, and how to find one of them."""

from __future__ import annotations

import json
import re

import pytest

from lessons.course import UnknownLesson, chapter_of, chapters, find, lessons

NUMBER = re.compile(r"[1-9]\.[1-9]\d*")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_chapters_come_in_order_with_a_title_and_lessons() -> None:
    numbers = [chapter.number for chapter in chapters()]
    assert numbers == sorted(set(numbers))
    assert all(chapter.title and chapter.lessons for chapter in chapters())


def test_lessons_come_in_order_inside_their_chapters() -> None:
    for chapter in chapters():
        assert {lesson.chapter for lesson in chapter.lessons} == {chapter.number}
    places = [tuple(int(part) for part in lesson.number.split(".")) for lesson in lessons()]
    assert places == sorted(set(places))


def test_the_three_lessons_of_the_beginning_are_there() -> None:
    titles = {lesson.number: lesson.title for lesson in lessons()}
    assert titles["1.2"] == "Forward propagation"
    assert titles["2.4"] == "Calculating slopes"
    assert titles["3.2"] == "Compile and fit"


def test_every_lesson_knows_its_chapter() -> None:
    assert [chapter_of(lesson).number for lesson in lessons()] == [
        chapter.number for chapter in chapters() for _ in chapter.lessons
    ]


def test_numbers_ids_and_titles_are_those_of_one_lesson_each() -> None:
    for names in zip(*((one.number, one.id, one.title) for one in lessons()), strict=True):
        assert len(set(names)) == len(lessons())
    assert all(NUMBER.fullmatch(one.number) and ID.fullmatch(one.id) for one in lessons())


def test_the_ids_of_pages_and_of_checks_are_unique_in_a_lesson() -> None:
    for lesson in lessons():
        for ids in ([p.id for p in lesson.pages], [c.id for c in lesson.checks]):
            assert len(set(ids)) == len(ids) > 0


def test_what_the_app_lists_of_a_lesson_can_be_written_as_json() -> None:
    listed = [
        {
            "chapter": one.chapter,
            "number": one.number,
            "id": one.id,
            "title": one.title,
            "summary": one.summary,
            "minutes": one.minutes,
            "pages": [page.id for page in one.pages],
            "checks": [check.id for check in one.checks],
        }
        for one in lessons()
    ]
    assert json.loads(json.dumps(listed)) == listed
    assert all(one.summary.endswith(".") and 0 < one.minutes <= 60 for one in lessons())


# finding one


def test_every_lesson_is_found_by_number_id_and_title() -> None:
    for lesson in lessons():
        for name in (lesson.number, lesson.id, lesson.title, lesson.title.upper()):
            assert find(name) is lesson
            assert find(f"  {name} ") is lesson


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("slopes", "2.4"),
        ("calculating   slopes", "2.4"),
        ("forward", "1.2"),
        ("Forward", "1.2"),
        ("fit", "3.2"),
        ("fit compile", "3.2"),
        ("compile-fit", "3.2"),
    ],
)
def test_words_of_a_title_are_enough(text: str, number: str) -> None:
    assert find(text).number == number


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("2.44", "2.4 Calculating slopes"),
        ("calculatin-slops", "2.4 Calculating slopes"),
        ("foward propagation", "1.2 Forward propagation"),
        ("compile and fti", "3.2 Compile and fit"),
    ],
)
def test_a_misspelt_name_is_met_with_the_nearest_lesson(text: str, nearest: str) -> None:
    with pytest.raises(UnknownLesson) as problem:
        find(text)
    assert str(problem.value) == f"no lesson “{text}”; the nearest is {nearest}"


@pytest.mark.parametrize("text", ["", "   ", "zzzzzz", "[", "\\", "%s"])
def test_a_name_like_no_other_is_met_with_the_list(text: str) -> None:
    with pytest.raises(UnknownLesson, match="see dl-tutor lessons for the list"):
        find(text)


@pytest.mark.parametrize("text", ["a\nb", "2.4\n\nx", "calculating\r\nslops"])
def test_the_message_is_one_line_whatever_was_typed(text: str) -> None:
    with pytest.raises(UnknownLesson) as problem:
        find(text)
    assert len(str(problem.value).splitlines()) == 1
