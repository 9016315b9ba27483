"""Timeline: any step of a training again, exactly, forwards and back.

Nothing runs backwards. Going to a step restores a checkpoint before it and takes the steps from
there once more; since the order of the rows and the optimizer depend on nothing but the seed and
the step, they come out the same to the last bit.

A step back is never far to go, also where checkpoints are thousands of steps apart: while going
back, each step replays a share of the gap that comes next and leaves checkpoints in it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.arguments import whole
from engine.checkpoints import GRID, REACH, Checkpoints
from engine.configs import named
from engine.interventions import Interventions
from engine.recorded import Recorded, weakly
from engine.series import Series
from engine.training import Trainer
from engine.training_state import Diverged, TrainerState

#: steps of it that a step back replays: as many as it takes to be ready in time, within these
LEAST_SHARE, MOST_SHARE = 32, 128
#: a jump back by at most this many steps counts as going back one by one
NEARBY = 64


class Timeline:
    """The recorded history of a Trainer.

    Args:
        trainer: from now on it must be stepped by this timeline alone, and the weights must not
            be changed by anyone else.
        memory: bytes that checkpoints and curves may take together. The default lets a million
            steps of a 9-100-100-1 network, the trainer included, stay below 64 MB.

    Attributes:
        position: the step that the model shows now.
        start, end: the first and the farthest step that there is.
        step_loss: the loss of each batch before its update; step k stands at x = k, from 1.
        logs: for each name in the logs of an epoch, "loss", "val_loss", "accuracy" and so on, its
            values so far, one point per epoch, at the step where the epoch ended.
        train_loss, val_loss: those of "loss" and "val_loss"; val_loss is empty where nothing is
            held out.
        interventions: sets and freezes weights where the timeline stands, and does it again
            whenever that step is shown.
        least_memory: bytes below which no timeline of this model can go.
        diverged: set when the step after `end` left the finite numbers; cleared by going back
            and by a new learning rate.

    Raises:
        ValueError: the memory cannot hold the curves and three checkpoints of this model.
    """

    def __init__(self, trainer: Trainer, *, memory: int = 62_000_000) -> None:
        if not isinstance(trainer, Trainer):
            raise TypeError(f"A Timeline records a Trainer, not {named(trainer)}.")
        memory = whole("memory", memory)
        self._trainer = trainer
        self.start = self.end = trainer.step_count
        self._rates = {self.start: trainer.rate_setting}  # from that step on, in order
        self._first = (trainer.model.gradient.copy(), trainer.optimizer.change.copy())
        self.step_loss = Series()
        self.logs = {name: Series() for name in trainer.epoch_log_names}
        self.train_loss = self.logs["loss"]
        self.val_loss = self.logs.get("val_loss", Series())
        first = trainer.state()
        # Two more states: the one in `_filled`, and the one that comes before another is dropped.
        curves = sum(series.nbytes for series in self._all_series())
        self._reserved = curves + 2 * self._first[0].nbytes + 2 * first.nbytes
        self._state_size = first.nbytes
        self.least_memory = self._reserved + 3 * first.nbytes
        self._checkpoints = Checkpoints(first, self._room_in(memory))
        self._filled: TrainerState | None = None  # how far the gap behind is filled
        self.interventions = Interventions(trainer, weakly(self._forget_future))
        self.diverged: Diverged | None = None
        self._also = trainer.on_epoch_end
        trainer.on_epoch_end = weakly(self._record_epoch)

    @property
    def trainer(self) -> Trainer:
        """The trainer whose history this is."""
        return self._trainer

    @property
    def position(self) -> int:
        """The step that the model shows now."""
        return self._trainer.step_count

    @property
    def checkpoints(self) -> tuple[int, ...]:
        """The steps that are kept, in order: a step soon after one of them is shown at once."""
        return self._checkpoints.steps

    @property
    def nbytes(self) -> int:
        """The memory that checkpoints and curves take, in bytes; at most `memory`."""
        return self._reserved + self._checkpoints.nbytes

    def use_memory(self, memory: int) -> None:
        """Take this much memory from here on, more or less than so far.

        With less, states are dropped and far ones take longer to show. Nothing else changes.

        Raises:
            ValueError: it cannot hold the curves and three checkpoints of this model.
        """
        self._checkpoints.resize(self._room_in(whole("memory", memory)))
        self._filled = None

    def _room_in(self, memory: int) -> int:
        """Bytes for checkpoints in so much memory. Raises ValueError."""
        if memory < self.least_memory:
            raise ValueError(
                f"A timeline of this model needs a memory of at least {self.least_memory:,} bytes, "
                f"for curves and a few states of {self._state_size:,} bytes each, not {memory:,}."
            )
        return memory - self._reserved

    # -- moving ------------------------------------------------------------------------------

    def forward(self, *, evaluate: bool = True) -> float:
        """One step on, and the loss of its batch: recorded already, or new at the end.

        `evaluate=False` leaves evaluating at the end of an epoch to `trainer.evaluate_some`.

        Raises:
            Diverged: the new step is not finite. The model then shows the last finite step.
        """
        if self.position < self.end:
            self._trainer.rate_setting = self._rate_at(self.position)
            loss = self._replay()
        elif self.diverged is not None:
            raise self.diverged
        else:
            loss = self._extend(evaluate)
        self._keep_if_due(self.position)
        return loss

    def back(self) -> None:
        """One step back; at the start nothing happens."""
        if self.position > self.start:
            self.go(self.position - 1)

    def go(self, step: int, *, ready: bool = True) -> None:
        """Show that step: parameters, optimizer, gradient and last change, to the bit.

        A jump makes ready for steps back from there, which takes long in a long history. With
        `ready=False` it does not, and the first of those steps back does it.

        Raises:
            ValueError: the step is not in the recorded history.
        """
        if not isinstance(step, int | np.integer) or not self.start <= step <= self.end:
            raise ValueError(f"Step {step} is not recorded: there are {self.start} to {self.end}.")
        self.diverged = None if step < self.position else self.diverged
        if step == self.start:
            self._show_start()
        elif step != self.position:
            last = self._checkpoints.last_before(step)
            self._show(step, since=self._ready_behind(step) if ready else last)

    def recorded(self) -> Recorded:
        """All that is recorded now, for `restore`; it keeps what may yet be forgotten."""
        curves = tuple(series.copy() for series in self._all_series())
        done, states = self.interventions.by_step, self._checkpoints.copy()
        rates, here = dict(self._rates), self.position
        return Recorded(here, self.end, rates, done, states, curves, self.diverged)

    def restore(self, recorded: Recorded) -> None:
        """Take back what was recorded then by this timeline, and show the step of then."""
        self.end, self._rates, self._filled = recorded.end, dict(recorded.rates), None
        self.interventions.take_back(recorded.done)
        self._checkpoints = recorded.checkpoints.copy()
        for series, kept in zip(self._all_series(), recorded.curves, strict=True):
            series.become(kept)
        self._show_again(recorded.step)
        self.diverged = recorded.diverged

    def set_learning_rate(self, rate: float) -> None:
        """Change the learning rate from here on. The recorded future is forgotten.

        Raises:
            ValueError: the rate is not a finite number of 0 or more. Nothing is changed then.
            TypeError: the optimizer follows a schedule.
        """
        self._trainer.learning_rate = rate
        self._begin_rate()

    def _begin_rate(self) -> None:
        """The trainer's present rate or schedule holds from here on."""
        here = self.position
        self._rates = {step: old for step, old in self._rates.items() if step < here}
        self._rates[here] = self._trainer.rate_setting
        self._forget_future()

    def _forget_future(self) -> None:
        here = self.end = self.position
        self._rates = {step: rate for step, rate in self._rates.items() if step <= here}
        self.interventions.forget_beyond(here)
        self._checkpoints.forget_beyond(here)
        self._filled = None
        for series in self._all_series():
            series.truncate(here)
        self.diverged = None

    # -- taking steps ------------------------------------------------------------------------

    def _extend(self, evaluate: bool) -> float:
        here = self.position
        if self._trainer.rate_setting != next(reversed(self._rates.values())):
            self._begin_rate()  # set behind our back: record it
        try:
            loss = self._trainer.step(evaluate=evaluate)
        except Diverged as diverged:
            self._show_again(here)
            self.diverged = diverged
            raise
        self.end = here + 1
        self.step_loss.append(self.end, loss)
        self.interventions.apply()
        return loss

    def _replay(self) -> float:
        loss = self._trainer.replay()
        self.interventions.apply()
        if self.position in self._rates:  # already show the rate of the step after this one
            self._trainer.rate_setting = self._rates[self.position]
        return loss

    def _restore(self, state: TrainerState) -> None:
        self._trainer.restore(state)
        self.interventions.apply()
        # Another rate may have been set here after the state was kept.
        self._trainer.rate_setting = self._rate_at(state.step)

    def _show(self, step: int, *, since: TrainerState) -> None:
        """Restore the state `since`, before that step, and replay from there.

        At least one step is taken, because checkpoints hold neither gradient nor last change.
        """
        if since.step <= self.position < step:
            self._trainer.rate_setting = self._rate_at(self.position)
        else:
            self._restore(since)
        while self.position < step:
            self._replay()
            self._keep_if_due(step)

    def _show_again(self, step: int) -> None:
        """Show a step whatever the model holds now."""
        if step == self.start:
            self._show_start()
            return
        since = self._checkpoints.last_before(step)
        self._restore(since)
        self._show(step, since=since)

    def _show_start(self) -> None:
        self._restore(self._checkpoints[self.start])
        gradient, change = self._first
        np.copyto(self._trainer.model.gradient, gradient)
        np.copyto(self._trainer.optimizer.change, change)

    # -- being ready for steps back ------------------------------------------------------------

    def _ready_behind(self, step: int) -> TrainerState:
        """See to it that steps back from `step` will be quick; returns from where to replay to it.

        The nearest wide gap behind has to be filled by the time that steps back arrive there. So
        each of them replays its share of the gap; if they are too few, the way to `step` goes
        through the whole gap now.
        """
        since = self._checkpoints.last_before(step)
        gap = self._checkpoints.wide_gap_behind(step, REACH)
        if gap is None:
            return since
        left, right = gap
        filled = self._filled
        if filled is None or not left < filled.step < right:
            filled = self._checkpoints[left]
        share = math.ceil((right - filled.step) / max(1, step - right))
        if share > MOST_SHARE:
            self._restore(filled)
            return filled
        if 0 < self.position - step <= NEARBY:
            self._fill(filled, min(right - 1, filled.step + max(LEAST_SHARE, share)), step)
        return since

    def _fill(self, filled: TrainerState, stop: int, step: int) -> None:
        """Go on filling the gap behind `step`, from where that stands up to `stop`."""
        self._restore(filled)
        while self.position < stop:
            self._replay()
            self._keep_if_due(step)
        self._filled = self._trainer.state()

    def _keep_if_due(self, target: int) -> None:
        if self.position % GRID == 0 and self._checkpoints.is_due(self.position, target):
            self._checkpoints.keep(self._trainer.state(), present=target, end=self.end)

    def _rate_at(self, step: int) -> Any:
        """The learning rate, or the schedule, with which the step after `step` is taken."""
        return next(rate for start, rate in reversed(self._rates.items()) if start <= step)

    def _all_series(self) -> list[Series]:
        return [self.step_loss, *self.logs.values()]

    def _record_epoch(self, epoch: int, logs: dict[str, float]) -> None:
        step = self._trainer.step_count
        for name, series in self.logs.items():
            if math.isfinite(value := logs.get(name, math.nan)):
                series.append(step, value)
        if self._also is not None:
            self._also(epoch, logs)
