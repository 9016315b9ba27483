"""Make the pictures in the README from the app itself: `python tests/pictures/make.py`.

With names behind it, only these: `python tests/pictures/make.py digits playground`.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

FOLDER = Path(__file__).parent
SIZE = (120, 32)

sys.path.insert(0, str(FOLDER.parents[1]))

from tests.tui.driving import Driver, running  # noqa: E402  (after the path is set)

# Textual's picture asks a server for its font. This project works offline, and so does its README.
WEB_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)

Act = Callable[[Driver], Awaitable[None]]


async def _lesson(driver: Driver) -> None:
    """2.4: its question answered, a few steps taken at a higher rate."""
    await driver.answer("2.24")
    await driver.press("right_square_bracket", *["space"] * 22)


async def _run(driver: Driver, steps: int) -> None:
    await driver.press("r")
    await driver.run(steps)
    await driver.press("r")


async def _representation(driver: Driver) -> None:
    """1.5: four nodes around a ring."""
    await _run(driver, 120)


async def _classification(driver: Driver) -> None:
    """3.3: a network that has seen some of the shots."""
    await _run(driver, 4000)


async def _race(driver: Driver) -> None:
    """4.1: three learning rates, side by side."""
    await _run(driver, 250)


async def _digits(driver: Driver) -> None:
    """4.6: what is taken for what."""
    await _run(driver, 500)


SCENES: dict[str, tuple[str, str, Act]] = {
    "lesson": ("calculating-slopes", "update", _lesson),
    "representation": ("representation-learning", "spiral", _representation),
    "classification": ("classification", "train", _classification),
    "race": ("why-optimization-is-hard", "race", _race),
    "digits": ("handwritten-digits", "mistakes", _digits),
}
"""For each picture of a lesson: its id, the page, and what is done there."""

PLAYGROUND = "playground"
NAMES = (*SCENES, PLAYGROUND)


def path_of(name: str) -> Path:
    """Where a picture stands."""
    return FOLDER / f"{name}.svg"


async def picture(name: str) -> str:
    """An SVG of the app after what its scene does."""
    if name == PLAYGROUND:
        return await _playground()
    lesson, page, act = SCENES[name]
    async with running(lesson, SIZE, page=page) as driver:
        await act(driver)
        return _drawn(driver)


async def _playground() -> str:
    from lessons.labs.playground.gallery import exhibit
    from lessons.labs.playground.lab import PlayScene
    from lessons.labs.playground.share import Shared
    from tui.app import DLTutor
    from tui.screens.playground import PlaygroundScreen

    spiral = exhibit("spiral")
    assert spiral is not None
    app = DLTutor(play=PlayScene(shared=Shared(spiral.play), exhibit=spiral.id), manual=True)
    async with app.run_test(size=SIZE) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        screen = app.screen
        assert isinstance(screen, PlaygroundScreen)
        for _ in range(2500):
            screen.lab.step()
        screen.pane.refresh_view()
        await driver.settle()
        return _drawn(driver)


def _drawn(driver: Driver) -> str:
    return WEB_FONTS.sub("", driver.app.export_screenshot(title="dl-tutor"))


if __name__ == "__main__":
    for chosen in sys.argv[1:] or NAMES:
        with tempfile.TemporaryDirectory() as home:
            os.environ["DL_TUTOR_HOME"] = home
            path_of(chosen).write_text(asyncio.run(picture(chosen)), encoding="utf-8")
        print(f"wrote {chosen}.svg")
