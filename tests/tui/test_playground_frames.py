"""Pictures of a running playground: what may be late in them, and that it is right in the end."""

from __future__ import annotations

import pytest

from tests.tui.driving import nothing_to_do
from tests.tui.test_playground import Player, playing
from tui.labs import pane as module
from tui.labs.pane import AFTER_KEY, HURRY
from tui.runner import Runner
from tui.widgets.plot import Figure, Plot


class Clock:
    """A clock that only the test moves, in place of the one that the pane reads."""

    now = 100.0

    def read(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "perf_counter", clock.read)
    return clock


def curves(player: Player) -> Figure:
    return player.play.query_one("#curves", Plot).figure


def epochs(player: Player) -> int:
    """How many epochs the curve of the training loss has."""
    shown = {curve.label: curve for curve in curves(player).curves}
    return len(shown["training"].x)


async def frames(player: Player, clock: Clock, *, epochs: int, seconds: float) -> None:
    """A picture after so many epochs, as the clock of the pane would ask for it."""
    clock.now += seconds
    player.pane.runner.advance(epochs * player.lab.run.steps_per_epoch)
    player.pane._frame()
    await player.settle()


async def test_beside_the_network_curves_are_drawn_now_and_then_and_right_when_it_stands(clock):
    async with playing() as player:
        await player.press("r")
        await frames(player, clock, epochs=2, seconds=HURRY)
        assert epochs(player) == 2
        await frames(player, clock, epochs=1, seconds=HURRY / 3)
        assert epochs(player) == 2
        assert f"step {player.lab.position:,}" in player.text
        await player.press("]")
        assert epochs(player) == 2
        await frames(player, clock, epochs=1, seconds=HURRY)
        assert epochs(player) == 4
        await frames(player, clock, epochs=1, seconds=HURRY / 3)
        await player.press("r")
        assert epochs(player) == 5


async def test_curves_are_not_late_where_they_are_all_there_is(clock):
    async with playing(shows="curves") as player:
        await player.press("r")
        for at in range(1, 4):
            await frames(player, clock, epochs=1, seconds=HURRY / 10)
            assert epochs(player) == at


async def test_what_is_not_a_further_point_of_a_curve_is_not_late(clock):
    async with playing() as player:
        await player.press("r")
        await frames(player, clock, epochs=1, seconds=AFTER_KEY)
        await player.press("a", "r")
        await frames(player, clock, epochs=1, seconds=0)
        assert "test before" in player.text


async def test_behind_a_panel_it_shows_where_it_stands(clock):
    async with playing() as player:
        await player.press("r")
        await frames(player, clock, epochs=1, seconds=HURRY)
        clock.now += HURRY / 3
        player.pane.runner.advance(player.lab.run.steps_per_epoch)
        await player.press("?")
        assert not player.pane.runner.running
        player.pane._frame()
        assert epochs(player) == 2
        await player.press("escape")
        assert f"step {player.lab.position:,}" in player.text


async def test_a_picture_does_not_have_everything_around_it_painted_again(clock):
    async with playing() as player:
        await player.press("r")
        player.pane.runner.advance(20)
        player.pane._exchange_repaint_regions()  # what is left from opening it
        player.pane._frame()
        await nothing_to_do()
        assert not player.pane._repaint_regions


async def test_a_key_does_not_wait_for_a_picture_that_it_makes_out_of_date(clock, monkeypatch):
    async with playing() as player:
        await player.press("r")
        await frames(player, clock, epochs=1, seconds=1)
        before = player.text
        with monkeypatch.context() as patched:
            patched.setattr(Runner, "gives_way", True)
            await frames(player, clock, epochs=1, seconds=1)
            assert player.text == before
        await frames(player, clock, epochs=0, seconds=0)
        assert player.text != before
