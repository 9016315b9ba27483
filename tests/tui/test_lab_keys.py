"""Every key of every lab, and hundreds of keys at random."""

from __future__ import annotations

import random

import pytest

from lessons.course import find, lessons
from tests.tui.driving import (
    DESCENT,
    FORWARD,
    NARROW,
    ONE_WEIGHT,
    SIZES,
    TRAINING,
    WIDE,
    Driver,
    running,
    runs_at_once,
    size_id,
)
from tui.screens.contents import ContentsScreen
from tui.screens.lesson import LessonScreen
from tui.screens.modal import Panel
from tui.widgets.matrix import Matrix

IDS = [lesson.id for lesson in lessons()]
LABS = pytest.mark.parametrize("start", IDS)
RUNNING = pytest.mark.parametrize("start", [one.id for one in lessons() if runs_at_once(one)])


def last_page(start: str) -> str:
    return find(start).pages[-1].id


# -- moving -----------------------------------------------------------------------------------


@RUNNING
async def test_space_and_b_are_each_others_undoing(start):
    async with running(start) as driver:
        positions = [driver.lab.position]
        for _ in range(3):
            await driver.press("space")
            positions.append(driver.lab.position)
        assert positions == [positions[0] + n for n in range(4)]
        await driver.press("b", "b", "b")
        assert driver.lab.position == positions[0]
        await driver.press("b")
        assert driver.lab.position == max(positions[0] - 1, 0)
        if positions[0] == 0:
            assert driver.said != ""
        await driver.press("0")
        assert driver.lab.position == positions[0]


@LABS
async def test_home_end_and_scrubbing_go_along_what_has_happened(start):
    async with running(start, page=last_page(start), keys=["0"]) as driver:
        await driver.press("home")
        assert driver.lab.position == 0
        await driver.press("r")
        await driver.run(8)
        await driver.press("r")
        end = driver.lab.end
        assert end > 0
        await driver.press("end")
        assert driver.lab.position == end
        await driver.press("comma", "comma")
        assert driver.lab.position < end
        await driver.press("full_stop", "full_stop", "full_stop")
        assert driver.lab.position == end
        await driver.press("home")
        assert driver.lab.position == 0
        await driver.press("comma")
        assert driver.lab.position == 0


@RUNNING
async def test_r_runs_and_pauses(start):
    async with running(start) as driver:
        before = driver.lab.position
        await driver.press("r")
        await driver.run(3)
        assert driver.lab.position == before + 3
        await driver.press("r")
        assert driver.pane.runner.advance(3) == 0
        await driver.press("r", "space")
        assert driver.lab.position == before + 4
        assert driver.pane.runner.advance(3) == 0


async def test_a_run_in_the_forward_lab_ends_with_the_output():
    async with running(FORWARD, keys=["r"]) as driver:
        await driver.run(100)
        assert "output" in driver.text
        assert "r run" in driver.key_bar
        await driver.press("r")
        assert driver.said.startswith("The output is computed.")
        await driver.press("space")
        assert driver.said.startswith("The output is computed.")


async def test_a_run_that_diverges_stops_at_the_last_finite_step_and_says_so():
    async with running(DESCENT, page="diverge", keys=["r"]) as driver:
        await driver.run(5000)
        assert "r run" in driver.key_bar
        assert driver.said.startswith("Stopped at step")
        assert "inf" not in driver.words.split()
        assert "nan" not in driver.words.split()
        stopped = driver.lab.position
        await driver.press("space", "r")
        assert driver.lab.position == stopped
        assert driver.said.startswith("Stopped at step")
        await driver.press("b")
        assert driver.lab.position == stopped - 1


async def test_training_that_diverges_stops_and_can_be_mended():
    async with running(TRAINING, page="unscaled", keys=["r"]) as driver:
        await driver.run(500)
        assert driver.said.startswith("Stopped after ")
        stopped = driver.lab.position
        assert stopped < 500
        await driver.press("b", "left_square_bracket", "space")
        assert driver.lab.can("back")
        assert driver.lab.position >= stopped - 1


# -- rates, paces, random weights, tables -----------------------------------------------------


@pytest.mark.parametrize("start", [ONE_WEIGHT, TRAINING])
async def test_brackets_change_the_rate_up_to_both_ends(start):
    async with running(start, page=last_page(start)) as driver:
        await driver.press("right_square_bracket")
        assert driver.said.startswith("Learning rate ")
        up = driver.said
        await driver.press("left_square_bracket")
        assert driver.said.startswith("Learning rate ")
        assert driver.said != up
        for key in ("left_square_bracket", "right_square_bracket"):
            await driver.burst(*[key] * 40)
            assert driver.said.startswith("The learning rate stays at ")


async def test_the_forward_lab_says_what_it_does_not_have():
    async with running(FORWARD) as driver:
        await driver.press("right_square_bracket")
        assert driver.said == "There is no learning rate here."
        await driver.press("ctrl+r")
        assert driver.said == "Nothing here is random: 0 starts again."
        await driver.press("u")
        nothing = driver.said
        assert "undo" in nothing
        # These keys belong to labs with a table: here they are no keys at all.
        await driver.press("w", "l", "y")
        assert driver.said == nothing


