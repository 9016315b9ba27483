"""Stochastic gradient descent, with momentum if asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from engine.arguments import flag, number
from engine.optimizers.base import Array, Optimizer, flush_interval
from engine.optimizers.schedules import LearningRateSchedule


class SGD(Optimizer):
    """Stochastic gradient descent (keras/src/optimizers/sgd.py).

    change = -rate g
    with momentum:      velocity = momentum velocity - rate g;  change = velocity
    and with nesterov:  change = momentum velocity - rate g, with the new velocity
    """

    name = "sgd"
    flush_below: ClassVar[Mapping[str, float]] = {"velocity": 1e-20}

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        *,
        name: str | None = None,
    ) -> None:
        super().__init__(
            learning_rate, weight_decay, clipnorm, clipvalue, global_clipnorm, name=name
        )
        self.momentum = number("momentum", momentum, high=1.0)
        self.nesterov = flag("nesterov", nesterov)
        self.slot_groups = (("velocity",),) if self.momentum else ()
        self._flush_every = flush_interval(self.momentum)

    def _compute_change(self, g: Array, rate: float) -> None:
        change = np.multiply(g, -rate, out=self.change)
        if not self.momentum:
            return
        velocity = self.slots["velocity"]
        velocity *= self.momentum
        velocity += change
        if self.nesterov:
            np.multiply(velocity, self.momentum, out=self._scratch)
            change += self._scratch
        else:
            np.copyto(change, velocity)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"momentum": self.momentum, "nesterov": self.nesterov}
