"""The runner: steps by number, by a pace on a clock of our own, and every way to stop it."""

from __future__ import annotations

import asyncio

import pytest

from tests.tui.driving import FORWARD
from tui import runner as module
from tui.app import DLTutor
from tui.labs.pane import LabPane
from tui.runner import AFTER_KEY, LONGEST_REST, SLICE, Runner, Step


class Steps:
    """Counts steps, and says there are no more after `last`."""

    def __init__(self, last: int | None = None) -> None:
        self.taken = 0
        self.ended = 0
        self.last = last
        self.faults: list[BaseException] = []

    def runner(self, step: Step | None = None, *, manual: bool = False) -> Runner:
        """A runner of these steps, or of `step`."""
        return Runner(step or self.step, self.end, self.faults.append, manual=manual)

    def step(self) -> bool:
        self.taken += 1
        return self.last is None or self.taken < self.last

    def end(self) -> None:
        self.ended += 1


class Clock:
    """A clock that only sleeping moves, in place of the real one and of asyncio.sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []
        self.end: float | None = None
        self.step_takes = 0.0

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
        await REAL_SLEEP(0)
        if self.end is not None and self.now >= self.end:
            await asyncio.Event().wait()  # time stands still until the runner is stopped


REAL_SLEEP = asyncio.sleep


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that the runner reads in this test."""
    clock = Clock()
    monkeypatch.setattr(module, "perf_counter", clock.read)
    monkeypatch.setattr(module.asyncio, "sleep", clock.sleep)
    return clock


async def turns(count: int) -> None:
    """Let the event loop go round so often."""
    for _ in range(count):
        await REAL_SLEEP(0)


# -- by number --------------------------------------------------------------------------------


def test_advance_takes_exactly_so_many_steps():
    steps = Steps()
    runner = steps.runner(manual=True)
    runner.start(None)

    assert runner.advance(7) == 7
    assert steps.taken == 7
    assert runner.running


def test_nothing_moves_before_start_or_after_stop():
    steps = Steps()
    runner = steps.runner(manual=True)

    assert runner.advance(3) == 0
    runner.start(None)
    runner.stop()
    assert runner.advance(3) == 0
    assert (steps.taken, steps.ended) == (0, 0)


def test_it_ends_when_there_is_no_further_step():
    steps = Steps(last=4)
    runner = steps.runner(manual=True)
    runner.start(2.0)
    runner.advance(10)

    assert steps.taken == 4
    assert steps.ended == 1
    assert not runner.running
    assert runner.advance(10) == 0


def test_it_can_be_started_again_after_its_end():
    steps = Steps(last=2)
    runner = steps.runner(manual=True)
    runner.start(None)
    runner.advance(5)
    steps.last = 5
    runner.start(None)
    runner.advance(5)

    assert (steps.taken, steps.ended) == (5, 2)


def test_a_step_can_stop_the_runner_without_ending_it():
    steps = Steps()

    def step() -> bool:
        steps.step()
        if steps.taken == 3:
            runner.stop()
        return True

    runner = steps.runner(step, manual=True)
    runner.start(None)
    runner.advance(10)

    assert steps.taken == 3
    assert steps.ended == 0
    assert not runner.running


# -- on the event loop ------------------------------------------------------------------------


async def test_it_gives_way_to_a_key_for_a_moment_but_not_where_no_clock_counts(clock):
    runner, by_hand = Steps().runner(), Steps().runner(manual=True)
    for one in (runner, by_hand):
        assert not one.gives_way
        one.give_way()
    assert (runner.gives_way, by_hand.gives_way) == (True, False)
    clock.now += AFTER_KEY
    assert not runner.gives_way


async def test_at_a_pace_it_takes_so_many_steps_a_second(clock):
    clock.end = 2.0
    steps = Steps()
    runner = steps.runner()
    runner.start(10.0)
    await turns(1000)
    runner.stop()

    assert steps.taken == pytest.approx(20, abs=1)
    assert max(clock.naps) <= LONGEST_REST


async def test_a_change_of_pace_is_felt_at_once(clock):
    clock.end = 1.0
    steps = Steps()
    runner = steps.runner()
    runner.start(0.5)
    await turns(10)
    assert steps.taken == 1
    left = clock.end - clock.now
    runner.start(100.0)
    await turns(1000)
    runner.stop()

    assert steps.taken == pytest.approx(1 + 100 * left, abs=3)


