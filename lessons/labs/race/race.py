"""All lanes together, always at the same batch; who has fallen waits where it fell."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from lessons.labs.race.lane import HISTORY, PUT_AWAY, Lane, on_one_weight, on_problem
from lessons.labs.race.setup import ONE_WEIGHT, Settings
from lessons.learning.problem import Problem


class Race:
    """The lanes of some settings, from the same weights and through the same batches."""

    def __init__(self, track: str, problem: Problem, settings: Settings) -> None:
        self.settings = settings
        if track == ONE_WEIGHT:
            lanes = [on_one_weight(entry) for entry in settings.lanes]
        else:
            lanes = [
                on_problem(problem, settings.lanes, place, settings.scaling, settings.seed)
                for place in range(len(settings.lanes))
            ]
        self.lanes: tuple[Lane, ...] = tuple(lanes)
        self.position = 0

    @property
    def end(self) -> int:
        """The farthest batch that a lane has taken."""
        return max(lane.end for lane in self.lanes)

    @property
    def per_epoch(self) -> int:
        """Batches in an epoch."""
        return self.lanes[0].timeline.trainer.steps_per_epoch

    @property
    def over(self) -> bool:
        """Whether no lane can go on."""
        return all(lane.fallen for lane in self.lanes)

    def forward(self) -> tuple[Lane, ...]:
        """One batch on, in every lane that can; the lanes that fell on it."""
        standing = [lane for lane in self.lanes if not lane.fallen]
        moved = [lane for lane in standing if lane.forward()]
        if moved:
            self.position += 1
        return tuple(lane for lane in standing if lane not in moved)

    def go(self, position: int) -> None:
        """Every lane to that batch; one that was left behind catches up."""
        self.position = min(max(position, 0), self.end)
        for lane in self.lanes:
            lane.go(self.position)
            while lane.position < self.position and lane.forward():
                pass

    def without_last(self) -> Race:
        """The same race, with one lane less."""
        fewer = copy(self)
        fewer.settings = replace(self.settings, lanes=self.settings.lanes[:-1])
        fewer.lanes = self.lanes[:-1]
        fewer.go(self.position)
        return fewer

    def put_away(self) -> None:
        """Take little memory until it is taken up again."""
        for lane in self.lanes:
            lane.timeline.use_memory(PUT_AWAY)

    def take_up(self) -> None:
        """Take as much memory again as at first."""
        for lane in self.lanes:
            lane.timeline.use_memory(HISTORY)
