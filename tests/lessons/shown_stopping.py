"""What a learner can read off the early stopping lab."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.labs.stopping.lab import StoppingLab


def shown(lab: StoppingLab) -> Iterator[str]:
    """Where it stops. Epochs are counted everywhere, so other numbers say nothing about that."""
    view = lab.snapshot()
    if view.stopped is not None:
        yield str(view.stopped)
    yield from (str(row.epoch) for row in view.rows if row.what == "stops")
    yield from re.findall(r"stops here, after epoch (\d+)", view.reason)
    yield from re.findall(r"ended the training after epoch (\d+)", f"{view.reason} {view.said}")
    yield from re.findall(r"those of epoch (\d+)", lab.explain("weights kept").filled)
