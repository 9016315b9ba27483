"""Timeline: any step of a training again, exactly, forwards and back.

Nothing runs backwards. Going to a step restores the nearest checkpoint before it and takes the
steps from there once more; since the order of the rows and the optimizer depend on nothing but
the seed and the step, they come out the same to the last bit. Checkpoints are thinned so that
they fit in a fixed memory: close together around the present and the end, sparse elsewhere.
"""

from __future__ import annotations

from bisect import bisect_right, insort

import numpy as np

from engine.series import Series
from engine.training import Diverged, Trainer, TrainerState

#: steps between checkpoints where they are closest
CLOSEST = 32
#: however small the network, more checkpoints than this gain nothing
MOST = 1024


class Timeline:
    """The recorded history of a Trainer.

    Args:
        trainer: it must not be stepped by anyone else from now on.
        memory: bytes that the checkpoints may take.

    Attributes:
        position: the step that the model shows now.  start, end: the first and the farthest
            step there is.
        step_loss: the loss of each batch before its update; step k stands at x = k, from 1.
        train_loss, val_loss: one point per epoch, at the step where the epoch ended.
        diverged: set when the step after `end` left the finite numbers.

    Raises:
        ValueError: the memory cannot hold two checkpoints of this model.
    """

    def __init__(self, trainer: Trainer, *, memory: int = 32 * 2**20) -> None:
        self._trainer = trainer
        state = trainer.state()
        self.memory = memory
        self._most = min(MOST, memory // state.nbytes)
        if self._most < 3:
            raise ValueError(
                f"A checkpoint of this model takes {state.nbytes:,} bytes and a timeline needs "
                f"room for three, but memory is {memory:,} bytes."
            )
        self.start = self.end = trainer.step_count
        self._checkpoints: dict[int, TrainerState] = {self.start: state}
        self._steps = [self.start]
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
        """The steps that are kept, in order: going to one of them, plus one, is quickest."""
        return tuple(self._steps)

    # -- moving ------------------------------------------------------------------------------

    def forward(self) -> float:
        """One step on, and the loss of its batch: recorded already, or new at the end.

        Raises:
            Diverged: the new step is not finite. The model then shows the last finite step.
        """
        if self.position < self.end:
            return self._replay()
        if self.diverged is not None:
            raise self.diverged
        return self._extend()

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
        if step == self.position:
            return
        if step < self.position:
            self.diverged = None
        self._show(step)

    def set_learning_rate(self, rate: float) -> None:
        """Change the learning rate from here on. The recorded future is forgotten.

        Raises:
            ValueError: the rate is not a finite number of 0 or more. Nothing is changed then.
        """
        self._trainer.learning_rate = rate
        self._forget_future()
        self._rates = [(step, old) for step, old in self._rates if step < self.position]
        self._rates.append((self.position, self._trainer.learning_rate))

    # -- taking steps ------------------------------------------------------------------------

    def _extend(self) -> float:
        here = self.position
        if self._trainer.learning_rate != self._rates[-1][1]:
            self.set_learning_rate(self._trainer.learning_rate)  # set behind our back: record it
        try:
            loss = self._trainer.step()
        except Diverged as diverged:
            self._show(here)
            self.diverged = diverged
            raise
        self.end = here + 1
        self.step_loss.append(self.end, loss)
        if self.end - self._steps[-1] >= CLOSEST:
            self._keep()
        return loss

    def _replay(self) -> float:
        self._trainer.learning_rate = self._rate_at(self.position)
        loss = self._trainer.replay()
        # At the next step the rate may be another one, and it is shown as soon as one is there.
        self._trainer.learning_rate = self._rate_at(self.position)
        return loss

    def _show(self, step: int) -> None:
        """Restore the nearest checkpoint before that step and take the steps from there again.

        At least one is taken, because the gradient and the last change are not kept.
        """
        if step == self.start:
            self._show_start()
            return
        nearest = self._steps[bisect_right(self._steps, step - 1) - 1]
        if not nearest <= self.position < step:
            self._trainer.restore(self._checkpoints[nearest])
        while self.position < step:
            self._replay()
            here = self.position
            since = here - self._steps[bisect_right(self._steps, here) - 1]
            if since >= max(CLOSEST, (step - here) // 8):
                self._keep(towards=step)

    def _show_start(self) -> None:
        self._trainer.restore(self._checkpoints[self.start])
        self._trainer.learning_rate = self._rate_at(self.start)
        gradient, change = self._first
        np.copyto(self._trainer.model.gradient, gradient)
        np.copyto(self._trainer.optimizer.change, change)

    def _rate_at(self, step: int) -> float:
        """The learning rate with which the step after `step` is taken."""
        index = bisect_right(self._rates, step, key=lambda event: event[0]) - 1
        return self._rates[index][1]

    def _record_epoch(self, epoch: int, logs: dict[str, float]) -> None:
        step = self._trainer.step_count
        self.train_loss.append(step, logs["loss"])
        if np.isfinite(logs.get("val_loss", np.nan)):
            self.val_loss.append(step, logs["val_loss"])
        if self._also is not None:
            self._also(epoch, logs)

    # -- checkpoints -------------------------------------------------------------------------

    def _keep(self, towards: int | None = None) -> None:
        """Keep the present state, and let the least useful one go when there is no room."""
        step = self.position
        if step in self._checkpoints:
            return
        if len(self._steps) >= self._most:
            self._drop_one(step if towards is None else towards)
        self._checkpoints[step] = self._trainer.state()
        insort(self._steps, step)

    def _drop_one(self, present: int) -> None:
        """Drop the checkpoint that is closest to its neighbours, for where it stands.

        Far from the present and from the end the gaps are all alike; nearer they shrink with the
        distance. The first checkpoint stays: without it the beginning could not be shown.
        """
        steps = np.array(self._steps)
        distance = np.minimum(np.abs(present - steps), self.end - steps)
        widest = max(CLOSEST, 2 * (self.end - self.start) // self._most)
        wanted = np.clip(distance / 8, CLOSEST, widest)
        after = np.append(steps[2:], max(self.end, int(steps[-1]) + 1))
        crowding = (after - steps[:-1]) / wanted[1:]
        victim = int(steps[1 + int(np.argmin(crowding))])
        self._steps.remove(victim)
        del self._checkpoints[victim]

    def _forget_future(self) -> None:
        here = self.position
        self.end = here
        self.diverged = None
        for step in [step for step in self._steps if step > here]:
            self._steps.remove(step)
            del self._checkpoints[step]
        for series in (self.step_loss, self.train_loss, self.val_loss):
            series.truncate(here)
