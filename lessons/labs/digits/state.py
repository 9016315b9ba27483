"""What is to be seen of the digits lab: where it stands, and the part for each of its views."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.labs.digits.drawing import Centred
from lessons.labs.digits.results import Results
from lessons.learning.curves import Curves, EpochLog, Points
from lessons.learning.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Gallery:
    """All images (images, 784), 0 paper to 255 ink; the first `rows` are to be learned from."""

    images: np.ndarray
    labels: np.ndarray
    rows: int
    cursor: int


@dataclass(frozen=True, eq=False)
class Laying:
    """An image whose rows are laid end to end; `laid` of them lie already."""

    image: np.ndarray
    """(28, 28), 0 paper to 255 ink."""
    label: int
    laid: int
    hides_count: bool
    """True while a question asks how many inputs that makes."""


@dataclass(frozen=True, eq=False)
class Training:
    """The curves so far; what ten equal guesses would get; how the network does now."""

    curves: Curves
    held_out: tuple[Points, Points]
    """Loss and accuracy on the held-out images, from before the first epoch on."""
    results: Results
    chance_loss: float
    chance_accuracy: float
    batch_loss: float | None
    hides_loss: bool
    """True while a question asks what the loss of equal guesses is."""


@dataclass(frozen=True, eq=False)
class Confusion:
    """How often each digit was called by each, and the images in the chosen cell."""

    results: Results
    cell: tuple[int, int]
    """The digit that was written, the digit that was said."""
    images: np.ndarray
    """(images, 784), those of the cell."""
    hidden: bool
    """True while a question asks which digits are mixed up."""


@dataclass(frozen=True, eq=False)
class Mistakes:
    """The held-out images that were called wrong, the worst first, and the chosen one."""

    results: Results
    images: np.ndarray
    """(mistakes, 784)"""
    cursor: int


@dataclass(frozen=True, eq=False)
class Nodes:
    """The weights of the first layer, seen as images, and what the chosen node does."""

    kernel: np.ndarray
    """(784, nodes)"""
    names: tuple[str, ...]
    cursor: int
    activity: np.ndarray
    """(classes,): the chosen node's mean value over the held-out images of each digit."""
    moved: tuple[float, float]
    """How far the weights of the corner pixel and of the middle pixel have moved since the start,
    at most."""
    hides_corner: bool


@dataclass(frozen=True, eq=False)
class Shuffled:
    """Two trainings, on images as they are and with their pixels shuffled, epoch by epoch."""

    plain: np.ndarray
    """(28, 28): an image."""
    mixed: np.ndarray
    """The same with its pixels shuffled."""
    curves: tuple[Points, Points]
    """The accuracy of each on its held-out images."""
    logs: tuple[EpochLog | None, EpochLog | None]
    """Of the last finished epoch."""
    tried: tuple[tuple[int, float, float], ...]
    """Seeds that were trained far enough to compare, with both accuracies on held-out images."""
    compared_at: int
    """The epoch at which they are compared."""
    hidden: bool


@dataclass(frozen=True, eq=False)
class Drawn:
    """The sheet, what the network is given of it, and what it says."""

    ink: np.ndarray
    """(28, 28), 0 to 1."""
    given: Centred
    centring: bool
    probabilities: np.ndarray | None
    """None while the sheet is empty."""
    trained: bool


Part = Gallery | Laying | Training | Confusion | Mistakes | Nodes | Shuffled | Drawn


@dataclass(frozen=True, eq=False)
class DigitsSnapshot:
    """All that is to be seen of the lab."""

    view: str
    position: int
    end: int
    epoch: int
    batch: int
    steps_per_epoch: int
    recipe: Recipe
    sizes: tuple[str, ...]
    """Nodes of each layer from the inputs on; ? while they are asked for."""
    parameters: int | None
    """None while they are asked for."""
    part: Part
    said: str
