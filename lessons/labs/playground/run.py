"""The training of a playground: a Run that takes schedules, set weights and frozen ones."""

from __future__ import annotations

from engine import Dense
from lessons.labs.playground.play import Play
from lessons.labs.playground.problem import problem_of
from lessons.learning.run import Run
from lessons.tables.problem import OwnProblem
from lessons.tables.units import Unit

HISTORY = 8 * 2**20
"""Bytes for the checkpoints of a run; undo keeps a few runs."""


class PlayRun(Run):
    """Trains the network of a Play on its data."""

    recipe: Play

    def __init__(self, play: Play, own: OwnProblem | None = None) -> None:
        self.own = own
        self.seconds = 0.0
        """That its steps took, without the pauses."""
        problem = problem_of(play, own.problem if own is not None else None)
        super().__init__(problem, play, memory=HISTORY)
        if self.on_own_table:
            assert own is not None
            own.note_on(self.model)  # so that what is saved can predict such a table

    @property
    def on_own_table(self) -> bool:
        """Whether it trains on a table of the learner's own."""
        return self.own is not None and self.problem is self.own.problem

    @property
    def unit(self) -> Unit:
        """In which the numbers to be met stand: an own table's are learned in one of their own."""
        return self.own.unit if self.own is not None and self.on_own_table else Unit()

    @property
    def dense(self) -> tuple[Dense, ...]:
        """The layers that have weights, the output's last."""
        return tuple(layer for layer in self.model.layers if isinstance(layer, Dense))

    def place(self, layer: int, node: int, source: int | None) -> int:
        """Where a weight into a node stands in the flat parameter vector; None is its bias."""
        dense = self.dense[layer]
        if source is None:
            return int(dense.slices["bias"].start) + node
        return int(dense.kernel_slice.start) + source * dense.units + node

    def go(self, step: int) -> None:
        """To a recorded step, with the learning rate that it had."""
        if self.recipe.schedule == "constant":
            super().go(step)
        else:
            self.timeline.go(step)  # the schedule knows the rate; the recipe has its first one

    def best(self) -> tuple[int, float] | None:
        """The step at the end of the epoch with the lowest test loss, and that loss.

        In a history of very many epochs it is the last one of the few that share a point.
        """
        steps, lowest, _, _ = self.timeline.val_loss.arrays()
        if not len(steps):
            return None
        at = int(lowest.argmin())
        return int(steps[at]), float(lowest[at])

    @property
    def frozen(self) -> frozenset[int]:
        """Places in the parameter vector that the next step does not move."""
        return self.timeline.interventions.frozen

    def set_weight(self, place: int, value: float) -> None:
        """Set one parameter here. What came after is forgotten. Raises ValueError."""
        self.timeline.interventions.set(place, value)

    def freeze(self, places: frozenset[int]) -> None:
        """Only these parameters stay as they are, from here on."""
        self.timeline.interventions.freeze(places)
