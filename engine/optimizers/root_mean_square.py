"""Optimizers that divide the slope by the root of its mean (or summed) square so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from engine.arguments import flag, number
from engine.optimizers.base import Array, Optimizer, flush_interval
from engine.optimizers.schedules import LearningRateSchedule


class RMSprop(Optimizer):
    """RMSprop (Hinton, lecture 6e; keras/src/optimizers/rmsprop.py).

    v = rho v + (1 - rho) g^2
    change = -rate g / sqrt(v + epsilon)
    centered (Graves 2013):  average_gradient = rho average_gradient + (1 - rho) g
                             change = -rate g / sqrt(v - average_gradient^2 + epsilon)
    with momentum:  momentum = momentum momentum - that change;  change = -momentum
    """

    name = "rm_sprop"
    flush_below: ClassVar[Mapping[str, float]] = {
        "v": 1e-30,
        "momentum": 1e-20,
        "average_gradient": 1e-20,
    }

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-7,
        centered: bool = False,
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
        self.rho = number("rho", rho, high=1.0)
        self.momentum = number("momentum", momentum, high=1.0)
        self.epsilon = number("epsilon", epsilon)
        self.centered = flag("centered", centered)
        asked = (True, self.momentum > 0, self.centered)
        names = ("v", "momentum", "average_gradient")
        self.slot_groups = tuple(
            (name,) for name, wanted in zip(names, asked, strict=True) if wanted
        )
        self._flush_every = flush_interval(self.rho, self.momentum)

    def _compute_change(self, g: Array, rate: float) -> None:
        v, change = self.slots["v"], self.change
        np.multiply(g, g, out=change)
        change *= 1 - self.rho
        v *= self.rho
        v += change
        if self.centered:
            change = self._variance(g, v)
            change += self.epsilon
        else:
            np.add(v, self.epsilon, out=change)
        np.sqrt(change, out=change)
        np.divide(g, change, out=change)
        change *= -rate
        if self.momentum:
            momentum = self.slots["momentum"]
            momentum *= self.momentum
            momentum -= change
            np.negative(momentum, out=change)

    def _variance(self, g: Array, v: Array) -> Array:
        """v - average_gradient^2, written over `change`, after the average has taken g in."""
        average = self.slots["average_gradient"]
        average *= self.rho
        average += np.multiply(g, 1 - self.rho, out=self.change)
        np.multiply(average, average, out=self.change)
        return np.subtract(v, self.change, out=self.change)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "rho": self.rho,
            "momentum": self.momentum,
            "epsilon": self.epsilon,
            "centered": self.centered,
        }


class Adagrad(Optimizer):
    """Adagrad (Duchi et al. 2011; keras/src/optimizers/adagrad.py).

    accumulator = accumulator + g^2, from initial_accumulator_value
    change = -rate g / sqrt(accumulator + epsilon)
    """

    name = "adagrad"
    slot_groups = (("accumulator",),)

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.001,
        initial_accumulator_value: float = 0.1,
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
        start = number("initial_accumulator_value", initial_accumulator_value)
        self.initial_accumulator_value = start
        self.epsilon = number("epsilon", epsilon)

    def _new_slots(self, parameters: Array) -> dict[str, Array]:
        return {"accumulator": np.full_like(parameters, self.initial_accumulator_value)}

    def _compute_change(self, g: Array, rate: float) -> None:
        accumulator, change = self.slots["accumulator"], self.change
        accumulator += np.multiply(g, g, out=change)
        np.add(accumulator, self.epsilon, out=change)
        np.sqrt(change, out=change)
        np.divide(g, change, out=change)
        change *= -rate

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "initial_accumulator_value": self.initial_accumulator_value,
            "epsilon": self.epsilon,
        }


class Adadelta(Optimizer):
    """Adadelta (Zeiler 2012; keras/src/optimizers/adadelta.py).

    accumulated_grad = rho accumulated_grad + (1 - rho) g^2
    delta = -g sqrt(accumulated_delta + epsilon) / sqrt(accumulated_grad + epsilon)
    accumulated_delta = rho accumulated_delta + (1 - rho) delta^2
    change = rate delta
    """

    name = "adadelta"
    slot_groups = (("accumulated_grad", "accumulated_delta"),)
    flush_below: ClassVar[Mapping[str, float]] = {
        "accumulated_grad": 1e-30,
        "accumulated_delta": 1e-30,
    }

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule = 0.001,
        rho: float = 0.95,
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
        self.rho = number("rho", rho, high=1.0)
        self.epsilon = number("epsilon", epsilon)
        self._flush_every = flush_interval(self.rho)

    def _compute_change(self, g: Array, rate: float) -> None:
        grads, deltas = self.slots["accumulated_grad"], self.slots["accumulated_delta"]
        change, part = self.change, self._scratch
        grads *= self.rho
        np.multiply(g, g, out=change)
        grads += np.multiply(change, 1 - self.rho, out=change)
        np.sqrt(np.add(deltas, self.epsilon, out=change), out=change)
        np.sqrt(np.add(grads, self.epsilon, out=part), out=part)
        change *= g
        change /= part  # -delta
        deltas *= self.rho
        np.multiply(change, change, out=part)
        deltas += np.multiply(part, 1 - self.rho, out=part)
        change *= -rate

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"rho": self.rho, "epsilon": self.epsilon}
