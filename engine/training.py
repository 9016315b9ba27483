"""Trainer: training, one optimizer step at a time. The only place where weights change."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.arguments import flag, whole
from engine.batches import Batches
from engine.configs import named
from engine.training_state import Diverged, TrainerState

if TYPE_CHECKING:
    from engine.model import Sequential
    from engine.optimizers.schedules import LearningRateSchedule

Array = NDArray[Any]
EpochEnd = Callable[[int, dict[str, float]], None]
#: yields after each part of what the end of an epoch evaluates, and returns the epoch's logs
Ending = Generator[None, None, dict[str, float]]


class Trainer:
    """Takes the steps that train a compiled model on rows x with targets y.

    Which rows a step learns from is a pure function of seed and step (see Batches), so that
    (seed, step) names a state of the training.

    Args:
        model: a compiled Sequential.
        x, y: the data, (rows, *input_shape), and the targets that the loss asks for.
        batch_size: rows per step; the last batch of an epoch may be smaller.
        validation_data: (x, y) or (x, y, sample weights) held out: evaluated after each epoch,
            never learned from.
        shuffle: False takes the rows as they stand.
        seed: of the shuffling, and of what layers such as Dropout draw.
        sample_weight: (rows,), how much each row counts in the loss; None counts all alike.

    Attributes:
        on_epoch_end: called as on_epoch_end(epoch, logs) after each epoch; the first is 0. Logs
            are Keras's, in the order of their names: "loss" is the mean over the rows of the
            losses of their batches, each before its update; "val_loss" is taken after the epoch.
        evaluates_training: also evaluate the training rows after each epoch, with the weights of
            then: "end_loss" and so on in the logs. Keras has no such thing. It may be set at any
            time.
        step_count: steps taken.  steps_per_epoch: steps in an epoch.
        last_loss: what the last step returned; None before the first.
        frozen: places in the flat parameter vector that no step moves; None for none.

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
        validation_data: Sequence[Any] | None = None,
        shuffle: bool = True,
        seed: int = 0,
        sample_weight: Any = None,
    ) -> None:
        if not hasattr(model, "check_data"):
            raise TypeError(f"Trainer needs a compiled Sequential, not {named(model)}.")
        data = model.check_data(x, y, sample_weight)
        self.model = model
        self.optimizer, self._loss = model.need_compiled()
        self.optimizer.build(model.parameters, model.slices)
        self.batch_size = whole("batch_size", batch_size)
        self.shuffle = flag("shuffle", shuffle)
        self._batches = Batches(*data, self.batch_size, shuffle, whole("seed", seed, low=0))
        self.rows = self._batches.rows
        self.steps_per_epoch = self._batches.per_epoch
        self.on_epoch_end: EpochEnd | None = None
        self.step_count = 0
        self.last_loss: float | None = None
        self.frozen: Array | None = None
        self.evaluates_training = False
        self._training = data
        self._validation = model.check_validation(validation_data)
        self._metrics = model.running_metrics()
        self._loss_sum = 0.0
        self._ending: Ending | None = None

    @property
    def seed(self) -> int:
        """Of the shuffling, and of what layers such as Dropout draw."""
        return self._batches.seed

    @seed.setter
    def seed(self, seed: int) -> None:
        self._batches.seed = whole("seed", seed, low=0)

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
        return self._batches.rows_at(self.step_count - 1) if self.step_count else None

    @property
    def next_rows(self) -> Array:
        """Which rows of x the next step will use."""
        return self._batches.rows_at(self.step_count)

    @property
    def learning_rate(self) -> float:
        """The optimizer's learning rate; it may be set at any time."""
        return self.optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self.optimizer.learning_rate = rate

    @property
    def rate_setting(self) -> float | LearningRateSchedule:
        """What decides the learning rate: a number, or a schedule of the optimizer."""
        return self.optimizer.rate_setting

    @rate_setting.setter
    def rate_setting(self, setting: float | LearningRateSchedule) -> None:
        self.optimizer.rate_setting = setting

    @property
    def log_names(self) -> tuple[str, ...]:
        """What is in the logs, in Keras's order of results: the loss, then the metrics."""
        return "loss", *self._metrics.names

    @property
    def epoch_log_names(self) -> tuple[str, ...]:
        """What is in the logs of a whole epoch: the same, with "val_" those of what is held out,
        and with "end_" those of the training rows after the epoch, where they are evaluated."""
        kinds = ["val_"] if self._validation is not None else []
        kinds += ["end_"] if self.evaluates_training else []
        return *self.log_names, *(f"{kind}{name}" for kind in kinds for name in self.log_names)

    # -- taking steps ------------------------------------------------------------------------

    def step(self, *, evaluate: bool = True) -> float:
        """One optimizer step on the next batch; returns that batch's loss before the update.

        The last step of an epoch evaluates the held-out rows. Where they are many and something
        else is waiting, `evaluate=False` leaves that to `evaluate_some`, or to the next step.

        Raises:
            Diverged: the loss or an updated parameter is not finite. With a bad loss the
                parameters are as they were; after a bad update they are not usable any more.
        """
        self.evaluate_rest()
        loss = self._take_step()
        if self.batch_in_epoch == 0:
            self._ending = self._end_epoch()
            if evaluate:
                self.evaluate_rest()
        return loss

    @property
    def evaluates(self) -> bool:
        """Whether an epoch is over that has not been reported: rows are left to evaluate."""
        return self._ending is not None

    def evaluate_some(self) -> None:
        """Evaluate a thousand rows of what the end of the epoch has left, if anything."""
        if self._ending is None:
            return
        try:
            next(self._ending)
        except StopIteration as ended:
            self._ending = None
            if self.on_epoch_end is not None:
                self.on_epoch_end(self.epoch - 1, dict(sorted(ended.value.items())))

    def evaluate_rest(self) -> None:
        """Evaluate all of it. Whatever changes the weights does this first."""
        while self.evaluates:
            self.evaluate_some()

    def replay(self) -> float:
        """The same step, to the bit, but without the reports at the end of an epoch."""
        self.evaluate_rest()
        loss = self._take_step()
        if self.batch_in_epoch == 0:
            self._reset_sums()
        return loss

    def _take_step(self) -> float:
        x, y, weights = self._batches.at(self.step_count)
        self.model.make_noise(self.seed, self.step_count)
        kept = self.model.statistics.copy()
        with np.errstate(all="ignore"):  # what is not finite is caught below, with a better name
            predictions = self.model.forward(x, training=True)
            loss = self.model.backward(self._loss, y, predictions, weights)
            if not math.isfinite(loss):
                np.copyto(self.model.statistics, kept)
                raise self._diverged(f"the loss of its batch is {loss}")
            self._update()
            if not _all_finite(self.model.parameters):
                raise self._diverged("the update made weights that are not finite numbers")
        self.last_loss = loss
        self._loss_sum += loss * len(x)
        self._metrics.add(y, predictions)
        self.step_count += 1
        return loss

    def _update(self) -> None:
        """Let the optimizer move the parameters; those that are frozen stay where they are."""
        parameters, gradient = self.model.parameters, self.model.gradient
        if self.frozen is None:
            self.optimizer.update(parameters, gradient)
            return
        kept, slopes = parameters[self.frozen], gradient[self.frozen]
        gradient[self.frozen] = 0  # so that no momentum gathers in them
        self.optimizer.update(parameters, gradient)
        parameters[self.frozen], gradient[self.frozen] = kept, slopes
        self.optimizer.change[self.frozen] = 0

    def _end_epoch(self) -> Ending:
        """The logs of the epoch that is over, once what has to be evaluated has been."""
        logs = {"loss": self._loss_sum / self.rows} | self._metrics.results()
        self._reset_sums()
        return self._evaluate(logs)

    def _evaluate(self, logs: dict[str, float]) -> Ending:
        held_out = None if self._validation is None else ("val_", self._validation)
        after = ("end_", self._training) if self.evaluates_training else None
        for name, data in filter(None, (held_out, after)):
            for found in self.model.evaluating(*data):
                logs |= {f"{name}{what}": value for what, value in found.items()}
                yield
        return logs

    def running_logs(self) -> dict[str, float]:
        """The logs of the current epoch so far; empty before its first step."""
        rows = min(self.batch_in_epoch * self.batch_size, self.rows)
        if not rows:
            return {}
        logs = {"loss": self._loss_sum / rows} | self._metrics.results()
        return dict(sorted(logs.items()))

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
            statistics=self.model.statistics.copy(),
            slots={name: slot.copy() for name, slot in self.optimizer.slots.items()},
            iterations=self.optimizer.iterations,
            rate_setting=self.optimizer.rate_setting,
            last_loss=self.last_loss,
            loss_sum=self._loss_sum,
            metric_sums=self._metrics.state(),
        )

    def restore(self, state: TrainerState) -> None:
        """Put such a copy back. The gradient and the optimizer's change stay as they are.

        Raises:
            ValueError: it is the state of another network or optimizer. Nothing is changed then.
        """
        if not isinstance(state, TrainerState) or not self._fits(state):
            raise ValueError(
                "Only a state of this network with this optimizer can be put back: one that "
                "state() gave."
            )
        self.evaluate_rest()
        self.step_count = state.step
        np.copyto(self.model.parameters, state.parameters)
        np.copyto(self.model.statistics, state.statistics)
        for name, slot in state.slots.items():
            np.copyto(self.optimizer.slots[name], slot)
        self.optimizer.iterations = state.iterations
        self.optimizer.rate_setting = state.rate_setting
        self.last_loss = state.last_loss
        self._loss_sum = state.loss_sum
        self._metrics.restore(state.metric_sums)

    def _fits(self, state: TrainerState) -> bool:
        model = self.model
        return (
            state.parameters.shape == model.parameters.shape
            and state.statistics.shape == model.statistics.shape
            and state.slots.keys() == self.optimizer.slots.keys()
        )


def _all_finite(parameters: Array) -> bool:
    # One product is much quicker than isfinite; it can only cry wolf, so then look closely.
    return math.isfinite(parameters.dot(parameters)) or bool(np.isfinite(parameters).all())
