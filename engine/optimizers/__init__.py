"""Optimizers: how the parameters move against their slopes. Names and arguments are Keras's.

base.py               what all have: the rate, clipping, weight decay, one flat vector
sgd.py                SGD
adam.py               Adam, AdamW
adam_kin.py           Adamax, Nadam
root_mean_square.py   RMSprop, Adagrad, Adadelta
schedules.py          learning rates that follow the count of updates
"""

from typing import Any

from engine.configs import resolve
from engine.optimizers import schedules
from engine.optimizers.adam import Adam, AdamW
from engine.optimizers.adam_kin import Adamax, Nadam
from engine.optimizers.base import FLUSH_EVERY, Optimizer, flush_interval, flush_vanished
from engine.optimizers.root_mean_square import Adadelta, Adagrad, RMSprop
from engine.optimizers.schedules import LearningRateSchedule
from engine.optimizers.sgd import SGD

__all__ = [
    "FLUSH_EVERY",
    "OPTIMIZERS",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "LearningRateSchedule",
    "Nadam",
    "Optimizer",
    "RMSprop",
    "flush_interval",
    "flush_vanished",
    "get",
    "schedules",
]

OPTIMIZERS: dict[str, type[Optimizer]] = {
    kind.__name__.lower(): kind
    for kind in (SGD, RMSprop, Adagrad, Adadelta, Adam, AdamW, Adamax, Nadam)
}


def get(identifier: Any) -> Optimizer:
    """The optimizer itself, a new one of that name, or the one that Keras's JSON form describes.

    Raises:
        ValueError: it is none of these, or the name is unknown; the message has the nearest match.
    """
    example = "a name such as 'adam' or an object such as Adam(0.01)"
    return resolve("optimizer", identifier, OPTIMIZERS, Optimizer, example)
