"""Words that questions with other numbers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import TypeVar

from engine import Node
from lessons.numbers import operand, short

T = TypeVar("T")


def drawn(rng: Random, make: Callable[[Random], T], good: Callable[[T], bool]) -> T:
    """What `make` draws, as soon as it is `good`. `good` has to hold for a fair share."""
    while True:
        found = make(rng)
        if good(found):
            return found


def listed(numbers: Iterable[float]) -> str:
    """``2 and -1``."""
    return " and ".join(short(one) for one in numbers)


def product(first: float, *others: float) -> str:
    """``2 × (-5)``: as it can stand at the start of a line or of a sum."""
    return " × ".join([short(first), *(operand(one) for one in others)])


def summed(node: Node) -> str:
    """The sum of a node, written out: ``2 × 4 + 3 × (-5)``."""
    first, *rest = node.products
    terms = [f"{operand(one.input)} × {operand(one.weight)}" for one in rest]
    return " + ".join([product(first.input, first.weight), *terms])
