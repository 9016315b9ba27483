"""What the maps lab is given and what the learner decides: the scene, and the settings."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.datasets import plane
from lessons.labs.base import Field, Scene
from lessons.numbers import exact

ACTIVATIONS = ("tanh", "relu", "sigmoid", "linear")
RATES = (0.0001, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
MOST_NODES = 8
"""In a hidden layer: more maps than that could not be told apart on a small terminal."""
NONE = "none"
HIGHEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class MapsScene(Scene):
    """A data set, a network for it, and how many epochs it has learned when the page opens."""

    data: str = "ring"
    hidden: tuple[int, ...] = (4,)
    activation: str = "tanh"
    rate: float = 0.02
    epochs: int = 0
    pace: float = 4.0


@dataclass(frozen=True)
class Settings:
    """What the learner decides."""

    data: str
    hidden: tuple[int, ...]
    activation: str
    rate: float
    seed: int

    @property
    def network(self) -> str:
        """The layers in a few characters: 2-4-1."""
        return "-".join(str(size) for size in (2, *self.hidden, 1))


def settings_fields(settings: Settings) -> tuple[Field, ...]:
    """The settings as fields to edit."""
    sizes = tuple(str(size) for size in range(1, MOST_NODES + 1))
    first, *rest = settings.hidden
    second = str(rest[0]) if rest else NONE
    seed, rate = str(settings.seed), exact(settings.rate)
    return (
        Field("data", "data set", settings.data, tuple(plane.SHAPES)),
        Field("hidden 1", "nodes in layer 1", str(first), sizes),
        Field("hidden 2", "nodes in layer 2", second, (NONE, *sizes)),
        Field("activation", "activation", settings.activation, ACTIVATIONS),
        Field("rate", "learning rate", rate, low=0, high=10, ladder=RATES),
        Field("seed", "seed", seed, low=0, high=HIGHEST_SEED),
    )
