"""What a timeline has recorded, kept to be taken back after a part of it was forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakMethod

from engine.checkpoints import Checkpoints
from engine.interventions import Intervention
from engine.series import Series
from engine.training_state import Diverged


@dataclass(frozen=True, eq=False)
class Recorded:
    """A history as it was: states are shared with the timeline, curves are copies."""

    step: int
    """The step that was shown."""
    end: int
    rates: dict[int, Any]
    done: dict[int, Intervention]
    checkpoints: Checkpoints
    curves: tuple[Series, ...]
    diverged: Diverged | None


def weakly(method: Callable[..., None]) -> Callable[..., None]:
    """The method for somebody who must not keep its timeline alive.

    A history takes megabytes. When nobody looks at it any more they are free at once, not when
    the garbage is next looked through.
    """
    held = WeakMethod(method)

    def call(*arguments: Any) -> None:
        alive = held()
        if alive is not None:
            alive(*arguments)

    return call
