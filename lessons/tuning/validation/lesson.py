"""4.3 Validation: rows held out, two curves, and how a log is read."""

from __future__ import annotations

from pathlib import Path

from lessons.datasets.shots.draw import ROWS
from lessons.labs.training.lab import TrainingLab
from lessons.learning.printed import PRINTED
from lessons.learning.problems import shots
from lessons.learning.recipe import Recipe
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson
from lessons.tuning.validation import facts
from lessons.tuning.validation.checks import checks
from lessons.tuning.validation.scenes import RUN, scenes

HIDDEN = (100, 100)


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="4.3",
        id="validation",
        title="Validation",
        summary="Hold out rows, and read what the two losses say about a training.",
        minutes=18,
        pages=read_pages(Path(__file__).with_name("pages.md"), scenes(), checks()),
        make_lab=lambda seed: TrainingLab(shots(), HIDDEN, seed, RUN),
        facts=_facts,
    )


def _facts() -> dict[str, str]:
    train, held_out = facts.split_of(ROWS)
    strange = [one for one in PRINTED if (one.val_loss or 0) < (one.loss or 0)][-1]
    return {
        "rows": f"{ROWS:,}",
        "train": f"{train:,.0f}",
        "held_out": f"{held_out:,.0f}",
        "parameters": f"{Recipe(hidden=HIDDEN).network(shots()).count_params():,}",
        "steps": f"{-(-train // Recipe().batch_size):,.0f}",
        "ln2": short(facts.coin()),
        "last_val": short(PRINTED[-1].val_loss or 0),
        "strange": str(strange.epoch),
        "strange_loss": f"{strange.loss:.4f}",
        "strange_val": f"{strange.val_loss:.4f}",
        "a": " and ".join(map(short, facts.A)),
        "b": " and ".join(map(short, facts.B)),
        "a_high": short(facts.A[0]),
        "a_low": short(facts.A[1]),
    }
