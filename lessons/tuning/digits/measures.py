"""What the questions of 4.6 need to know, trained by the engine when first asked for."""

from __future__ import annotations

from functools import cache

from engine import Dense, Input, Sequential
from lessons.labs.digits.lab import DigitsLab
from lessons.labs.digits.results import pairs_mixed_up, results_of
from lessons.labs.digits.scene import DigitsScene
from lessons.labs.digits.seen import CORNER, moved
from lessons.learning.problems import digits

SEED = 1
EPOCHS = 2
PAIRS = ("0 and 1", "3 and 5", "6 and 7", "1 and 4")
SAME, LOWER, CHANCE, HIGHER = (
    "about the same",
    "10 to 30 points lower",
    "about 10 %, no better than guessing",
    "10 points higher",
)
"""How the accuracy on shuffled images can compare."""
ABOUT = 0.03
"""Two seeds may differ by as much, so it is no difference."""


def fresh_lab(seed: int = SEED) -> DigitsLab:
    """The lab as it comes, untrained."""
    return DigitsLab(digits(), seed, DigitsScene(view="training"))


def parameters(*sizes: int) -> int:
    """Weights and biases of a dense network with so many nodes in each layer, inputs first."""
    model = Sequential([Input(sizes[:1]), *(Dense(nodes) for nodes in sizes[1:])])
    return int(model.count_params())


@cache
def most_mixed_up(seed: int = SEED, epochs: int = EPOCHS) -> str:
    """Which of PAIRS is mixed up most on the held-out images."""
    lab = fresh_lab(seed)
    lab.show(DigitsScene(view="confusion", epochs=epochs))
    mixed = pairs_mixed_up(lab.results().confusion)

    def count(pair: str) -> int:
        low, high = map(int, pair.split(" and "))
        return int(mixed[low, high])

    return max(PAIRS, key=count)


@cache
def shuffled_accuracy(seed: int = SEED, epochs: int = EPOCHS) -> tuple[float, float]:
    """Accuracy on held-out images, as they are and shuffled."""
    lab = fresh_lab(seed)
    lab.show(DigitsScene(view="shuffled"))
    for _ in range(epochs * lab.pair.plain.steps_per_epoch):
        lab.step()
    runs = lab.pair.plain, lab.pair.shuffled
    plain, mixed = (results_of(run.model, run.problem, run.position).accuracy for run in runs)
    return plain, mixed


def shuffling_does(seed: int = SEED) -> str:
    """What shuffling the pixels does to the accuracy, in words."""
    plain, mixed = shuffled_accuracy(seed)
    if abs(mixed - plain) < ABOUT:
        return SAME
    if mixed > plain:
        return HIGHER
    return CHANCE if mixed < 0.2 else LOWER


@cache
def corner_moved() -> float:
    """How far the weights of the pixel in the corner move in an epoch."""
    lab = fresh_lab()
    lab.show(DigitsScene(view="nodes", epochs=1))
    return moved(lab, CORNER)


@cache
def untrained_loss(seed: int = SEED) -> float:
    """The loss on the held-out images before the first batch."""
    return fresh_lab(seed).results().loss
