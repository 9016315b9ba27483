"""Callbacks: what is called while `fit` runs (keras/src/callbacks/callback.py, history.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.model import Sequential

Logs = Mapping[str, float]


class Callback:
    """Override what you need. `model` and `params` are set before training starts.

    A callback ends the training after the current epoch by `self.model.stop_training = True`.
    """

    model: Sequential
    params: dict[str, Any]

    @property
    def wants_batches(self) -> bool:
        """Whether one of the two hooks around a step does anything."""
        kind = type(self)
        return (
            kind.on_train_batch_begin is not Callback.on_train_batch_begin
            or kind.on_train_batch_end is not Callback.on_train_batch_end
        )

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Logs | None = None) -> None:
        """After the last epoch; logs are those of that epoch."""

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Before an epoch; the first is 0."""

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """After an epoch; logs hold "loss", the metrics, and the same with "val_" before."""

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a step; the first of each epoch is 0."""

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a step; logs hold "loss", the loss of that batch before its update."""


class History(Callback):
    """Remembers the logs of every epoch; `fit` returns one.

    Attributes:
        history: name -> one number per epoch.
        epoch: the numbers of the epochs, from 0.
    """

    def __init__(self) -> None:
        self.history: dict[str, list[float]] = {}
        self.epoch: list[int] = []
        self.params = {}

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self.history = {}
        self.epoch = []

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
