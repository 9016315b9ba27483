"""Many callbacks called as one (keras/src/callbacks/callback_list.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.callbacks.base import Callback, Logs


class CallbackList(Callback):
    """Passes every hook on to each of its callbacks, in order.

    Hooks around batches go only to the callbacks that do something there: calling empty hooks
    twice a step would cost more than a step of a small network.

    Raises:
        TypeError: something in the list is not a callback.
    """

    def __init__(self, callbacks: Sequence[Callback] | Callback | None = None) -> None:
        self.callbacks = _checked(callbacks)
        self._of_batches = [each for each in self.callbacks if each.wants_batches]
        self._of_test_batches = [each for each in self.callbacks if each.wants_test_batches]

    @property
    def wants_batches(self) -> bool:
        return bool(self._of_batches)

    @property
    def wants_test_batches(self) -> bool:
        return bool(self._of_test_batches)

    def set_model(self, model: Any) -> None:
        super().set_model(model)
        for callback in self.callbacks:
            callback.set_model(model)

    def set_params(self, params: dict[str, Any]) -> None:
        super().set_params(params)
        for callback in self.callbacks:
            callback.set_params(params)

    def on_train_begin(self, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_train_begin", logs)

    def on_train_end(self, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_train_end", logs)

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_epoch_begin", logs, epoch)

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_epoch_end", logs, epoch)

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        _call(self._of_batches, "on_train_batch_begin", logs, batch)

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        _call(self._of_batches, "on_train_batch_end", logs, batch)

    def on_bad_batch(self, batch: int, logs: Logs) -> None:
        """The end of a batch whose loss is no number: every callback hears of it."""
        _call(self.callbacks, "on_train_batch_end", logs, batch)

    def on_test_begin(self, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_test_begin", logs)

    def on_test_end(self, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_test_end", logs)

    def on_test_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        _call(self._of_test_batches, "on_test_batch_begin", logs, batch)

    def on_test_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        _call(self._of_test_batches, "on_test_batch_end", logs, batch)

    def on_predict_begin(self, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_predict_begin", logs)

    def on_predict_end(self, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_predict_end", logs)

    def on_predict_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_predict_batch_begin", logs, batch)

    def on_predict_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        _call(self.callbacks, "on_predict_batch_end", logs, batch)


def _call(callbacks: Sequence[Callback], hook: str, logs: Logs | None, *number: int) -> None:
    logs = {} if logs is None else logs
    for callback in callbacks:
        getattr(callback, hook)(*number, logs)


def _checked(callbacks: Sequence[Callback] | Callback | None) -> list[Callback]:
    if callbacks is None:
        return []
    given = [callbacks] if isinstance(callbacks, Callback | type) else callbacks
    if not isinstance(given, list | tuple):
        raise TypeError(f"callbacks must be a list such as [EarlyStopping()], not {given!r}.")
    for callback in given:
        if isinstance(callback, type):
            name = callback.__name__
            raise TypeError(f"callbacks holds the class {name}: write {name}(...), with brackets.")
        if not isinstance(callback, Callback):
            raise TypeError(
                f"callbacks must hold callbacks such as EarlyStopping(), not {callback!r}."
            )
    return list(given)
