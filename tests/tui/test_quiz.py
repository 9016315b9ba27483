"""A test-out marks a chapter as known; a recap brings back what was missed."""

from __future__ import annotations

import json
import re

import pytest

from lessons.course import chapters, find, lessons
from tests.tui.driving import (
    FORWARD,
    NARROW,
    SIZES,
    Driver,
    question,
    running,
    size_id,
)
from tui.home import data_folder
from tui.progress import Progress
from tui.screens.contents import ContentsScreen, LessonList
from tui.screens.lesson import LessonScreen
from tui.screens.quiz import QuizScreen, ResultScreen

FIRST = chapters()[0]


def quiz(driver: Driver) -> QuizScreen:
    assert isinstance(driver.screen, QuizScreen)
    return driver.screen


def rows(driver: Driver) -> list[str]:
    return [str(option.prompt) for option in driver.screen.query_one(LessonList).options]


async def begin(driver: Driver, choice: str) -> None:
    """Open a test-out or a recap from the contents."""
    listing = driver.screen.query_one(LessonList)
    listing.highlighted = listing.get_option_index(choice)
    await driver.settle()
    await driver.press("enter")
    quiz(driver)


async def answer(driver: Driver, *, right: bool) -> None:
    """Answer the question that is asked, and go on."""
    screen = quiz(driver)
    check = question(screen.page)
    if right:
        await driver.answer(check.model_answer)
        assert check.solution in driver.feedback
    else:
        await driver.press("s")
    await driver.press("right")


def miss(lesson_id: str, *names: str) -> None:
    """Note that questions were solved at the second try, and all others at the first."""
    progress = Progress.load()
    for check in find(lesson_id).checks:
        progress.record(lesson_id, check.id, status="solved", tries=int(check.id in names))
    progress.mark_done(lesson_id)


# --- a test-out


@pytest.mark.parametrize("size", SIZES, ids=size_id)
@pytest.mark.parametrize(("wrong", "known"), [(0, True), (1, True), (2, False)])
async def test_four_of_five_mark_the_chapter_as_known_and_not_as_done(size, wrong, known):
    async with running(size=size) as driver:
        await begin(driver, "test-out:1")
        for place in range(5):
            assert f"question {place + 1}/5" in driver.title_bar
            await answer(driver, right=place >= wrong)
        assert driver.shows(ResultScreen)
        assert f"{5 - wrong} of 5 right at the first try" in driver.text
        assert ("Chapter 1 is marked ■ known." in driver.text) == known
        await driver.press("enter")

        assert driver.shows(ContentsScreen)
        assert Progress.load().chapter(1).known == known
        assert not any(Progress.load().started(one.id) for one in FIRST.outlines)
        lines = rows(driver)
        assert lines[0].endswith("   ■ known") == known
        assert lines[1].strip(" ▸") == f"Test-out   five questions, best so far {5 - wrong} of 5"
        assert any("■ 1.2" in line for line in lines) == known
        assert f"✓ 0 of {len(lessons())}" in driver.title_bar
        assert (f"■ {len(FIRST.outlines)} known" in driver.title_bar) == known


async def test_the_next_lesson_that_is_offered_is_not_a_known_one():
    Progress.load().record_test(1, 5, passed=True)
    async with running() as driver:
        assert isinstance(driver.screen, ContentsScreen)
        choice = driver.screen.chosen
        assert choice is not None
        assert choice.id == chapters()[1].outlines[0].id


async def test_one_try_is_all_there_is():
    async with running() as driver:
        await begin(driver, "test-out:1")
        await driver.press("h")
        assert driver.said.startswith("A test-out has no hints.")
        await driver.press("right")
        assert driver.said.startswith("This question first.")
        await driver.press("left")
        assert driver.said.startswith("There is no way back")
        await driver.answer("12345")
        assert question(quiz(driver).page).solution in driver.feedback
        assert quiz(driver).sitting.attempts[0].status == "shown"
        await driver.press("s", "right")
        assert quiz(driver).place == 1


async def test_it_can_be_left_and_nothing_is_kept():
    async with running() as driver:
        await begin(driver, "test-out:1")
        await answer(driver, right=True)
        await driver.press("escape")
        assert driver.shows(ContentsScreen)
        assert not (data_folder() / "progress.json").exists()


async def test_a_repeated_test_out_asks_other_questions_and_known_stays_known():
    seen = []
    async with running() as driver:
        for right in (True, False):
            await begin(driver, "test-out:1")
            seen.append([one.page.id for one in quiz(driver).sitting.asked])
            for _ in range(5):
                await answer(driver, right=right)
            await driver.press("enter")
    assert seen[0] != seen[1]
    kept = json.loads((data_folder() / "progress.json").read_text(encoding="utf-8"))
    assert kept["chapters"] == {"1": {"known": True, "tests": 2, "best": 5}}


