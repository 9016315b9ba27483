"""Adam, and AdamW, which is Adam with weight decay."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from engine.arguments import flag, number
from engine.optimizers.base import Array, Optimizer, flush_interval
from engine.optimizers.schedules import LearningRateSchedule


class Adam(Optimizer):
    """Adam (Kingma & Ba 2015, section 2's last form; keras/src/optimizers/adam.py).

    t counts updates from 1.
    m = m + (1 - beta_1) (g - m)
    v = v + (1 - beta_2) (g^2 - v)
    alpha = rate sqrt(1 - beta_2^t) / (1 - beta_1^t)
    change = -alpha m / (sqrt(v) + epsilon)
    with amsgrad (Reddi et al. 2018) the largest v so far divides: v_hat = max(v_hat, v)
    """

    name = "adam"
    flush_below: ClassVar[Mapping[str, float]] = {"m": 1e-20, "v": 1e-30}

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        amsgrad: bool = False,
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
        self.beta_1 = number("beta_1", beta_1, high=1.0, below=True)
        self.beta_2 = number("beta_2", beta_2, high=1.0, below=True)
        self.epsilon = number("epsilon", epsilon)
        self.amsgrad = flag("amsgrad", amsgrad)
        self.slot_groups = (("m", "v"), ("v_hat",)) if self.amsgrad else (("m", "v"),)
        self._flush_every = flush_interval(self.beta_1, self.beta_2)

    def _compute_change(self, g: Array, rate: float) -> None:
        m, v, change = self.slots["m"], self.slots["v"], self.change
        t = self.iterations
        np.subtract(g, m, out=change)
        change *= 1 - self.beta_1
        m += change
        np.multiply(g, g, out=change)
        change -= v
        change *= 1 - self.beta_2
        v += change
        if self.amsgrad:
            v = np.maximum(self.slots["v_hat"], v, out=self.slots["v_hat"])
        alpha = rate * math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        np.sqrt(v, out=change)
        change += self.epsilon
        np.divide(m, change, out=change)
        change *= -alpha

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
            "amsgrad": self.amsgrad,
        }


class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov & Hutter 2019; keras/src/optimizers/adamw.py).

    change = Adam's change - weight_decay rate w
    """

    name = "adam_w"

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.001,
        weight_decay: float = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        amsgrad: bool = False,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        *,
        name: str | None = None,
    ) -> None:
        super().__init__(
            learning_rate,
            beta_1,
            beta_2,
            epsilon,
            amsgrad,
            number("weight_decay", weight_decay),
            clipnorm,
            clipvalue,
            global_clipnorm,
            name=name,
        )
