"""What to try next: from the results so far to more capacity, less, or other seeds.

The rule is the usual workflow: begin small, add capacity as long as the validation loss falls,
and go back a little when it no longer does. A network that plainly overfits gets no more, however
good it is: its curve says that it learned the training rows by heart. A difference counts only
when it is larger than the spread between seeds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lessons.learning.experiment import Experiment, network_name
from lessons.numbers import short

Step = Literal["begin", "increase", "decrease", "repeat", "done"]

ENOUGH = 5
"""Seeds of a setting after which repeating it is given up."""


@dataclass(frozen=True)
class Result:
    """One network and the validation loss of each of its seeds."""

    hidden: tuple[int, ...]
    parameters: int
    losses: tuple[float, ...]
    best: tuple[int, float] | None = None
    """Of a network that plainly overfits: the epoch with the lowest validation loss, and that."""

    @property
    def name(self) -> str:
        """Hidden layers times nodes."""
        return network_name(self.hidden)

    @property
    def mean(self) -> float:
        """The mean over the seeds; infinite where one became too large."""
        if not self.losses or not all(math.isfinite(loss) for loss in self.losses):
            return math.inf
        return math.fsum(self.losses) / len(self.losses)

    @property
    def spread(self) -> float | None:
        """From the lowest to the highest of the seeds; None with fewer than two."""
        if len(self.losses) < 2 or math.isinf(self.mean):
            return None
        return max(self.losses) - min(self.losses)


@dataclass(frozen=True)
class Advice:
    """What to do next, in a word, and the numbers that say so."""

    step: Step
    says: str


WORDS: dict[Step, str] = {
    "begin": "a first experiment",
    "increase": "more capacity",
    "decrease": "less capacity",
    "repeat": "repeat with other seeds",
    "done": "stop here",
}


def advise(results: Sequence[Result], spread: float | None = None) -> Advice:
    """The next step after `results`, the newest last, each network once.

    `spread` is how far the losses of seeds lie apart, where that is known from elsewhere.
    """
    if not results:
        return Advice("begin", "Begin small: one hidden layer, a few nodes.")
    by_size = sorted(results, key=lambda one: one.parameters)
    best = min(by_size, key=lambda one: one.mean)
    if math.isinf(best.mean):
        return Advice("repeat", "The loss became too large: lower the learning rate first.")
    at = by_size.index(best)
    smaller = by_size[at - 1] if at else None
    larger = by_size[at + 1] if at + 1 < len(by_size) else None
    if unsure := _too_close(best, smaller, larger, spread):
        return unsure
    if larger is None and best.best is not None:
        return Advice("decrease", f"{_risen(best, *best.best)}{_instead(smaller)}")
    if smaller is None and larger is None:
        return Advice("increase", f"{_told(best)} alone says little. Add nodes, and compare.")
    if larger is None:
        assert smaller is not None
        return Advice(
            "increase",
            f"More capacity brought {_told(smaller)} down to {_told(best)}. Add more.",
        )
    if smaller is None:
        return Advice("decrease", f"{_told(larger)} is worse than {_told(best)}. Go smaller.")
    if results[-1].parameters > best.parameters:
        return Advice(
            "decrease", f"{_told(larger)} is worse than {_told(best)}. Go back, or in between."
        )
    return Advice(
        "done",
        f"{_told(best)} is best: {_told(smaller)} and {_told(larger)} on either side are worse.",
    )


def _too_close(
    best: Result, smaller: Result | None, larger: Result | None, spread: float | None
) -> Advice | None:
    """What to do where the best is not clearly better than a neighbour; None where it is."""
    rivals = [one for one in (smaller, larger) if one is not None]
    if not rivals:
        return None
    rival = min(rivals, key=lambda one: one.mean)
    apart = _apart(best, rival, spread)
    difference = rival.mean - best.mean
    if apart is None or difference >= apart:
        return None
    words = (
        f"{_told(best)} and {_told(rival)} differ by {short(difference, 3)}; "
        f"seeds lie {short(apart, 3)} apart."
    )
    if min(len(best.losses), len(rival.losses)) < ENOUGH:
        fewer = min((best, rival), key=lambda one: len(one.losses))
        return Advice("repeat", f"{words} Repeat {fewer.name} with other seeds.")
    least = min((best, rival), key=lambda one: one.parameters)
    return Advice("done", f"{words} They cannot be told apart: take the smaller, {least.name}.")


def _risen(result: Result, epoch: int, lowest: float) -> str:
    return (
        f"{_told(result)} overfits: its validation loss was {short(lowest, 3)} after epoch "
        f"{epoch:,} and rose, while the training loss fell. Stop earlier, or "
    )


def _instead(smaller: Result | None) -> str:
    return "go smaller." if smaller is None else f"go between {smaller.name} and it."


def _apart(one: Result, other: Result, spread: float | None) -> float | None:
    """How far seeds lie apart, by the larger of what is known; None where nothing is."""
    known = [width for width in (one.spread, other.spread, spread) if width is not None]
    return max(known, default=None)


def _told(result: Result) -> str:
    return f"{result.name} ({short(result.mean, 3)})"


# -- from a log -------------------------------------------------------------------------------


def results_of(experiments: Iterable[Experiment]) -> tuple[Result, ...]:
    """Comparable experiments by network, those tried last at the end."""
    networks: dict[tuple[int, ...], list[Experiment]] = {}
    for one in experiments:
        # Taken out and put back: the dictionary is in the order of the newest of each.
        networks[one.recipe.hidden] = [*networks.pop(one.recipe.hidden, []), one]
    return tuple(
        Result(hidden, repeats[0].parameters, tuple(map(_loss, repeats)), _best(repeats))
        for hidden, repeats in networks.items()
    )


def _loss(one: Experiment) -> float:
    return math.inf if one.diverged or one.val_loss is None else one.val_loss


def _best(repeats: Sequence[Experiment]) -> tuple[int, float] | None:
    """Best epoch and loss of the newest that overfits, where most of the repeats do."""
    found = [one for one in repeats if one.overfits]
    if 2 * len(found) <= len(repeats):
        return None
    newest = found[-1]
    assert newest.best_epoch is not None
    assert newest.best_val_loss is not None
    return newest.best_epoch, newest.best_val_loss
