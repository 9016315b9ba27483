"""Optimizers: how the parameters move against their slopes.

All parameters of a model are ONE flat vector w and their slopes one flat vector g, so an
optimizer is a few operations on whole vectors, in place. Each keeps what it added to w as
`change`. t counts updates from 1. Names, defaults and formulas: keras/src/optimizers/.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.names import look_up

Array = NDArray[Any]

#: how often, in updates, vanished numbers are looked for: at most this many apart
FLUSH_EVERY = 256


class Optimizer:
    """What every optimizer has.

    Attributes:
        learning_rate: may be set at any time; it counts from the next update on.
        iterations: how many updates have been made.
        slots: name -> flat vector the optimizer remembers between updates, e.g. "velocity".
        change: the flat vector that the last update added to the parameters; zeros before.
    """

    name = ""
    slot_names: tuple[str, ...] = ()

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self.iterations = 0
        self.slots: dict[str, Array] = {}
        self.change: Array = np.zeros(0)

    @property
    def learning_rate(self) -> float:
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._learning_rate = _number("learning_rate", rate, low=0.0)

    def build(self, parameters: Array) -> None:
        """Make room for a parameter vector like this one; nothing happens when there is room.

        Raises:
            ValueError: the optimizer already works on a vector of another size.
        """
        if self.change.shape == parameters.shape and self.change.dtype == parameters.dtype:
            return
        if self.iterations:
            raise ValueError(
                f"This optimizer has already trained {self.change.size} parameters and cannot go "
                f"on with {parameters.size}. Compile the model with a new optimizer."
            )
        self.change = np.zeros_like(parameters)
        self.slots = {name: np.zeros_like(parameters) for name in self.slot_names}
        self._scratch = np.zeros_like(parameters)

    def update(self, parameters: Array, gradient: Array) -> None:
        """One step: add `change` to the parameters. Both vectors are flat, of one size."""
        if self.change.shape != parameters.shape:
            self.build(parameters)
        self.iterations += 1
        self._compute_change(gradient)
        np.add(parameters, self.change, out=parameters)

    def _compute_change(self, g: Array) -> None:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same optimizer again."""
        return {"learning_rate": self.learning_rate}


class SGD(Optimizer):
    """Stochastic gradient descent (keras/src/optimizers/sgd.py).

    change = -rate g
    with momentum:      velocity = momentum velocity - rate g;  change = velocity
    and with nesterov:  change = momentum velocity - rate g, with the new velocity
    """

    name = "sgd"

    def __init__(
        self, learning_rate: float = 0.01, momentum: float = 0.0, nesterov: bool = False
    ) -> None:
        super().__init__(learning_rate)
        self.momentum = _number("momentum", momentum, low=0.0, high=1.0)
        self.nesterov = bool(nesterov)
        self.slot_names = ("velocity",) if self.momentum else ()
        self._flush_every = flush_interval(self.momentum)

    def _compute_change(self, g: Array) -> None:
        change = np.multiply(g, -self.learning_rate, out=self.change)
        if not self.momentum:
            return
        velocity = self.slots["velocity"]
        velocity *= self.momentum
        velocity += change
        if self.iterations % self._flush_every == 0:
            flush_vanished(velocity, 1e-20)
        if self.nesterov:
            np.multiply(velocity, self.momentum, out=self._scratch)
            change += self._scratch
        else:
            np.copyto(change, velocity)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"momentum": self.momentum, "nesterov": self.nesterov}


