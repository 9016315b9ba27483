"""What a learner can read off the race lab."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.labs.race.lab import RaceLab

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def shown(lab: RaceLab) -> Iterator[str]:
    """The numbers of the table, the ends of the curves, the counts and the explanations."""
    view = lab.snapshot()
    for row in view.rows:
        yield from (repr(value) for value in row.values if value is not None)
    for lane in view.lanes:
        yield from map(repr, lane.curve[1][-1:].tolist())
        if lane.dead is not None:
            yield str(sum(lane.dead))
    for name in lab.explainable():
        yield from NUMBER.findall(lab.explain(name).filled.partition(" = ")[0])
        yield from NUMBER.findall(lab.explain(name).filled.rpartition("loss = ")[2])
