"""A network learns classes batch by batch, while a few rows show what it makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine import Dense
from lessons.labs.base import Code, Explanation, Field, Scene
from lessons.labs.classify.base_rate import base_accuracy, base_loss
from lessons.labs.classify.classes import CLASSES
from lessons.labs.classify.scene import ClassifyScene
from lessons.labs.classify.watched import PROBLEMS, WatchedRow, own_fields, typical, watched
from lessons.labs.classify.words import explain_training, training_listings
from lessons.labs.live import RunLab
from lessons.learning.curves import Curves, EpochLog
from lessons.learning.problem import Problem
from lessons.learning.recipe import RATES, Recipe
from lessons.learning.run import Run
from lessons.numbers import exact

OWN = "own "
"""Begins the ids of the fields that change the learner's own row."""


@dataclass(frozen=True)
class Probabilities:
    """One row that is watched, and what the network gives each class."""

    row: WatchedRow
    shares: tuple[float, ...]
    chosen: bool
    """Whether explanations speak of this row."""

    @property
    def right(self) -> bool | None:
        """Whether the class with the largest share is the true one; None where it is not known."""
        if self.row.truth is None:
            return None
        return int(np.argmax(self.shares)) == self.row.truth


@dataclass(frozen=True, eq=False)
class ClassTrainingSnapshot:
    """All that is seen of the training."""

    position: int
    end: int
    epoch: int
    batch: int
    steps_per_epoch: int
    data: str
    classes: tuple[str, ...]
    rows: int
    held_out: int
    network: str
    rate: float
    seed: int
    loss: float | None
    """Of the last batch, before its update."""
    running: tuple[float, float] | None
    """Loss and accuracy over the batches of this epoch so far."""
    base: tuple[float, float] | None
    """Accuracy and loss of a model that looks at no column; None while a question asks for it."""
    first_share: float | None
    """The part of all rows that is of the first class; None while a question asks for it."""
    curves: Curves
    logs: tuple[EpochLog, ...]
    watched: tuple[Probabilities, ...]
    said: str


class ClassTrainingLab(RunLab):
    """Trains 100-100 ReLU nodes and a softmax on a data set; a step is a batch."""

    kind = "classify"
    counted = "batch"
    step_name = "batch"
    paces = (5.0, 20.0, 100.0, 300.0, 1000.0, None)
    undo_depth = 2  # each keeps a run with its history
    run: Run

    def __init__(self, seed: int, scene: ClassifyScene) -> None:
        super().__init__()
        self._first_seed = seed
        self.show(scene)

    # -- building -------------------------------------------------------------------------------

    @property
    def setup(self) -> ClassifyScene:
        """The scene as a ClassifyScene."""
        assert isinstance(self.scene, ClassifyScene)
        return self.scene

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, ClassifyScene)
        self.chosen, self.pace = 0, scene.pace
        super().show(scene, hidden)

    def _begin(self) -> None:
        self._start(self.setup.trains, Recipe(seed=self._first_seed))

    def _start(self, data: str, recipe: Recipe) -> None:
        self.data = self.dataset = data
        self.run = Run(self.problem, recipe)
        self.stopped = ""
        self.own = typical(self.problem)

    def _keepsake(self) -> Callable[[], None]:
        run, position, kept = self.run, self.position, (self.data, self.own, self.stopped)

        def restore() -> None:
            self.run = run
            self.run.go(position)
            self.data, self.own, self.stopped = kept
            self.dataset = self.data

        return restore

    def _way_back(self, field: Field) -> Callable[[], None]:
        if not field.id.startswith(OWN):
            return super()._way_back(field)
        own = self.own

        def restore() -> None:
            self.own = own

        return restore

    # -- where it stands ------------------------------------------------------------------------

    @property
    def problem(self) -> Problem:
        """The rows that are learned from, and those held out."""
        return PROBLEMS[self.data]()

    def _reseed(self) -> int:
        own, recipe = self.own, self.run.recipe
        self._start(self.data, replace(recipe, seed=recipe.seed + 1))
        self.own = own
        return recipe.seed + 1

    # -- settings -------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        names = tuple(row.name for row in self.rows)
        return (
            *own_fields(OWN, self.problem, self.own),
            Field("data", "data", self.data, tuple(CLASSES)),
            Field("rate", "learning rate", exact(self.run.rate), low=0, high=10, ladder=RATES),
            Field("row", "row explained", names[self.chosen], names, undoable=False),
        )

    def _apply(self, field: Field, text: str) -> None:
        if field.id == "rate":
            self._set_rate(field.read(text))
        elif field.id == "row":
            self.chosen = field.choices.index(text)
        elif field.id == "data":
            if text != self.data:
                self._start(text, replace(Recipe(), seed=self.run.recipe.seed))
                self.said = f"The network starts again, on {text}. u takes it back."
        else:
            at = self.problem.features.index(field.id.removeprefix(OWN))
            value = float(text) if field.choices else field.read(text)
            self.own = (*self.own[:at], value, *self.own[at + 1 :])
            self.said = f"In your own row {self.problem.features[at]} is now {exact(value)}."

    # -- what is seen ---------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[WatchedRow, ...]:
        """Those that are watched; the learner's own comes last."""
        return (*watched(self.data), WatchedRow("yours", self.own, None))

    def probabilities(self) -> np.ndarray:
        """What the network gives each class, for the rows that are watched: (rows, classes)."""
        inputs = self.run.inputs(np.array([row.values for row in self.rows]))
        return self.run.model.predict(inputs, verbose=0)

    def scores(self) -> np.ndarray:
        """What softmax is given for these rows: (rows, classes)."""
        *hidden, last = self.run.model.layers
        values = self.run.inputs(np.array([row.values for row in self.rows]))
        values = values.astype(self.run.model.dtype)
        for layer in hidden:
            values = layer.forward(values)
        assert isinstance(last, Dense)
        assert last.bias is not None
        return values @ last.kernel + last.bias

    def snapshot(self) -> ClassTrainingSnapshot:
        run, trainer = self.run, self.run.trainer
        running = trainer.running_logs()
        shares = self.probabilities()
        return ClassTrainingSnapshot(
            position=self.position,
            end=self.end,
            epoch=run.epoch,
            batch=trainer.batch_in_epoch,
            steps_per_epoch=run.steps_per_epoch,
            data=self.data,
            classes=self.problem.classes,
            rows=len(self.problem.x_train),
            held_out=len(self.problem.x_validation),
            network="-".join(map(str, (*run.recipe.hidden, self.problem.outputs))),
            rate=run.rate,
            seed=run.recipe.seed,
            loss=trainer.last_loss,
            running=(running["loss"], running["accuracy"]) if running else None,
            base=self.base,
            first_share=base_accuracy(self.data, 0) if self.base else None,
            curves=run.curves(),
            logs=run.logs(12),
            watched=tuple(
                Probabilities(row, tuple(map(float, one)), at == self.chosen)
                for at, (row, one) in enumerate(zip(self.rows, shares, strict=True))
            ),
            said=self.said or self.stopped,
        )

    @property
    def base(self) -> tuple[float, float] | None:
        """Accuracy and loss that can be had without looking; None while a question asks for it."""
        if "base rate" in self.hiding:
            return None
        return base_accuracy(self.data), base_loss(self.data)

    # -- explaining -----------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        return (*(row.name for row in self.rows), "batch loss", "accuracy", "base rate")

    def current(self) -> str:
        return self.rows[self.chosen].name

    def explain(self, name: str) -> Explanation:
        return explain_training(name, self)

    def code(self) -> tuple[Code, ...]:
        return training_listings(self)
