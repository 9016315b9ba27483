"""Learning-rate schedules: the rate as a function of how many updates have been made.

Names, defaults and formulas: keras/src/optimizers/schedules/learning_rate_schedule.py. The step
counts from 0: the first update of an optimizer uses schedule(0). `name` is Keras's and does
nothing here. A rate that never changes needs no schedule: give the optimizer a plain number.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from inspect import signature
from itertools import pairwise
from typing import Any, Self

from engine.arguments import flag, number, number_or_none
from engine.configs import Configured, resolve
from engine.optimizers.arguments import steps


class LearningRateSchedule(Configured):
    """What every schedule is: called with a step, it gives the rate of the update after it.

    A schedule of your own overrides `__call__`. It keeps its arguments under their own names, or
    overrides `get_config` too, if it is to be saved.
    """

    keras_module = "keras.optimizers.schedules"

    def __call__(self, step: int) -> float:
        """The learning rate, 0 or more, when `step` updates have been made."""
        raise NotImplementedError(f"{type(self).__name__} must have a method __call__(self, step).")

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same schedule again."""
        names = [name for name in signature(type(self)).parameters if not name.startswith("_")]
        try:
            kept = {name: getattr(self, name) for name in names}
        except AttributeError:
            raise NotImplementedError(
                f"{type(self).__name__} must have a method get_config(self) to be saved."
            ) from None
        return {
            name: list(value) if isinstance(value, list) else value for name, value in kept.items()
        }

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Make one from Keras's config; ValueError when an argument is unknown, lacking or bad."""
        try:
            return super().from_config(config)
        except TypeError as error:
            raise ValueError(f"{cls.__name__} cannot be made from {config!r}: {error}.") from None


class ExponentialDecay(LearningRateSchedule):
    """rate = initial_learning_rate * decay_rate^(step / decay_steps)

    With `staircase` the exponent is rounded down: the rate changes every decay_steps steps.

    Raises:
        ValueError: a number is negative, or decay_steps is not more than 0.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        decay_rate: float,
        staircase: bool = False,
        name: str = "ExponentialDecay",
    ) -> None:
        self.initial_learning_rate = number("initial_learning_rate", initial_learning_rate)
        self.decay_steps = steps("decay_steps", decay_steps)
        self.decay_rate = number("decay_rate", decay_rate)
        self.staircase = flag("staircase", staircase)
        self.name = name

    def __call__(self, step: int) -> float:
        try:
            return float(self.initial_learning_rate * self.decay_rate ** self._decays(step))
        except OverflowError:  # decay_rate above 1: the optimizer says what is wrong with inf
            return math.inf

    def _decays(self, step: int) -> float:
        """How many times the rate has been decayed."""
        decays = step / self.decay_steps
        return math.floor(decays) if self.staircase else decays


class InverseTimeDecay(ExponentialDecay):
    """rate = initial_learning_rate / (1 + decay_rate * step / decay_steps)

    With `staircase` step / decay_steps is rounded down. Raises as ExponentialDecay.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        decay_rate: float,
        staircase: bool = False,
        name: str = "InverseTimeDecay",
    ) -> None:
        super().__init__(initial_learning_rate, decay_steps, decay_rate, staircase, name)

    def __call__(self, step: int) -> float:
        return self.initial_learning_rate / (1 + self.decay_rate * self._decays(step))


class PiecewiseConstantDecay(LearningRateSchedule):
    """Steps: values[0] up to and including step boundaries[0], then values[1], and so on.

    Args:
        boundaries: steps, each larger than the one before.
        values: rates, one more than there are boundaries.

    Raises:
        ValueError: the boundaries do not increase, the lengths do not fit, a number is negative.
    """

    def __init__(
        self,
        boundaries: Sequence[float],
        values: Sequence[float],
        name: str = "PiecewiseConstant",
    ) -> None:
        self.boundaries = _listed("boundaries", boundaries)
        self.values = [number("each of values", value) for value in _listed("values", values)]
        self.name = name
        for boundary in self.boundaries:
            number("each of boundaries", boundary)
        if not self.boundaries:
            raise ValueError("boundaries must hold at least one step; a constant rate is a number.")
        if len(self.values) != len(self.boundaries) + 1:
            raise ValueError(
                f"values must hold one rate more than there are boundaries: {len(self.boundaries)} "
                f"boundaries need {len(self.boundaries) + 1} values, not {len(self.values)}."
            )
        if any(after <= before for before, after in pairwise(self.boundaries)):
            raise ValueError(
                f"boundaries must increase, each larger than the one before, not {self.boundaries}."
            )

    def __call__(self, step: int) -> float:
        return self.values[bisect_left(self.boundaries, step)]


