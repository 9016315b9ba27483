"""What a learner can read off the experiments lab."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.labs.experiments.lab import ExperimentsLab
from lessons.learning.experiment import Spread


def shown_experiments(lab: ExperimentsLab) -> Iterator[str]:
    """Losses where it stands, those of the log and of the curves, and what is explained."""
    view = lab.snapshot()
    losses = [view.loss.train, view.loss.validation]
    for row in view.log:
        losses += [number for one in (row.loss, row.val_loss) for number in _of(one)]
    for _, values in (view.curves.train, view.curves.validation):
        losses += values.tolist()
    yield from (repr(loss) for loss in losses if loss is not None)
    for name in lab.explainable():
        yield lab.explain(name).filled.rpartition(" = ")[2]


def answer_in_sight(lab: ExperimentsLab) -> bool:
    """Whether what the scene conceals can be seen: a loss of the network in question, or advice."""
    view = lab.snapshot()
    (asked,) = lab.scene.conceal
    what, _, about = asked.partition(":")
    if what == "train":
        rows = [row.loss for row in view.log if row.network == about]
        return any((view.loss.train is not None, len(view.curves.train[0]), *rows))
    if what == "validation":
        rows = [row.val_loss for row in view.log if row.network == about]
        return any((view.loss.validation is not None, len(view.curves.validation[0]), *rows))
    if what == "advice":
        # The row after it would tell what the course did next.
        return len(view.log) > int(about) or (len(view.log) == int(about) and bool(view.advice))
    return bool(view.advice)


def _of(spread: Spread | None) -> tuple[float, ...]:
    return () if spread is None else (spread.mean, spread.low, spread.high)
