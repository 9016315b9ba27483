"""The way to the place that a code names: the same steps again, with the same changes on it."""

from __future__ import annotations

from lessons.labs.base import Refused
from lessons.labs.playground.run import PlayRun
from lessons.labs.playground.share import Change, Shared


class Arrival:
    """Takes a new run to where a shared state stands, a few steps at a time."""

    def __init__(self, run: PlayRun, shared: Shared) -> None:
        self._run = run
        self._changes = list(shared.changes)
        self._target = shared.step
        self._change_here()

    @property
    def left(self) -> int:
        """Steps that are still to be taken."""
        return max(self._target - self._run.position, 0)

    def go_on(self, steps: int) -> None:
        """Take up to so many steps of the way. Raises Diverged, and Refused for a bad change."""
        for _ in range(min(steps, self.left)):
            self._run.forward()
            self._change_here()

    def _change_here(self) -> None:
        while self._changes and self._changes[0].step <= self._run.position:
            self._change(self._changes.pop(0))

    def _change(self, change: Change) -> None:
        run = self._run
        try:
            if change.rate is not None:
                run.set_rate(change.rate)
            for place, value in change.values:
                run.set_weight(place, value)
            if change.frozen is not None:
                run.freeze(frozenset(change.frozen))
        except (ValueError, TypeError):
            self._target = run.position
            raise Refused(
                "The code changes a weight that this network has not: it ends here."
            ) from None
