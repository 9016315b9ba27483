"""What somebody does to a network in the middle of its training: weights set, weights frozen.

It belongs to the history of the training: every step after it depends on it. So it is kept with
the step at which it was done, and done again whenever that step is reached.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.training import Trainer


@dataclass(frozen=True)
class Intervention:
    """What was done at one step.

    `values`: places in the flat parameter vector, each with the number it was set to there.
    `frozen`: the places that no step after it moves, until a later intervention says otherwise.
    """

    values: tuple[tuple[int, float], ...]
    frozen: frozenset[int]


class Interventions:
    """Sets and freezes parameters of a model under training, and keeps what was done, by step.

    Args:
        trainer: trains the model.
        forget_future: called after each: what was recorded after the present step is not what
            would come now.
    """

    def __init__(self, trainer: Trainer, forget_future: Callable[[], None]) -> None:
        self._trainer = trainer
        self._forget_future = forget_future
        self._done: dict[int, Intervention] = {}

    @property
    def by_step(self) -> dict[int, Intervention]:
        """All that was done so far, in the order of the steps."""
        return dict(sorted(self._done.items()))

    @property
    def frozen(self) -> frozenset[int]:
        """The places that the next step does not move."""
        before = [step for step in self._done if step <= self._trainer.step_count]
        return self._done[max(before)].frozen if before else frozenset()

    def set(self, place: int, value: float) -> None:
        """Set one number of the flat parameter vector, here. The recorded future is forgotten.

        Raises:
            ValueError: there is no such place, or the value is not a number that the model's
                dtype can hold. Nothing is changed then.
        """
        dtype = self._trainer.model.parameters.dtype
        with np.errstate(over="ignore"):
            held = float(np.asarray(value).astype(dtype))
        if not math.isfinite(held):
            raise ValueError(f"A weight is a finite number of {dtype}, not {value!r}.")
        values = {**dict(self._here.values), self._checked(place): held}
        self._do(Intervention(tuple(values.items()), self._here.frozen))

    def freeze(self, places: Iterable[int]) -> None:
        """From here on these parameters and no others keep their values, whatever their slopes.

        The recorded future is forgotten. With no places all of them move again.

        Raises:
            ValueError: there is no such place. Nothing is changed then.
        """
        wanted = frozenset(map(self._checked, places))
        self._do(Intervention(self._here.values, wanted))

    def apply(self) -> None:
        """Do what was done at the present step; doing it twice changes nothing more."""
        if not self._done:
            return
        trainer = self._trainer
        for place, value in self._here.values:
            trainer.model.parameters[place] = value
        frozen = self.frozen
        trainer.frozen = np.array(sorted(frozen), dtype=np.intp) if frozen else None

    def take_back(self, done: dict[int, Intervention]) -> None:
        """What was done is this and nothing else; `apply` does what belongs to the present step."""
        self._done = dict(done)
        self._trainer.frozen = None

    def forget_beyond(self, step: int) -> None:
        """What was done after that step has not been done."""
        self._done = {at: done for at, done in self._done.items() if at <= step}

    @property
    def _here(self) -> Intervention:
        return self._done.get(self._trainer.step_count) or Intervention((), self.frozen)

    def _do(self, intervention: Intervention) -> None:
        self._trainer.evaluate_rest()  # the epoch that has just ended ended with other weights
        self._done[self._trainer.step_count] = intervention
        self.apply()
        self._forget_future()

    def _checked(self, place: int) -> int:
        count = len(self._trainer.model.parameters)
        if not isinstance(place, int | np.integer) or not 0 <= place < count:
            raise ValueError(f"The model has the parameters 0 to {count - 1}, not {place!r}.")
        return int(place)