async def test_the_lab_stands_beside_the_question_and_keeps_its_secret():
    async with running() as driver:
        await begin(driver, "test-out:1")
        for _ in range(5):
            screen = quiz(driver)
            asked = set(screen.page.scene.conceal)
            assert screen.page.title in driver.text
            assert asked <= set(driver.lab.hiding)
            await driver.press("space", "b")
            await answer(driver, right=True)
            assert not asked & set(screen.lab.hiding)


async def test_the_glossary_leads_from_a_question_to_the_lesson_itself():
    async with running() as driver:
        await begin(driver, "test-out:1")
        await driver.press("g", *"edge", "enter")
        assert type(driver.screen) is LessonScreen
        assert driver.lesson.lesson.id == FORWARD
        await driver.press("escape")
        assert driver.shows(ContentsScreen)


async def test_too_small_a_terminal_and_the_theme_change_nothing():
    async with running(size=NARROW) as driver:
        await begin(driver, "test-out:1")
        prompt = question(quiz(driver).page).prompt
        await driver.resize(60, 20)
        await driver.resize(*NARROW)
        await driver.press("t", "v", "v")
        assert prompt in driver.words
        for _ in range(5):
            await answer(driver, right=False)
        await driver.press("t", "?", "escape")
        assert driver.shows(ResultScreen)


# --- a recap


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_what_was_missed_comes_back_once_with_other_numbers(size):
    miss(FORWARD, "node-0", "no-learning")
    async with running(size=size) as driver:
        assert any("Recap      2 questions to come back to" in row for row in rows(driver))
        await begin(driver, "recap:1")
        lesson = find(FORWARD)
        page = quiz(driver).page
        assert page.id == "node-0"
        assert page.text != lesson.pages[1].text
        assert driver.lab.scene == page.scene
        await answer(driver, right=True)
        assert quiz(driver).page is lesson.pages[4]
        await answer(driver, right=True)
        assert "None of them comes back." in driver.text
        await driver.press("enter")
        assert not any("Recap" in row for row in rows(driver))
    record = Progress.load().check(FORWARD, "node-0")
    assert (record.status, record.tries, record.recalled) == ("solved", 1, True)


async def test_what_is_missed_again_comes_again_with_numbers_of_its_own():
    miss(FORWARD, "node-0")
    seen = []
    async with running() as driver:
        for _ in range(2):
            await begin(driver, "recap:1")
            seen.append(quiz(driver).page.text)
            await driver.press("h")
            assert "hint 1 of 3" in driver.words
            for wrong in ("12345", "12346", "12347"):
                await driver.answer(wrong)
            await driver.press("s", "right")
            assert "1 comes back in the next recap." in driver.text
            await driver.press("enter")
    assert seen[0] != seen[1]
    assert Progress.load().check(FORWARD, "node-0").missed


async def test_a_long_result_can_be_scrolled():
    for lesson in FIRST.lessons:
        miss(lesson.id, *(check.id for check in lesson.checks))
    async with running(size=NARROW) as driver:
        await begin(driver, "recap:1")
        for attempt in quiz(driver).sitting.attempts[:-1]:
            attempt.tries = 3
            attempt.show()
        sitting = quiz(driver).sitting
        while not driver.shows(ResultScreen):
            await answer(driver, right=True) if quiz(driver).place + 1 == len(
                sitting.asked
            ) else await driver.press("right")
        result = driver.screen.query_one("#result")
        lines = [line.strip("│ \n") for line in driver.text.splitlines()[6:-3]]
        indents = {
            len(line) - len(line.lstrip("│ "))
            for line, words in zip(driver.text.splitlines()[6:-3], lines, strict=True)
            if words and not re.match(r"[✓▸] +\d\.\d", words)
        }
        assert indents == {10}  # what goes on stands below the first word of its question
        await driver.press("down", "down")
        assert result.scroll_y == min(2, result.max_scroll_y)


async def test_a_recap_that_is_left_keeps_what_was_answered():
    miss(FORWARD, "node-0", "node-1")
    async with running() as driver:
        await begin(driver, "recap:1")
        await answer(driver, right=True)
        await driver.press("escape")
        assert any("1 question to come back to" in row for row in rows(driver))
        assert Progress.load().done(FORWARD)


async def test_nothing_missed_is_no_recap():
    miss(FORWARD)
    async with running() as driver:
        assert not any("Recap" in row for row in rows(driver))