async def test_a_slow_machine_does_not_catch_up(clock):
    clock.end = 10.0
    steps = Steps()

    def slow() -> bool:
        clock.now += 0.5  # five times as long as there is
        return steps.step()

    runner = steps.runner(slow)
    runner.start(10.0)
    await turns(1000)
    at_the_end = steps.taken
    runner.stop()

    assert at_the_end == pytest.approx(20, abs=1)


async def test_pictures_do_not_slow_the_pace_down(clock):
    clock.end = 10.0
    steps = Steps()
    runner = steps.runner()
    runner.start(200.0)
    while clock.now < clock.end:
        before = clock.now
        while clock.now < before + 0.01:
            await turns(1)
        clock.now += 0.03  # a picture, 25 times a second
    runner.stop()

    assert steps.taken == pytest.approx(2000, rel=0.03)


async def test_without_a_pace_it_works_in_short_slices(clock):
    steps = Steps()

    def step() -> bool:
        clock.now += SLICE / 4
        return steps.step()

    runner = steps.runner(step)
    runner.start(None)
    await turns(1)
    assert steps.taken == 4
    runner.stop()
    await turns(3)
    assert steps.taken == 4
    assert set(clock.naps) <= {0}


async def test_it_runs_to_the_end_and_says_so_once(clock):
    steps = Steps(last=50)
    runner = steps.runner()
    runner.start(20.0)
    await turns(1000)

    assert (steps.taken, steps.ended, runner.running) == (50, 1, False)


async def test_starting_twice_runs_once(clock):
    clock.end = 1.0
    steps = Steps()
    runner = steps.runner()
    runner.start(10.0)
    runner.start(10.0)
    await turns(1000)
    runner.stop()

    assert steps.taken == pytest.approx(10, abs=1)


async def test_stopping_twice_is_the_same_as_once(clock):
    steps = Steps()
    runner = steps.runner()
    runner.stop()
    runner.start(10.0)
    await turns(2)
    runner.stop()
    runner.stop()
    taken = steps.taken
    await turns(20)

    assert steps.taken == taken
    assert not runner.running


@pytest.mark.parametrize("pace", [None, 50.0])
async def test_a_step_can_stop_the_runner_on_the_loop_as_well(clock, pace):
    steps = Steps()

    def step() -> bool:
        clock.now += SLICE / 2
        steps.step()
        if steps.taken == 3:
            runner.stop()
        return True

    runner = steps.runner(step)
    runner.start(pace)
    await turns(200)
    assert steps.taken == 3
    runner.start(pace)
    await turns(2)
    assert steps.taken > 3
    runner.stop()


async def test_stop_and_start_in_one_breath_leaves_one_task(clock):
    clock.end = 1.0
    steps = Steps()
    runner = steps.runner()
    for _ in range(5):
        runner.start(10.0)
        runner.stop()
    runner.start(10.0)
    await turns(1000)
    runner.stop()

    assert steps.taken == pytest.approx(10, abs=1)


async def test_the_real_clock_moves_it_too():
    steps = Steps(last=5)
    runner = steps.runner()
    runner.start(500.0)
    async with asyncio.timeout(10):
        while runner.running:
            await asyncio.sleep(0.001)

    assert (steps.taken, steps.ended) == (5, 1)


# -- a fault in a step ------------------------------------------------------------------------


async def test_a_fault_in_a_step_stops_the_run_and_is_handed_on(clock):
    steps = Steps()
    fault = ZeroDivisionError("in the lab")

    def step() -> bool:
        if steps.taken == 2:
            raise fault
        return steps.step()

    runner = steps.runner(step)
    runner.start(10.0)
    await turns(100)

    assert steps.faults == [fault]
    assert (steps.taken, steps.ended, runner.running) == (2, 0, False)


async def run_a_broken_lab(app: DLTutor) -> None:
    """Run a lab whose step fails, and wait until the app has noticed."""

    def step() -> None:
        raise ZeroDivisionError("in the lab")

    async with app.run_test(size=(120, 32)) as pilot:
        await pilot.pause()
        app.screen.query_one(LabPane).lab.step = step  # type: ignore[method-assign]
        await pilot.press("r")
        async with asyncio.timeout(10):
            await app._exception_event.wait()


async def test_a_fault_in_a_running_lab_is_a_fault_of_the_app():
    with pytest.raises(ZeroDivisionError, match="in the lab"):
        await run_a_broken_lab(DLTutor(start=FORWARD))
