"""The app as a whole: what a damaged disk, a small terminal, a theme or NO_COLOR makes of it."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable
from itertools import cycle
from pathlib import Path
from weakref import ref

import pytest
from rich.color import ColorType
from rich.segment import Segment
from textual.color import Color
from textual.command import CommandPalette
from textual.widgets._toast import Toast

from lessons.course import lessons
from tests.tui.driving import (
    FORWARD,
    NARROW,
    ONE_WEIGHT,
    TRAINING,
    WIDE,
    Driver,
    each_lesson,
    running,
)
from tui.app import DLTutor
from tui.home import data_folder
from tui.progress import Progress
from tui.render.contrast import contrast
from tui.render.heat import HALF
from tui.screens.contents import ContentsScreen
from tui.screens.help import HelpPanel
from tui.screens.lesson import LessonScreen
from tui.screens.modal import Panel
from tui.screens.small import SmallNotice
from tui.settings import Settings

IDS = [lesson.id for lesson in lessons()]


def notices(driver: Driver) -> str:
    """What the toasts say."""
    return "\n".join(str(toast.render()) for toast in driver.screen.query(Toast))


# -- the learner's files ----------------------------------------------------------------------


@pytest.mark.parametrize("content", ["", "nonsense", "{}", '{"format": "other"}', "[1, 2]"])
async def test_a_damaged_progress_file_is_set_aside_and_the_app_says_so(content):
    data_folder().mkdir()
    damaged = data_folder() / "progress.json"
    damaged.write_text(content, encoding="utf-8")
    async with running(FORWARD) as driver:
        assert driver.shows(LessonScreen)
        assert "It was set aside as progress.damaged-1.json" in notices(driver)
        assert "Please note" in notices(driver)
        await driver.press("right")

    assert (data_folder() / "progress.damaged-1.json").read_text(encoding="utf-8") == content
    assert Progress.load().page(FORWARD) == "node-0"
    async with running(FORWARD) as driver:
        assert notices(driver) == ""


async def test_a_damaged_settings_file_is_set_aside_and_the_app_says_so():
    data_folder().mkdir()
    (data_folder() / "settings.json").write_text('{"theme": 3}', encoding="utf-8")
    async with running() as driver:
        assert "settings.damaged-1.json" in notices(driver)
        assert driver.app.theme == "dl-dark"


async def test_a_theme_that_is_not_there_falls_back_to_ours():
    settings = Settings.load()
    settings.theme = "of-an-earlier-version"
    settings.save()
    async with running() as driver:
        assert driver.app.theme == "dl-dark"


async def test_a_home_that_cannot_be_written_costs_a_notice_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # A file where the folder should be: permissions would not stop a test that runs as root.
    home = tmp_path / "[b]home"
    home.write_text("a file", encoding="utf-8")
    monkeypatch.setenv("DL_TUTOR_HOME", str(home))
    async with running(FORWARD) as driver:
        assert "dl-tutor goes on without saving." in notices(driver)
        assert "[b]home" in notices(driver).replace("\n", "")
        await driver.press("right")
        await driver.answer("5")
        await driver.press("t", "right")
        assert driver.lesson.page.id == "node-1"
        assert driver.app.progress.check(FORWARD, "node-0").status == "solved"
    assert home.read_text(encoding="utf-8") == "a file"


async def test_a_disk_that_fills_up_is_told_of_once(monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with running(FORWARD) as driver:
        assert notices(driver) == ""
        monkeypatch.setattr(os, "replace", full)
        await driver.press("right", "right", "right")
        assert notices(driver).count("no space left on device") == 1
        assert driver.lesson.page is driver.lesson.lesson.pages[3]


# -- a terminal that is too small -------------------------------------------------------------


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10), (10, 3), (200, 20)])
async def test_below_80x24_a_notice_says_what_is_needed(size):
    async with running(FORWARD, size) as driver:
        assert driver.shows(SmallNotice)
        if size[0] >= 40:
            assert f"This terminal is {size[0]} × {size[1]}." in driver.text
            assert "The course needs 80 × 24." in driver.text
        await driver.resize(79, 23)
        assert "79 × 23" in driver.text
        await driver.resize(*NARROW)
        assert driver.shows(LessonScreen)
        assert driver.lesson.lesson.title in driver.title_bar


async def test_q_quits_from_the_notice():
    async with running(FORWARD, (60, 20)) as driver:
        await driver.press("question_mark", "escape", "enter", "t")
        assert driver.shows(SmallNotice)
        await driver.press("q")
    assert driver.app.return_code == 0


@pytest.mark.parametrize("keys", [[], ["question_mark"], ["enter"], ["enter", "x"], ["ctrl+p"]])
async def test_after_enlarging_everything_is_back(keys):
    async with running(keys=keys) as driver:
        before, focused, text = driver.screen, driver.screen.focused, driver.text
        await driver.resize(60, 20)
        assert driver.shows(SmallNotice)
        await driver.resize(60, 19)
        await driver.resize(*WIDE)
        assert driver.screen is before
        assert driver.screen.focused is focused
        assert driver.text == text


async def test_what_was_typed_and_edited_is_back_as_well():
    async with running(FORWARD, page="node-0") as driver:
        await driver.write("12")
        await driver.resize(60, 20)
        await driver.press("9", "space", "enter")
        await driver.resize(*WIDE)
        await driver.press("backspace")
        assert driver.lesson.typing
        assert " 1 " in driver.text
        assert driver.lab.position == 0


def in_sight(driver: Driver) -> list[str]:
    """Which sides of the lesson can be seen."""
    sides = {"page": driver.lesson.query_one("#text"), "lab": driver.pane}
    return [name for name, side in sides.items() if side.region.height > 0]


async def test_a_narrow_terminal_shows_one_side_at_a_time():
    async with running(size=NARROW) as driver:
        async for lesson in each_lesson(driver):
            assert in_sight(driver) == ["page"], lesson.id
            await driver.press("v")
            assert in_sight(driver) == ["lab"], lesson.id
            await driver.press("v", "space")
            assert in_sight(driver) == ["lab"], lesson.id
            await driver.press("right")
            assert in_sight(driver) == ["page"], lesson.id
            await driver.resize(*WIDE)
            assert in_sight(driver) == ["page", "lab"], lesson.id
            await driver.resize(*NARROW)


async def test_lessons_and_panels_that_were_left_are_let_go():
    """With their labs, which hold on to all that was trained."""
    left: list[ref[object]] = []
    async with running() as driver:
        for lesson in lessons()[:4]:
            driver.app.open_lesson(lesson.id)
            await driver.press("space")
            left += [ref(driver.lesson), ref(driver.lab)]
            for panel in ("x", "?"):
                await driver.press(panel)
                left.append(ref(driver.screen))
                await driver.press("escape")
            await driver.press("escape")
            assert driver.shows(ContentsScreen)
        gc.collect()
        assert [one() for one in left if one() is not None] == []


# -- themes and terminals ---------------------------------------------------------------------


def seen(segments: list[Segment]) -> list[tuple[str, float]]:
    """Every text that is painted, with the contrast of its colour to its ground."""
    found = []
    for text, style, _ in segments:
        if not text.strip() or style is None or style.color is None or style.bgcolor is None:
            continue
        if set(text.strip()) == {HALF}:
            continue  # both colours are the picture: neither is the ground of the other
        if style.bgcolor.type is ColorType.DEFAULT:
            continue  # the terminal's own ground, on which its colours can be read
        if style.color.type is not ColorType.TRUECOLOR:
            found.append((text.strip(), 2.0))  # nobody knows; good enough for lines, not for text
            continue
        front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        found.append((text.strip(), contrast(front, back)))
    return found


def has_letters(text: str) -> bool:
    """True for what is read; lines and dots may be paler."""
    return any(sign.isalnum() for sign in text)


PANELS = ("x", "e", "c", "?")


async def look_around(driver: Driver, check: Callable[[Driver], Awaitable[None]]) -> None:
    """The contents, then every lesson with numbers in its lab and something over it."""
    await check(driver)
    for lesson, panel in zip(lessons(), cycle(PANELS), strict=False):
        driver.app.open_lesson(lesson.id)
        await driver.press("right", "space", "space")
        await check(driver)
        await driver.press(panel)
        await check(driver)
        await driver.press("escape", "escape")


def is_readable(driver: Driver) -> None:
    strips = driver.screen._compositor.render_strips()
    assert any(strip.text.strip() for strip in strips)
    if isinstance(driver.screen, Panel):  # what is behind it is dimmed on purpose
        region = driver.screen.query_one("#panel").region
        strips = [line.crop(region.x, region.right) for line in strips[region.y : region.bottom]]
    texts = [one for strip in strips for one in seen(list(strip))]
    ours = driver.app.theme in ("dl-dark", "dl-light")
    least = 3.0 if ours else 2.5
    pale = {text: value for text, value in texts if value < (least if has_letters(text) else 1.5)}
    assert pale == {}


@pytest.mark.parametrize(
    ("themes", "no_color"),
    [
        (("dl-dark", "dl-light", "nord", "textual-light", "ansi-light"), False),
        (("dl-dark", "ansi-dark"), True),
    ],
    ids=["in colours", "without"],
)
async def test_every_screen_is_readable_in_every_theme(themes, no_color, monkeypatch):
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")

    async def is_readable_in_each(driver: Driver) -> None:
        for theme in themes:
            driver.app.theme = theme
            await driver.settle()
            is_readable(driver)

    async with running() as driver:
        assert driver.app.no_color == no_color
        await look_around(driver, is_readable_in_each)


@pytest.mark.parametrize("theme", ["dl-light", "nord", "ansi-light"])
async def test_the_app_starts_in_the_theme_that_was_chosen(theme):
    settings = Settings.load()
    settings.theme = theme
    settings.save()
    async with running() as driver:
        assert driver.app.theme == theme
        is_readable(driver)


def is_ascii(driver: Driver) -> None:
    text = driver.text
    assert {sign for sign in text if not sign.isascii()} == set()
    assert text.strip() != ""


async def test_ascii_mode_paints_nothing_but_ascii():
    async def paints_ascii(driver: Driver) -> None:
        is_ascii(driver)

    async with running(ascii=True) as driver:
        await look_around(driver, paints_ascii)
        await driver.press("ctrl+p")
        is_ascii(driver)
        await driver.press("escape")
        await driver.resize(60, 20)
        is_ascii(driver)


@pytest.mark.parametrize("start", IDS)
async def test_ascii_mode_on_every_page(start):
    lesson = next(one for one in lessons() if one.id == start)
    async with running(start, NARROW, ascii=True) as driver:
        for _ in lesson.pages:
            await driver.press("h")
            is_ascii(driver)
            await driver.press("space")
            is_ascii(driver)
            await driver.press("right")


async def test_ascii_can_be_a_setting():
    settings = Settings.load()
    settings.ascii = True
    settings.save()
    async with running(ONE_WEIGHT) as driver:
        is_ascii(driver)


async def test_the_theme_can_be_changed_in_a_lesson_and_repaints_all_of_it():
    async with running(TRAINING, keys=["space"]) as driver:
        for theme in ("dl-light", "nord", "textual-light", "dl-dark"):
            driver.app.theme = theme
            await driver.settle()
            is_readable(driver)


@pytest.mark.parametrize("key", ["right", "space", "x", "h", "escape", "?", "t"])
async def test_a_key_that_comes_while_a_lesson_is_being_opened_does_no_harm(key):
    async with running() as driver:
        driver.app.open_lesson(TRAINING)
        await driver.burst(key, key)
        assert driver.app.is_running
        assert driver.text.strip() != ""


# -- running by the clock ---------------------------------------------------------------------


async def test_a_run_ends_by_itself():
    """The one test with the real clock: nine steps at sixty a second."""
    app = DLTutor(start=FORWARD)
    async with app.run_test(size=WIDE) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.press(*["plus"] * 6, "r")
        assert "r pause" in driver.key_bar
        async with asyncio.timeout(20):
            while driver.pane.runner.running:
                await asyncio.sleep(0.01)
        await driver.settle()
        assert not driver.lab.can("step")
        assert "r run" in driver.key_bar


async def test_f1_opens_the_keys_and_the_palette_opens_and_closes():
    async with running(keys=["f1"]) as driver:
        assert driver.shows(HelpPanel)
        await driver.press("f1")
        assert not driver.shows(HelpPanel)
        await driver.press("ctrl+p")
        assert driver.shows(CommandPalette)
        await driver.write("theme")
        await driver.press("escape")
        assert not driver.shows(CommandPalette)
