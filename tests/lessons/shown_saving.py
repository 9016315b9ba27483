"""What a learner can read off the saving lab, of what a page may ask for."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.labs.saving.lab import SavingLab
from lessons.numbers import exact


def shown(lab: SavingLab) -> Iterator[str]:
    """Only what the page asks for: 0 and 1 stand everywhere here."""
    view, asked = lab.snapshot(), lab.scene.conceal
    if "rows in the file" in asked:
        yield view.rows_in_file
    if "[:,1]" in asked:
        yield from ("" if row.one is None else exact(row.one) for row in view.rows)
        yield lab.explain("probability of class 1").filled.rpartition(" is ")[2]
        yield lab.explain("label").filled.partition(" ")[0]
    if any(name.startswith("label at ") for name in asked):
        yield from (row.label for row in view.rows)
        yield lab.explain("label").filled.rpartition("label ")[2]
    if "scaled age" in asked:
        yield from ("" if one.scaled is None else exact(one.scaled) for one in view.inputs)
        yield lab.explain("age, scaled").filled.rpartition(" ≈ ")[2]
