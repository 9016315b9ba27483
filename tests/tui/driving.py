"""Drives the app headless: opens it at a page, presses keys, reads what is on the screen.

Nothing here waits for the clock. The app is opened with `manual=True`, so that a run moves only by
`advance`, and `press` returns when every message that the keys set off has been handled.
"""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.keys import Keys
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from lessons.course import find, lessons
from lessons.labs.base import Lab
from lessons.spec import Check, Lesson, Page
from tests.tui.painting import lay_out, painting_at_rest
from tui.app import DLTutor
from tui.cli import Parser
from tui.labs.pane import LabPane
from tui.own.commands import OWN_COMMANDS
from tui.progress import Progress
from tui.screens.lesson import LessonScreen
from tui.widgets.edit import EditBar

WIDE, NARROW = (120, 32), (80, 24)
SIZES = (NARROW, WIDE)
FORWARD, ONE_WEIGHT, TRAINING = "forward-propagation", "calculating-slopes", "compile-and-fit"
DESCENT = "gradient-descent"

ROUNDS = 2
"""A layout may set off another message, which asks for a layout; so often do we do both."""
PATIENCE = 100_000
"""Turns of the event loop after which something goes on for ever."""

NAMES = {
    " ": "space",
    ".": "full_stop",
    ",": "comma",
    "-": "minus",
    "+": "plus",
    "/": "slash",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "?": "question_mark",
    "²": "superscript_two",
}
"""What Textual calls the keys of these characters."""

CHARACTERS = {name: character for character, name in NAMES.items()}
CONTROL = {key.value for key in Keys} | {"f1"}


def size_id(size: tuple[int, int]) -> str:
    """How a size is named in the list of tests."""
    return "{}x{}".format(*size)


def key_event(key: str) -> events.Key:
    """The event of a key, given by its name or its character."""
    name = NAMES.get(key, key)
    if name in CHARACTERS:
        return events.Key(name, CHARACTERS[name])
    return events.Key(name, {"enter": "\r", "tab": "\t"}.get(name) if name in CONTROL else name)


class AtOnce(ThreadPoolExecutor):
    """Does at once what is given to a thread: the event loop would not know how far it is."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it, and give back what came of it."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


async def nothing_to_do() -> None:
    """Wait until every task waits: for a key, a file or the clock, and for nothing else.

    `Pilot.pause` sends a message to every widget and waits for all; that was most of a key's cost.
    """
    ready = getattr(asyncio.get_running_loop(), "_ready")  # noqa: B009
    for _ in range(PATIENCE):
        await asyncio.sleep(0)
        if not ready:
            return
    raise AssertionError("The app never comes to rest.")


def screen_text(screen: Screen[object]) -> str:
    """The characters that a screen paints, line by line, after all filters."""
    return "\n".join(strip.text for strip in screen._compositor.render_strips())


class Driver:
    """An app under the hands of a test."""

    def __init__(self, app: DLTutor, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        asyncio.get_running_loop().set_default_executor(AtOnce())

    # -- doing --------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each handled before the next."""
        for key in keys:
            await self.burst(key)

    async def burst(self, *keys: str) -> None:
        """Send keys at once, as a slow line does, and let the app handle them all."""
        for key in keys:
            self.app.post_message(key_event(key))
        await self.settle()

    async def write(self, text: str) -> None:
        """Type a text, without enter."""
        await self.burst(*text)

    async def answer(self, text: str) -> None:
        """Type an answer and give it; a choice takes its digit alone."""
        await self.write(text)
        if self.lesson.typing:
            await self.press("enter")

    async def settle(self) -> None:
        """Let everything that is under way come to its end, and paint."""
        for _ in range(ROUNDS):
            await nothing_to_do()
            lay_out(self.app.screen)
        self.app.screen._compositor_refresh()
        await nothing_to_do()
        self.app.screen._on_timer_update()  # what painting itself has set off

    async def paste(self, text: str) -> None:
        """Paste a text from the clipboard of the terminal."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def run(self, steps: int) -> None:
        """Take `steps` steps of a run that is under way."""
        self.pane.runner.advance(steps)
        self.pane.refresh_view()
        await self.settle()

    # -- looking ------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen[object]:
        """The screen in front."""
        return self.app.screen

    def shows(self, kind: type[Screen[Any]]) -> bool:
        """Whether a screen of this kind is in front."""
        return isinstance(self.app.screen, kind)

    @property
    def text(self) -> str:
        """What the screen in front paints."""
        return screen_text(self.app.screen)

    @property
    def words(self) -> str:
        """What the screen in front paints, as one line of words without borders."""
        return " ".join(self.text.translate(dict.fromkeys(map(ord, "│╭╮╰╯─"), " ")).split())

    @property
    def title_bar(self) -> str:
        """The first line of the screen."""
        return self.text.splitlines()[0]

    @property
    def key_bar(self) -> str:
        """The last line of the screen."""
        return self.text.splitlines()[-1]

    @property
    def lesson(self) -> LessonScreen:
        """The lesson that is open, in front or behind a panel."""
        return next(one for one in self.app.screen_stack if isinstance(one, LessonScreen))

    @property
    def pane(self) -> LabPane:
        """The lab's half of the lesson."""
        return self.lesson.pane

    @property
    def lab(self) -> Lab:
        """The lab of the lesson."""
        return self.lesson.lab

    @property
    def edit_bar(self) -> EditBar:
        """The edit bar, open or not."""
        return self.lesson.query_one(EditBar)

    @property
    def said(self) -> str:
        """The line of words below the lab."""
        return static_text(self.lesson.query_one("#said"))

    @property
    def feedback(self) -> str:
        """The line of feedback below the question; empty when none is shown."""
        return static_text(self.lesson.query_one("#feedback"))


