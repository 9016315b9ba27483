"""An experiment: one training that has come to its end, as far as it is worth remembering.

Experiments are frozen and know no lab and no file. Those that differ in nothing but the seed are
repeats of one setting; a `Summary` holds them together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from engine import Series
from lessons.learning.recipe import Recipe
from lessons.learning.run import Run

RISE = 0.1
"""Part of the best validation loss by which the later ones lie above it in plain overfitting."""

LAST_POINTS = 3
"""Points at the end of a curve that all lie so much higher: one alone may be chance."""

MOST_POINTS = 60
"""Epochs of a curve that are kept, so that a long log stays small."""


@dataclass(frozen=True)
class Curve:
    """Losses over epochs, thinned: some epochs, with the best, the worst and the last of them."""

    epochs: tuple[int, ...] = ()
    loss: tuple[float, ...] = ()
    val_loss: tuple[float, ...] = ()


@dataclass(frozen=True)
class Experiment:
    """What was trained on what, for how long, and what came of it.

    Losses and accuracies are those after the last epoch; None where there is no such number: no
    accuracy where a number is predicted, no loss where the first epoch did not end. `seconds` is
    the time that the training took, without the pauses. `id` and `when` (ISO 8601, with the
    offset of the time zone) are given by whoever keeps the log.
    """

    data: str
    recipe: Recipe
    rows: int
    held_out: int
    parameters: int
    epochs: int
    seconds: float
    loss: float | None
    val_loss: float | None
    best_epoch: int | None
    best_val_loss: float | None
    accuracy: float | None = None
    val_accuracy: float | None = None
    diverged: bool = False
    curve: Curve = Curve()
    lesson: str = ""
    id: str = ""
    when: str = ""

    @property
    def setting(self) -> tuple[object, ...]:
        """What repeats have in common: everything that was decided but the seed."""
        # A run that broke off belongs with those that did not, whatever epoch it came to.
        epochs = None if self.diverged else self.epochs
        return self.data, replace(self.recipe, seed=0), epochs, self.rows

    @property
    def family(self) -> tuple[object, ...]:
        """What experiments on capacity have in common: everything but network and seed."""
        return family_of(self.data, self.recipe, self.rows)

    @property
    def overfits(self) -> bool:
        """Whether the validation loss plainly rose from its best while the training loss fell."""
        curve, best = self.curve, self.best_val_loss
        if self.best_epoch is None or best is None or self.best_epoch not in curve.epochs:
            return False
        at = curve.epochs.index(self.best_epoch)
        last = curve.val_loss[-LAST_POINTS:]
        if len(curve.epochs) - at <= LAST_POINTS:
            return False
        return min(last) > best + RISE * abs(best) and curve.loss[-1] < curve.loss[at]

    @property
    def network(self) -> str:
        """The hidden layers in a few characters."""
        return network_name(self.recipe.hidden)


def family_of(data: str, recipe: Recipe, rows: int) -> tuple[object, ...]:
    """What experiments on capacity have in common: data and recipe, but for network and seed."""
    return data, replace(recipe, seed=0, hidden=()), rows


def comparable(
    log: Iterable[Experiment], family: tuple[object, ...], epochs: int
) -> tuple[Experiment, ...]:
    """The experiments of a family that ended after so many epochs, or broke off."""
    return tuple(
        one for one in log if one.family == family and (one.epochs == epochs or one.diverged)
    )


def is_repeat(one: Experiment, log: Iterable[Experiment]) -> bool:
    """Whether a log has it already: the same setting and seed, so the same losses to the bit."""
    key = (one.setting, one.recipe.seed, one.val_loss)
    return any((other.setting, other.recipe.seed, other.val_loss) == key for other in log)


def network_name(hidden: tuple[int, ...]) -> str:
    """Hidden layers times nodes: ``2×100``; ``50-25`` where the layers differ."""
    if not hidden:
        return "no hidden layer"
    if len(set(hidden)) == 1:
        return f"{len(hidden)}×{hidden[0]}"
    return "-".join(map(str, hidden))


def experiment_of(
    run: Run, seconds: float, lesson: str = "", *, diverged: bool = False
) -> Experiment:
    """The experiment that `run` has been, as far as it was trained."""
    problem, logs = run.problem, run.timeline.logs
    epochs, loss = _by_epoch(logs.get("loss"), run.steps_per_epoch)
    _, val_loss = _by_epoch(logs.get("val_loss"), run.steps_per_epoch)
    best = int(np.argmin(val_loss)) if len(val_loss) else None
    return Experiment(
        data=problem.name,
        recipe=run.farthest_recipe,
        rows=len(problem.x_train),
        held_out=len(problem.x_validation),
        parameters=run.model.count_params(),
        epochs=run.end // run.steps_per_epoch,
        seconds=seconds,
        loss=_last(loss),
        val_loss=_last(val_loss),
        best_epoch=None if best is None else int(epochs[best]),
        best_val_loss=None if best is None else float(val_loss[best]),
        accuracy=_last(_by_epoch(logs.get("accuracy"), run.steps_per_epoch)[1]),
        val_accuracy=_last(_by_epoch(logs.get("val_accuracy"), run.steps_per_epoch)[1]),
        diverged=diverged,
        curve=thinned(epochs, loss, val_loss),
        lesson=lesson,
    )


def thinned(epochs: np.ndarray, loss: np.ndarray, val_loss: np.ndarray) -> Curve:
    """Curves of at most MOST_POINTS epochs, evenly spread, with every extreme one among them."""
    count = min(len(epochs), len(loss), len(val_loss))
    if count == 0:
        return Curve()
    extremes = {int(pick(of[:count])) for pick in (np.argmin, np.argmax) for of in (loss, val_loss)}
    spread = np.linspace(0, count - 1, min(count, MOST_POINTS - len(extremes))).round().astype(int)
    kept = sorted({0, count - 1, *extremes, *spread.tolist()})
    return Curve(
        tuple(int(one) for one in epochs[kept]),
        tuple(float(f"{one:.6g}") for one in loss[kept]),
        tuple(float(f"{one:.6g}") for one in val_loss[kept]),
    )


def _by_epoch(series: Series | None, per_epoch: int) -> tuple[np.ndarray, np.ndarray]:
    if series is None:
        return np.empty(0), np.empty(0)
    steps, _, _, last = series.arrays()
    finite = np.isfinite(last)
    return steps[finite] / per_epoch, last[finite]


def _last(values: np.ndarray) -> float | None:
    return float(values[-1]) if len(values) else None


@dataclass(frozen=True)
class Spread:
    """A number over the repeats of a setting: its mean, its lowest and its highest value."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Spread | None:
        """The spread of the values there are; None when there is none."""
        found = [value for value in values if value is not None and math.isfinite(value)]
        return cls(math.fsum(found) / len(found), min(found), max(found)) if found else None

    @property
    def width(self) -> float:
        """From the lowest to the highest."""
        return self.high - self.low


@dataclass(frozen=True)
class Summary:
    """The repeats of one setting, the oldest first."""

    experiments: tuple[Experiment, ...]

    @property
    def first(self) -> Experiment:
        """One of them, for all that they have in common."""
        return self.experiments[0]

    def spread(self, name: str) -> Spread | None:
        """Mean, lowest and highest of a number of theirs: "val_loss", "seconds" and so on."""
        return Spread.of(getattr(one, name) for one in self.experiments)

    @property
    def seeds(self) -> int:
        """How many different seeds there are."""
        return len({one.recipe.seed for one in self.experiments})

    @property
    def newest(self) -> Experiment:
        """The one that ended last."""
        return self.experiments[-1]


def summaries(log: Iterable[Experiment]) -> tuple[Summary, ...]:
    """The settings of a log, each with its repeats, in the order in which they were begun."""
    found: dict[tuple[object, ...], list[Experiment]] = {}
    for one in log:
        found.setdefault(one.setting, []).append(one)
    return tuple(Summary(tuple(repeats)) for repeats in found.values())
