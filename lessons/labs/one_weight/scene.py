"""Where a page wants the one-weight lab to be."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Scene


@dataclass(frozen=True)
class OneWeightScene(Scene):
    """One row of data, a starting weight and a learning rate.

    Names in `conceal` read ``slope@0``; with ``fast:`` before them they hide only where the
    scene's `place` is called fast.
    """

    input: float = 3.0
    weight: float = 2.0
    target: float = 10.0
    rate: float = 0.01
    pace: float = 4.0
    by_factor: bool = False
    """True: space computes one line at a time. False: a whole update."""
    updates: int = 0
    """Updates that are already taken when the page opens."""
    lines: int = 0
    """Lines that are already computed then, when going by factor."""
    place: str = ""
    only_steps: bool = False
    """True: of an update its new weight is told, not what its slope is made of."""
