"""What a learner can read off the building lab."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.labs.builder.lab import BuilderLab


def shown(lab: BuilderLab) -> Iterator[str]:
    """The counts; how many inputs and hidden layers only where a page asks for them."""
    if "activation" in lab.scene.conceal:  # the question is about a change, not about a count
        yield from _change(lab)
        return
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


def _change(lab: BuilderLab) -> Iterator[str]:
    """By how much the counts change when the chosen layer gets another activation."""
    if not lab.chosen:
        return
    before = lab.snapshot()
    lab.turn("activation")
    after = lab.snapshot()
    lab.undo()
    pairs = [(before.total, after.total)]
    pairs += [(one.count, other.count) for one, other in zip(before.rows, after.rows, strict=True)]
    for pair in pairs:
        if all(_plain(count).isdigit() for count in pair):
            yield str(int(_plain(pair[1])) - int(_plain(pair[0])))


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
