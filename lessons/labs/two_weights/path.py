"""The places a pair of weights has been at, kept as plain numbers so that hours take megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from lessons.labs.two_weights.state import How
from lessons.labs.two_weights.surface import Weights

HOWS: tuple[How, ...] = ("start", "hand", "update")
NUMBERS = 3


class Path:
    """Pairs of weights in order, each with how it was reached, and which is the present one."""

    def __init__(self, start: Weights) -> None:
        self._numbers = array("d", (0, *start))
        self._by_hand = [0]
        self.position = 0

    @property
    def end(self) -> int:
        """The last place there is."""
        return len(self._numbers) // NUMBERS - 1

    @property
    def weights(self) -> Weights:
        """The present place."""
        return self.at(self.position)

    def at(self, step: int) -> Weights:
        """The weights at a step."""
        _, one, other = self._numbers[step * NUMBERS : (step + 1) * NUMBERS]
        return one, other

    def how(self, step: int) -> How:
        """How that place was reached."""
        return HOWS[int(self._numbers[step * NUMBERS])]

    def add(self, weights: Weights, how: How) -> None:
        """One place on from the present one; what came after is forgotten."""
        self._cut()
        self._numbers.extend((HOWS.index(how), *weights))
        self.position += 1
        if how != "update":
            self._by_hand.append(self.position)

    def keep(self) -> Keepsake:
        """What brings the path back to how it is now."""
        return Keepsake(self, self.position, self._numbers[(self.position + 1) * NUMBERS :])

    def forget_later(self) -> None:
        """The present place becomes the last."""
        self._cut()

    def chain_start(self, step: int) -> int:
        """Where the unbroken run of updates that leads to `step` began."""
        return self._by_hand[bisect_right(self._by_hand, step) - 1]

    def put_back(self, position: int, tail: array[float]) -> None:
        """To `position`, with the places of `tail` after it and no others."""
        self.position = position
        self._cut()
        self._numbers.extend(tail)
        later = range(position + 1, self.end + 1)
        self._by_hand += [step for step in later if self.how(step) != "update"]

    def _cut(self) -> None:
        del self._numbers[(self.position + 1) * NUMBERS :]
        del self._by_hand[bisect_right(self._by_hand, self.position) :]


class Keepsake:
    """A path as it was."""

    def __init__(self, path: Path, position: int, tail: array[float]) -> None:
        self._path, self._position, self._tail = path, position, tail

    def restore(self) -> Path:
        """The path, as it was."""
        self._path.put_back(self._position, self._tail)
        return self._path
