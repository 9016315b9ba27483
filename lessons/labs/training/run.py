"""One run: a network of some settings and seed, trained step by step, forwards and back."""

from __future__ import annotations

from dataclasses import replace

from engine import Dense, Input, Sequential, StandardScaler, Timeline, Trainer
from lessons.labs.training.setup import OPTIMIZERS, Problem, Settings
from lessons.labs.training.state import Curves, PastRun

HISTORY = 16 * 2**20
"""Bytes for the checkpoints of a run. With the two that undo keeps, the app stays below 150 MB."""


class Run:
    """Trains a network on a Problem. Its settings stay, but for the learning rate."""

    def __init__(
        self, problem: Problem, hidden: tuple[int, ...], settings: Settings, seed: int
    ) -> None:
        self.settings, self.seed = settings, seed
        self.model = Sequential([Input((len(problem.features),))], seed=seed)
        for units in hidden:
            self.model.add(Dense(units, activation="relu"))
        self.model.add(Dense(1))
        make, _ = OPTIMIZERS[settings.optimizer]
        self.model.compile(optimizer=make(settings.rate), loss="mean_squared_error")
        scaler = StandardScaler().fit(problem.x_train)
        scaled = scaler.transform if settings.scaling else lambda x: x
        self.trainer = Trainer(
            self.model,
            scaled(problem.x_train),
            problem.y_train,
            batch_size=settings.batch_size,
            validation_data=(scaled(problem.x_validation), problem.y_validation),
            # As fit does it, so that the program under `c` ends with these very weights.
            seed=self.model.next_shuffle_seed(),
        )
        self.timeline = Timeline(self.trainer, memory=HISTORY)
        self._rates = [(0, settings.rate)]

    @property
    def position(self) -> int:
        """The step that the model shows."""
        return self.timeline.position

    @property
    def end(self) -> int:
        """The farthest step that has been taken."""
        return self.timeline.end

    @property
    def rate(self) -> float:
        """The learning rate from here on."""
        return self.settings.rate

    @property
    def last_rate(self) -> float:
        """The learning rate with which the last step was taken; before it, the one of the next."""
        return self._rate_before(self.position)

    def forward(self) -> None:
        """One step on, recorded or new. Raises Diverged, and then nothing has changed."""
        self.timeline.forward()

    def go(self, step: int) -> None:
        """To a recorded step, with the learning rate that it had."""
        self.timeline.go(step)
        self.settings = replace(self.settings, rate=self.trainer.learning_rate)

    def stop_near(self, target: int, direction: int) -> int:
        """The step nearest to `target`, ahead in `direction`, that can be shown at once.

        Those right after a checkpoint can; any other may take a long replay.
        """
        kept = (step + 1 for step in self.timeline.checkpoints)
        stops = [0, *kept, self.timeline.end]
        ahead = [stop for stop in stops if (stop - self.position) * direction > 0]
        return min(ahead, key=lambda stop: abs(stop - target), default=self.position)

    def set_rate(self, rate: float) -> None:
        """Another learning rate from here on; what came after is forgotten."""
        self.timeline.set_learning_rate(rate)
        earlier = [(step, old) for step, old in self._rates if step < self.position]
        self._rates = [*earlier, (self.position, rate)]
        self.settings = replace(self.settings, rate=rate)

    def curves(self) -> Curves:
        """The losses so far."""
        return Curves.of(self.timeline)

    def past(self) -> PastRun | None:
        """What to remember of this run when another one starts; None before its first epoch."""
        end = self.timeline.end
        if end < self.trainer.steps_per_epoch:
            return None
        return PastRun(replace(self.settings, rate=self._rate_before(end)), self.curves())

    def _rate_before(self, step: int) -> float:
        return [rate for start, rate in self._rates if start < max(step, 1)][-1]
