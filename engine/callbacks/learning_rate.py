"""Callbacks that change the learning rate between epochs.

keras/src/callbacks/learning_rate_scheduler.py, reduce_lr_on_plateau.py. Both put the rate that an
epoch was trained with into its logs, as "learning_rate".
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.arguments import number, whole
from engine.callbacks.base import Callback, Logs
from engine.callbacks.monitor import MonitorCallback
from engine.progress_bar import say


class LearningRateScheduler(Callback):
    """Sets the learning rate before every epoch.

    Args:
        schedule: schedule(epoch, rate) -> the new rate, a float; the first epoch is 0. A function
            of the epoch alone is fine too.
        verbose: 1 says the rate of every epoch.

    Raises:
        TypeError: schedule cannot be called; or the optimizer follows a schedule of its own.
        ValueError: what schedule returned is not a float.
    """

    def __init__(self, schedule: Callable[..., float], verbose: int = 0) -> None:
        if not callable(schedule):
            raise TypeError(
                "LearningRateScheduler needs a function such as lambda epoch, rate: rate * 0.9, "
                f"not {schedule!r}."
            )
        self.schedule = schedule
        self._takes_two = _takes(schedule, 0, 0.0)
        if not self._takes_two and not _takes(schedule, 0):
            raise TypeError(
                "LearningRateScheduler calls its function with (epoch, rate) or with the epoch "
                f"alone, which {schedule!r} does not take."
            )
        self.verbose = verbose

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        now = float(self.model.optimizer.learning_rate)
        rate = self.schedule(*((epoch, now) if self._takes_two else (epoch,)))
        if not isinstance(rate, float | np.floating):
            raise ValueError(
                f"The function of LearningRateScheduler must return a float, such as 0.01, but "
                f"for epoch {epoch} it returned {rate!r}."
            )
        self.model.optimizer.learning_rate = float(rate)
        if self.verbose:
            say(f"Epoch {epoch + 1}: the learning rate is now {float(rate):g}")

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        _log_rate(self.model, logs)


class ReduceLROnPlateau(MonitorCallback):
    """Lowers the learning rate when a number has stopped getting better.

    Args:
        monitor: the name to watch in the logs of each epoch.
        factor: the new rate is the old one times this; less than 1.
        patience: epochs without progress before the rate is lowered.
        verbose: 1 says when.
        mode: "min", "max" or "auto", which tells by the name.
        min_delta: a change that is not larger than this does not count.
        cooldown: after lowering, this many epochs are not counted.
        min_lr: the rate never goes below this.

    Raises:
        ValueError: factor is not between 0 and 1, an unknown mode, or a monitor whose direction
            the name does not tell.
        TypeError: the optimizer follows a schedule of its own.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        verbose: int = 0,
        mode: str = "auto",
        min_delta: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
    ) -> None:
        super().__init__(monitor, mode, min_delta=min_delta)
        self.factor = number("factor", factor, high=1.0, below=True)
        self.patience = whole("patience", patience, low=0)
        self.verbose = verbose
        self.cooldown = whole("cooldown", cooldown, low=0)
        self.min_lr = number("min_lr", min_lr)
        self.wait = 0
        self.cooldown_counter = 0

    def on_train_begin(self, logs: Logs | None = None) -> None:
        super().on_train_begin(logs)
        self.best = None
        self.wait = 0
        self.cooldown_counter = 0

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        _log_rate(self.model, logs)
        current = self.monitored(logs)
        if current is None:
            return
        if self.in_cooldown():
            self.cooldown_counter -= 1
            self.wait = 0
        if self.improves(current, self.best):
            self.best = current
            self.wait = 0
        elif not self.in_cooldown():
            self.wait += 1
            if self.wait >= self.patience:
                self._reduce(epoch)

    def in_cooldown(self) -> bool:
        """Whether epochs are not counted now."""
        return self.cooldown_counter > 0

    def _reduce(self, epoch: int) -> None:
        old = float(self.model.optimizer.learning_rate)
        if old <= self.min_lr:
            return
        new = max(old * self.factor, self.min_lr)
        self.model.optimizer.learning_rate = new
        self.cooldown_counter = self.cooldown
        self.wait = 0
        if self.verbose:
            say(f"Epoch {epoch + 1}: {self.monitor} stands still, the rate is now {new:g}")


def _log_rate(model: Any, logs: Logs | None) -> None:
    if logs is not None:
        logs["learning_rate"] = float(model.optimizer.learning_rate)


def _takes(schedule: Callable[..., float], *arguments: float) -> bool:
    try:
        inspect.signature(schedule).bind(*arguments)
    except TypeError:
        return False
    except ValueError:  # a function written in C that does not say what it takes
        return True
    return True
