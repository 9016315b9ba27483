"""Trainer: training, one optimizer step at a time. `fit` is nothing but a loop over it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.callbacks import Callback, History
from engine.checks import as_numbers, whole
from engine.metrics import RunningMetrics

if TYPE_CHECKING:
    from engine.model import Sequential

Array = NDArray[Any]
EpochEnd = Callable[[int, dict[str, float]], None]


class Diverged(FloatingPointError):
    """Training has left the range of finite numbers.

    Attributes:
        step: the number of the step that failed, counted from 1.
        reason: what was not finite.
    """

    def __init__(self, *, step: int, reason: str, learning_rate: float | None = None) -> None:
        self.step = step
        self.reason = reason
        self.learning_rate = learning_rate
        rate = f" The learning rate is {learning_rate:g}." if learning_rate is not None else ""
        super().__init__(
            f"Training diverged at step {step}: {reason}.{rate} "
            "Try a smaller learning rate, or scale the inputs."
        )


@dataclass(frozen=True)
class TrainerState:
    """All that a step depends on: with this, training goes on exactly as it did."""

    step: int
    parameters: Array
    slots: dict[str, Array]
    iterations: int
    learning_rate: float
    loss_sum: float
    metric_sums: tuple[int, tuple[float, ...]]

    @property
    def nbytes(self) -> int:
        """Roughly the memory this state takes, in bytes."""
        arrays = [self.parameters, *self.slots.values()]
        return sum(array.nbytes for array in arrays) + 256 * (len(arrays) + 3)


class Trainer:
    """Takes the steps that train a compiled model on rows x with targets y.

    The rows of epoch e come in the order `default_rng([seed, e]).permutation(rows)`, a pure
    function of seed and epoch, so that (seed, step) names a state of the training.

    Args:
        model: a compiled Sequential.
        x, y: the data, (rows, *input_shape) and (rows, *output_shape).
        batch_size: rows per step; the last batch of an epoch may be smaller.
        validation_data: (x, y) held out: evaluated after each epoch, never learned from.
        shuffle: False takes the rows as they stand.
        seed: of the shuffling.

    Attributes:
        on_epoch_end: called as on_epoch_end(epoch, logs) after each epoch; the first is 0. Logs
            are Keras's: "loss" is the mean over the rows of the losses of their batches, each
            before its update; "val_loss" is taken after the epoch.
        step_count: steps taken.  steps_per_epoch: steps in an epoch.
        last_loss: the loss of the last batch, before its update; None before the first, and
            after `restore` until the next step.

    Raises:
        RuntimeError: the model has not been compiled.
        ValueError: the data does not fit the model.
    """

    def __init__(
        self,
        model: Sequential,
        x: Any,
        y: Any,
        *,
        batch_size: int = 32,
        validation_data: tuple[Any, Any] | None = None,
        shuffle: bool = True,
        seed: int = 0,
    ) -> None:
        self._x, self._y = model.check_data(x, y)
        assert model.optimizer is not None
        self.model = model
        self.optimizer = model.optimizer
        self.optimizer.build(model.parameters)
        self.batch_size = whole("batch_size", batch_size)
        self.shuffle = shuffle
        self.seed = whole("seed", seed, low=0)
        self.rows = len(self._x)
        self.steps_per_epoch = math.ceil(self.rows / self.batch_size)
        self.on_epoch_end: EpochEnd | None = None
        self.step_count = 0
        self.last_loss: float | None = None
        self._validation = self._check_validation(validation_data)
        self._metrics = RunningMetrics(model.metrics_names, self._y.shape[-1], model.dtype)
        self._loss_sum = 0.0
        self._prepared_epoch = -1
        self._epoch_x, self._epoch_y = self._x, self._y
        self._order: Array = np.arange(self.rows)

    # -- where training stands ---------------------------------------------------------------

    @property
    def epoch(self) -> int:
        """How many epochs are finished."""
        return self.step_count // self.steps_per_epoch

    @property
    def batch_in_epoch(self) -> int:
        """How many steps of the current epoch are done."""
        return self.step_count % self.steps_per_epoch

    @property
    def batch_rows(self) -> Array | None:
        """Which rows of x the last step used; None before the first step."""
        return self._rows_of_step(self.step_count - 1) if self.step_count else None

    @property
    def next_rows(self) -> Array:
        """Which rows of x the next step will use."""
        return self._rows_of_step(self.step_count)

    @property
    def learning_rate(self) -> float:
        """The optimizer's learning rate; it may be set at any time."""
        return self.optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.optimizer.learning_rate = rate

    # -- taking steps ------------------------------------------------------------------------

    def step(self) -> float:
        """One optimizer step on the next batch; returns that batch's loss before the update.

        Raises:
            Diverged: the loss or an updated parameter is not finite. With a bad loss the
                parameters are as they were; after a bad update they are not usable any more.
        """
        loss = self._take_step()
        if self.batch_in_epoch == 0:
            self._end_epoch()
        return loss

    def replay(self) -> float:
        """The same step, to the bit, but without the reports at the end of an epoch."""
        loss = self._take_step()
        if self.batch_in_epoch == 0:
            self._reset_sums()
        return loss

    def _take_step(self) -> float:
        epoch, batch = divmod(self.step_count, self.steps_per_epoch)
        if epoch != self._prepared_epoch:
            self._prepare(epoch)
        start = batch * self.batch_size
        x = self._epoch_x[start : start + self.batch_size]
        y = self._epoch_y[start : start + self.batch_size]
        with np.errstate(all="ignore"):  # what is not finite is caught below, with a better name
            loss, predictions = self.model.compute_gradient(x, y)
            if not math.isfinite(loss):
                raise self._diverged(f"the loss of its batch is {loss}")
            self.optimizer.update(self.model.parameters, self.model.gradient)
            if not _all_finite(self.model.parameters):
                raise self._diverged("the update made weights that are not finite numbers")
        self.last_loss = loss
        self._loss_sum += loss * len(x)
        self._metrics.add(y, predictions)
        self.step_count += 1
        return loss

    def _end_epoch(self) -> None:
        logs = {"loss": self._loss_sum / self.rows} | self._metrics.means()
        self._reset_sums()
        if self._validation is not None:
            with np.errstate(all="ignore"):
                held_out = self.model.evaluate_rows(*self._validation)
            logs |= {f"val_{name}": value for name, value in held_out.items()}
        if self.on_epoch_end is not None:
            self.on_epoch_end(self.epoch - 1, logs)

    def _reset_sums(self) -> None:
        self._loss_sum = 0.0
        self._metrics.reset()

    def _diverged(self, reason: str) -> Diverged:
        return Diverged(step=self.step_count + 1, reason=reason, learning_rate=self.learning_rate)

    # -- going back --------------------------------------------------------------------------

    def state(self) -> TrainerState:
        """A copy of everything the next steps depend on."""
        return TrainerState(
            step=self.step_count,
            parameters=self.model.parameters.copy(),
            slots={name: slot.copy() for name, slot in self.optimizer.slots.items()},
            iterations=self.optimizer.iterations,
            learning_rate=self.learning_rate,
            loss_sum=self._loss_sum,
            metric_sums=self._metrics.state(),
        )

    def restore(self, state: TrainerState) -> None:
        """Put such a copy back. The gradient and the optimizer's change stay as they are."""
        self.step_count = state.step
        self.last_loss = None
        np.copyto(self.model.parameters, state.parameters)
        for name, slot in state.slots.items():
            np.copyto(self.optimizer.slots[name], slot)
        self.optimizer.iterations = state.iterations
        self.learning_rate = state.learning_rate
        self._loss_sum = state.loss_sum
        self._metrics.restore(state.metric_sums)

    # -- the order of the rows ---------------------------------------------------------------

    def _prepare(self, epoch: int) -> None:
        """Lay the rows out in the order of this epoch, so that every batch is one piece."""
        self._prepared_epoch = epoch
        if not self.shuffle:
            return
        if self._epoch_x is self._x:
            self._epoch_x, self._epoch_y = np.empty_like(self._x), np.empty_like(self._y)
        self._order = self._order_of(epoch)
        np.take(self._x, self._order, axis=0, out=self._epoch_x, mode="clip")
        np.take(self._y, self._order, axis=0, out=self._epoch_y, mode="clip")

    def _order_of(self, epoch: int) -> Array:
        if not self.shuffle or epoch == self._prepared_epoch:
            return self._order
        return np.random.default_rng([self.seed, epoch]).permutation(self.rows)

    def _rows_of_step(self, step: int) -> Array:
        epoch, batch = divmod(step, self.steps_per_epoch)
        start = batch * self.batch_size
        return self._order_of(epoch)[start : start + self.batch_size].copy()

    def _check_validation(self, data: tuple[Any, Any] | None) -> tuple[Array, Array] | None:
        if data is None:
            return None
        if not isinstance(data, tuple | list) or len(data) != 2:
            raise ValueError("validation_data must be a pair (x, y).")
        return self.model.check_data(*data, what="validation ")


