"""Runs a lab by itself on the event loop: slices of about a millisecond, one after the other.

A key passes through ten to twenty turns of the event loop before its effect is painted, and each
turn waits for one slice; so slices are short. There is no thread and no lock: running is nothing
but `step` called over and over, which is why step, run, pause and back cannot disagree.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf
from time import perf_counter

SLICE = 0.001
"""Seconds of steps between two turns of the event loop."""

LONGEST_REST = 0.02
"""Seconds to sleep at most while no step is due, so that a change of pace is felt at once."""

MADE_UP_FOR = 0.1
"""Seconds of steps that are late and still taken, two pictures' worth: later is late for good."""

AFTER_KEY = 0.03
"""Seconds without steps after a key, so that it is answered as quickly as when nothing runs."""

Step = Callable[[], bool]
"""Takes one step; False when there is no further one."""


class Runner:
    """Calls `step` at a pace until it returns False or `stop` is called.

    `on_end` is called when the steps ran out, `on_fault` with the exception of a step that raised
    one. With `manual` nothing moves by the clock: `advance` takes a stated number of steps, which
    is what the tests use.
    """

    def __init__(
        self,
        step: Step,
        on_end: Callable[[], None],
        on_fault: Callable[[BaseException], None],
        *,
        manual: bool = False,
    ) -> None:
        self._step = step
        self._on_end = on_end
        self._on_fault = on_fault
        self._manual = manual
        self._task: asyncio.Task[None] | None = None
        self._rest_until = 0.0
        self.pace: float | None = None
        self.running = False

    def start(self, pace: float | None) -> None:
        """Run at `pace` steps a second; None is as fast as they can be computed."""
        self.pace = pace
        if self.running:
            return
        self.running = True
        if not self._manual:
            self._task = asyncio.get_running_loop().create_task(self._run())
            self._task.add_done_callback(self._finished)

    def stop(self) -> None:
        """Stop before the next step."""
        self.running = False
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def give_way(self) -> None:
        """A key has come: no steps until its effect is painted."""
        if not self._manual:
            self._rest_until = perf_counter() + AFTER_KEY

    @property
    def gives_way(self) -> bool:
        """Whether a key has just come, so that there are no steps now."""
        return perf_counter() < self._rest_until

    def advance(self, steps: int) -> int:
        """Take up to `steps` steps now; how many of them had a next one."""
        for taken in range(steps):
            if not self.running:
                return taken
            if not self._step():
                self._end()
                return taken
        return steps

    async def _run(self) -> None:
        last, pace = -inf, None
        while self.running:
            now = perf_counter()
            if now < self._rest_until:
                await asyncio.sleep(self._rest_until - now)
                continue
            if self.pace is None:
                self._slice(now)
                last = perf_counter()
                await asyncio.sleep(0)
                continue
            if self.pace != pace:  # nothing is late by a pace that was not yet asked for
                pace, last = self.pace, max(last, now - 1 / self.pace)
            due = last + 1 / pace
            if now >= due:
                # What a picture took is made up for; a slow machine must not run on after a pause.
                last = max(due, now - max(1 / pace, MADE_UP_FOR))
                self.advance(1)
                await asyncio.sleep(0)
            else:
                await asyncio.sleep(min(due - now, LONGEST_REST))

    def _slice(self, begun: float) -> None:
        while self.running:
            self.advance(1)
            if perf_counter() - begun >= SLICE:
                return

    def _finished(self, task: asyncio.Task[None]) -> None:
        """Hand a fault on: nobody waits for the task, and there it would be lost."""
        if not task.cancelled() and (fault := task.exception()) is not None:
            self.stop()
            self._on_fault(fault)

    def _end(self) -> None:
        self.running = False
        self._task = None
        self._on_end()
