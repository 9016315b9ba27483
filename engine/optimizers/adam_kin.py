"""Adam's kin: Adamax (the largest slope in place of the mean square) and Nadam (it looks ahead)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from engine.arguments import number
from engine.optimizers.base import Array, Optimizer, flush_interval
from engine.optimizers.schedules import LearningRateSchedule

#: how quickly Nadam's momentum rises from half of beta_1 to beta_1 (Dozat 2016)
MOMENTUM_DECAY = 0.96


class Adamax(Optimizer):
    """Adamax (Kingma & Ba 2015, section 7; keras/src/optimizers/adamax.py).

    t counts updates from 1.
    m = m + (1 - beta_1) (g - m)
    u = max(beta_2 u, |g|)
    change = -rate m / ((1 - beta_1^t) (u + epsilon))
    """

    name = "adamax"
    slot_groups = (("m", "u"),)
    flush_below: ClassVar[Mapping[str, float]] = {"m": 1e-20, "u": 1e-20}

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
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
        self.beta_2 = number("beta_2", beta_2, high=1.0)
        self.epsilon = number("epsilon", epsilon)
        self._flush_every = flush_interval(self.beta_1, self.beta_2)

    def _compute_change(self, g: Array, rate: float) -> None:
        m, u, change = self.slots["m"], self.slots["u"], self.change
        np.subtract(g, m, out=change)
        change *= 1 - self.beta_1
        m += change
        u *= self.beta_2
        np.maximum(u, np.abs(g, out=change), out=u)
        np.add(u, self.epsilon, out=change)
        np.divide(m, change, out=change)
        change *= -rate / (1 - self.beta_1**self.iterations)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
        }


class Nadam(Optimizer):
    """Adam with Nesterov's momentum (Dozat 2016; keras/src/optimizers/nadam.py).

    t counts updates from 1.
    u_t = beta_1 (1 - 0.96^t / 2)
    u_product = u_1 u_2 .. u_t, a slot of one number
    m = m + (1 - beta_1) (g - m)
    v = v + (1 - beta_2) (g^2 - v)
    m_hat = u_(t+1) m / (1 - u_product u_(t+1)) + (1 - u_t) g / (1 - u_product)
    v_hat = v / (1 - beta_2^t)
    change = -rate m_hat / (sqrt(v_hat) + epsilon)
    """

    name = "nadam"
    slot_groups = (("m", "v"), ("u_product",))
    flush_below: ClassVar[Mapping[str, float]] = {"m": 1e-20, "v": 1e-30, "u_product": 1e-20}

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
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
        self._flush_every = flush_interval(self.beta_1, self.beta_2)

    def _new_slots(self, parameters: Array) -> dict[str, Array]:
        return super()._new_slots(parameters) | {"u_product": np.ones(1, parameters.dtype)}

    def _compute_change(self, g: Array, rate: float) -> None:
        m, v, change, part = self.slots["m"], self.slots["v"], self.change, self._scratch
        t = self.iterations
        np.subtract(g, m, out=change)
        change *= 1 - self.beta_1
        m += change
        np.multiply(g, g, out=change)
        change -= v
        change *= 1 - self.beta_2
        v += change
        now, ahead = self._momentum(t), self._momentum(t + 1)
        self.slots["u_product"] *= now
        product = float(self.slots["u_product"][0])
        np.multiply(m, ahead / (1 - product * ahead), out=part)
        part += np.multiply(g, (1 - now) / (1 - product), out=change)
        np.divide(v, 1 - self.beta_2**t, out=change)
        np.sqrt(change, out=change)
        change += self.epsilon
        np.divide(part, change, out=change)
        change *= -rate

    def _momentum(self, t: int) -> float:
        return self.beta_1 * (1 - 0.5 * MOMENTUM_DECAY**t)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
        }
