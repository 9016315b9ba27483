"""The contents: what there is, what is done, where the cursor stands."""

from __future__ import annotations

import json

import pytest

from lessons.course import chapters, lessons
from lessons.spec import Lesson
from tests.tui.driving import (
    NARROW,
    SIZES,
    WIDE,
    Driver,
    finish,
    finish_all,
    first_question,
    running,
    size_id,
    static_text,
)
from tui.home import data_folder
from tui.progress import Progress
from tui.screens.contents import ContentsScreen, LessonList
from tui.screens.lesson import LessonScreen

FIRST, SECOND, LAST = lessons()[0], lessons()[1], lessons()[-1]


def listing(driver: Driver) -> LessonList:
    return driver.screen.query_one(LessonList)


def chosen(driver: Driver) -> str | None:
    """The id of the lesson under the cursor."""
    option = listing(driver).highlighted_option
    return option.id if option else None


def row(driver: Driver, lesson: Lesson) -> tuple[str, str]:
    """The mark before a lesson in the list, and what stands after its number."""
    options = [str(option.prompt) for option in listing(driver).options]
    before, _, after = next(line for line in options if lesson.title in line).partition(
        lesson.number
    )
    return before.replace("▸", "").strip(), after


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_it_lists_the_lessons_there_are_under_their_chapters_and_nothing_else(size):
    async with running(size=size) as driver:
        options = [str(option.prompt).strip(" ▸") for option in listing(driver).options]
        lines = [line for line in options if line]
        shown = driver.text

    expected = []
    for chapter in chapters():
        expected.append(f"{chapter.number}  {chapter.title}")
        expected += [f"{lesson.number}  {lesson.title}" for lesson in chapter.lessons]
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(start)
        assert start in shown


@pytest.mark.parametrize(("down", "up"), [("down", "up"), ("j", "k")])
async def test_the_cursor_goes_from_lesson_to_lesson_and_round(down, up):
    ids = [lesson.id for lesson in lessons()]
    async with running() as driver:
        seen = []
        for _ in ids:
            seen.append(chosen(driver))
            await driver.press(down)
        assert seen == ids
        assert chosen(driver) == ids[0]
        await driver.press(up)
        assert chosen(driver) == ids[-1]


async def test_g_and_home_go_to_the_first_lesson_and_to_the_last():
    async with running() as driver:
        for key, lesson in (("end", LAST), ("home", FIRST), ("G", LAST), ("g", FIRST)):
            await driver.press(key)
            assert chosen(driver) == lesson.id


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
async def test_enter_opens_the_lesson_under_the_cursor(lesson):
    async with running() as driver:
        await driver.press(*["down"] * lessons().index(lesson), "enter")
        assert driver.lesson.lesson is lesson
        await driver.press("escape")
        assert driver.shows(ContentsScreen)
        assert chosen(driver) == lesson.id


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_the_lesson_under_the_cursor_is_described(size):
    async with running(size=size) as driver:
        for lesson in lessons():
            about = static_text(driver.screen.query_one("#about-text"))
            assert lesson.title in about
            assert lesson.summary in about
            assert f"{len(lesson.pages)} pages, about {lesson.minutes} minutes" in about
            assert "enter opens it" in driver.words
            await driver.press("down")


async def test_marks_tell_what_is_begun_and_what_is_done():
    finish(FIRST)
    Progress.load().set_page(SECOND.id, SECOND.pages[2].id)
    async with running() as driver:
        assert [row(driver, lesson)[0] for lesson in (FIRST, SECOND, LAST)] == ["✓", "●", ""]
        assert f"✓ 1 of {len(lessons())}" in driver.title_bar
        assert f"{len(FIRST.checks)}/{len(FIRST.checks)}" in row(driver, FIRST)[1]


async def test_it_says_where_the_learner_left_off_and_enter_goes_on_there():
    page = SECOND.pages[2]
    Progress.load().set_page(SECOND.id, page.id)
    async with running() as driver:
        where = f"page 3 of {len(SECOND.pages)}"
        assert f"You left off in {SECOND.number}, {where}. Enter goes on there." in static_text(
            driver.screen.query_one("#tagline")
        )
        assert f"● {where}" in driver.words
        await driver.press("enter")
        assert driver.lesson.page is page


async def test_after_a_lesson_is_done_the_next_one_is_offered():
    finish(FIRST)
    async with running() as driver:
        assert chosen(driver) == SECOND.id


async def test_when_all_is_done_it_says_so():
    finish_all()
    async with running() as driver:
        assert "Every lesson is done." in driver.text
        assert f"✓ {len(lessons())} of {len(lessons())}" in driver.title_bar
        assert chosen(driver) == FIRST.id


async def test_the_marks_follow_when_a_lesson_is_left():
    page, check = first_question(FIRST.id)
    async with running() as driver:
        assert row(driver, FIRST)[0] == ""
        await driver.press("enter", *["right"] * FIRST.pages.index(page))
        await driver.answer(check.model_answer)
        await driver.press("escape")
        assert row(driver, FIRST)[0] == "●"
        assert f"1/{len(FIRST.checks)}" in row(driver, FIRST)[1]
        assert f"1/{len(FIRST.checks)} questions answered" in driver.text


async def test_the_cursor_stays_while_a_panel_is_open_and_the_theme_is_changed():
    async with running() as driver:
        await driver.press("j", "question_mark", "escape")
        assert chosen(driver) == SECOND.id
        assert SECOND.summary[:20] in driver.text
        await driver.press("t")
        assert chosen(driver) == SECOND.id
        await driver.resize(60, 20)
        await driver.resize(*NARROW)
        assert chosen(driver) == SECOND.id


async def test_t_switches_between_light_and_dark_and_the_choice_is_kept():
    async with running() as driver:
        assert driver.app.theme == "dl-dark"
        await driver.press("t")
        assert driver.app.theme == "dl-light"
        kept = json.loads((data_folder() / "settings.json").read_text(encoding="utf-8"))
        assert kept["theme"] == "dl-light"

    async with running() as driver:
        assert driver.app.theme == "dl-light"
        await driver.press("t")

    async with running() as driver:
        assert driver.app.theme == "dl-dark"


async def test_q_quits():
    async with running() as driver:
        await driver.press("q")
    assert driver.app.return_code == 0
    assert not driver.app.is_running


async def test_the_description_goes_below_the_list_on_a_narrow_terminal():
    async with running(size=WIDE) as driver:
        about, names = driver.screen.query_one("#about"), driver.screen.query_one("#list")
        assert about.region.y == names.region.y
        await driver.resize(*NARROW)
        assert about.region.y >= names.region.bottom
        assert about.region.bottom < NARROW[1]
        await driver.press("enter", "escape")
        assert driver.shows(ContentsScreen)
        assert not driver.shows(LessonScreen)
