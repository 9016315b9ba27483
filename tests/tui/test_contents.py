"""The contents: what there is, what is done, where the cursor stands."""

from __future__ import annotations

import json

import pytest

from lessons import course
from lessons.course import chapters, find, lessons
from lessons.outline import Outline
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
from tests.tui.long_course import long_course
from tui.home import data_folder
from tui.progress import Progress
from tui.screens.contents import ContentsScreen, LessonList
from tui.screens.lesson import LessonScreen
from tui.widgets.search import SearchBox

FIRST, SECOND, LAST = lessons()[0], lessons()[1], lessons()[-1]


def listing(driver: Driver) -> LessonList:
    return driver.screen.query_one(LessonList)


def contents(driver: Driver) -> ContentsScreen:
    assert isinstance(driver.screen, ContentsScreen)
    return driver.screen


def chosen(driver: Driver) -> str | None:
    """The id of the lesson under the cursor."""
    option = listing(driver).highlighted_option
    return option.id if option else None


def row(driver: Driver, lesson: Lesson) -> tuple[str, str]:
    """The mark before a lesson in the list, and what stands after its number."""
    options = [str(option.prompt) for option in listing(driver).options]
    before, _, after = [line for line in options if lesson.title in line][-1].partition(
        lesson.number
    )
    return before.replace("▸", "").strip(), after


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_it_lists_the_lessons_there_are_under_their_chapters_and_nothing_else(size):
    async with running(size=size) as driver:
        options = [str(option.prompt).strip(" ▸") for option in listing(driver).options]
        lines = [line for line in options if line]
        shown = driver.text
        await driver.press("end")
        shown += driver.text

    expected = []
    for chapter in chapters():
        expected.append(f"{chapter.number}  {chapter.title}")
        expected.append("Test-out")
        expected += [f"{lesson.number}  {lesson.title}" for lesson in chapter.lessons]
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(start)
        assert start in shown or size == NARROW


def choices() -> list[str]:
    """What can be chosen in fresh contents, from above."""
    return [
        one
        for chapter in chapters()
        for one in (f"test-out:{chapter.number}", *(lesson.id for lesson in chapter.lessons))
    ]


@pytest.mark.parametrize(("down", "up"), [("down", "up"), ("j", "k")])
async def test_the_cursor_goes_from_lesson_to_lesson_and_round(down, up):
    ids = choices()
    async with running() as driver:
        assert chosen(driver) == FIRST.id
        await driver.press(up)
        seen = []
        for _ in ids:
            seen.append(chosen(driver))
            await driver.press(down)
        assert seen == ids
        assert chosen(driver) == ids[0]
        await driver.press(up)
        assert chosen(driver) == ids[-1]


async def test_home_and_end_go_to_the_first_choice_and_to_the_last():
    async with running() as driver:
        for key, choice in (("end", LAST.id), ("home", "test-out:1")):
            await driver.press(key)
            assert chosen(driver) == choice


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
async def test_enter_opens_the_lesson_under_the_cursor(lesson):
    async with running() as driver:
        await driver.burst(*["down"] * (choices().index(lesson.id) - choices().index(FIRST.id)))
        assert chosen(driver) == lesson.id
        await driver.press("enter")
        assert driver.lesson.lesson is lesson
        await driver.press("escape")
        assert driver.shows(ContentsScreen)
        assert chosen(driver) == "continue"
        assert f"Continue   {lesson.number} {lesson.title}, page 1" in driver.text


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_the_lesson_under_the_cursor_is_described(size):
    async with running(size=size) as driver:
        for lesson in lessons():
            while chosen(driver) != lesson.id:
                await driver.press("down")
            about = static_text(driver.screen.query_one("#about-text"))
            assert lesson.title in about
            assert lesson.summary in about
            assert f"{len(lesson.pages)} pages, about {lesson.minutes} minutes" in about
            assert "enter opens it" in driver.words


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


async def test_who_began_in_the_middle_goes_on_there_and_then_gets_what_was_left_out():
    for lesson in lessons()[5:-1]:
        finish(lesson)
    async with running() as driver:
        assert chosen(driver) == LAST.id
    finish(LAST)
    async with running() as driver:
        assert chosen(driver) == FIRST.id


async def test_when_all_is_done_it_says_so():
    finish_all()
    async with running() as driver:
        assert "Every lesson is done." in driver.text
        assert f"✓ {len(lessons())} of {len(lessons())}" in driver.title_bar
        assert chosen(driver) == "closing"


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
        while chosen(driver) != SECOND.id:
            await driver.press("j")
        await driver.press("question_mark", "escape")
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


