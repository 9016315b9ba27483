"""Training a network on a table: batch by batch, with every earlier batch a key away.

The engine's Trainer takes the steps, its Timeline restores any of them to the bit. The lab adds
what the learner decides: optimizer, learning rate, batch size, scaling, and what to look at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine import Optimizer, Sequential
from lessons.labs.base import Code, Explanation, Field, Scene
from lessons.labs.live import RunLab
from lessons.labs.training import pair
from lessons.labs.training.code import listings
from lessons.labs.training.compiling import NOT_COMPILED, changed_by_compiling
from lessons.labs.training.seen import snapshot_of
from lessons.labs.training.setup import (
    AXES,
    ON_OFF,
    TABLES,
    TrainingScene,
    looks_of,
    settings_fields,
)
from lessons.labs.training.state import PastRun, TrainingSnapshot
from lessons.labs.training.words import explain
from lessons.learning.problem import Problem
from lessons.learning.recipe import OPTIMIZERS, Recipe
from lessons.learning.run import Run
from lessons.numbers import short

HISTORY = 16 * 2**20
"""Bytes for the history of the run that is in sight; of the others `put_away` leaves little. So
the app stays below 150 MB, and a stretch between two kept steps is soon gone through."""


class TrainingLab(RunLab):
    """Trains a network on a Problem, forwards and back."""

    way_out = "b goes back, [ lowers the rate, e edits."
    kind = "training"
    title = "training"
    step_name = "batch"
    paces = (5.0, 20.0, 100.0, 300.0, 1000.0, None)
    pace: float | None = 100.0
    undo_depth = 2  # each keeps a run with a little of its history

    def __init__(self, problem: Problem, hidden: tuple[int, ...], seed: int, scene: Scene) -> None:
        super().__init__()
        self.problem = problem
        self.dataset = problem.name
        self.hidden = hidden
        self._first_seed = self._seed = seed
        self.axis = AXES[0]
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, TrainingScene)
        self._seed = self._first_seed
        self.pace = scene.pace
        self.looks = looks_of(self.problem, scene)
        self.layer, self.shows, self.cursor = scene.layer, scene.shows or self.looks[0], (0, 0)
        self.axis = AXES[1] if scene.log_axis else AXES[0]
        super().show(scene, hidden)

    def _begin(self) -> None:
        scene = self.setup
        rate = OPTIMIZERS[scene.optimizer][1] if scene.rate is None else scene.rate
        self.before: PastRun | None = None
        self.compiled, self.again, self.pair = scene.compiled, scene.again, scene.pair
        recipe = Recipe(
            hidden=self.hidden,
            optimizer=scene.optimizer,
            rate=rate,
            batch_size=scene.batch_size,
            scaling=scene.scaling,
            seed=self._seed,
        )
        self._start(replace(recipe, loss=scene.loss or recipe.loss_for(self.problem)))

    def _start(self, recipe: Recipe) -> None:
        if hasattr(self, "run"):
            self.run.put_away()
        self.run = Run(self.problem, recipe, memory=HISTORY, again=self.setup.again)
        self._see_again(self.again)
        self.stopped = ""

    def _see_again(self, again: bool) -> None:
        self.again = again
        if self.setup.again:
            self.run.see_again(again)

    def _arrive(self) -> None:
        for _ in range(self.setup.steps):
            self.step()

    def _keepsake(self) -> Callable[[], None]:
        run, position = self.run, self.position
        others = (self.before, self._seed, self.stopped, self.compiled, self.pair)
        again = self.again

        def restore() -> None:
            self.run = run
            self.run.take_up()
            self.run.go(position)
            self.before, self._seed, self.stopped, self.compiled, self.pair = others
            self._see_again(again)

        return restore

    def _restart(self, recipe: Recipe, why: str) -> None:
        """Start again with other settings, and keep the curve so far to compare with."""
        same = recipe.loss == self.recipe.loss  # or the two could not be compared
        self.before = (PastRun.of(self.run) or self.before) if same else None
        self._start(recipe)
        self.said = f"{why}: starts again from the same weights."

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> TrainingScene:
        """The scene as a TrainingScene."""
        assert isinstance(self.scene, TrainingScene)
        return self.scene

    @property
    def recipe(self) -> Recipe:
        """The settings at this position."""
        return self.run.recipe

    @property
    def model(self) -> Sequential:
        """The network."""
        return self.run.model

    @property
    def optimizer(self) -> Optimizer:
        """The optimizer, with its running means and its last change."""
        return self.run.trainer.optimizer

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch."""
        return self.run.steps_per_epoch

    @property
    def epochs(self) -> int:
        """Epochs finished at this position."""
        return self.run.epoch

    @property
    def last_loss(self) -> float | None:
        """The loss of the last batch, before its update; None before the first."""
        return self.run.trainer.last_loss

    @property
    def last_rate(self) -> float:
        """The learning rate with which the last step was taken; before it, the one of the next."""
        return self.run.last_rate

    @property
    def last_rows(self) -> int:
        """How many rows the last batch had; 0 before the first."""
        rows = self.run.trainer.batch_rows
        return 0 if rows is None else len(rows)

    @property
    def seed(self) -> int:
        """The seed of the present weights and shuffling."""
        return self._seed

    # -- moving -------------------------------------------------------------------------------

    @property
    def why_not_run(self) -> str:
        return self.stopped if self.compiled else NOT_COMPILED

    def _reseed(self) -> int:
        self._seed += 1
        self._restart(replace(self.recipe, seed=self._seed), self.redrawn)
        return self._seed

    # -- settings -----------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        scene = self.setup
        layers = tuple(str(number + 1) for number in range(len(self.hidden) + 1))
        layer = Field("layer", "layer shown", str(self.layer + 1), layers, undoable=False)
        compiled = Field("compiled", "compiled", "yes" if self.compiled else "no", ("no", "yes"))
        again = Field("again", "training rows again", "on" if self.again else "off", ON_OFF)
        return (
            *(() if scene.compiled else (compiled,)),
            *settings_fields(self.problem, self.recipe),
            *((again,) if scene.again else ()),
            *(pair.fields(self.pair) if "pair" in self.looks else ()),
            *((layer,) if set(TABLES) & set(self.looks) else ()),
            Field("shows", "in sight", self.shows, self.looks, undoable=False),
            Field("axis", "loss axis", self.axis, AXES, undoable=False),
        )

    def _apply(self, field: Field, text: str) -> None:
        recipe = self.recipe
        match field.id:
            case "rate":
                self._set_rate(field.read(text))
            case "optimizer":
                rate = OPTIMIZERS[text][1]
                why = f"Optimizer {text}, rate {short(rate, 6)}"
                self._restart(replace(recipe, optimizer=text, rate=rate), why)
            case "loss":
                self._restart(replace(recipe, loss=text), f"Loss {text.replace('_', ' ')}")
            case "batch":
                self._restart(replace(recipe, batch_size=int(text)), f"Batches of {text} rows")
            case "scaling":
                self._restart(replace(recipe, scaling=text == "on"), f"Scaling {text}")
            case "compiled":
                self._compile(text == "yes")
            case "again":
                self._see_again(text == "on")
                self.said = "From the next epoch on." if self.again else ""
            case "layer":
                self.layer = int(text) - 1
                self.point(*self.cursor)
            case "shows":
                self.shows = text
            case "axis":
                self.axis = text
            case _:
                self.pair = pair.changed(self.pair, field.id, field.read(text))

    def _compile(self, compiled: bool) -> None:
        if compiled == self.compiled:
            return
        self.compiled = compiled
        self._start(self.recipe)
        loss = self.recipe.loss.replace("_", " ")
        self.said = f"Compiled: {self.recipe.optimizer}, {loss}." if compiled else NOT_COMPILED

    def changed_by_compiling(self) -> int:
        """How many weights differ after the network of these settings is compiled."""
        return changed_by_compiling(self.problem, self.recipe)

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> TrainingSnapshot:
        return snapshot_of(self)

    # -- explaining ---------------------------------------------------------------------------

    def point(self, row: int, column: int) -> None:
        """Put the cursor on a weight of the layer shown, or on the nearest there is."""
        rows, columns = self.model.layers[self.layer].kernel.shape
        self.cursor = (min(row, rows - 1), min(column, columns - 1))

    def cursor_in_parameters(self) -> int:
        """Where the weight under the cursor stands in the flat vectors."""
        layer = self.model.layers[self.layer]
        row, column = self.cursor
        return int(layer.kernel_slice.start + row * layer.kernel.shape[1] + column)

    def explainable(self) -> tuple[str, ...]:
        of_an_epoch = ("training loss", "validation loss")
        rest = ("validation accuracy",) if self.problem.classifies else ()
        return ("weight", "slope", "change", "loss", "epoch", *of_an_epoch, *rest)

    def current(self) -> str:
        tables = {"value": "weight", "slope": "slope", "change": "change"}
        log = "validation accuracy" if self.shows.startswith("accuracy") else "training loss"
        return tables.get(self.shows, log)

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)
