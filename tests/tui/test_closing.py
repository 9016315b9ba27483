"""The end of the course: when it comes, what it says, how it is reached again."""

from __future__ import annotations

import re

import pytest

from lessons import closing
from lessons.course import chapters, lessons, outlines
from tests.tui.driving import NARROW, WIDE, Driver, finish, finish_all, running, static_text
from tui.commands import COMMANDS
from tui.progress import Progress
from tui.screens.closing import ClosingScreen
from tui.screens.code import CodePanel
from tui.screens.contents import ContentsScreen, LessonList
from tui.screens.playground import PlaygroundScreen
from tui.standing import Standing
from tui.tally import tally

LARGE = (200, 50)
LAST = lessons()[-1]


def finish_all_but_the_last() -> None:
    """The last lesson has all its questions answered, and its last page is still to be read."""
    finish_all()
    progress = Progress.load()
    progress.reset(LAST.id)
    for check in LAST.checks:
        progress.record(LAST.id, check.id, status="solved")
    progress.set_page(LAST.id, LAST.pages[-2].id)


def rows(driver: Driver) -> list[str]:
    return [str(option.prompt) for option in driver.screen.query_one(LessonList).options]


# -- when it comes ----------------------------------------------------------------------------


@pytest.mark.parametrize("leave", ["right", "escape"])
async def test_it_comes_when_the_last_lesson_is_left_and_enter_goes_on_to_the_contents(leave: str):
    finish_all_but_the_last()
    async with running(LAST.id, keys=["right"]) as driver:
        await driver.press(leave)
        assert driver.shows(ClosingScreen)
        await driver.press("enter")
        assert driver.shows(ContentsScreen)
        assert len(driver.app.screen_stack) == 2


async def test_it_comes_once():
    finish_all()
    async with running(LAST.id) as driver:
        await driver.press("escape")
        assert driver.shows(ContentsScreen)


async def test_it_does_not_come_while_a_lesson_is_open():
    finish_all()
    Progress.load().reset(lessons()[1].id)
    async with running(LAST.id, keys=["escape"]) as driver:
        assert driver.shows(ContentsScreen)
        assert "The end" not in "\n".join(rows(driver))


async def test_a_test_out_of_what_is_left_ends_the_course_too():
    finish_all()
    progress = Progress.load()
    for outline in chapters()[0].outlines:
        progress.reset(outline.id)
    async with running(chapters()[1].outlines[0].id) as driver:
        driver.app.progress.record_test(1, 4, passed=True)
        await driver.press("escape")
        assert driver.shows(ClosingScreen)
        assert "you know the rest by the test-out of chapter 1" in driver.words
        assert "■ known" in driver.text


async def test_it_is_the_first_choice_of_the_contents_from_then_on():
    finish_all()
    async with running() as driver:
        assert rows(driver)[0].startswith("▸✓ The end")
        assert "The end of the course" in driver.text
        await driver.press("enter")
        assert driver.shows(ClosingScreen)
        await driver.press("escape", "down", "enter", "escape")
        assert driver.shows(ContentsScreen)


# -- what it says -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE, LARGE])
async def test_everything_can_be_read_at_every_size(size: tuple[int, int]):
    finish_all()
    async with running(size=size, keys=["enter"]) as driver:
        read = driver.words
        for _ in range(12):
            await driver.press("pagedown")
            read += " " + driver.words
        lines = driver.text.splitlines()
    assert max(map(len, lines)) <= size[0]
    texts = [closing.THE_WHOLE]
    texts += [part for both in closing.NEXT for part in both]
    texts += [part for one in outlines() for part in (one.title, one.summary, one.number)]
    texts += [chapter.title for chapter in chapters()]
    for word in " ".join(texts).split():
        assert word in read
    assert f"All {len(lessons())} lessons are done." in read


async def test_the_numbers_are_the_learners_own():
    finish_all()
    progress, first = Progress.load(), lessons()[0]
    progress.record(first.id, first.checks[0].id, status="shown", tries=3)
    progress.record(first.id, first.checks[1].id, status="solved", tries=1)
    one = tally(chapters()[0], progress)
    asked = sum(len(lesson.checks) for lesson in chapters()[0].lessons)
    assert (one.answered, one.first_try, one.shown, one.missed) == (asked, asked - 2, 1, 2)
    every = sum(len(lesson.checks) for lesson in lessons())
    async with running(size=LARGE, keys=["enter"]) as driver:
        told = static_text(driver.screen.query_one("#told"))
    assert f"{asked:>8}  {asked - 2:>9}" in told
    assert f"{every:>8}  {every - 2:>9}" in told
    assert "1 question was shown to you." in told
    assert "2 questions were missed: the recaps in the contents bring them back." in told


async def test_programs_to_begin_with_are_one_key_away():
    finish_all()
    async with running(keys=["enter", "c"]) as driver:
        assert driver.shows(CodePanel)
        assert "A program to begin with: Keras" in driver.text
        await driver.press("right", "right")
        assert "with your own file" in driver.text
        await driver.press("escape")
        assert driver.shows(ClosingScreen)


async def test_the_playground_is_one_key_away():
    finish_all()
    async with running(keys=["enter", "P"]) as driver:
        assert driver.shows(PlaygroundScreen)
        await driver.press("escape")
        assert driver.shows(ClosingScreen)


async def test_keys_theme_and_sizes():
    finish_all()
    async with running(keys=["enter"]) as driver:
        for keys in (["t"], ["question_mark", "escape"], ["g", "escape"], ["j", "k", "end", "b"]):
            await driver.press(*keys)
        for size in (NARROW, (41, 12), LARGE, NARROW):
            await driver.resize(*size)
        assert driver.shows(ClosingScreen)


async def test_in_ascii_nothing_else_is_drawn():
    finish_all()
    async with running(ascii=True, keys=["enter"]) as driver:
        assert driver.text.isascii()


def test_the_end_is_reached_when_every_lesson_is_done_or_known():
    progress = Progress.load()
    assert not Standing(progress).through
    for chapter in chapters()[1:]:
        progress.record_test(chapter.number, 5, passed=True)
    assert not Standing(progress).through
    for lesson in chapters()[0].lessons:
        finish(lesson)
    assert Standing(Progress.load()).through


def test_no_command_is_promised_that_there_is_not() -> None:
    words = " ".join(text for _, text in closing.NEXT)
    promised = re.findall(r"dl-tutor (\w+)", words)
    assert promised
    assert set(promised) <= set(COMMANDS)