def static_text(widget: Widget) -> str:
    """The characters in a Static; none while it is out of sight."""
    assert isinstance(widget, Static)
    return str(widget.render()) if widget.display else ""


def question(page: Page) -> Check:
    """The question of a page that has one."""
    assert page.check is not None
    return page.check


def first_question(lesson_id: str) -> tuple[Page, Check]:
    """The first page of a lesson that has a question, and the question."""
    page = next(page for page in find(lesson_id).pages if page.check)
    return page, question(page)


def finish(lesson: Lesson) -> None:
    """Note in the progress file that a lesson is done."""
    progress = Progress.load()
    progress.set_page(lesson.id, lesson.pages[-1].id)
    for check in lesson.checks:
        progress.record(lesson.id, check.id, status="solved")
    progress.mark_done(lesson.id)


def finish_all() -> None:
    """Note that every lesson is done."""
    for lesson in lessons():
        finish(lesson)


@asynccontextmanager
async def running(
    start: str | None = None,
    size: tuple[int, int] = WIDE,
    *,
    page: str = "",
    ascii: bool = False,
    keys: Iterable[str] = (),
) -> AsyncIterator[Driver]:
    """The app, open at a lesson and a page of it, with some keys pressed."""
    if start and page:
        Progress.load().set_page(start, page)
    app = DLTutor(start=start, manual=True, ascii=ascii)
    asyncio.get_running_loop().set_default_executor(AtOnce())
    with painting_at_rest():
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            await driver.press(*keys)
            yield driver


async def each_lesson(driver: Driver) -> AsyncIterator[Lesson]:
    """Every lesson, opened one after the other from the contents of one running app."""
    for lesson in lessons():
        driver.app.open_lesson(lesson.id)
        await driver.settle()
        yield lesson
        driver.app.show_contents()
        await driver.settle()


def runs_at_once(lesson: Lesson) -> bool:
    """Whether there is something to run on its first page: 1.1 begins with bare rows."""
    lab = lesson.make_lab(0)
    lab.show(lesson.pages[0].scene)
    return lab.can("run")


def typed_train(*words: str) -> Namespace:
    """What is typed after `dl-tutor train`, as the command gets it."""
    parser = Parser()
    OWN_COMMANDS["train"].arguments(parser)
    return parser.read(words)
