"""4.4 Early stopping: the counter and its patience, on a list and on a real run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lessons.labs.stopping.lab import StoppingLab
from lessons.labs.stopping.setup import LOSSES, REAL, Settings, StoppingScene
from lessons.learning.problems import titanic
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson
from lessons.tuning.early_stopping.checks import DELTA, checks, scene, stop_after, watched


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="4.4",
        id="early-stopping",
        title="Early stopping",
        summary="Let the validation loss end the training: patience, and the weights that stay.",
        minutes=12,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), checks()),
        make_lab=lambda seed: StoppingLab(titanic(), seed, StoppingScene()),
        facts=_facts,
    )


def _scenes() -> dict[str, StoppingScene]:
    usual, restored = Settings(), Settings(restore=True)
    at_stop = replace(scene(usual, "kept"), epochs=stop_after(usual))
    real = StoppingScene(source=REAL, settings=restored)
    return {
        "when": StoppingScene(),
        "patience": scene(usual, "patience"),
        "counter": StoppingScene(),
        "impatient": scene(Settings(1), "no patience"),
        "enough": StoppingScene(settings=Settings(1)),
        "delta": scene(Settings(min_delta=DELTA), "min_delta"),
        "kept": at_stop,
        "restored": StoppingScene(settings=restored, epochs=stop_after(restored)),
        "limits": StoppingScene(),
        "real": real,
        "missed": real,
        "recap": StoppingScene(settings=restored, epochs=len(LOSSES)),
    }


def _facts() -> dict[str, str]:
    problem, seen = titanic(), watched(Settings())
    rise = next(one.epoch for one in seen.verdicts if not one.improved)
    return {
        "losses": ", ".join(f"{loss:.2f}" for loss in LOSSES),
        "first_rise": str(rise),
        "best": str(seen.verdicts[-1].best_epoch),
        "stop": str(seen.stopped),
        "missed": str(LOSSES.index(min(LOSSES)) + 1),
        "rows": str(len(problem.x_train)),
        "held_out": str(len(problem.x_validation)),
        "nodes": short(StoppingScene().nodes),
    }
