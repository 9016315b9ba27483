"""fit: nothing but a loop over Trainer.step, with callbacks around it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.callbacks import Callback, History, Logs
from engine.checks import as_numbers, whole
from engine.data import split_rows
from engine.training import Trainer

if TYPE_CHECKING:
    from engine.model import Sequential


def fit(
    model: Sequential,
    x: Any,
    y: Any,
    *,
    batch_size: int,
    epochs: int,
    verbose: int | str,
    callbacks: Sequence[Callback],
    validation_split: float,
    validation_data: tuple[Any, Any] | None,
    shuffle: bool,
) -> History:
    """Train `model`; arguments, result and errors are those of Sequential.fit."""
    model.need_compiled()
    epochs = whole("epochs", epochs, low=0)
    if validation_data is None and validation_split:
        x, y, validation_data = hold_out_last(x, y, validation_split)
    trainer = Trainer(
        model,
        x,
        y,
        batch_size=batch_size,
        validation_data=validation_data,
        shuffle=shuffle,
        seed=model.next_shuffle_seed(),
    )
    model.history = history = History()
    run(trainer, epochs, [history, *callbacks, *_printers(verbose)])
    return history


def run(trainer: Trainer, epochs: int, callbacks: Sequence[Callback]) -> None:
    """The loop: epochs, and in each of them steps, and around both the callbacks."""
    model = trainer.model
    model.stop_training = False
    logs: dict[str, float] = {}
    trainer.on_epoch_end = lambda _, of_epoch: logs.update(of_epoch)
    for callback in callbacks:
        callback.model = model
        callback.params = {"epochs": epochs, "steps": trainer.steps_per_epoch}
        callback.on_train_begin()
    # Calling empty hooks twice per step would cost more than a step of a small network.
    per_batch = [callback for callback in callbacks if callback.wants_batches]
    for epoch in range(epochs):
        for callback in callbacks:
            callback.on_epoch_begin(epoch)
        if per_batch:
            _run_epoch_with(per_batch, trainer)
        else:
            for _ in range(trainer.steps_per_epoch):
                trainer.step()
        for callback in callbacks:
            callback.on_epoch_end(epoch, dict(logs))
        if model.stop_training:
            break
    for callback in callbacks:
        callback.on_train_end(dict(logs))


def _run_epoch_with(callbacks: Sequence[Callback], trainer: Trainer) -> None:
    for batch in range(trainer.steps_per_epoch):
        for callback in callbacks:
            callback.on_train_batch_begin(batch)
        loss = trainer.step()
        for callback in callbacks:
            callback.on_train_batch_end(batch, {"loss": loss})


def hold_out_last(x: Any, y: Any, fraction: float) -> tuple[Any, Any, tuple[Any, Any]]:
    """(x, y) of the first int(rows (1 - fraction)) rows, then the pair (x, y) of the rest.

    Raises:
        ValueError: x and y differ in length, or a part would have no rows.
    """
    x, y = as_numbers(x, "x"), as_numbers(y, "y")
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(
            f"x has shape {x.shape} and y {y.shape}: there must be one target per row of x."
        )
    kept, held_out = split_rows(len(x), fraction)
    return x[kept], y[kept], (x[held_out], y[held_out])


def _printers(verbose: int | str) -> list[Callback]:
    if verbose not in ("auto", 0, 1, 2):
        raise ValueError(f"verbose must be 0, 1, 2 or 'auto', not {verbose!r}.")
    return [Printer(number_above=verbose != 2)] if verbose else []


class Printer(Callback):
    """Prints the logs of every epoch on one line, with its number above or at its front."""

    def __init__(self, number_above: bool) -> None:
        self.number_above = number_above
        self._start = 0.0

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._start = time.perf_counter()
        if self.number_above:
            print(f"Epoch {epoch + 1}/{self.params['epochs']}")

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        steps, epochs = self.params["steps"], self.params["epochs"]
        head = f"{steps}/{steps}" if self.number_above else f"Epoch {epoch + 1}/{epochs}"
        seconds = time.perf_counter() - self._start
        numbers = " - ".join(f"{name}: {value:.4f}" for name, value in (logs or {}).items())
        print(f"{head} - {seconds:.2f}s - {numbers}")
