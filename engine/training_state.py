"""What training can be put back to, and what it raises when it has left the finite numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.optimizers.schedules import LearningRateSchedule

Array = NDArray[Any]


class Diverged(FloatingPointError):
    """Training has left the range of finite numbers.

    Attributes:
        step: the number of the step that failed, counted from 1.
        reason: what was not finite.
    """

    def __init__(self, *, step: int, reason: str, learning_rate: float | None = None) -> None:
        self.step = step
        self.reason = reason
        self.learning_rate = learning_rate
        rate = f" The learning rate is {learning_rate:g}." if learning_rate is not None else ""
        super().__init__(
            f"Training diverged at step {step}: {reason}.{rate} "
            "Try a smaller learning rate, or scale the inputs."
        )


@dataclass(frozen=True)
class TrainerState:
    """All that a step depends on: with this, training goes on exactly as it did."""

    step: int
    parameters: Array
    statistics: Array
    slots: dict[str, Array]
    iterations: int
    rate_setting: float | LearningRateSchedule
    last_loss: float | None
    loss_sum: float
    metric_sums: tuple[int, tuple[float, ...]]

    @property
    def nbytes(self) -> int:
        """Roughly the memory this state takes, in bytes."""
        arrays = [self.parameters, self.statistics, *self.slots.values()]
        return sum(array.nbytes for array in arrays) + 256 * (len(arrays) + 3)
