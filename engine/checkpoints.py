"""Checkpoints: kept states of a training, thinned so that they fit in a fixed memory.

They are close together around the present and the end, where one step back or on has to be quick,
and evenly sparse elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort

import numpy as np

from engine.training import TrainerState

#: steps between checkpoints where they are closest
CLOSEST = 32
#: however small the network, more checkpoints than this gain nothing
MOST = 1024


class Checkpoints:
    """States by step, the first of which is never dropped.

    Args:
        first: the state at the beginning of the history.
        memory: bytes that all states together may take.

    Raises:
        ValueError: the memory cannot hold three states.
    """

    def __init__(self, first: TrainerState, memory: int) -> None:
        self.most = min(MOST, memory // first.nbytes)
        if self.most < 3:
            raise ValueError(
                f"A checkpoint of this model takes {first.nbytes:,} bytes and a timeline needs "
                f"room for three, but memory is {memory:,} bytes."
            )
        self._states = {first.step: first}
        self._steps = [first.step]

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps of the kept states, in order."""
        return tuple(self._steps)

    @property
    def nbytes(self) -> int:
        """The memory in use."""
        return sum(state.nbytes for state in self._states.values())

    def __getitem__(self, step: int) -> TrainerState:
        return self._states[step]

    def last_before(self, step: int) -> int:
        """The last kept step that is smaller than `step`, which must not be the first."""
        return self._steps[bisect_left(self._steps, step) - 1]

    def is_due(self, step: int, target: int) -> bool:
        """Whether a state at `step` should be kept on the way to `target`."""
        since = step - self._steps[bisect_right(self._steps, step) - 1]
        return since >= _spacing(target - step)

    def keep(self, state: TrainerState, *, present: int, end: int) -> None:
        """Keep this state, and drop the least useful one when there is no room."""
        if state.step in self._states:
            return
        if len(self._steps) >= self.most:
            self._drop_one(present, end)
        self._states[state.step] = state
        insort(self._steps, state.step)

    def forget_beyond(self, step: int) -> None:
        """Drop all states after that step."""
        while self._steps[-1] > step:
            del self._states[self._steps.pop()]

    def gaps_behind(self, step: int, reach: int) -> list[tuple[int, int]]:
        """The stretches (left, right) behind `step` that are too wide to be replayed at once.

        The nearest comes first; those that begin more than `reach` steps behind are left out.
        """
        gaps = []
        right = step
        for left in reversed(self._steps[: bisect_left(self._steps, step)]):
            if step - right > reach:
                break
            if right - left > 2 * _spacing(step - right):
                gaps.append((left, right))
            right = left
        return gaps

    def _drop_one(self, present: int, end: int) -> None:
        """Drop the state that is closest to its neighbours, for where it stands."""
        steps = np.array(self._steps)
        distance = np.minimum(np.abs(present - steps), end - steps)
        even = max(CLOSEST, 2 * (end - int(steps[0])) // self.most)
        wanted = np.clip(distance // 8, CLOSEST, even)
        after = np.append(steps[2:], max(end, int(steps[-1]) + 1))
        crowding = (after - steps[:-1]) / wanted[1:]
        victim = int(steps[1 + int(np.argmin(crowding))])
        self._steps.remove(victim)
        del self._states[victim]


def _spacing(distance: int) -> int:
    """How many steps apart states should be at that distance from the present."""
    return max(CLOSEST, distance // 8)