# --- a long course


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> tuple[Outline, ...]:
    """A course of 23 lessons; returns their outlines."""
    made = long_course()
    monkeypatch.setattr(course, "chapters", lambda: made)
    return course.outlines()


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_the_cursor_is_always_in_sight_however_long_the_course(size, long):
    async with running(size=size) as driver:
        assert "Basics of deep learning" in driver.text
        for _ in range(len(long) + 4):
            choice = contents(driver).chosen
            assert choice is not None
            name = f"{choice.outline.number}  {choice.outline.title}" if choice.outline else "Test"
            assert any(
                "▸" in before
                for line in driver.text.splitlines()
                for before, named, _ in [line.partition(name)]
                if named
            )
            await driver.press("down")
        await driver.press("end")
        assert "4.6  Handwritten digits" in driver.text
        await driver.resize(*(NARROW if size == WIDE else WIDE))
        assert "4.6  Handwritten digits" in driver.text
        await driver.press("home")
        assert "1  Basics of deep learning" in driver.text


async def test_no_line_of_the_list_is_broken_in_two(long):
    progress = Progress.load()
    progress.record_test(1, 4, passed=True)
    progress.set_page(SECOND.id, SECOND.pages[2].id)
    for size in SIZES:
        async with running(size=size) as driver:
            names = listing(driver)
            assert names.virtual_size.height == names.option_count


async def test_the_first_choice_is_to_go_on(long):
    lesson = find("2.4")
    Progress.load().set_page(lesson.id, lesson.pages[2].id)
    async with running(size=NARROW) as driver:
        first = str(listing(driver).options[0].prompt)
        where = f"page 3 of {len(lesson.pages)}"
        assert first == f"▸  Continue   {lesson.number} {lesson.title}, {where}"
        await driver.press("enter")
        assert driver.lesson.page is lesson.pages[2]


async def test_a_chapter_says_how_much_is_done_and_how_long_the_rest_takes(long):
    finish(find("1.2"))
    minutes = 70 + find("2.4").minutes
    async with running(size=NARROW) as driver:
        options = [str(option.prompt) for option in listing(driver).options]
        assert options[0] == "1  Basics of deep learning   1 of 5 done, 40 min left"
        assert f"2  Optimizing with backpropagation   {minutes} min" in options


async def test_a_lesson_is_not_loaded_to_be_listed(monkeypatch: pytest.MonkeyPatch):
    def refuse(self: Outline) -> Lesson:
        raise AssertionError(f"{self.number} was loaded")

    Progress.load().set_page(SECOND.id, SECOND.pages[2].id)
    monkeypatch.setattr(Outline, "load", refuse)
    async with running() as driver:
        await driver.press("down", "down", "slash", "s", "l", "escape", "t")
        assert driver.shows(ContentsScreen)


# --- searching


def found(driver: Driver) -> list[str]:
    return [option.id for option in listing(driver).options if option.id]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("calculating", ["2.4"]),
        ("2.4", ["2.4"]),
        ("SLOPE", ["2.3", "2.4", "2.6", "2.7"]),
        ("three factors", ["2.4"]),  # its summary
        ("tanh", ["1.3"]),  # a word of the glossary
        ("mse", ["2.2"]),
        ("quit?", []),
        ("[b]", []),
    ],
)
async def test_typing_finds_lessons(typed, numbers, long):
    ids = [one.id for one in long if one.number in numbers]
    async with running(size=NARROW) as driver:
        await driver.press("/")
        await driver.write(typed)
        assert found(driver) == ids
        if not ids:
            assert f"Nothing in the contents has “{typed}”." in driver.text
            await driver.press("enter")
            assert driver.shows(ContentsScreen)
        await driver.press("escape")
        assert len(found(driver)) > len(long)
        assert "Nothing" not in driver.text


async def test_what_is_found_opens_with_enter_after_arrow_keys():
    async with running(size=NARROW) as driver:
        await driver.press("/")
        await driver.write("a")
        assert len(found(driver)) == len(lessons())
        await driver.press("down", "down", "up", "enter")
        assert driver.lesson.lesson is SECOND
        await driver.press("escape")
        assert chosen(driver) == "continue"
        assert not contents(driver).searching


async def test_the_search_takes_keys_that_mean_something_elsewhere():
    async with running() as driver:
        await driver.press("/", *"qtgjk?/ ")
        assert driver.screen.query_one(SearchBox).value == "qtgjk?/ "
        assert driver.app.theme == "dl-dark"
        await driver.press("escape", "t")
        assert driver.app.theme == "dl-light"
