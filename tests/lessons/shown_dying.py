"""What can be read off the labs of 4.2: cases worked by hand, nodes, slopes per layer."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.labs.activity.lab import ActivityLab
from lessons.labs.layer_slopes.lab import LayerSlopesLab
from lessons.labs.worked.lab import WorkedLab


def worked(lab: WorkedLab) -> Iterator[str]:
    """The columns that the page asks for, in the table, in the lines and in the explanations."""
    view = lab.snapshot()
    names = {name.partition("@")[0] for name in lab.scene.conceal}
    for row in view.rows:
        for heading, text in zip(view.headings, row, strict=True):
            yield text if heading.name in names else ""
    for told in map(lab.explain, lab.explainable()):
        if told.name.startswith(("slope of weight", "gate", "product")):
            yield told.filled.rpartition(" = ")[2]
    if names & {"∂ w 0", "product"}:
        yield from (line.rpartition(" = ")[2] for line in view.lines if " = " in line)


def activity(lab: ActivityLab) -> Iterator[str]:
    """How many nodes are dead, as drawn, as plotted, as explained."""
    view = lab.snapshot()
    yield from (str(layer.deaths) for layer in view.layers)
    for _, deaths in view.deaths:
        yield from (repr(float(count)) for count in deaths)
    yield lab.explain("dead nodes").filled.rpartition(" = ")[2].partition(",")[0]


def layer_slopes(lab: LayerSlopesLab) -> Iterator[str]:
    """The sizes of all slopes that are seen."""
    for column in lab.snapshot().columns:
        yield from (repr(slope) for slope in column.slopes if slope is not None)
    yield lab.explain("size of the slopes").filled.rpartition(" = ")[2]
