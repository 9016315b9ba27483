"""What every optimizer has: the rate, clipping, weight decay, and its memory between updates.

All parameters of a model are ONE flat vector w and their slopes one flat vector g, so an
optimizer is a few operations on whole vectors, in place. The order of things in an update is
Keras's (keras/src/optimizers/base_optimizer.py):

    1. clip g
    2. weight decay:  w = w - weight_decay rate w
    3. the optimizer's own formula, from the clipped g

Here 2 and 3 are added up as `change` first, which can be looked at: w = w + change.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.arguments import number, number_or_none
from engine.configs import Configured, serialize
from engine.optimizers import clipping, schedules
from engine.optimizers.schedules import LearningRateSchedule

Array = NDArray[Any]

#: how often, in updates, vanished numbers are looked for: at most this many apart
FLUSH_EVERY = 256

#: what Keras 2 wrote into configs and what changes nothing in the arithmetic
KERAS_2 = ("jit_compile", "is_legacy_optimizer")


class Optimizer(Configured):
    """What every optimizer has.

    Args:
        learning_rate: a number, or a schedule that gives one for each update.
        weight_decay: with it, every update also takes weight_decay * rate off every parameter,
            biases included, as a part of its value.
        clipnorm: the gradient of each weight array is made no longer than this.
        clipvalue: every number of the gradient is kept within -clipvalue .. clipvalue.
        global_clipnorm: the whole gradient is made no longer than this.
        name: as in Keras; it does nothing here.

    Attributes:
        iterations: how many updates have been made.
        slots: name -> flat vector the optimizer remembers between updates, e.g. "velocity".
        change: the flat vector that the last update added to the parameters, weight decay
            included; zeros before the first.

    Raises:
        ValueError: an argument is not a number in its range, or more than one clip is set.
    """

    keras_module = "keras.optimizers"
    off: ClassVar[Mapping[str, Any]] = {
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
    }

    #: Keras's name for an optimizer that was not given one
    name = "optimizer"
    #: The names of the slots in Keras's order of variables. Keras makes the slots of one group
    #: weight array by weight array, (m, v) of the first, (m, v) of the second; then the next group.
    slot_groups: tuple[tuple[str, ...], ...] = ()
    #: slots that shrink while the slope is 0, and below what their numbers are set to 0
    flush_below: ClassVar[Mapping[str, float]] = {}

    def __init__(
        self,
        learning_rate: float | LearningRateSchedule,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        *,
        name: str | None = None,
    ) -> None:
        self.rate_setting = learning_rate
        self.weight_decay = number_or_none("weight_decay", weight_decay)
        self.clipnorm = number_or_none("clipnorm", clipnorm)
        self.clipvalue = number_or_none("clipvalue", clipvalue)
        self.global_clipnorm = number_or_none("global_clipnorm", global_clipnorm)
        if [clipnorm, clipvalue, global_clipnorm].count(None) < 2:
            raise ValueError(
                "Only one of clipnorm, clipvalue and global_clipnorm can be set, not "
                f"clipnorm={clipnorm}, clipvalue={clipvalue}, global_clipnorm={global_clipnorm}."
            )
        self.name = self.name if name is None else name
        self.iterations = 0
        self.slots: dict[str, Array] = {}
        self.change: Array = np.zeros(0)
        self._variables: tuple[slice, ...] | None = None
        self._trains: Array | None = None
        self._flush_every = FLUSH_EVERY

    # -- the learning rate -------------------------------------------------------------------

    @property
    def rate_setting(self) -> float | LearningRateSchedule:
        """What was given as learning rate: the number, or the schedule. Either may be set."""
        return self._rate_setting

    @rate_setting.setter
    def rate_setting(self, rate: float | LearningRateSchedule) -> None:
        if isinstance(rate, LearningRateSchedule):
            self._rate_setting: float | LearningRateSchedule = rate
        elif callable(rate):
            raise ValueError(
                "learning_rate must be a number, 0 or more, or an object of a class that is made "
                f"from LearningRateSchedule, such as CosineDecay(0.01, 1000), not {rate!r}."
            )
        else:
            self._rate_setting = number("learning_rate", rate)

    @property
    def learning_rate(self) -> float:
        """The rate of the next update, as a number.

        It may be set at any time, and counts from the next update on.

        Raises:
            TypeError: on setting a number while a schedule decides.
            ValueError: a schedule gives something that is not a number, 0 or more.
        """
        rate = self._rate_setting
        if isinstance(rate, float):
            return rate
        return number(f"{type(rate).__name__}({self.iterations})", rate(self.iterations))

    @learning_rate.setter
    def learning_rate(self, rate: float | LearningRateSchedule) -> None:
        decides = self._rate_setting
        if isinstance(decides, LearningRateSchedule) and not isinstance(rate, LearningRateSchedule):
            raise TypeError(
                f"The learning rate comes from a schedule, {type(decides).__name__}, and cannot be "
                "set. Make the optimizer with a number as learning_rate to be able to set it."
            )
        self.rate_setting = rate

    # -- updates -----------------------------------------------------------------------------

    def build(self, parameters: Array, variables: Sequence[slice] | None = None) -> None:
        """Make room for a parameter vector like this one; nothing happens when there is room.

        Args:
            parameters: the flat vector, of the size and dtype that `update` will get.
            variables: which part of it each weight array is. Needed for clipnorm.

        Raises:
            ValueError: the optimizer has already trained another vector, or it clips each weight
                array by itself and does not know where they are.
        """
        if variables is not None:
            self._variables = tuple(variables)
        if self.clipnorm and self._variables is None:
            raise ValueError(
                "clipnorm makes the gradient of each weight array shorter by itself: "
                "build(parameters, variables) must be told the slice of each."
            )
        if self.iterations and self._trains is not None and self._trains is not parameters:
            raise ValueError(
                f"This optimizer has already trained {self.change.size} parameters and cannot go "
                f"on with {parameters.size} others: what it remembers is about another model, or "
                "about this one before its layers changed. Compile with a new optimizer."
            )
        self._trains = parameters
        if self.change.shape == parameters.shape and self.change.dtype == parameters.dtype:
            return
        self.change = np.zeros_like(parameters)
        self.slots = self._new_slots(parameters)
        self._scratch = np.zeros_like(parameters)

    def _new_slots(self, parameters: Array) -> dict[str, Array]:
        names = [name for group in self.slot_groups for name in group]
        return {name: np.zeros_like(parameters) for name in names}

    def update(self, parameters: Array, gradient: Array) -> None:
        """One step: add `change` to the parameters, in place; the gradient stays as it is.

        Both are flat vectors of one size and dtype.
        """
        if self.change.size != parameters.size:
            self.build(parameters)
        rate = self._rate_setting
        if not isinstance(rate, float):  # asked here: a small update takes but a microsecond
            rate = self.learning_rate
        if self.clipnorm or self.clipvalue or self.global_clipnorm:
            gradient = self._clip(gradient)
        self.iterations += 1
        self._compute_change(gradient, rate)
        if self.weight_decay:
            self.change -= np.multiply(parameters, self.weight_decay * rate, out=self._scratch)
        np.add(parameters, self.change, out=parameters)
        if self.iterations % self._flush_every == 0:
            # Afterwards: a slot that was just used to divide by must not become 0 in between.
            for name, below in self.flush_below.items():
                if name in self.slots:
                    flush_vanished(self.slots[name], below * _room_below(parameters.dtype))

    def _compute_change(self, g: Array, rate: float) -> None:
        """The optimizer's formula: g -> `self.change`, for the update number `self.iterations`."""
        raise NotImplementedError

    def _clip(self, gradient: Array) -> Array:
        if self.clipnorm and self._variables is not None:
            return clipping.by_norm(gradient, self._variables, self.clipnorm)
        if self.global_clipnorm:
            return clipping.by_global_norm(gradient, self.global_clipnorm)
        return clipping.by_value(gradient, self.clipvalue or math.inf)

    # -- as a config -------------------------------------------------------------------------

    def get_config(self) -> dict[str, Any]:
        """The arguments that make the same optimizer again: Keras's config, name for name."""
        rate = self.rate_setting
        return {
            "name": self.name,
            "learning_rate": serialize(rate) if isinstance(rate, LearningRateSchedule) else rate,
            "weight_decay": self.weight_decay,
            "clipnorm": self.clipnorm,
            "global_clipnorm": self.global_clipnorm,
            "clipvalue": self.clipvalue,
            **self.off,
        }

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Make one from Keras's config, of Keras 3 or 2.

        Raises:
            ValueError: an argument is unknown, or is set to something that the engine lacks.
        """
        if not isinstance(config, Mapping):
            raise ValueError(f"The config of {cls.__name__} must be a dict, not {config!r}.")
        given = {name: value for name, value in config.items() if name not in KERAS_2}
        if not given.get("decay"):  # Keras 2's decay of the rate
            given.pop("decay", None)
        if not given.get("use_ema"):
            given |= {name: value for name, value in cls.off.items() if name.startswith("ema_")}
        if isinstance(given.get("learning_rate"), Mapping):
            given["learning_rate"] = schedules.get(given["learning_rate"])
        return super().from_config(given)


def flush_vanished(slot: Array, below: float) -> None:
    """Set the numbers of a slot that are nearer to 0 than `below` to 0, in place.

    The moments of a dead node shrink for ever and end as subnormal numbers, on which many
    processors are up to a hundred times slower. Called at fixed counts, so replays agree.
    """
    slot[np.abs(slot) < below] = 0


def flush_interval(*decays: float) -> int:
    """After how many updates to flush again, for slots that shrink by these factors in each.

    In between, a number of 1e-30 may become 1.26e-38, just not subnormal in float32.
    """
    intervals = [int(-7.9 / math.log10(decay)) for decay in decays if 0 < decay < 1]
    return max(1, min([FLUSH_EVERY, *intervals]))


@lru_cache
def _room_below(dtype: Any) -> float:
    """How much smaller than in float32 a number may be before it is subnormal."""
    return float(np.finfo(dtype).tiny / np.float64(np.finfo(np.float32).tiny))
