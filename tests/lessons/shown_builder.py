"""What a learner can read off the building lab."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.labs.builder.lab import BuilderLab


def shown(lab: BuilderLab) -> Iterator[str]:
    """The counts; how many inputs and hidden layers only where a page asks for them."""
    view = lab.snapshot()
    yield from (_plain(row.count) for row in view.rows)
    yield _plain(view.total)
    yield _plain(view.compared.rpartition(": ")[2])
    if any(name.startswith("depth of ") for name in lab.scene.conceal):
        yield view.depth.partition(" ")[0]
    if any(name.endswith(" inputs") for name in lab.scene.conceal):
        yield from _inputs(lab)
    told = [lab.explain(name) for name in lab.explainable()[1:]]
    yield from (_plain(one.filled.rpartition(" = ")[2]) for one in told)


def _inputs(lab: BuilderLab) -> Iterator[str]:
    view = lab.snapshot()
    lines = [view.rows[0].code, *(row.arithmetic for row in view.rows[:2]), view.detail]
    if not view.inputs_hidden:
        lines.append(str(view.rows[0].nodes))
    lines += [code.source for code in lab.code()]
    for name in lab.explainable():
        told = lab.explain(name)
        lines += [told.filled, *(line for _, line in told.where)]
    lines += [field.shown or field.text for field in lab.fields() if field.id == "inputs"]
    for line in lines:
        yield from re.findall(r"\d+", line)


def _plain(text: str) -> str:
    return text.replace(",", "")
