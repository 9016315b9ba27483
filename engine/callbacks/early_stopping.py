"""EarlyStopping (keras/src/callbacks/early_stopping.py)."""

from __future__ import annotations

import math
from typing import Any

from engine.arguments import flag, number, whole
from engine.callbacks.base import Logs
from engine.callbacks.monitor import MonitorCallback
from engine.progress_bar import say


class EarlyStopping(MonitorCallback):
    """Ends the training when a number has stopped getting better.

    Args:
        monitor: the name to watch in the logs of each epoch.
        min_delta: a change that is not larger than this does not count.
        patience: stop at the end of the epoch that is this many after the best one (0 as 1). The
            first epoch never stops the training.
        verbose: 1 says when it stops and which epoch's weights it puts back.
        mode: "min", "max" or "auto", which tells by the name.
        baseline: an epoch that does not beat this number too counts as one without progress.
        restore_best_weights: put the weights of the best epoch back when training ends, whether
            stopped or not.
        start_from_epoch: epochs before this one are not looked at.

    Attributes:
        stopped_epoch: the epoch that stopped the training, from 0; 0 when none did.
        best, best_epoch: the best number and its epoch.  wait: epochs without progress.

    Raises:
        ValueError: an unknown mode, or a monitor whose direction the name does not tell.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0,
        patience: int = 0,
        verbose: int = 0,
        mode: str = "auto",
        baseline: float | None = None,
        restore_best_weights: bool = False,
        start_from_epoch: int = 0,
    ) -> None:
        super().__init__(monitor, mode, min_delta=min_delta)
        self.patience = whole("patience", patience, low=0)
        self.verbose = verbose
        self.baseline = None if baseline is None else number("baseline", baseline, low=-math.inf)
        self.restore_best_weights = flag("restore_best_weights", restore_best_weights)
        self.start_from_epoch = whole("start_from_epoch", start_from_epoch, low=0)
        self._forget()

    def _forget(self) -> None:
        self.wait = 0
        self.stopped_epoch = 0
        self.best = None
        self.best_epoch = 0
        self.best_weights: list[Any] | None = None

    def on_train_begin(self, logs: Logs | None = None) -> None:
        super().on_train_begin(logs)
        self._forget()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        current = self.monitored(logs)
        if current is None or epoch < self.start_from_epoch:
            return
        self.wait += 1
        if self.improves(current, self.best):
            self._remember(current, epoch)
            if self.baseline is None or self.improves(current, self.baseline):
                self.wait = 0
        elif self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def _remember(self, current: float, epoch: int) -> None:
        self.best, self.best_epoch = current, epoch
        if self.restore_best_weights:
            self.best_weights = self.model.get_weights()

    def on_train_end(self, logs: Logs | None = None) -> None:
        if self.stopped_epoch > 0 and self.verbose:
            say(f"Epoch {self.stopped_epoch + 1}: stopped early")
        if self.best_weights is not None:
            if self.verbose:
                say(f"Putting back the weights of the best epoch, {self.best_epoch + 1}")
            self.model.set_weights(self.best_weights)
