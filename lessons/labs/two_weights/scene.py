"""Where a page wants the two-weights lab to be, and what of it is hidden there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from engine import Diverged
from lessons.labs.base import Scene
from lessons.labs.two_weights.path import Path
from lessons.labs.two_weights.state import Shows
from lessons.labs.two_weights.surface import Data, Surface, Weights
from lessons.labs.two_weights.words import hidden_with

LINES = ("prediction", "error", "squared error")
FEET = ("mean error", "loss")
ALL = ("weights", "prediction", "error", "squared error", "mean error", "loss", "slopes")


@dataclass(frozen=True)
class TwoWeightsScene(Scene):
    """A network whose two last weights are to be turned, and what is to be seen of it."""

    rows: tuple[tuple[float, float], ...] = ((2.0, 3.0),)
    targets: tuple[float, ...] = (13.0,)
    hidden: tuple[tuple[tuple[float, ...], ...], ...] = ()
    activation: str = "linear"
    weights: Weights = (2.0, -1.0)
    shows: Shows = "map"
    tag: str = ""
    """Names in `conceal` begin with it and a colon, so that they are of this scene only:
    ``three:loss``, ``path:error@1`` (the error after one update), ``one:error@0`` (of row 0)."""
    by_line: bool = False
    """True: space computes the table, one number at a time. False: the weights move."""
    squares: bool = True
    """True: squared errors and their mean belong to the table."""
    lines: int = 0
    """Numbers of the table that are computed when the page opens; -1: all."""
    rate: float = 0.0
    """Learning rate; 0: no gradient descent, the weights are turned by hand."""
    pace: float = 4.0
    updates: int = 0
    """Updates that are already taken when the page opens."""
    x_range: Weights = (-2.0, 6.0)
    y_range: Weights = (-2.0, 6.0)
    nudge: float = 0.5

    @property
    def data(self) -> Data:
        """The rows and what stands before the two weights."""
        return Data(self.rows, self.targets, self.hidden, self.activation)

    @cached_property
    def plan(self) -> tuple[tuple[int, str], ...]:
        """The numbers of the table in the order of their computation, as (row, name)."""
        names = LINES if self.squares else LINES[:2]
        if self.shows == "network" and self.hidden:
            names = (*(f"node {node}" for node in range(len(self.hidden[-1]))), *names)
        cells = [(row, name) for row in range(len(self.rows)) for name in names]
        feet = [(-1, name) for name in FEET] if self.squares and len(self.rows) > 1 else []
        return (*cells, *feet)


def shown_of_place(scene: TwoWeightsScene) -> list[str]:
    """What is explained of a place: the rows' predictions and errors, then the loss."""
    rows = range(len(scene.rows))
    names = [title_of(row, name, scene) for row in rows for name in ("prediction", "error")]
    return [*names, "loss"]


def title_of(row: int, name: str, scene: TwoWeightsScene) -> str:
    """The name of a number, with its row where there are several."""
    return f"{name} of row {row}" if row >= 0 and len(scene.rows) > 1 else name


class Veil:
    """Which numbers are not to be seen yet, of a scene and the names that are hidden now."""

    def __init__(self, scene: TwoWeightsScene, names: tuple[str, ...], surface: Surface) -> None:
        self._scene = scene
        mine = [name.removeprefix(f"{scene.tag}:") for name in names if self._is_mine(name)]
        split = [name.partition("@") for name in mine]
        self._asked = [(name, int(at) if at else -1) for name, _, at in split]
        # With other targets nobody has asked for anything.
        self._applies = bool(mine) and surface.data.targets == scene.targets
        self._places = self._asked_places(surface) if self._applies and not scene.by_line else ()

    def _is_mine(self, name: str) -> bool:
        return name.partition(":")[0] == self._scene.tag

    @property
    def anything(self) -> bool:
        """Whether anything of this scene is hidden."""
        return self._applies

    def of_cell(self, row: int, weights: Weights) -> frozenset[str]:
        """Names hidden in a row of the table; row -1 is what stands below the rows."""
        if not self._applies or weights != self._scene.weights:
            return frozenset()
        return hidden_with([name for name, at in self._asked if at in (row, -1)])

    def of_place(self, path: Path, step: int) -> frozenset[str]:
        """Names hidden of the place at `step`."""
        if not self._applies:
            return frozenset()
        first = path.chain_start(step)
        # Weights that an update led to are hidden with the slopes it was made of.
        for before in range(first, min(step, first + len(self._places))):
            if "new weights" in self._here(path.at(before)):
                return hidden_with(ALL)
        return self._here(path.at(step))

    def _here(self, weights: Weights) -> frozenset[str]:
        names = []
        for step, place in enumerate(self._places):
            if all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip(weights, place, strict=True)):
                names += [name for name, at in self._asked if at == step]
                if any(at < step for _, at in self._asked):
                    names += ALL
        return hidden_with(names)

    def _asked_places(self, surface: Surface) -> tuple[Weights, ...]:
        """The places that are asked about: the scene's start and some updates from there."""
        places = [self._scene.weights]
        try:
            for _ in range(max(at for _, at in self._asked)):
                places.append(surface.descend(places[-1], self._scene.rate).weights)
        except Diverged:
            pass
        return tuple(places)
