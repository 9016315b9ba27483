"""What can be read off a training lab."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.labs.training.lab import TrainingLab

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def shown(lab: TrainingLab) -> Iterator[str]:
    """Weights or slopes of the table, counts of rows and batches, and what explanations end in."""
    view = lab.snapshot()
    if not view.weights.hidden:
        yield from (repr(float(number)) for number in view.weights.values.ravel())
    if not view.asks_batches:
        yield str(view.steps_per_epoch)
    if view.compiling is not None and view.compiling.changed is not None:
        yield str(view.compiling.changed)
    if view.split is not None and not view.split.hidden:
        yield from map(str, (view.split.used + view.split.waiting, view.split.held_out))
    for model in view.pair:
        yield from (repr(one) for one in (*model.losses, model.loss) if one is not None)
    for name in ("weight", "change", "validation accuracy"):
        if name in lab.explainable():
            yield from NUMBER.findall(lab.explain(name).filled)
    yield from NUMBER.findall(lab.explain("epoch").filled.partition("/")[0])
