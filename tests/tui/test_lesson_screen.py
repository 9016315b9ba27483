"""The questions of a lesson: tries, hints, what the keyboard does while a number is typed."""

from __future__ import annotations

import pytest

from lessons.course import find, lessons
from lessons.labs.forward.lab import ForwardLab, ForwardScene
from lessons.spec import TRIES, Check, Choice, Lesson, Number, Numbers, Page
from tests.tui.driving import (
    FORWARD,
    NARROW,
    ONE_WEIGHT,
    SIZES,
    Driver,
    first_question,
    running,
    size_id,
    static_text,
)
from tui.screens.lesson import LessonScreen
from tui.widgets.check import AnswerBox, Options

KINDS = {
    (lesson.id, type(page.check)): pytest.param(lesson, page, id=f"{lesson.id}-{page.id}")
    for lesson in lessons()
    for page in lesson.pages
    if page.check
}
"""One question of every kind in every lesson."""


def record(driver: Driver):
    """What is kept about the question of the page that is open."""
    page = driver.lesson.page
    assert page.check is not None
    return driver.app.progress.check(driver.lesson.lesson.id, page.check.id)


def wrong_answers(check: Check) -> list[str]:
    """As many wrong answers of the right form as there are tries, none the same as the last."""
    if isinstance(check, Choice):
        options = range(1, len(check.options) + 1)
        one, other = [str(option) for option in options if option != check.right_option][:2]
        return [one, other, one]
    count = len(check.values if isinstance(check, Numbers) else [0])
    return [" ".join([f"3133{last}"] * count) for last in (7, 8, 9)]


def box(driver: Driver) -> AnswerBox:
    return driver.lesson.query_one(AnswerBox)


# -- tries ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lesson", "page"), KINDS.values())
async def test_after_three_tries_s_shows_the_worked_line(lesson, page):
    async with running(lesson.id, page=page.id) as driver:
        for tries, wrong in enumerate(wrong_answers(page.check), start=1):
            await driver.press("s")
            assert f"After {TRIES - tries + 1} more" in driver.said
            assert record(driver).status == "open"
            await driver.answer(wrong)
            assert record(driver).tries == tries
            if not isinstance(page.check, Choice):
                assert wrong.split()[0] in driver.feedback
                assert box(driver).value == wrong
        assert "s shows the worked line" in driver.feedback
        assert "s show me" in driver.key_bar
        assert set(page.scene.conceal) <= set(driver.lab.hiding)

        await driver.press("s")

        assert record(driver).status == "shown"
        assert page.check.solution in driver.feedback
        assert not set(page.scene.conceal) & set(driver.lab.hiding)
        assert not driver.lesson.typing
        await driver.press("s", "h")
        assert driver.said == "No question is open on this page."


async def test_more_answers_can_be_given_after_three_tries():
    page, check = first_question(FORWARD)
    async with running(FORWARD, page=page.id) as driver:
        for last in range(TRIES + 1):
            await driver.answer(f"3133{last}")
        assert record(driver).tries == TRIES + 1
        await driver.answer(check.model_answer)
        assert record(driver).status == "solved"


async def test_enter_pressed_twice_on_a_wrong_answer_uses_up_one_try():
    async with running(FORWARD, page="node-0") as driver:
        await driver.answer("31337")
        await driver.press("enter")
        assert record(driver).tries == 1
        assert "The same answer again uses up no try. 2 tries left" in " ".join(
            driver.feedback.split()
        )
        assert "2 tries" in static_text(driver.lesson.query_one("#accepts"))


async def test_a_known_mistake_gets_its_own_line():
    check = find(FORWARD).checks[0]
    assert isinstance(check, Number)
    async with running(FORWARD, page="node-0") as driver:
        await driver.answer(f"{check.slips[0].answer():g}")
        assert driver.feedback.startswith(f"{check.slips[0].says} {TRIES - 1} tries left")


async def test_answers_that_arrive_at_once_never_count_for_the_next_question():
    async with running(FORWARD, page="node-0") as driver:
        await driver.burst("5", "enter", "right", "1", "enter", "right")
        kept = [driver.app.progress.check(FORWARD, name) for name in ("node-0", "node-1")]
        assert [one.status for one in kept] == ["solved", "open"]
        assert [one.tries for one in kept] == [0, 0]


# -- hints ------------------------------------------------------------------------------------


async def test_hints_open_one_by_one_and_turn_back():
    page, check = first_question(FORWARD)
    first, second, third = check.hints
    async with running(FORWARD, page=page.id) as driver:
        seen = []
        for key in ("h", "h", "h", "h", "H", "H", "H", "H"):
            await driver.press(key)
            seen.append(static_text(driver.lesson.query_one("#hint")))
        assert seen == [
            f"hint 1 of 3: {first}",
            f"hint 2 of 3: {second}",
            f"hint 3 of 3: {third}",
            f"hint 3 of 3: {third}",
            f"hint 2 of 3: {second}",
            f"hint 1 of 3: {first}",
            "",
            "",
        ]
        assert record(driver).hints == 3
        assert record(driver).tries == 0
        assert box(driver).value == ""