@LABS
async def test_plus_and_minus_change_the_pace(start):
    async with running(start, page=last_page(start)) as driver:
        await driver.burst(*["plus"] * 10)
        fastest = driver.lab.pace
        assert driver.said.startswith("Runs at ") or driver.said.startswith("Runs as fast")
        await driver.press("r", "minus")
        assert driver.lab.pace != fastest
        assert driver.pane.runner.pace == driver.lab.pace
        await driver.burst(*["minus"] * 10)
        assert driver.lab.pace == driver.lab.paces[0]


async def test_ctrl_r_draws_new_weights_and_0_keeps_them_or_says_so():
    async with running(TRAINING, page="try", keys=["space"]) as driver:
        before = driver.lab.snapshot()
        await driver.press("ctrl+r")
        after = driver.lab.snapshot()
        assert after.position == 0
        assert after.recipe.seed != before.recipe.seed
        assert f"seed {after.recipe.seed}" in driver.text
        assert (after.weights.values != before.weights.values).any()


async def test_w_l_and_y_turn_the_table_and_the_axis():
    async with running(TRAINING, page="try", keys=["space"]) as driver:
        shown = []
        for _ in range(4):
            shown.append((driver.lab.snapshot().weights.shows, driver.text))
            await driver.press("w")
        kinds = [kind for kind, _ in shown]
        assert kinds == ["value", "slope", "change", "value"]
        assert shown[0][1] != shown[1][1] != shown[2][1]
        layers = []
        for _ in range(4):
            layers.append(driver.lab.snapshot().weights.layer)
            await driver.press("l")
        assert layers == [0, 1, 2, 0]
        await driver.press("y")
        assert driver.lab.snapshot().log_axis


async def test_the_arrow_keys_move_in_the_table_and_esc_leaves_it():
    async with running(TRAINING, page="try", keys=["tab"]) as driver:
        assert isinstance(driver.screen.focused, Matrix)
        await driver.press("right", "right", "down", "left")
        assert driver.lesson.query_one(Matrix).cursor == (1, 1)
        assert driver.lesson.page.id == "try"
        await driver.press("escape")
        assert driver.shows(LessonScreen)
        assert not driver.lesson.table_focused
        await driver.press("right")
        assert driver.lesson.page.id != "try"


@LABS
async def test_lab_keys_bring_the_lab_to_the_front_on_a_narrow_terminal(start):
    page = last_page(start)
    async with running(start, NARROW, page=page) as driver:
        for key in ("space", "0", "comma", "right_square_bracket"):
            await driver.press("left", "right")
            assert driver.lesson.page.id == page
            assert "Lab:" not in driver.text
            await driver.press(key)
            assert "Lab:" in driver.text


# -- a monkey ---------------------------------------------------------------------------------

NAMED = "space home end left right up down tab shift+tab enter backspace delete ctrl+r f1 pageup"
KEYS = (*NAMED.split(" "), *"br,.[]eu0xcwlydmofig+-RnpvhHst12359.-/aé²?")
"""The keys of labs and lessons and a few that are none; esc and q come in on their own.

Those that write files or leave for another part of the app (S, L, O, E, P) have tests of their own.
"""

PASTES = ("5", "1/9", " \n", "nan", "1e999", "[0.1]\n7", "x" * 300, "\x00\x1b")
STEPS = (1, 3, 40)
TURNS, KEYS_AT_ONCE = 24, 10


class Monkey:
    """Presses keys at random, pastes, resizes, runs the lab, and looks at the screen."""

    def __init__(self, driver: Driver, seed: str) -> None:
        self.driver = driver
        self.random = random.Random(seed)
        self.log: list[str] = []

    async def play(self, size: tuple[int, int]) -> None:
        """One turn: some keys, and now and then something else."""
        driver, pick = self.driver, self.random
        keys = pick.choices(KEYS, k=KEYS_AT_ONCE)
        self.log.append(" ".join(keys))
        await driver.burst(*keys)
        what = pick.random()
        if what < 0.15:
            await self._escape()
        elif what < 0.25:
            await driver.paste(pick.choice(PASTES))
        elif what < 0.35:
            await driver.resize(pick.randint(20, 140), pick.randint(8, 40))
            await driver.burst(*pick.choices(KEYS, k=3))
            await driver.resize(*size)
        elif what < 0.6 and driver.shows(LessonScreen) and driver.pane.runner.running:
            await driver.run(pick.choice(STEPS))
        if driver.shows(ContentsScreen):
            await driver.press("enter")

    async def _escape(self) -> None:
        """esc, and in a panel q as well; elsewhere q ends the app, as it should."""
        panel = isinstance(self.driver.screen, Panel)
        await self.driver.press("q" if panel and self.random.random() < 0.5 else "escape")

    def look(self, size: tuple[int, int]) -> None:
        """The app lives and paints a whole screen."""
        assert self.driver.app.is_running, self.log
        assert self.driver.app._exception is None, self.log
        lines = self.driver.text.splitlines()
        assert len(lines) == size[1], self.log
        assert any(line.strip() for line in lines), self.log


@pytest.mark.parametrize("size", SIZES, ids=size_id)
@LABS
async def test_no_order_of_keys_brings_the_app_down(start, size):
    async with running(start, size) as driver:
        monkey = Monkey(driver, f"{start} {size}")
        for _ in range(TURNS):
            await monkey.play(size)
            monkey.look(size)

        while not driver.shows(ContentsScreen):
            await driver.press("escape")
        await driver.resize(*WIDE)
        monkey.look(WIDE)
        assert "Contents" in driver.text