class PolynomialDecay(LearningRateSchedule):
    """From initial_learning_rate to end_learning_rate in decay_steps steps.

    rate = (initial_learning_rate - end_learning_rate) (1 - p)^power + end_learning_rate
    with p = min(step, decay_steps) / decay_steps. With `cycle`, what step is divided by is the
    next multiple of decay_steps instead, so that the rate jumps up and falls again.

    Raises:
        ValueError: a number is negative, or decay_steps is not more than 0.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        end_learning_rate: float = 0.0001,
        power: float = 1.0,
        cycle: bool = False,
        name: str = "PolynomialDecay",
    ) -> None:
        self.initial_learning_rate = number("initial_learning_rate", initial_learning_rate)
        self.decay_steps = steps("decay_steps", decay_steps)
        self.end_learning_rate = number("end_learning_rate", end_learning_rate)
        self.power = number("power", power)
        self.cycle = flag("cycle", cycle)
        self.name = name

    def __call__(self, step: int) -> float:
        cycles = max(1, math.ceil(step / self.decay_steps)) if self.cycle else 1
        left = max(0.0, 1 - step / (self.decay_steps * cycles))
        height = self.initial_learning_rate - self.end_learning_rate
        return float(height * left**self.power + self.end_learning_rate)


class CosineDecay(LearningRateSchedule):
    """Half a cosine wave from the initial rate down to alpha of it (Loshchilov & Hutter 2016).

    p = min(step, decay_steps) / decay_steps
    rate = start ((1 - alpha) (1 + cos(pi p)) / 2 + alpha)

    start is initial_learning_rate. With a `warmup_target` the rate first climbs on a straight
    line from initial_learning_rate to the target in warmup_steps steps; start is then the target,
    and the decay's steps are counted from the end of the climb.

    Raises:
        ValueError: a number is negative, or decay_steps is not more than 0.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        alpha: float = 0.0,
        name: str = "CosineDecay",
        warmup_target: float | None = None,
        warmup_steps: float = 0,
    ) -> None:
        self.initial_learning_rate = number("initial_learning_rate", initial_learning_rate)
        self.decay_steps = steps("decay_steps", decay_steps)
        self.alpha = number("alpha", alpha)
        self.name = name
        self.warmup_target = number_or_none("warmup_target", warmup_target)
        self.warmup_steps = 0 if warmup_steps == 0 else steps("warmup_steps", warmup_steps)

    def __call__(self, step: int) -> float:
        start, since = self.initial_learning_rate, float(step)
        if self.warmup_target is not None:
            if step < self.warmup_steps:
                return start + (self.warmup_target - start) * (step / self.warmup_steps)
            start, since = self.warmup_target, step - self.warmup_steps
        done = min(since, self.decay_steps) / self.decay_steps
        return start * _cosine(done, self.alpha)


class CosineDecayRestarts(LearningRateSchedule):
    """CosineDecay again and again (SGDR, Loshchilov & Hutter 2016).

    The first wave takes first_decay_steps steps, every further one t_mul times as many, and its
    rates are m_mul times as high.

    Raises:
        ValueError: a number is negative, t_mul is below 1, or there are no steps.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        first_decay_steps: float,
        t_mul: float = 2.0,
        m_mul: float = 1.0,
        alpha: float = 0.0,
        name: str = "SGDRDecay",
    ) -> None:
        self.initial_learning_rate = number("initial_learning_rate", initial_learning_rate)
        self.first_decay_steps = steps("first_decay_steps", first_decay_steps)
        self.t_mul = number("t_mul", t_mul, low=1.0)
        self.m_mul = number("m_mul", m_mul)
        self.alpha = number("alpha", alpha)
        self.name = name

    def __call__(self, step: int) -> float:
        restarts, done = self._wave(step / self.first_decay_steps)
        return self.initial_learning_rate * _cosine(done, self.alpha, self.m_mul**restarts)

    def _wave(self, waves: float) -> tuple[int, float]:
        """How many waves are over, and which part of the current one; `waves` in first waves."""
        if self.t_mul == 1:
            over = math.floor(waves)
            return over, waves - over
        # n waves take 1 + t_mul + .. + t_mul^(n-1) = (1 - t_mul^n) / (1 - t_mul) first waves.
        over = math.floor(math.log(1 - waves * (1 - self.t_mul)) / math.log(self.t_mul))
        length = self.t_mul**over
        return over, (waves - (1 - length) / (1 - self.t_mul)) / length


def _cosine(done: float, alpha: float, height: float = 1.0) -> float:
    """From `height` at done = 0 to alpha at done = 1, along half a cosine wave."""
    return (1 - alpha) * 0.5 * height * (1 + math.cos(math.pi * done)) + alpha


def _listed(name: str, given: Any) -> list[Any]:
    if isinstance(given, str | bytes | Mapping) or not hasattr(given, "__iter__"):
        raise ValueError(f"{name} must be a list of numbers, not {given!r}.")
    return list(given)


SCHEDULES: dict[str, type[LearningRateSchedule]] = {
    kind.__name__: kind
    for kind in (
        ExponentialDecay,
        PiecewiseConstantDecay,
        PolynomialDecay,
        InverseTimeDecay,
        CosineDecay,
        CosineDecayRestarts,
    )
}


def get(identifier: Any) -> LearningRateSchedule:
    """The schedule itself, or the one that Keras's JSON form {"class_name", "config"} describes.

    Raises:
        ValueError: it is neither; a name alone is not enough, since schedules have no defaults.
    """
    example = "an object such as CosineDecay(0.01, 1000)"
    if isinstance(identifier, str):
        raise ValueError(f"A learning-rate schedule is {example}, not {identifier!r}.")
    return resolve("learning-rate schedule", identifier, SCHEDULES, LearningRateSchedule, example)
