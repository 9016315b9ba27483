"""Where a page wants the batches lab to be, and what of it is hidden there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lessons.labs.base import Scene
from lessons.labs.batches.problem import Range, Weights
from lessons.labs.batches.run import Settings

Beside = Literal["nothing", "all rows", "another order"]
BESIDE: tuple[Beside, ...] = ("nothing", "all rows", "another order")


@dataclass(frozen=True)
class BatchesScene(Scene):
    """Rows to learn from, the settings, and how many updates are taken when the page opens."""

    inputs: tuple[Weights, ...] = ()
    targets: tuple[float, ...] = ()
    weights: Weights = ()
    size: int = 4
    """Rows in a batch; 0: all."""
    rate: float = 0.1
    shuffle: bool = True
    beside: Beside = "nothing"
    """What runs on a second map, from the same start."""
    updates: int = 0
    pace: float = 4.0
    x_range: Range = (-3.0, 4.0)
    y_range: Range = (-2.0, 5.0)
    tag: str = ""
    """Names in `conceal` begin with it and a colon, so that they are of this scene only:
    ``four:slope 0 1`` (of the batch with rows 0 and 1), ``two:slope`` (every slope),
    ``two:loss`` (of all rows, once a weight has moved), ``rows:per epoch``."""

    def settings(self, seed: int) -> Settings:
        """The settings that the page opens with."""
        return Settings(self.size, self.rate, seed, self.shuffle)


class Veil:
    """Which numbers are not to be seen yet, of a scene and the names that are hidden now."""

    def __init__(self, scene: BatchesScene, names: tuple[str, ...]) -> None:
        own = f"{scene.tag}:"
        self._names = {name.removeprefix(own) for name in names if name.startswith(own)}

    def slope(self, rows: Sequence[int]) -> bool:
        """Whether the mean slope over these rows is hidden."""
        return bool({"slope", f"slope {' '.join(map(str, sorted(rows)))}"} & self._names)

    @property
    def terms(self) -> bool:
        """Whether the slopes of single rows are hidden."""
        return "slope" in self._names

    @property
    def loss(self) -> bool:
        """Whether the loss over all rows is hidden."""
        return "loss" in self._names

    @property
    def per_epoch(self) -> bool:
        """Whether it is hidden how many updates make an epoch."""
        return "per epoch" in self._names