def _all_finite(parameters: Array) -> bool:
    # One product is much quicker than isfinite; it can only cry wolf, so then look closely.
    return math.isfinite(parameters.dot(parameters)) or bool(np.isfinite(parameters).all())


def fit(
    model: Sequential,
    x: Any,
    y: Any,
    *,
    batch_size: int = 32,
    epochs: int = 1,
    verbose: int | str = "auto",
    callbacks: Sequence[Callback] | None = None,
    validation_split: float = 0.0,
    validation_data: tuple[Any, Any] | None = None,
    shuffle: bool = True,
) -> History:
    """Train `model` for some epochs and return the History of their logs.

    Args:
        batch_size: rows per step.  epochs: passes over the data.
        verbose: 0 prints nothing; 1 ("auto") and 2 print one line per epoch, 1 with its number
            on a line of its own, as Keras does.
        callbacks: called at Keras's hooks.
        validation_split: this fraction of the rows, the LAST ones, before any shuffling, is held
            out; validation_data, a pair (x, y), is used instead when given.
        shuffle: a new order of the rows in each epoch.

    Raises:
        RuntimeError: the model has not been compiled.
        ValueError: the data does not fit the model, or an argument makes no sense.
        Diverged: training left the finite numbers; `model.history` has the epochs so far.
    """
    epochs = whole("epochs", epochs, low=0)
    if validation_data is None and validation_split:
        x, y, validation_data = split_last(x, y, validation_split)
    trainer = Trainer(
        model,
        x,
        y,
        batch_size=batch_size,
        validation_data=validation_data,
        shuffle=shuffle,
        seed=model.next_seed(),
    )
    history = History()
    model.history = history
    watchers: list[Callback] = [history, *(callbacks or ())]
    if verbose in (1, "auto"):
        watchers.append(_Printer(number_above=True))
    elif verbose:
        watchers.append(_Printer(number_above=False))
    _run(trainer, epochs, watchers)
    return history


