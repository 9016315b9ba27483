"""Timeline: any step of a training again, exactly, forwards and back.

Nothing runs backwards. Going to a step restores a checkpoint before it and takes the steps from
there once more; since the order of the rows and the optimizer depend on nothing but the seed and
the step, they come out the same to the last bit.
"""

from __future__ import annotations

import math
from bisect import bisect_right

import numpy as np

from engine.checkpoints import Checkpoints
from engine.series import Series
from engine.training import Diverged, Trainer

#: a jump leaves this many steps behind it ready for going back one by one, and each of those
#: makes SHARE steps ready further back, so that no single step back has to replay a wide gap
REACH = 512
SHARE = 64


class Timeline:
    """The recorded history of a Trainer.

    Args:
        trainer: from now on it must be stepped by this timeline alone, and the weights must not
            be changed by anyone else.
        memory: bytes that the checkpoints may take.

    Attributes:
        position: the step that the model shows now.
        start, end: the first and the farthest step that there is.
        step_loss: the loss of each batch before its update; step k stands at x = k, from 1.
        train_loss, val_loss: one point per epoch, at the step where the epoch ended.
        diverged: set when the step after `end` left the finite numbers; cleared by going back
            and by a new learning rate.

    Raises:
        ValueError: the memory cannot hold three checkpoints of this model.
    """

    def __init__(self, trainer: Trainer, *, memory: int = 32 * 2**20) -> None:
        self._trainer = trainer
        self._checkpoints = Checkpoints(trainer.state(), memory)
        self.start = self.end = trainer.step_count
        self._rates = [(self.start, trainer.learning_rate)]
        self._first = (trainer.model.gradient.copy(), trainer.optimizer.change.copy())
        self.step_loss = Series()
        self.train_loss = Series()
        self.val_loss = Series()
        self.diverged: Diverged | None = None
        self._also = trainer.on_epoch_end
        trainer.on_epoch_end = self._record_epoch

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

    # -- moving ------------------------------------------------------------------------------

    def forward(self) -> float:
        """One step on, and the loss of its batch: recorded already, or new at the end.

        Raises:
            Diverged: the new step is not finite. The model then shows the last finite step.
        """
        if self.position == self.end and self.diverged is not None:
            raise self.diverged
        loss = self._replay() if self.position < self.end else self._extend()
        self._keep_if_due(self.position)
        return loss

    def back(self) -> None:
        """One step back; at the start nothing happens."""
        if self.position > self.start:
            self.go(self.position - 1)

    def go(self, step: int) -> None:
        """Show that step: parameters, optimizer, gradient and last change, to the bit.

        Raises:
            ValueError: the step is not in the recorded history.
        """
        if not self.start <= step <= self.end:
            raise ValueError(f"Step {step} is not recorded: there are {self.start} to {self.end}.")
        if step < self.position:
            self.diverged = None
        if step == self.start:
            self._show_start()
        elif 0 < self.position - step <= SHARE:
            self._make_ready_behind(step)
            self._show(step, since=self._checkpoints.last_before(step))
        elif step != self.position:
            gaps = self._checkpoints.gaps_behind(step, REACH)
            self._show(step, since=gaps[-1][0] if gaps else self._checkpoints.last_before(step))

    def set_learning_rate(self, rate: float) -> None:
        """Change the learning rate from here on. The recorded future is forgotten.

        Raises:
            ValueError: the rate is not a finite number of 0 or more. Nothing is changed then.
        """
        self._trainer.learning_rate = rate
        here = self.end = self.position
        self._rates = [(step, old) for step, old in self._rates if step < here]
        self._rates.append((here, self._trainer.learning_rate))
        self._checkpoints.forget_beyond(here)
        for series in (self.step_loss, self.train_loss, self.val_loss):
            series.truncate(here)
        self.diverged = None

    # -- taking steps ------------------------------------------------------------------------

    def _extend(self) -> float:
        here = self.position
        if self._trainer.learning_rate != self._rates[-1][1]:
            self.set_learning_rate(self._trainer.learning_rate)  # set behind our back: record it
        try:
            loss = self._trainer.step()
        except Diverged as diverged:
            if here == self.start:
                self._show_start()
            else:
                self._show(here, since=self._checkpoints.last_before(here))
            self.diverged = diverged
            raise
        self.end = here + 1
        self.step_loss.append(self.end, loss)
        return loss

    def _replay(self) -> float:
        self._trainer.learning_rate = self._rate_at(self.position)
        loss = self._trainer.replay()
        # Already show the rate of the step after this one, which may be another.
        self._trainer.learning_rate = self._rate_at(self.position)
        return loss

    def _show(self, step: int, *, since: int) -> None:
        """Restore the checkpoint `since`, before that step, and replay from there.

        At least one step is taken, because checkpoints hold neither gradient nor last change.
        """
        if not since <= self.position < step:
            self._trainer.restore(self._checkpoints[since])
        while self.position < step:
            self._replay()
            self._keep_if_due(step)

    def _show_start(self) -> None:
        self._trainer.restore(self._checkpoints[self.start])
        self._trainer.learning_rate = self._rate_at(self.start)
        gradient, change = self._first
        np.copyto(self._trainer.model.gradient, gradient)
        np.copyto(self._trainer.optimizer.change, change)

    def _make_ready_behind(self, step: int) -> None:
        """Replay a share of the nearest wide gap behind `step`, for steps back still to come."""
        gaps = self._checkpoints.gaps_behind(step, REACH)
        if not gaps:
            return
        left, right = gaps[0]
        self._trainer.restore(self._checkpoints[left])
        for _ in range(min(SHARE, right - left - 1)):
            self._replay()
            self._keep_if_due(right)
        self._keep(step)

    def _keep_if_due(self, target: int) -> None:
        if self._checkpoints.is_due(self.position, target):
            self._keep(target)

    def _keep(self, present: int) -> None:
        self._checkpoints.keep(self._trainer.state(), present=present, end=self.end)

    def _rate_at(self, step: int) -> float:
        """The learning rate with which the step after `step` is taken."""
        index = bisect_right(self._rates, step, key=lambda event: event[0]) - 1
        return self._rates[index][1]

    def _record_epoch(self, epoch: int, logs: dict[str, float]) -> None:
        step = self._trainer.step_count
        self.train_loss.append(step, logs["loss"])
        if math.isfinite(logs.get("val_loss", math.nan)):
            self.val_loss.append(step, logs["val_loss"])
        if self._also is not None:
            self._also(epoch, logs)
