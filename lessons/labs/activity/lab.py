"""Watches every hidden node over all rows while a network learns: how nodes die, and stay dead."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

import numpy as np

from lessons.labs.activity.code import listings
from lessons.labs.activity.run import WatchedRun
from lessons.labs.activity.setup import PLOTS, USUAL_RATES, ActivityScene, settings_fields
from lessons.labs.activity.state import ActivitySnapshot, Before, LayerCells
from lessons.labs.activity.words import NAMES, UNTIL, explain, in_a_line
from lessons.labs.base import Code, Explanation, Field, Refused, Scene
from lessons.labs.cases import of_case
from lessons.labs.live import LiveLab
from lessons.learning.activity import LayerActivity
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe
from lessons.numbers import short


class ActivityLab(LiveLab):
    """Trains a network of a recipe on a Problem, batch by batch, and looks at its nodes."""

    kind = "activity"
    title = "what every hidden node does"
    step_name = "batch"
    counted: ClassVar[str] = "batch"
    way_out: ClassVar[str] = "b goes back, [ lowers the rate, e edits."
    paces = (1.0, 2.0, 5.0, 20.0, 100.0, None)
    pace = 5.0
    undo_depth = 2  # each keeps a run with its history

    run: WatchedRun

    def __init__(self, problem: Problem, seed: int, scene: Scene) -> None:
        super().__init__()
        self.problem = problem
        self._seed = seed
        self.dataset = problem.name
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, ActivityScene)
        self.cursor = (0, 0)
        self.plot = scene.plot
        super().show(scene, hidden)

    @property
    def setup(self) -> ActivityScene:
        """The scene as an ActivityScene."""
        assert isinstance(self.scene, ActivityScene)
        return self.scene

    def _begin(self) -> None:
        self._before: Before | None = None
        self._start(replace(self.setup.recipe, seed=self._seed))

    def _start(self, recipe: Recipe) -> None:
        self.run = WatchedRun(self.problem, recipe)
        self.stopped = ""

    def _arrive(self) -> None:
        with suppress(Refused):  # with other weights its numbers may become too large on the way
            for _ in range(self.setup.steps):
                self.step()

    def _keepsake(self) -> Callable[[], None]:
        run, position, stopped, before = self.run, self.position, self.stopped, self._before

        def restore() -> None:
            self.run = run
            self.run.go(position)
            self.stopped, self._before = stopped, before

        return restore

    def _restart(self, recipe: Recipe, why: str) -> None:
        if recipe == self.run.recipe:
            return
        self._before = self.run.past() or self._before
        self._start(recipe)
        self.said = f"{why}: starts again. u takes it back."

    # -- where it stands ----------------------------------------------------------------------

    @property
    def hides_nodes(self) -> bool:
        """Whether a question asks what becomes of the nodes."""
        return "dead" in of_case(self.hiding, self.setup.tag)

    @property
    def activity(self) -> tuple[LayerActivity, ...]:
        """What the nodes do over all training rows, with the weights as they are."""
        return self.run.activity()

    @property
    def base(self) -> float:
        """The loss of an answer that is the same for every row: the share of each class."""
        shares = self.problem.y_train.mean(axis=0)
        return float(-(shares * np.log(shares)).sum())

    # -- the seed and the settings -------------------------------------------------------------

    def _reseed(self) -> int:
        recipe = replace(self.run.recipe, seed=self.run.recipe.seed + 1)
        self._restart(recipe, self.redrawn)
        return recipe.seed

    def fields(self) -> tuple[Field, ...]:
        layer, node = self.cursor
        sizes = self.run.recipe.hidden
        layers = tuple(str(at + 1) for at in range(len(sizes)))
        nodes = tuple(str(at) for at in range(sizes[layer]))
        return (
            *settings_fields(self.run.recipe),
            Field("shows", "plot shows", self.plot, PLOTS, undoable=False),
            Field("layer", "layer pointed at", layers[layer], layers, undoable=False),
            Field("node", "node pointed at", nodes[node], nodes, undoable=False),
        )

    def _apply(self, field: Field, text: str) -> None:
        recipe = self.run.recipe
        match field.id:
            case "rate":
                self._set_rate(field.read(text))
            case "scaling":
                self._restart(replace(recipe, scaling=text == "on"), f"Scaling {text}")
            case "activation" | "initializer":
                changed = replace(recipe, **{field.id: text})  # type: ignore[arg-type]
                self._restart(changed, f"{field.id.capitalize()} {text}")
            case "optimizer" if text != recipe.optimizer:
                rate = USUAL_RATES[text]
                changed = replace(recipe, optimizer=text, rate=rate)
                self._restart(changed, f"Optimizer {text}, rate {short(rate, 6)}")
            case "shows":
                self.plot = text
            case "layer":
                self.point(int(text) - 1, self.cursor[1])
            case "node":
                self.point(self.cursor[0], int(text))

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> ActivitySnapshot:
        trainer, rows = self.run.trainer, len(self.run.rows)
        seen = () if self.hides_nodes else self.activity
        return ActivitySnapshot(
            position=self.position,
            end=self.end,
            epoch=trainer.epoch,
            batch=trainer.batch_in_epoch,
            steps_per_epoch=trainer.steps_per_epoch,
            recipe=self.run.recipe,
            loss=trainer.last_loss,
            layers=tuple(LayerCells(one.above / rows, one.dead) for one in seen),
            cursor=self.cursor,
            pointed=UNTIL if self.hides_nodes else in_a_line(self),
            plot=self.plot,
            deaths=() if self.hides_nodes else self.run.deaths(),
            curves=self.run.curves(),
            before=None if self.hides_nodes else self._before,
            base=self.base,
            said=self.said or self.stopped,
        )

    # -- explaining ---------------------------------------------------------------------------

    def point(self, row: int, column: int) -> None:
        """Put the cursor on node `column` of hidden layer `row`, or on the nearest there is."""
        sizes = self.run.recipe.hidden
        layer = min(max(row, 0), len(sizes) - 1)
        self.cursor = (layer, min(max(column, 0), sizes[layer] - 1))

    def explainable(self) -> tuple[str, ...]:
        return NAMES

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)
