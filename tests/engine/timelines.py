"""What the tests of timelines share: pictures of a timeline, and optimizers to try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from engine import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    CosineDecay,
    Dense,
    Input,
    Nadam,
    Optimizer,
    RMSprop,
    Sequential,
    Timeline,
    Trainer,
)

#: every optimizer that has to come back to the bit: one line each
OPTIMIZERS: dict[str, Callable[[], Optimizer]] = {
    "sgd": lambda: SGD(0.05),
    "momentum": lambda: SGD(0.02, momentum=0.9),
    "nesterov": lambda: SGD(0.02, momentum=0.9, nesterov=True),
    "adam": lambda: Adam(0.01),
    "amsgrad": lambda: Adam(0.01, amsgrad=True),
    "adamw": lambda: AdamW(0.01, weight_decay=0.1),
    "adamax": lambda: Adamax(0.01),
    "nadam": lambda: Nadam(0.01),
    "rmsprop": lambda: RMSprop(0.01),
    "centered": lambda: RMSprop(0.01, momentum=0.5, centered=True),
    "adagrad": lambda: Adagrad(0.1),
    "adadelta": lambda: Adadelta(1.0),
    "clipnorm": lambda: Adam(0.01, clipnorm=0.1),
    "cosine": lambda: SGD(CosineDecay(0.1, 50)),
}


def picture(timeline: Timeline) -> dict[str, Any]:
    """All that a learner can see of the model and all that the next steps depend on, as bits."""
    trainer = timeline.trainer
    state = trainer.state()
    rows, sums = state.metric_sums
    return {field.name: bits(getattr(state, field.name)) for field in fields(state)} | {
        # Their last digits depend on how many rows are summed at a time: nothing is learned here.
        "metric_sums": (rows, [pytest.approx(number, rel=1e-12) for number in sums]),
        "gradient": bits(trainer.model.gradient),
        "change": bits(trainer.optimizer.change),
        "last rows": bits(trainer.batch_rows),
        "next rows": bits(trainer.next_rows),
        "epoch": trainer.epoch,
    }


def bits(value: Any) -> Any:
    """Something that compares equal when every bit does."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, dict):
        return {key: bits(part) for key, part in value.items()}
    return value


def curves(timeline: Timeline) -> list[list[list[float]]]:
    """The numbers of all its curves."""
    series = (timeline.step_loss, timeline.train_loss, timeline.val_loss)
    return [[column.tolist() for column in one.arrays()] for one in series]


def room_for(trainer: Trainer, states: int) -> int:
    """The memory with which a timeline of this trainer keeps that many checkpoints."""
    listener = trainer.on_epoch_end
    timeline = Timeline(trainer)  # it begins with one
    trainer.on_epoch_end = listener
    return timeline.nbytes + (states - 1) * trainer.state().nbytes


def one_weight(rate: float, *, states: int = 1000) -> Timeline:
    """A descent on one weight from 2 towards 10 / 3."""
    model = Sequential([Input((1,)), Dense(1, use_bias=False)], dtype="float64")
    model.set_weights([[[2.0]]])
    model.compile(SGD(rate), "mse")
    trainer = Trainer(model, [[3.0]], [10.0])
    return Timeline(trainer, memory=room_for(trainer, states))
