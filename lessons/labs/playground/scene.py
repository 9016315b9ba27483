"""Where a playground opens."""

from __future__ import annotations

from dataclasses import dataclass, field

from lessons.labs.parts import Scene
from lessons.labs.playground.goal import Goal
from lessons.labs.playground.play import Play
from lessons.labs.playground.share import Shared
from lessons.labs.playground.state import PANELS
from lessons.tables.problem import OwnProblem


@dataclass(frozen=True)
class PlayScene(Scene):
    """A playground to open, the changes made on the way, and where it stands."""

    shared: Shared = field(default_factory=lambda: Shared(Play()))
    shows: str = PANELS[0]
    own: OwnProblem | None = None
    """A table of the learner's own, which is then one of the data sets."""
    goal: Goal = field(default_factory=Goal)
    """Where a training on that table ends."""
    exhibit: str = ""
    """The id of the scene of the gallery that it is from."""
