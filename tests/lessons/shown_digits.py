"""What a learner can read off the digits lab of what its questions ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.labs.digits.lab import DigitsLab
from lessons.labs.digits.state import Laying, Nodes, Training


def shown(lab: DigitsLab) -> Iterator[str]:
    """The sizes of the network, its weights and biases, the loss of equal guesses, a movement."""
    view, part = lab.snapshot(), lab.snapshot().part
    yield from view.sizes
    yield "" if view.parameters is None else str(view.parameters)
    if isinstance(part, Laying) and not part.hides_count:
        yield str(part.image.size)
    if isinstance(part, Training) and not part.hides_loss:
        yield f"{part.chance_loss:.4f}"
        yield f"{part.results.loss:.4f}"
    if isinstance(part, Nodes) and not part.hides_corner:
        yield repr(part.moved[0])
    for name in set(lab.explainable()) - {"activity"}:  # of a node that is dead it is 0
        first, _, rest = lab.explain(name).filled.partition(" = ")
        yield from (first, rest.rpartition(" = ")[2] or rest)  # results() takes the numbers
    yield from (found for code in lab.code() for found in re.findall(r"Dense\((\d+)", code.source))
