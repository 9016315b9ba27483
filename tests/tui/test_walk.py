"""A learner walks every lesson from the first page to the last, by keys alone."""

from __future__ import annotations

import pytest

from lessons.course import lessons
from lessons.spec import Lesson, Number
from tests.tui.driving import SIZES, WIDE, Driver, finish, question, running, size_id, static_text
from tui.progress import Progress
from tui.screens.contents import ContentsScreen
from tui.widgets.bars import TitleBar

LESSONS = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)


async def settle(driver: Driver, lesson: Lesson) -> None:
    """Answer the question of the page that is open with its own model answer."""
    screen = driver.lesson
    check = screen.page.check
    assert check is not None
    assert check.prompt.split()[0] in driver.text
    asked = set(screen.page.scene.conceal)
    assert asked <= set(driver.lab.hiding)
    await driver.answer(check.model_answer)
    assert driver.app.progress.check(lesson.id, check.id).status == "solved"
    assert driver.app.progress.check(lesson.id, check.id).tries == 0
    assert not asked & set(driver.lab.hiding)
    assert check.solution in driver.feedback


@LESSONS
@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_every_lesson_can_be_walked_by_its_own_answers(lesson, size):
    last = lesson.pages[-1]
    async with running(lesson.id, size) as driver:
        for page in lesson.pages[:-1]:
            assert driver.lesson.page is page
            if page.check is not None:
                await settle(driver, lesson)
            assert not driver.app.progress.done(lesson.id)
            await driver.press("right")
        assert driver.lesson.page is last
        if last.check is not None:
            await settle(driver, lesson)

        assert driver.app.progress.done(lesson.id)
        assert f"✓ 1 of {len(lessons())} lessons" in driver.title_bar

        await driver.press("right")
        assert driver.shows(ContentsScreen)
        assert f"✓ 1 of {len(lessons())}" in driver.title_bar
        for _ in range(len(lessons()) + 8):  # a long list scrolls
            if f"✓ {lesson.number}" in driver.words:
                break
            await driver.press("down")
        assert f"✓ {lesson.number}" in driver.words


@LESSONS
async def test_a_lesson_can_be_read_without_an_answer_and_then_gives_none_away(lesson):
    count = len(lesson.pages)
    asked = [page.scene.conceal for page in lesson.pages]
    questions = [str(n) for n, page in enumerate(lesson.pages, start=1) if page.check]
    async with running(lesson.id) as driver:
        for number, page in enumerate(lesson.pages, start=1):
            if number > 1:
                await driver.press("n")
            bar = f"page {number}/{count} {'●' * number}{'○' * (count - number)}"
            assert bar in driver.title_bar
            assert page.title in driver.text
            assert driver.app.progress.page(lesson.id) == page.id
            later = {name for names in asked[number - 1 :] for name in names}
            assert set(driver.lab.hiding) == later

        await driver.press("right")
        assert driver.lesson.page is lesson.pages[-1]
        named = f"{', '.join(questions[:-1])} and {questions[-1]}"
        open_on = f"Questions are still open on pages {named}."
        assert driver.said.startswith(open_on)
        assert not driver.app.progress.done(lesson.id)

        await driver.burst(*["p"] * (count - 1))
        assert driver.lesson.page is lesson.pages[0]
        await driver.press("p")
        assert driver.said == "This is the first page."


@LESSONS
async def test_a_lesson_opens_where_it_was_left(lesson):
    page = next(page for page in lesson.pages if page.check)
    async with running(lesson.id, page=page.id) as driver:
        await settle(driver, lesson)
        await driver.press("right")
        left = driver.lesson.page

    async with running(lesson.id) as driver:
        assert driver.lesson.page is left
        await driver.press("left")
        assert driver.lesson.page is page
        assert driver.lesson.attempt is not None
        assert driver.lesson.attempt.status == "solved"
        assert question(page).solution in driver.feedback
        assert not set(page.scene.conceal) & set(driver.lab.hiding)


async def test_tries_and_hints_survive_as_well():
    lesson = lessons()[0]
    page = next(page for page in lesson.pages if isinstance(page.check, Number))
    async with running(lesson.id, page=page.id, keys=("h", "h")) as driver:
        await driver.answer("123456")

    async with running(lesson.id) as driver:
        attempt = driver.lesson.attempt
        assert attempt is not None
        assert (attempt.tries, attempt.hints_read, attempt.status) == (1, 2, "open")


async def test_a_lesson_that_is_done_starts_at_its_first_page():
    lesson = lessons()[0]
    finish(lesson)
    async with running(lesson.id) as driver:
        assert driver.lesson.page is lesson.pages[0]
        assert driver.app.progress.done(lesson.id)


async def test_the_title_bar_shortens_the_left_before_the_right():
    lesson = lessons()[1]
    async with running(lesson.id, WIDE) as driver:
        bar = driver.lesson.query_one(TitleBar)
        await driver.resize(80, 24)
        assert lesson.title in bar.left
        assert driver.title_bar.rstrip().endswith(f"✓ 0 of {len(lessons())} lessons")


async def test_the_page_does_not_keep_a_lesson_that_no_longer_has_it():
    lesson = lessons()[0]
    Progress.load().set_page(lesson.id, "a-page-of-an-earlier-version")
    async with running(lesson.id) as driver:
        assert driver.lesson.page is lesson.pages[0]


async def test_the_prompt_is_read_as_plain_text():
    lesson = next(one for one in lessons() if any("[" in c.prompt for c in one.checks))
    page = next(p for p in lesson.pages if p.check and "[" in p.check.prompt)
    async with running(lesson.id, page=page.id) as driver:
        assert question(page).prompt in static_text(driver.lesson.query_one("#prompt"))
