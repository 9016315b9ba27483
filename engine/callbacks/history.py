"""History: what `fit` returns (keras/src/callbacks/history.py)."""

from __future__ import annotations

from engine.callbacks.base import Callback, Logs


class History(Callback):
    """Remembers the logs of every epoch.

    Attributes:
        history: name -> one number per epoch; validation has numbers for the epochs that had one.
        epoch: the numbers of the epochs, from 0.
    """

    def __init__(self) -> None:
        self.history: dict[str, list[float]] = {}
        self.epoch: list[int] = []

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self.epoch = []

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
