"""Whether every page fits a terminal of 80x24, by setting each one on a screen that nobody sees."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from lessons.spec import Lesson
from lessons.validation.finding import Finding, on_page
from tui.screens.small import LEAST


async def pages_too_long(lesson: Lesson) -> list[Finding]:
    """The pages of a lesson that have to be scrolled, each with the rows it has too many."""
    from tui.app import DLTutor
    from tui.screens.lesson import LessonScreen

    found: list[Finding] = []
    with _home_of_nobody():
        app = DLTutor(start=lesson.id, manual=True)
        async with app.run_test(size=LEAST) as pilot:
            await pilot.pause(0)
            screen = app.screen
            assert isinstance(screen, LessonScreen)
            for page in lesson.pages:
                await pilot.pause(0)
                too_many = screen.query_one("#page").max_scroll_y
                if screen.page is not page:
                    found.append(on_page(page, "cannot be turned to"))
                elif too_many:
                    size = "x".join(map(str, LEAST))
                    found.append(on_page(page, f"is {too_many} rows longer than {size}"))
                await screen.action_page(1)
    return found


@contextmanager
def _home_of_nobody() -> Iterator[None]:
    """A data folder for the time being, so that nobody's progress is touched."""
    before = os.environ.get("DL_TUTOR_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["DL_TUTOR_HOME"] = home
        try:
            yield
        finally:
            if before is None:
                del os.environ["DL_TUTOR_HOME"]
            else:
                os.environ["DL_TUTOR_HOME"] = before
