"""How a playground moves: by batches or epochs, to the place of a code, up to where it ends."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from lessons.labs.base import Refused
from lessons.labs.live import RunLab
from lessons.labs.playground.arrival import Arrival
from lessons.labs.playground.goal import Finish
from lessons.labs.playground.run import PlayRun

STRIDES = ("batch", "epoch")
AGAIN = 20
"""Steps that are taken at once on the way to the place of a code."""
ARRIVED = "This is the state that the code names. space goes on from here."


class MovingLab(RunLab):
    """Takes the steps of a PlayRun. Positions are batches."""

    run: PlayRun
    stride: str = STRIDES[0]
    """What one press of space takes."""
    _arrival: Arrival | None = None
    _finish: Finish | None = None
    """Where it ends by itself; None where it goes on until it is paused."""

    @property
    def step_name(self) -> str:  # type: ignore[override]
        """What one press of space does."""
        return self.stride

    @property
    def arriving(self) -> int:
        """Steps that are still to be taken again to where the code of the scene says."""
        return self._arrival.left if self._arrival is not None else 0

    def step(self) -> None:
        self.run.finish()  # what a tick has begun may have been the last of it
        on_the_way = bool(self.arriving)
        for _ in range(self._steps_in_one()):
            self._take(self._next)
        if on_the_way and not self.arriving:
            self.said = ARRIVED
            raise Refused(ARRIVED)

    def _take(self, forward: Callable[[], object]) -> None:
        if self._finish is not None:
            self._end_with(self._finish.begin())
        begun = perf_counter()
        try:
            super()._take(forward)
        finally:
            self.run.seconds += perf_counter() - begun
        if self._finish is not None:
            self._end_with(self._finish.look())

    def _end_with(self, words: str) -> None:
        """Raises Refused where there are words for an end."""
        if words:
            self.said = words
            raise Refused(words)

    def settle(self) -> None:
        super().settle()
        if self._finish is not None and (words := self._finish.begin()):
            self.said = words

    def tick(self) -> None:
        if self.stride == "batch" and not self.arriving:
            super().tick()
        else:
            self.step()

    def _next(self) -> None:
        """One step, or some of those that lead to the place of a code. Raises Diverged."""
        if self.arriving and self._arrival is not None:
            self._arrival.go_on(AGAIN)
        else:
            self._arrival = None
            self.run.forward()

    def _steps_in_one(self) -> int:
        if self.stride == "batch" or self.arriving:
            return 1
        return self.run.steps_per_epoch - self.run.trainer.batch_in_epoch

    def back(self) -> None:
        if self.position and self.stride == "epoch":
            per_epoch = self.run.steps_per_epoch
            self.go((self.position - 1) // per_epoch * per_epoch)
        else:
            super().back()

    def go(self, position: int) -> None:
        self._arrival = None
        super().go(position)
