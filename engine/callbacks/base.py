"""Callback: what is called while a model trains (keras/src/callbacks/callback.py)."""

from __future__ import annotations

from typing import Any

#: name -> number. The callbacks of one epoch share one dict, so what one of them adds
#: (a learning rate) is there for those after it, History among them.
Logs = dict[str, Any]


class Callback:
    """Override the hooks you need; `model` and `params` are set before the first one is called.

    A callback ends the training by `self.model.stop_training = True`: in a hook of a batch the
    epoch ends with that batch, in a hook of an epoch with that epoch.

    Attributes:
        model: the Sequential that trains.
        params: {"verbose": ..., "epochs": the last epoch's number, "steps": steps in an epoch}.
    """

    model: Any = None
    params: Any = None

    def set_model(self, model: Any) -> None:
        """Called once before training; sets `model`."""
        self.model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """Called once before training; sets `params`."""
        self.params = params

    @property
    def wants_batches(self) -> bool:
        """Whether a hook around a training step does anything; else none of them is called."""
        return overrides(
            self, "on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end"
        )

    @property
    def wants_test_batches(self) -> bool:
        """Whether a hook around a batch of an evaluation does anything."""
        return overrides(self, "on_test_batch_begin", "on_test_batch_end")

    # -- training ----------------------------------------------------------------------------

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Logs | None = None) -> None:
        """After the last epoch, with its logs. Not called when an error or Ctrl-C ends `fit`."""

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Before an epoch; the first is 0."""

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """After an epoch; logs hold "loss", the metrics, and the same with "val_" before."""

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a step; the first of each epoch is 0."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a step; logs hold the means over the epoch so far, as Keras gives them."""
        self.on_batch_end(batch, logs)

    def on_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Another name for `on_train_batch_begin`."""

    def on_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Another name for `on_train_batch_end`."""

    # -- evaluating (validation during `fit` as well) ----------------------------------------

    def on_test_begin(self, logs: Logs | None = None) -> None:
        """Before an evaluation."""

    def on_test_end(self, logs: Logs | None = None) -> None:
        """After an evaluation, with its logs."""

    def on_test_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a batch of an evaluation."""

    def on_test_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a batch of an evaluation; logs hold the means so far."""

    # -- predicting --------------------------------------------------------------------------

    def on_predict_begin(self, logs: Logs | None = None) -> None:
        """Before predicting."""

    def on_predict_end(self, logs: Logs | None = None) -> None:
        """After predicting."""

    def on_predict_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a batch of predictions."""

    def on_predict_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a batch; logs hold "outputs", its predictions."""


def overrides(callback: Callback, *hooks: str) -> bool:
    """Whether the callback's class, or the object itself, has its own version of a hook."""
    return any(
        getattr(getattr(callback, hook), "__func__", None) is not getattr(Callback, hook)
        for hook in hooks
    )
