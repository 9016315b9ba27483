"""The panels over a lesson: keys, explanations, code."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from lessons.course import lessons
from lessons.labs.base import Code, Explanation
from tests.tui.driving import (
    FORWARD,
    NARROW,
    ONE_WEIGHT,
    TRAINING,
    WIDE,
    Driver,
    each_lesson,
    running,
    runs_at_once,
    static_text,
)
from tui.screens.code import CodePanel
from tui.screens.explain import ExplainPanel
from tui.screens.help import HelpPanel, group, key_name
from tui.screens.lesson import LessonScreen
from tui.widgets.check import AnswerBox

IDS = [lesson.id for lesson in lessons()]
LOOKS_LIKE_MARKUP = "[0.1] and [bold]x[/bold] [/]"


def shown_code(driver: Driver) -> str:
    """The lines of the listing that is shown, without the spaces that fill them up."""
    return static_text(driver.screen.query_one("#code")).rstrip()


# -- keys -------------------------------------------------------------------------------------


def bindings_of(driver: Driver) -> dict[str, Binding]:
    """The bindings of the screen in front that the help has to list, by their ids."""
    found = {}
    for active in driver.screen.active_bindings.values():
        if active.binding.id and active.binding.tooltip:
            found[active.binding.id] = active.binding
    return found


async def lists_every_key_once(driver: Driver, where: str) -> None:
    expected = bindings_of(driver)
    assert len(expected) > 5, where
    await driver.press("question_mark")
    assert driver.shows(HelpPanel), where
    text = static_text(driver.screen.query_one("#keys"))
    rows = [line for line in text.splitlines() if line.startswith("  ")]
    await driver.press("escape")

    assert len(rows) == len(expected) == len(set(rows)), where
    for binding in expected.values():
        (row,) = [line for line in rows if line.endswith(f"  {binding.tooltip}")]
        assert key_name(binding.key) in row.split(), where


async def test_the_help_lists_every_key_of_the_screen_once():
    async with running() as driver:
        await lists_every_key_once(driver, "the contents")
        async for lesson in each_lesson(driver):
            assert driver.lesson.lesson is lesson
            await lists_every_key_once(driver, lesson.id)


async def test_the_help_follows_what_has_the_keyboard():
    async with running(TRAINING, page="try", keys=["question_mark"]) as driver:
        assert "In the weight table" not in static_text(driver.screen.query_one("#keys"))
        await driver.press("escape", "tab", "question_mark")
        assert "In the weight table" in static_text(driver.screen.query_one("#keys"))


@pytest.mark.parametrize("key", ["escape", "question_mark", "f1", "q"])
async def test_the_help_closes(key):
    async with running(FORWARD, keys=["question_mark"]) as driver:
        assert driver.shows(HelpPanel)
        await driver.press(key)
        assert driver.shows(LessonScreen)
        assert len(driver.app.screen_stack) == 3


async def test_a_long_help_scrolls():
    async with running(TRAINING, NARROW, keys=["question_mark"]) as driver:
        last = static_text(driver.screen.query_one("#keys")).splitlines()[-1].strip()
        assert last not in driver.text
        await driver.press(*["down"] * 60)
        assert last in driver.text
        await driver.press(*["k"] * 60)
        assert last not in driver.text


def test_one_row_for_one_id_with_all_its_keys():
    bindings = [
        Binding("space", "x", id="lab.step", tooltip="One step"),
        Binding("enter", "x", id="lab.step", tooltip="One step"),
        Binding("space", "x", id="lab.step", tooltip="One step"),
        Binding("z", "x", tooltip="no id"),
        Binding("z", "x", id="lab.no-tooltip"),
        Binding("z", "x", id="elsewhere.x", tooltip="no group"),
    ]

    assert group(bindings) == {"In the lab": [("space enter", "One step")]}


# -- explanations -----------------------------------------------------------------------------


@pytest.mark.parametrize("start", IDS)
async def test_the_explanation_turns_through_every_number_and_round(start):
    last = next(lesson for lesson in lessons() if lesson.id == start).pages[-1].id
    async with running(start, page=last) as driver:
        names = list(driver.lab.explainable())
        await driver.press("space", "x")
        assert driver.shows(ExplainPanel)
        first = names.index(driver.lab.current())
        for step in range(len(names) + 1):
            name = names[(first + step) % len(names)]
            explained = driver.lab.explain(name)
            place = f"{names.index(name) + 1} of {len(names)}"
            text = static_text(driver.screen.query_one("#explanation"))
            assert text.startswith(f"{explained.name}   {place}\n")
            for part in (explained.meaning, explained.formula, explained.filled):
                assert part in text
            for symbol, meaning in explained.where:
                assert symbol in text
                assert meaning in text
            await driver.press("right")
        await driver.press("left")
        assert f"{first + 1} of {len(names)}" in driver.text


@pytest.mark.parametrize("key", ["escape", "x", "q"])
async def test_the_explanation_closes(key):
    async with running(FORWARD, keys=["x", key]) as driver:
        assert driver.shows(LessonScreen)


async def test_the_explanation_is_of_the_number_under_the_cursor():
    async with running(TRAINING, page="try", keys=["space", "tab", "right", "down", "x"]) as driver:
        assert driver.shows(ExplainPanel)
        explained = driver.lab.explain(driver.lab.current())
        assert explained.filled in static_text(driver.screen.query_one("#explanation"))
        assert getattr(driver.lab, "cursor") == (1, 1)  # noqa: B009


async def test_an_explanation_that_looks_like_markup_is_shown_as_it_is(monkeypatch):
    odd = LOOKS_LIKE_MARKUP
    async with running(FORWARD) as driver:
        monkeypatch.setattr(
            driver.lab, "explain", lambda name: Explanation(odd, odd, odd, odd, ((odd, odd),))
        )
        await driver.press("x")
        assert driver.text.count(odd) == 6


# -- code -------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", IDS)
async def test_the_code_turns_through_its_listings_and_is_copied(start):
    async with running(start) as driver:
        if not driver.lab.code():  # it would give away what a question asks
            await driver.press("c")
            assert "not before a question is answered" in driver.said
            driver.lab.hide(())
        listings = driver.lab.code()
        await driver.press("c")
        assert driver.shows(CodePanel)
        for at, listing in enumerate([*listings, listings[0]]):
            shown = [line.rstrip() for line in shown_code(driver).splitlines()]
            assert shown == [line.rstrip() for line in listing.source.strip().splitlines()]
            assert f"The same in {listing.title}" in driver.text
            place = f"{at % len(listings) + 1} of {len(listings)}"
            assert place in str(driver.screen.query_one("#panel").border_subtitle)
            await driver.press("y")
            assert driver.app.clipboard == listing.source
            await driver.press("right")
        await driver.press("left", "y")
        assert driver.app.clipboard == listings[0].source


@pytest.mark.parametrize("key", ["escape", "c", "q"])
async def test_the_code_closes(key):
    async with running(FORWARD, keys=["c", key]) as driver:
        assert driver.shows(LessonScreen)


async def test_the_code_has_the_values_of_now():
    async with running(ONE_WEIGHT, page="recap") as driver:
        before = driver.lab.code()
        await driver.press("space", "c", "y")
        assert driver.app.clipboard != before[0].source
        assert driver.app.clipboard == driver.lab.code()[0].source


async def test_code_that_looks_like_markup_is_shown_as_it_is(monkeypatch):
    listing = Code(LOOKS_LIKE_MARKUP, f"x = '{LOOKS_LIKE_MARKUP}'")
    async with running(FORWARD) as driver:
        monkeypatch.setattr(driver.lab, "code", lambda: (listing,))
        await driver.press("c")
        assert driver.text.count(LOOKS_LIKE_MARKUP) == 2


# -- what all of them have in common ----------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "key"),
    [*((one.id, "x") for one in lessons() if runs_at_once(one)), (FORWARD, "c"), (FORWARD, "?")],
)
async def test_a_panel_pauses_the_run_and_changes_nothing(start, key):
    async with running(start) as driver:
        await driver.press("r")
        await driver.run(2)
        assert "r pause" in driver.key_bar
        position = driver.lab.position
        await driver.press(key)
        assert not driver.shows(LessonScreen)
        assert "r pause" not in driver.key_bar
        await driver.press("space", "b", "r", "down", "up", "e", "h", "escape")
        assert driver.shows(LessonScreen)
        assert not driver.pane.runner.running
        assert driver.lab.position == position
        assert "r run" in driver.key_bar


@pytest.mark.parametrize("key", ["x", "c", "question_mark"])
async def test_a_panel_leaves_the_answer_alone(key):
    async with running(FORWARD, page="node-0", keys=["1", "2", key, "5", "enter"]) as driver:
        await driver.press("escape")
        assert driver.lesson.typing
        await driver.press("backspace")
        assert driver.app.progress.check(FORWARD, "node-0").tries == 0
        assert driver.lesson.query_one(AnswerBox).value == "1"


@pytest.mark.parametrize("key", ["x", "c", "question_mark"])
async def test_a_panel_fits_a_small_terminal_and_follows_its_size(key):
    async with running(TRAINING, NARROW, keys=[key]) as driver:
        panel = driver.screen.query_one("#panel")
        assert panel.region.height <= NARROW[1]
        assert panel.region.width <= NARROW[0]
        await driver.resize(*WIDE)
        assert driver.screen.query_one("#panel") is panel
        assert panel.region.right <= WIDE[0]
