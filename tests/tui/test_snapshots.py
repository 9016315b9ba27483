"""Pictures of the main screens, accepted by eye. `pytest --snapshot-update` takes them again.

Look at every picture that changed before committing it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from itertools import takewhile

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from engine import Sequential
from lessons.course import find, lessons
from lessons.learning import recipe
from tests.tui.driving import DESCENT, FORWARD, NARROW, ONE_WEIGHT, TRAINING, WIDE, Driver
from tui.app import DLTutor
from tui.progress import Progress
from tui.settings import Settings

Compare = Callable[..., bool]
Act = Callable[[Driver], Awaitable[None]]


@pytest.fixture(autouse=True)
def everything_is_loaded() -> None:
    """The contents count questions of loaded lessons: load all, whichever test came first."""
    lessons()


async def contents(driver: Driver) -> None:
    """The contents with one lesson done and one begun."""


async def forward(driver: Driver) -> None:
    """1.2 mid-way: node 0 answered and computed, its neighbour begun."""
    await driver.answer("5")
    await driver.press(*["space"] * 4)


async def one_weight(driver: Driver) -> None:
    """2.3 mid-way: bouncing at a high rate, an answer typed and not given yet."""
    await driver.press("right_square_bracket", *["space"] * 6)
    await driver.write("1/9")


async def training(driver: Driver) -> None:
    """3.2 after 300 batches, the table on the slopes of the second layer."""
    await driver.press("r")
    await driver.run(300)
    await driver.press("r", "l", "w")


SCENES: dict[str, tuple[Act, str, str]] = {
    "contents": (contents, "", ""),
    "forward": (forward, FORWARD, "node-0"),
    "one-weight": (one_weight, DESCENT, "bounce"),
    "training": (training, TRAINING, "run"),
}


@pytest.fixture
def same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in float64: float32 sums differ in digits that show, from one processor to another."""
    monkeypatch.setattr(recipe, "Sequential", partial(Sequential, dtype="float64"))


def begin(start: str, page: str, theme: str) -> DLTutor:
    """The app with some progress, at the contents or a page of a lesson solved up to there."""
    settings = Settings.load()
    settings.theme = theme
    settings.save()
    progress = Progress.load()
    for check in find(FORWARD).checks:
        progress.record(FORWARD, check.id, status="solved")
    progress.mark_done(FORWARD)
    progress.set_page(ONE_WEIGHT, find(ONE_WEIGHT).pages[2].id)
    if start:
        progress.reset(start)
        for earlier in takewhile(lambda one: one.id != page, find(start).pages):
            if earlier.check:
                progress.record(start, earlier.check.id, status="solved")
        progress.set_page(start, page)
    app = DLTutor(start=start or None, seed=1, manual=True)
    app.animation_level = "none"
    return app


@pytest.mark.usefixtures("same_on_every_machine")
@pytest.mark.parametrize(
    ("size", "theme"), [(WIDE, "dl-dark"), (NARROW, "dl-light")], ids=["wide-dark", "narrow-light"]
)
@pytest.mark.parametrize("name", SCENES)
def test_the_screen_looks_as_it_was_accepted(
    snap_compare: Compare, name: str, size: tuple[int, int], theme: str
):
    act, start, page = SCENES[name]

    async def go_there(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, DLTutor)
        driver = Driver(pilot.app, pilot)
        await driver.settle()
        for box in driver.screen.query(Input):
            box.cursor_blink = False
        await act(driver)
        await driver.settle()

    assert snap_compare(begin(start, page, theme), terminal_size=size, run_before=go_there)
