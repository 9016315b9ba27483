"""Checkpoints: kept states of a training, as many as fit in a fixed memory.

Two kinds. The even ones cover the whole history, their gaps growing with it. The near ones lie
around the present, closer together the closer to it, so that steps back one by one are quick.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from copy import copy

import numpy as np

from engine.training_state import TrainerState

#: steps between checkpoints where they are closest
CLOSEST = 32
#: however small the network, more checkpoints than this gain nothing
MOST = 2048
#: how many of them are near ones: enough for gaps that double for every doubling of the distance
NEAR = 24
#: new even gaps are this many times the mean one, and later the two smallest neighbours are made
#: one. So no gap is ever wider than this, which is the best known without moving checkpoints
#: (Bringmann, Doerr, Neumann & Sliacan 2013, Online Checkpointing, algorithm Binary).
WIDEST = math.log(4)
#: they lie on multiples of this, so that a step seldom has to find out whether one is due
GRID = 16
#: a gap that ends at most this far behind the present is being filled while going back
REACH = 512


class Checkpoints:
    """States by step, the first of which is never dropped.

    Args:
        first: the state at the beginning of the history.
        memory: bytes that all states together may take: enough for three of them.

    Attributes:
        most: how many states there may be.
    """

    def __init__(self, first: TrainerState, memory: int) -> None:
        self._set_room(memory // first.nbytes)
        self._states = {first.step: first}
        self._steps = [first.step]
        self._even = [first.step]
        self._near: list[int] = []

    def _set_room(self, most: int) -> None:
        self.most = min(MOST, most)
        self._near_room = min(NEAR, self.most // 2)
        self._even_room = self.most - self._near_room

    def copy(self) -> Checkpoints:
        """The same states, in a collection of its own."""
        other = copy(self)
        other._states, other._steps = dict(self._states), list(self._steps)
        other._even, other._near = list(self._even), list(self._near)
        return other

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

    def last_before(self, step: int) -> TrainerState:
        """The last kept state before `step`, which must not be the first step."""
        return self._states[self._steps[bisect_left(self._steps, step) - 1]]

    def is_due(self, step: int, target: int) -> bool:
        """Whether a state at `step` should be kept on the way to `target`."""
        since = step - self._steps[bisect_right(self._steps, step) - 1]
        return since >= self._spacing(target - step)

    def keep(self, state: TrainerState, *, present: int, end: int) -> None:
        """Keep this state, and drop the least useful one when there is no room."""
        step = state.step
        if step in self._states:
            return
        self._states[step] = state
        insort(self._steps, step)
        if self._is_missing_in_even(step, end):
            insort(self._even, step)
        else:
            self._near.append(step)
        if len(self._even) > self._even_room:
            self._near.append(self._pop_even())
        if len(self._near) > self._near_room:
            self._drop(min(self._near, key=lambda near: self._use(near, present, end)))

    def resize(self, memory: int) -> None:
        """Take no more than this memory from here on: enough for three states."""
        self._set_room(memory // self._states[self._even[0]].nbytes)
        while len(self._even) > self._even_room:
            self._near.append(self._pop_even())
        while len(self._near) > self._near_room:
            self._drop(self._near[0])

    def _pop_even(self) -> int:
        """Make one of two neighbouring gaps where that is smallest; the step between them."""
        even = np.array(self._even)
        return self._even.pop(1 + int(np.argmin(even[2:] - even[:-2])))

    def forget_beyond(self, step: int) -> None:
        """Drop all states after that step."""
        while self._steps[-1] > step:
            del self._states[self._steps.pop()]
        self._even = self._even[: bisect_right(self._even, step)]
        self._near = [near for near in self._near if near <= step]

    def wide_gap_behind(self, step: int, reach: int) -> tuple[int, int] | None:
        """The nearest stretch (left, right) behind `step` that is too wide for where it is.

        None when there is none, or when it ends more than `reach` steps behind.
        """
        right = step
        for index in reversed(range(bisect_left(self._steps, step))):
            if step - right > reach:
                return None
            left = self._steps[index]
            if right - left > 2 * self._spacing(step - right):
                return left, right
            right = left
        return None

    def _spacing(self, distance: int) -> int:
        """How many steps apart near states should be at that distance from the present."""
        return max(CLOSEST, distance // max(1, self._near_room // 6))

    def _is_missing_in_even(self, step: int, end: int) -> bool:
        """Whether a state at `step` makes the even ones more even."""
        wanted = max(CLOSEST, WIDEST * (end - self._even[0]) / self._even_room)
        index = bisect_right(self._even, step)
        if step - self._even[index - 1] < wanted:
            return False
        return index == len(self._even) or 2 * (self._even[index] - step) >= wanted

    def _use(self, near: int, present: int, end: int) -> float:
        """How useful a near state is: the gap there would be without it, for where it stands."""
        index = bisect_left(self._steps, near)
        last = index + 1 == len(self._steps)
        gap = (end + 1 if last else self._steps[index + 1]) - self._steps[index - 1]
        if near > present and end - near > 2 * CLOSEST:
            return gap / self._spacing(4 * (near - present))  # going on needs no checkpoint
        return gap / self._spacing(min(abs(present - near), end - near))

    def _drop(self, near: int) -> None:
        self._near.remove(near)
        del self._steps[bisect_left(self._steps, near)]
        del self._states[near]
