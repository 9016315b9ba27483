"""What a terminal shows after all that was sent to it is what the screen looks like now.

Widgets send only the lines that they think have changed. The other tests read the widgets anew, so
that a line left out by mistake would go unseen there.
"""

from __future__ import annotations

import asyncio
import random
from typing import Any
from unittest.mock import patch

import pytest
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate
from textual.screen import Screen
from textual.strip import Strip

from lessons.labs.playground.lab import PlayScene
from lessons.labs.playground.play import Play
from lessons.labs.playground.share import Shared
from tests.tui.driving import NARROW, TRAINING, WIDE, AtOnce, Driver, size_id
from tests.tui.painting import Stopped
from tui.app import DLTutor
from tui.screens.lab import LabScreen
from tui.screens.lesson import LessonScreen

STEP = "a step"
KEYS = (
    *("space", "space", "b", "r", "w", "?", STEP, "escape", "?", STEP, "escape", "b"),
    *("u", "[", "]", "x", "tab", "e", "down", "v"),
)


def cells(strip: Strip) -> list[Segment]:
    return [Segment(sign, segment.style) for segment in strip for sign in segment.text]


class Terminal:
    """Shows what was sent to it, and goes on showing it."""

    def __init__(self) -> None:
        self.lines: list[list[Segment]] = []

    def take(self, screen: Screen[Any], update: object) -> None:
        """A whole picture, or the parts of some lines."""
        if not isinstance(update, CompositorUpdate) or screen is not screen.app.screen:
            return
        now = [cells(strip) for strip in screen._compositor.render_strips()]
        if not isinstance(update, ChopsUpdate) or len(now) != len(self.lines):
            self.lines = now
            return
        for y, start, end in update.spans:
            self.lines[y][start:end] = now[y][start:end]


def wrong(terminal: Terminal, screen: Screen[Any]) -> list[int]:
    """The lines in which the terminal shows something else than there is."""
    strips = screen._compositor.render_strips()
    return [y for y, strip in enumerate(strips) if cells(strip) != terminal.lines[y]]


async def walk(app: DLTutor, size: tuple[int, int], keys: list[str]) -> None:
    terminal = Terminal()
    asyncio.get_running_loop().set_default_executor(AtOnce())
    display = DLTutor._display

    def sent(self: DLTutor, screen: Screen[Any], update: Any) -> None:
        terminal.take(screen, update)
        display(self, screen, update)

    with patch.object(Screen, "_update_timer", Stopped()), patch.object(DLTutor, "_display", sent):
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            assert isinstance(app.screen, LabScreen | LessonScreen)
            for at, key in enumerate(keys):
                await do(driver, key)
                assert wrong(terminal, app.screen) == [], (keys[: at + 1], app.screen)


async def do(driver: Driver, key: str) -> None:
    """Press a key, or have a lab take a step and show it, in front or behind a panel."""
    if key != STEP:
        await driver.press(key)
        return
    for screen in driver.app.screen_stack:
        if isinstance(screen, LabScreen | LessonScreen) and screen.lab.can("step"):
            screen.lab.step()
            screen.pane.refresh_view()
    await driver.settle()


def playground() -> DLTutor:
    play = Play(data="spiral", hidden=(4, 3))
    return DLTutor(play=PlayScene(shared=Shared(play)), manual=True)


async def test_after_a_panel_the_picture_is_the_one_of_now():
    keys = ["space", "space", "space", "?", STEP, "escape", "b", "b"]
    await walk(playground(), WIDE, keys)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
@pytest.mark.parametrize("where", ["the playground", TRAINING])
async def test_after_any_keys_the_picture_is_the_one_of_now(where, size):
    pick = random.Random(f"{where} {size}")
    app = playground() if where == "the playground" else DLTutor(start=where, manual=True)
    await walk(app, size, pick.choices(KEYS, k=40))
