"""Where a page wants the activation lab to be, and all that moves in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from lessons.labs.activation.network import Side
from lessons.labs.base import Scene
from lessons.labs.forward.network import Matrix

View = Literal["curves", "network"]
VIEWS: tuple[View, ...] = get_args(View)

STRIDE, RIGHT = 0.5, 6.0
"""How far one step slides, and where sliding ends."""


@dataclass(frozen=True)
class ActivationScene(Scene):
    """What is shown, one activation with a place on it, and a network for the comparison."""

    shows: View = "curves"
    activation: str = "linear"
    z: float = -3.0
    stride: float = STRIDE
    right: float = RIGHT
    inputs: tuple[float, ...] = (2.0, 3.0)
    weights: tuple[Matrix, ...] = (((1.0, 1.0), (-1.0, 1.0)), ((2.0, -1.0),))
    computed: int = 0
    """Activations with which the network is computed already when the page opens."""
    slopes: bool = True
    """Whether the slope is seen beside the value, once the lesson has said what it is."""
    case: str = ""
    """Names what is hidden for this network alone: ``output relu@second``."""


@dataclass
class Place:
    """How far one of the two views has come."""

    position: int = 0
    farthest: int = 0

    def move(self, position: int) -> None:
        self.position = position
        self.farthest = max(self.farthest, position)


@dataclass
class State:
    """All that moves."""

    shows: View
    activation: str
    start: float
    side: Side
    places: dict[View, Place] = field(default_factory=lambda: {view: Place() for view in VIEWS})

    def copy(self) -> State:
        places = {v: Place(p.position, p.farthest) for v, p in self.places.items()}
        return State(self.shows, self.activation, self.start, self.side, places)