class Adam(Optimizer):
    """Adam (Kingma & Ba 2015, section 2's last form; keras/src/optimizers/adam.py).

    m = m + (1 - beta_1) (g - m)
    v = v + (1 - beta_2) (g^2 - v)
    alpha = rate sqrt(1 - beta_2^t) / (1 - beta_1^t)
    change = -alpha m / (sqrt(v) + epsilon)
    """

    name = "adam"
    slot_names = ("m", "v")

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate)
        self.beta_1 = _number("beta_1", beta_1, low=0.0, high=1.0)
        self.beta_2 = _number("beta_2", beta_2, low=0.0, high=1.0)
        self.epsilon = _number("epsilon", epsilon, low=0.0)
        self._flush_every = flush_interval(min(self.beta_1, self.beta_2))

    def _compute_change(self, g: Array) -> None:
        m, v, change = self.slots["m"], self.slots["v"], self.change
        t = self.iterations
        np.subtract(g, m, out=change)
        change *= 1 - self.beta_1
        m += change
        np.multiply(g, g, out=change)
        change -= v
        change *= 1 - self.beta_2
        v += change
        if t % self._flush_every == 0:
            flush_vanished(m, 1e-20)
            flush_vanished(v, 1e-30)
        alpha = self.learning_rate * math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        np.sqrt(v, out=change)
        change += self.epsilon
        np.divide(m, change, out=change)
        change *= -alpha

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
        }


class RMSprop(Optimizer):
    """RMSprop (Hinton, lecture 6e; keras/src/optimizers/rmsprop.py).

    v = rho v + (1 - rho) g^2
    change = -rate g / sqrt(v + epsilon)
    """

    name = "rmsprop"
    slot_names = ("v",)

    def __init__(
        self, learning_rate: float = 0.001, rho: float = 0.9, epsilon: float = 1e-7
    ) -> None:
        super().__init__(learning_rate)
        self.rho = _number("rho", rho, low=0.0, high=1.0)
        self.epsilon = _number("epsilon", epsilon, low=0.0)
        self._flush_every = flush_interval(self.rho)

    def _compute_change(self, g: Array) -> None:
        v, change = self.slots["v"], self.change
        np.multiply(g, g, out=change)
        change *= 1 - self.rho
        v *= self.rho
        v += change
        if self.iterations % self._flush_every == 0:
            flush_vanished(v, 1e-30)
        np.add(v, self.epsilon, out=change)
        np.sqrt(change, out=change)
        np.divide(g, change, out=change)
        change *= -self.learning_rate

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"rho": self.rho, "epsilon": self.epsilon}


def flush_vanished(slot: Array, below: float) -> None:
    """Set the numbers of a slot that are nearer to 0 than `below` to 0, in place.

    The moments of a dead node shrink for ever and end as subnormal numbers, on which many
    processors are up to a hundred times slower. Called at fixed counts, so replays agree.
    """
    slot[np.abs(slot) < below] = 0


def flush_interval(decay: float) -> int:
    """After how many updates to flush again, for a slot that shrinks by `decay` in each.

    In between, a number of 1e-30 may become 1e-38 and is then just not subnormal in float32.
    """
    if not 0 < decay < 1:
        return FLUSH_EVERY
    return max(1, min(FLUSH_EVERY, int(-8 / math.log10(decay))))


def _number(name: str, value: float, *, low: float, high: float = math.inf) -> float:
    if not isinstance(value, int | float | np.number) or not low <= value <= high:
        wanted = f"{low:g} or more" if high == math.inf else f"from {low:g} to {high:g}"
        raise ValueError(f"{name} must be a number, {wanted}, not {value!r}.")
    if math.isinf(value):
        raise ValueError(f"{name} must be a finite number, not {value!r}.")
    return float(value)


OPTIMIZERS: dict[str, type[Optimizer]] = {kind.name: kind for kind in (SGD, Adam, RMSprop)}


def get(optimizer: str | Optimizer) -> Optimizer:
    """A new optimizer of that name with its defaults, or the optimizer itself.

    Raises:
        ValueError: the name is unknown; the message has the nearest match.
    """
    if isinstance(optimizer, Optimizer):
        return optimizer
    if not isinstance(optimizer, str):
        raise ValueError(
            f"An optimizer is a name such as 'adam' or an object such as Adam(0.01), "
            f"not {optimizer!r}."
        )
    factory: Any = look_up("optimizer", optimizer, OPTIMIZERS)
    made: Optimizer = factory()
    return made
