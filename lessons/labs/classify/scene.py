"""Where a page wants the classification lab to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from lessons.labs.base import Scene

View = Literal["one-hot", "softmax", "loss", "base rate", "training"]
VIEWS: tuple[View, ...] = get_args(View)


@dataclass(frozen=True)
class ClassifyScene(Scene):
    """Which view is open, the numbers that each of them begins with, and how far it has come.

    Names that `conceal` knows: ``one-hot``; ``softmax 2 1 0.1``, the probabilities of scores that
    differ as these do; ``shifted 2 1 0.1``, the same, but not for these very scores; ``loss 0.9``,
    the loss of a row whose true class was given 0.9; ``base rate``.
    """

    shows: View = "one-hot"
    done: int = 0
    """Steps of this view that are taken when the page opens."""
    targets: tuple[int, ...] = (1, 0, 0, 0)
    """The classes of the printed rows."""
    scores: tuple[float, ...] = (2.0, 1.0, 0.1)
    added: float = 0.0
    """What is added to every score."""
    given: tuple[float, ...] = (0.9, 0.51, 0.4, 0.05)
    """The probability that each row's true class was given."""
    truths: tuple[int, ...] = (1, 0, 1, 0)
    """The true class of each of these rows."""
    data: str = "shots"
    """Whose base rate is counted."""
    trains: str = "shots"
    """What the network is trained on."""
    pace: float | None = None
    """Batches a second while it runs; None is as fast as they can be computed."""
    always: int = 0
    """The class that is said of every row."""


def concealed(hiding: tuple[str, ...], kind: str) -> tuple[tuple[str, ...], ...]:
    """What stands behind the names of one kind: ``loss 0.9`` gives ("0.9",)."""
    parts = (name.removeprefix(kind).split() for name in hiding if name.startswith(f"{kind} "))
    return tuple(tuple(part) for part in parts)
