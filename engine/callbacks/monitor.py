"""Watching one number of the logs (keras/src/callbacks/monitor_callback.py)."""

from __future__ import annotations

import math
import warnings
from typing import Any

from engine.arguments import number
from engine.callbacks.base import Callback, Logs
from engine.names import look_up, nearest

#: what a metric's name has in it when more is better; the other metrics are errors and losses
_MORE_IS_BETTER = ("acc", "precision", "recall")


class MonitorCallback(Callback):
    """A callback that asks whether a number has become better.

    Args:
        monitor: a name in the logs, such as "val_loss".
        mode: "min" when less is better, "max" when more is, "auto" to tell by the name: a loss or
            an error goes down, an accuracy, precision or recall goes up.
        best: the number to beat first; None takes whatever comes first.
        min_delta: a change that is not larger than this is none. The sign does not matter.

    Raises:
        ValueError: an unknown mode; or, when training begins, a name that "auto" cannot tell.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        mode: str = "auto",
        best: float | None = None,
        min_delta: float = 0,
    ) -> None:
        if not isinstance(monitor, str):
            raise ValueError(f"monitor must be a name such as 'val_loss', not {monitor!r}.")
        self.monitor = monitor
        self.mode = look_up("mode", str(mode), {name: name for name in ("auto", "min", "max")})
        self.best = None if best is None else number("The best so far", best, low=-math.inf)
        self.min_delta = abs(number("min_delta", min_delta, low=-math.inf))

    def improves(self, value: float, on: float | None) -> bool:
        """Whether `value` is better than `on` by more than min_delta; it is better than None.

        Compared in the model's kind of number, as in Keras: a mean over rows in another order
        differs by rounding, and that is no improvement.
        """
        if on is None:
            return True
        kind = self.model.dtype.type
        if self._more_is_better():
            return bool(kind(value - self.min_delta) > kind(on))
        return bool(kind(value + self.min_delta) < kind(on))

    def monitored(self, logs: Logs | None) -> Any:
        """The number in the logs, or None with a warning that says which there are."""
        logs = logs or {}
        value = logs.get(self.monitor)
        if value is None:
            near = nearest(self.monitor, logs)
            guess = f" Did you mean {near!r}?" if near and self.monitor[:4] != "val_" else ""
            advice = (
                " Give fit validation_data or validation_split."
                if self.monitor.startswith("val_") and self.monitor[4:] in logs
                else guess
            )
            warnings.warn(
                f"{type(self).__name__} watches {self.monitor!r}, which is not in the logs. "
                f"They have: {', '.join(logs) or 'nothing'}.{advice}",
                stacklevel=3,
            )
        return value

    def _more_is_better(self) -> bool:
        if self.mode != "auto":
            return self.mode == "max"
        name = self.monitor.removeprefix("val_")
        if name == "loss":
            return False
        names = [_name(metric) for metric in self.model.metrics_given]
        for metric in self.model.metrics_given:
            if _name(metric) == name:
                kind = metric if isinstance(metric, str) else type(metric).__name__
                return any(part in kind.casefold() for part in _MORE_IS_BETTER)
        raise ValueError(
            f"{type(self).__name__} cannot tell whether {self.monitor!r} should go up or down: "
            f"the model has been compiled with {', '.join(['loss', *names])}. "
            "Watch one of these (with val_ before it for validation), or say mode='min' or 'max'."
        )

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self._more_is_better()  # a name that cannot be watched is refused before an epoch is lost


def _name(metric: Any) -> str:
    """A metric's name in the logs: the string given to compile, or the object's name."""
    return metric if isinstance(metric, str) else str(metric.name)
