"""fit: nothing but a loop over Trainer.step, with callbacks around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.arguments import flag, whole
from engine.callbacks import Callback, CallbackList, History, Logs, TerminateOnNaN
from engine.fit_data import class_weights, hold_out_last
from engine.interrupts import DeferredInterrupt
from engine.progress_bar import ProgressBar, checked_verbose
from engine.training import Trainer
from engine.training_state import Diverged, TrainerState

if TYPE_CHECKING:
    from engine.model import Sequential


def fit(
    model: Sequential,
    x: Any,
    y: Any,
    *,
    batch_size: int | None,
    epochs: int,
    verbose: int | str,
    callbacks: Sequence[Callback] | Callback | None,
    validation_split: float,
    validation_data: Sequence[Any] | None,
    shuffle: bool,
    class_weight: Mapping[int, float] | None,
    sample_weight: Any,
    initial_epoch: int,
    validation_batch_size: int | None,
    validation_freq: int | Sequence[int],
) -> History:
    """Train `model`; arguments, result and errors are those of Sequential.fit."""
    model.need_compiled()
    shuffle = flag("shuffle", shuffle)
    batch_size = whole("batch_size", 32 if batch_size is None else batch_size)
    epochs = whole("epochs", epochs, low=0)
    first = whole("initial_epoch", initial_epoch, low=0)
    checked_verbose(verbose)
    if validation_batch_size is None:
        validation_batch_size = batch_size
    is_due = validation_epochs(validation_freq)
    hooks, history = with_history(callbacks)
    if validation_data is None and validation_split:
        x, y, sample_weight, validation_data = hold_out_last(x, y, sample_weight, validation_split)
    if class_weight is not None:
        sample_weight = class_weights(y, class_weight, sample_weight)
    trainer = Trainer(
        model,
        x,
        y,
        batch_size=batch_size,
        shuffle=shuffle,
        sample_weight=sample_weight,
    )
    validation = _validation(model, validation_data, validation_batch_size, hooks)
    trainer.seed = model.next_shuffle_seed()  # drawn last: a call that is refused draws none
    training = Training(
        trainer,
        hooks,
        ProgressBar(trainer.steps_per_epoch, epochs, verbose),
        validation=validation,
        is_due=is_due,
    )
    hooks.set_model(model)
    hooks.set_params({"verbose": verbose, "epochs": epochs, "steps": trainer.steps_per_epoch})
    model.history = history  # set first: an error or Ctrl-C leaves the epochs before it there
    training.run(range(first, epochs))
    return history


def with_history(
    callbacks: Sequence[Callback] | Callback | None,
) -> tuple[CallbackList, History]:
    """The callbacks as one, and the History among them; where there is none it comes last.

    Last, so that it sees what the others add to the logs.
    """
    hooks = CallbackList(callbacks)
    for callback in hooks.callbacks:
        if isinstance(callback, History):
            return hooks, callback
    history = History()
    return CallbackList([*hooks.callbacks, history]), history


class Training:
    """One call of `fit`: epochs, in each of them steps, and around both the callbacks.

    Args:
        trainer: takes the steps.
        hooks: the callbacks.
        bar: shows the progress.
        validation: gives the logs of an evaluation, or None without validation.
        is_due: whether there is validation after an epoch; the first is 0.
    """

    def __init__(
        self,
        trainer: Trainer,
        hooks: CallbackList,
        bar: ProgressBar,
        validation: Callable[[], Logs] | None,
        is_due: Callable[[int], bool],
    ) -> None:
        self.trainer = trainer
        self.model = trainer.model
        self.hooks = hooks
        self.bar = bar
        self.validation = validation
        self.is_due = is_due
        self.ctrl_c = DeferredInterrupt()
        self._survives_nan = any(isinstance(one, TerminateOnNaN) for one in hooks.callbacks)
        self._epoch_logs: Logs = {}
        trainer.on_epoch_end = self._remember_logs

    def run(self, epochs: Sequence[int]) -> None:
        """The loop. Ctrl-C raises KeyboardInterrupt between two steps."""
        try:
            with self.ctrl_c:
                self._run(epochs)
        finally:
            self.bar.leave()

    def _run(self, epochs: Sequence[int]) -> None:
        logs: Logs = {}
        self.model.stop_training = False
        self.hooks.on_train_begin()
        for epoch in epochs:
            self.hooks.on_epoch_begin(epoch)
            self.bar.start(epoch)
            logs = self._take_steps()
            if self.validation is not None and self.is_due(epoch):
                logs |= {f"val_{name}": value for name, value in self.validation().items()}
            shown = dict(logs)
            self.bar.erase()
            self.hooks.on_epoch_end(epoch, shown)
            self.bar.finish(shown)
            if self.model.stop_training:
                break
        self.hooks.on_train_end(logs)

    def _take_steps(self) -> Logs:
        """The steps of an epoch; its logs, sorted by name as Keras has them."""
        trainer, hooks, bar = self.trainer, self.hooks, self.bar
        watched = hooks.wants_batches
        for batch in range(trainer.steps_per_epoch):
            if self.ctrl_c.asked:
                self.ctrl_c.stop()
            if watched:
                hooks.on_train_batch_begin(batch)
            if watched or batch == 0:
                before = trainer.state()
            try:
                trainer.step()
            except Diverged:
                self._go_back(before)
                if not self._survives_nan:
                    raise
                return self._after_bad_batch(batch)
            if watched:
                hooks.on_train_batch_end(batch, self._logs())
            if self.model.stop_training:
                break
            if batch + 1 >= bar.next_look:
                bar.look(batch + 1, self._logs)
        return self._logs()

    def _go_back(self, before: TrainerState) -> None:
        """To the weights before the step that has failed, by way of a state not long before."""
        failed = self.trainer.step_count
        self.trainer.restore(before)
        while self.trainer.step_count < failed:
            self.trainer.replay()

    def _after_bad_batch(self, batch: int) -> Logs:
        """TerminateOnNaN hears of the bad batch, and ends it all."""
        logs = self.trainer.running_logs() | {"loss": float("nan")}
        self.hooks.on_bad_batch(batch, logs)
        return logs

    def _remember_logs(self, epoch: int, logs: Mapping[str, float]) -> None:
        self._epoch_logs = dict(sorted(logs.items()))

    def _logs(self) -> Logs:
        """The means over the epoch so far, or over all of it when its last step is done."""
        if self.trainer.batch_in_epoch == 0:
            return dict(self._epoch_logs)
        return dict(sorted(self.trainer.running_logs().items()))


def validation_epochs(validation_freq: int | Sequence[int]) -> Callable[[int], bool]:
    """Whether an epoch, counted from 0, ends with validation: every n-th, or those of a list.

    Raises:
        ValueError: it is neither a whole number nor a list of them.
    """
    if isinstance(validation_freq, list):
        numbers = {whole("validation_freq", one) for one in validation_freq}
        return lambda epoch: epoch + 1 in numbers
    every = whole("validation_freq", validation_freq)
    return lambda epoch: (epoch + 1) % every == 0


def _validation(
    model: Sequential, data: Sequence[Any] | None, batch_size: int, hooks: CallbackList
) -> Callable[[], Logs] | None:
    """What evaluates the held-out rows; they are checked once, here."""
    batch_size = whole("validation_batch_size", batch_size)
    held_out = model.check_validation(data)
    if held_out is None:
        return None
    x, y, weights = held_out
    watching = hooks if hooks.wants_test_batches else None

    def evaluate() -> Logs:
        hooks.on_test_begin()
        with np.errstate(all="ignore"):  # after a wild step a loss of inf says enough
            # Only who watches the batches can tell how large they are.
            size = batch_size if watching else None
            logs = model.evaluate_rows(x, y, weights, batch_size=size, hooks=watching)
        logs = dict(sorted(logs.items()))
        hooks.on_test_end(dict(logs))
        return logs

    return evaluate
