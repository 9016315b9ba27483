"""Where each page of the lesson wants the lab to be."""

from __future__ import annotations

from dataclasses import replace

from lessons.labs.training.pair import Pair
from lessons.labs.training.setup import TrainingScene
from lessons.tuning.validation.facts import A, B

# The columns are not scaled, as in the log that the course printed.
RUN = TrainingScene(scaling=False, pace=None, looks=("loss", "accuracy"), splits=True)
SPLIT_PAGE = replace(RUN, conceal=("split",))
READING = replace(RUN, looks=("printed", "loss", "accuracy"), splits=False)
AGAIN = replace(RUN, again=True)
BESIDE = replace(RUN, looks=("loss beside", "accuracy beside"), splits=False)
PAIR = replace(
    RUN, looks=("pair", "loss", "accuracy"), splits=False, pair=(A, B), conceal=("pair",)
)


def replaced(scene: TrainingScene, pair: Pair) -> TrainingScene:
    """The scene with two other models."""
    return replace(scene, pair=pair)


def scenes() -> dict[str, TrainingScene]:
    """The scene of each page."""
    return {
        "why": RUN,
        "split": SPLIT_PAGE,
        "look": RUN,
        "curves": RUN,
        "log": READING,
        "coin": READING,
        "below": READING,
        "after": AGAIN,
        "beside": BESIDE,
        "pair": PAIR,
        "which": replace(PAIR, conceal=(), shows="loss"),
        "recap": AGAIN,
    }
