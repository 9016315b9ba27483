"""What the engine says of splits, of the printed log, and of two models on two shots."""

from __future__ import annotations

import numpy as np

from engine import Dense, Input, Sequential, Trainer, split
from lessons.datasets.shots.draw import draw
from lessons.labs.training.pair import judge
from lessons.learning.curves import EpochLog
from lessons.learning.printed import PRINTED

SPLIT = 0.3
A, B = (0.9, 0.4), (0.6, 0.51)
"""What two models give to the right class of two shots."""


def split_of(rows: int, part: float = SPLIT) -> tuple[float, float]:
    """How many of `rows` rows train and how many are held out."""
    train, held_out = split(np.empty(rows), part)
    return float(len(train)), float(len(held_out))


def coin() -> float:
    """The loss of a network that gives 0.5 to each of two classes."""
    return judge((0.5,))[0]


def below_coin(log: EpochLog) -> float:
    """How far a printed validation loss, with its four decimals, is below that of a coin."""
    return round(coin(), 4) - (log.val_loss or 0.0)


def best_printed_epoch() -> float:
    """The printed epoch with the lowest validation loss."""
    return float(min(PRINTED, key=lambda one: one.val_loss or np.inf).epoch)


def _few_shots() -> tuple[Trainer, tuple[np.ndarray, np.ndarray]]:
    """Training on a few thousand shots, of which an epoch takes no time, and the rows held out."""
    shots = draw(seed=1, rows=4000)
    x, y = shots[:, :-1], np.eye(2)[shots[:, -1].astype(int)]
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    model = Sequential([Input((5,)), Dense(50, "relu"), Dense(2, "softmax")], seed=1)
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return Trainer(model, x[:3000], y[:3000]), (x[3000:], y[3000:])


def mean_is_above_the_end() -> bool:
    """Whether the training loss of a first epoch is above that of its rows after the epoch."""
    trainer, _ = _few_shots()
    logs: dict[str, float] = {}
    trainer.evaluates_training = True
    trainer.on_epoch_end = lambda _, of_epoch: logs.update(of_epoch)
    for _ in range(trainer.steps_per_epoch):
        trainer.step()
    return logs["loss"] > logs["end_loss"]


def changed_by_validating() -> float:
    """How many weights differ after held-out rows were evaluated."""
    trainer, held_out = _few_shots()
    trainer.step()
    before = trainer.model.parameters.copy()
    trainer.model.evaluate(*held_out)
    return float(np.count_nonzero(trainer.model.parameters != before))