def _run(trainer: Trainer, epochs: int, watchers: Sequence[Callback]) -> None:
    """The loop: epochs times steps_per_epoch times `trainer.step()`."""
    model = trainer.model
    for watcher in watchers:
        watcher.model = model
        watcher.params = {"epochs": epochs, "steps": trainer.steps_per_epoch}
    per_batch = [watcher for watcher in watchers if _listens_to_batches(watcher)]
    logs: dict[str, float] = {}

    def keep(_: int, of_epoch: dict[str, float]) -> None:
        logs.clear()
        logs.update(of_epoch)

    trainer.on_epoch_end = keep
    model.stop_training = False
    for watcher in watchers:
        watcher.on_train_begin()
    for epoch in range(epochs):
        for watcher in watchers:
            watcher.on_epoch_begin(epoch)
        for batch in range(trainer.steps_per_epoch):
            for watcher in per_batch:
                watcher.on_train_batch_begin(batch)
            loss = trainer.step()
            for watcher in per_batch:
                watcher.on_train_batch_end(batch, {"loss": loss})
        for watcher in watchers:
            watcher.on_epoch_end(epoch, dict(logs))
        if model.stop_training:
            break
    for watcher in watchers:
        watcher.on_train_end(dict(logs))


def _listens_to_batches(watcher: Callback) -> bool:
    kind = type(watcher)
    return (
        kind.on_train_batch_begin is not Callback.on_train_batch_begin
        or kind.on_train_batch_end is not Callback.on_train_batch_end
    )


def split_last(x: Any, y: Any, fraction: float) -> tuple[Any, Any, tuple[Any, Any]]:
    """Hold out the last rows: (x, y) of the first int(n (1 - fraction)), then (x, y) of the rest.

    Raises:
        ValueError: the fraction is not between 0 and 1, or a part would have no rows.
    """
    if not 0 < fraction < 1:
        raise ValueError(f"validation_split must be between 0 and 1, not {fraction!r}.")
    x, y = as_numbers(x, "x"), as_numbers(y, "y")
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(f"x has shape {x.shape} and y {y.shape}: they need as many rows.")
    kept = math.floor(len(x) * (1 - fraction))
    if not 0 < kept < len(x):
        raise ValueError(
            f"validation_split={fraction} of {len(x)} rows leaves {kept} rows to train on and "
            f"{len(x) - kept} to validate on; both need at least one."
        )
    return x[:kept], y[:kept], (x[kept:], y[kept:])


class _Printer(Callback):
    """Prints one line per epoch."""

    def __init__(self, number_above: bool) -> None:
        self._number_above = number_above
        self._start = 0.0

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._start = time.perf_counter()
        if self._number_above:
            print(f"Epoch {epoch + 1}/{self.params['epochs']}")

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        steps = self.params["steps"]
        head = f"{steps}/{steps}" if self._number_above else f"Epoch {epoch + 1}"
        seconds = time.perf_counter() - self._start
        numbers = " - ".join(f"{name}: {value:.4f}" for name, value in logs.items())
        print(f"{head} - {seconds:.2f}s - {numbers}")
