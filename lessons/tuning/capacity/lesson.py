"""4.5 Capacity and experiments: how large a network should be, and how to find out."""

from __future__ import annotations

from pathlib import Path

from lessons.labs.experiments.lab import ExperimentsLab
from lessons.labs.experiments.scene import ExperimentsScene
from lessons.pages import read_pages
from lessons.spec import Lesson
from lessons.tuning.capacity import measures, printed
from lessons.tuning.capacity.checks import checks


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="4.5",
        id="capacity-and-experiments",
        title="Capacity and experiments",
        summary="Widen, deepen and overfit a network, and keep a log that says what to try next.",
        minutes=20,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), checks()),
        make_lab=lambda seed: ExperimentsLab(seed, ExperimentsScene(), "4.5"),
        facts=measures.facts,
    )


def _scenes() -> dict[str, ExperimentsScene]:
    small, middle, large = measures.SMALLEST, measures.MIDDLE, measures.LARGEST
    return {
        "capacity": ExperimentsScene(),
        "data": ExperimentsScene(),
        "small": ExperimentsScene(hidden=small),
        "more": ExperimentsScene(hidden=small),
        "large": ExperimentsScene(hidden=large, conceal=("train:3×50",)),
        "overfitting": ExperimentsScene(hidden=large),
        "middle": ExperimentsScene(hidden=middle, conceal=("validation:1×25",)),
        "curve": ExperimentsScene(plan=measures.PLAN, shows="capacity"),
        "table": ExperimentsScene(printed=printed.table(), rows=3, conceal=("advice:4",)),
        "seeds": ExperimentsScene(printed=printed.table(printed.SPREAD), rows=5, conceal=("luck",)),
        "repeat": ExperimentsScene(hidden=(5,)),
        "wages": ExperimentsScene(data="wages", hidden=(5,)),
        "looks": ExperimentsScene(hidden=middle, shows="capacity"),
        "recap": ExperimentsScene(hidden=middle, shows="capacity"),
    }
