"""2.7 Backpropagation by numbers: every number of a pass by hand, a nudge, a step, a slip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lessons.backpropagation.by_numbers.checks import checks
from lessons.backpropagation.by_numbers.facts import FIRST, HIDDEN, LAST, OUT, another_input, facts
from lessons.backpropagation.networks import DEEP, DRAWN, TABLE, last
from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.backprop.nudge import NAME
from lessons.labs.backprop.scene import BackpropScene
from lessons.pages import read_pages
from lessons.spec import Lesson


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.7",
        id="backpropagation-by-numbers",
        title="Backpropagation by numbers",
        summary="A whole pass by hand, slopes checked by a nudge, and a slip to be found.",
        minutes=18,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), checks()),
        make_lab=lambda seed: BackpropLab(TABLE),
        facts=facts,
    )


def _table(until: str, *conceal: str) -> BackpropScene:
    return replace(TABLE, until=until, conceal=conceal)


def _slopes(names: tuple[str, ...], network: str = "") -> tuple[str, ...]:
    return tuple(f"{network}∂ {name}" for name in names)


def _scenes() -> dict[str, BackpropScene]:
    other = another_input()
    done = last(TABLE)
    return {
        "network": _table("", "output"),
        "output-slope": _table("loss", "∂ output"),
        "output-weights": _table("∂ output", *_slopes(OUT)),
        "hidden-nodes": _table("gate of node 1"),
        "table": _table("gate of node 1", *_slopes(HIDDEN)),
        "zero-weight": replace(
            other, until="gate of node 1", conceal=_slopes(HIDDEN[:1], f"{other.network}:")
        ),
        "nudge": replace(_table(done, NAME), nudge=LAST),
        "nudge-more": replace(_table(done), nudge=LAST),
        # The weight to the output goes from 3 to the same number.
        "update": _table(done, f"{LAST}@1", f"{OUT[1]}@1"),
        "next": replace(_table("", "output@1"), updates=1),
        "descend": replace(TABLE, by_update=True),
        "slip": replace(DRAWN, until="error", conceal=("drawn:∂ node 1",)),
        "mended": replace(DRAWN, until=f"∂ {OUT[1]}", conceal=_slopes((LAST,), "drawn:")),
        "first-layer": replace(DEEP, until="gate of node 2.1", conceal=_slopes(FIRST, "deep:")),
        "recap": _table(done),
    }
