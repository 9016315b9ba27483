"""The questions of 3.3 with the numbers of its pages."""

from __future__ import annotations

from dataclasses import replace

from lessons.building.classification import asked, fresh
from lessons.datasets import shots
from lessons.labs.classify.softmax import Scores
from lessons.spec import Check, Slip

SCORES = Scores((2.0, 1.0, 0.1), 0.0)
SHIFTED = replace(SCORES, added=100.0)
NOT_KNOWING = 0.5
SAME = (0.9, 0.51)
"""What the true classes of two rows were given, both of them right."""
FEWER, FEWER_DIED = 891, 549
"""The passengers that are often used, and how many of those died."""


def questions() -> dict[str, Check]:
    """Every question by the id of its page."""
    first, second = shots.EXAMPLES.column(shots.TARGET)[:2]
    of_all = asked.base_rate("titanic", 0)
    fewer = Slip(
        answer=lambda: 100 * FEWER_DIED / FEWER,
        says=f"That is the rate of only {FEWER} passengers. Count all of them.",
    )
    return {
        "one-hot": replace(asked.one_hot((int(first), int(second))), variant=fresh.one_hot),
        "softmax": replace(asked.softmax(SCORES), variant=fresh.softmax),
        "shift": replace(asked.shift(SHIFTED), variant=fresh.shift),
        "loss": replace(asked.loss(NOT_KNOWING), variant=fresh.loss),
        "same": replace(asked.same(SAME), variant=fresh.same),
        "base-rate": replace(of_all, slips=(*of_all.slips, fewer), variant=fresh.base_rate),
    }
