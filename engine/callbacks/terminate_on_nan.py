"""TerminateOnNaN (keras/src/callbacks/terminate_on_nan.py)."""

from __future__ import annotations

import math

from engine.callbacks.base import Callback, Logs
from engine.progress_bar import say


class TerminateOnNaN(Callback):
    """Ends the training at a batch whose loss is not a finite number.

    Without it `fit` raises Diverged there. With it `fit` returns its History, that epoch's loss
    is NaN, and the model keeps the weights it had before the bad batch (Keras leaves NaN in them).

    Args:
        raise_error: raise RuntimeError instead.
    """

    def __init__(self, raise_error: bool = False) -> None:
        self.raise_error = raise_error

    @property
    def wants_batches(self) -> bool:
        return False  # `fit` calls it when a batch is bad, and only then

    def on_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        loss = (logs or {}).get("loss")
        if loss is None or math.isfinite(loss):
            return
        message = f"Batch {batch}: the loss is {loss}, training ends here"
        if self.raise_error:
            raise RuntimeError(f"{message}. Try a smaller learning rate, or scale the inputs.")
        say(message)
        self.model.stop_training = True