# -- the keyboard while a number is typed -----------------------------------------------------


@pytest.mark.parametrize("key", ["left", "x", "question_mark"])
async def test_a_page_without_a_question_gives_the_keyboard_to_nobody(key):
    async with running(FORWARD, page="recap") as driver:
        assert driver.screen.focused is None
        await driver.press("comma")
        assert driver.lab.position == driver.lab.end - 1
        await driver.press(key, "escape" if key != "left" else "right")
        assert driver.lesson.page.id == "recap"
        assert driver.screen.focused is None


async def test_once_answered_digits_are_keys_of_the_lab_again():
    async with running(FORWARD, page="node-0") as driver:
        await driver.answer("5")
        await driver.press("space", "space", "0")
        assert driver.lab.position == 0


# -- choices, and text that looks like markup -------------------------------------------------

SCENE = ForwardScene(inputs=(2.0,), weights=(((1.0,),), ((1.0,),)))
LOOKS_LIKE_MARKUP = "[0.1] and [bold]x[/bold] [/]"


def odd_lesson(check: Check) -> Lesson:
    """A lesson of one page in which everything a person reads looks like markup."""
    title = f"Title {LOOKS_LIKE_MARKUP}"
    page = Page("only", title, f"Text `{LOOKS_LIKE_MARKUP}`", 1, SCENE, check)
    return Lesson(
        number="1.9",
        id="odd",
        title=title,
        summary=LOOKS_LIKE_MARKUP,
        minutes=1,
        pages=(page,),
        make_lab=lambda seed: ForwardLab(SCENE),
    )


def choice() -> Choice:
    return Choice(
        id="which",
        prompt=f"Which, {LOOKS_LIKE_MARKUP}?",
        hints=(f"one {LOOKS_LIKE_MARKUP}", "two", "three"),
        worked="It is {answer}.",
        options=("[0.1]", "[0.2]", "[red]"),
        answer=lambda: "[0.2]",
        because={"[0.1]": "Because [0.1] is too small."},
    )


async def open_odd(driver: Driver, check: Check) -> None:
    lesson = LessonScreen(odd_lesson(check), seed=1, frame_rate=20, manual=True)
    await driver.app.push_screen(lesson)
    await driver.settle()


async def test_a_choice_is_made_by_its_digit():
    async with running() as driver:
        await open_odd(driver, choice())
        assert isinstance(driver.screen.focused, Options)
        await driver.press("²", "9", "a")
        assert record(driver).tries == 0
        await driver.press("1")
        assert record(driver).tries == 1
        assert driver.feedback.startswith("Because [0.1] is too small. 2 tries left")
        await driver.press("3")
        assert driver.feedback.startswith("Not “[red]”. 1 try left")
        await driver.press("2")
        assert record(driver).status == "solved"
        assert driver.feedback == "✓ It is [0.2]."
        assert driver.screen.focused is None


async def test_a_choice_is_made_by_arrow_keys_and_enter():
    async with running() as driver:
        await open_odd(driver, choice())
        await driver.press("down", "down", "enter")
        assert record(driver).status == "solved"


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_text_that_looks_like_markup_is_shown_as_it_is(size):
    async with running(size=size) as driver:
        await open_odd(driver, choice())
        await driver.press("h", "1")
        shown = driver.text

    assert shown.count(LOOKS_LIKE_MARKUP) >= 4  # title bar or border, text, prompt, hint
    for option in ("1 [0.1]", "2 [0.2]", "3 [red]", "Because [0.1] is too small."):
        assert option in shown
    border = next(line for line in shown.splitlines() if line.startswith("╭"))
    assert LOOKS_LIKE_MARKUP[:20] in border


async def test_the_question_stays_in_sight_on_both_sides_of_a_narrow_terminal():
    page, check = first_question(FORWARD)
    async with running(FORWARD, NARROW, page=page.id) as driver:
        assert check.prompt in driver.text
        assert "Lab:" not in driver.text
        await driver.press("v")
        assert check.prompt in driver.text
        assert "Lab:" in driver.text
        await driver.answer("5")
        assert check.solution in driver.text


async def test_what_is_said_stands_on_the_page_where_the_lab_is_out_of_sight():
    async with running(FORWARD, NARROW, keys=["p"]) as driver:
        assert "This is the first page." in driver.text
        await driver.press("v", "v")
        assert "This is the first page." not in driver.text


@pytest.mark.parametrize("size", SIZES, ids=size_id)
async def test_turning_and_focusing_leave_no_style_behind(size):
    """Only the parts that look different are given new styles, not all that is on the screen."""
    async with running(ONE_WEIGHT, size) as driver:
        for key in ("v", "right", "1", "enter", "v", "space", "e", "escape", "right", "space", "v"):
            await driver.press(key)
            seen = driver.screen._compositor.render_strips()
            driver.lesson.update_node_styles()
            await driver.settle()
            assert driver.screen._compositor.render_strips() == seen, key
