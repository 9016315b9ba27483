"""Slopes per layer: how they come back through deep networks of sigmoid, tanh and ReLU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from lessons.labs.base import Action, Code, Explanation, Field, Refused, Scene
from lessons.labs.layer_slopes.code import listings
from lessons.labs.layer_slopes.run import Trio
from lessons.labs.layer_slopes.setup import (
    ACTIVATIONS,
    PLOTS,
    USUAL_RATES,
    Settings,
    SlopesScene,
    settings_fields,
)
from lessons.labs.layer_slopes.state import Column, SlopesSnapshot
from lessons.labs.layer_slopes.words import NAMES, explain, in_a_line
from lessons.labs.live import LiveLab
from lessons.learning.problem import Problem
from lessons.numbers import short


class LayerSlopesLab(LiveLab):
    """Three networks side by side; a step is a layer on the way back, or a batch."""

    kind = "layer_slopes"
    title = "slopes, layer by layer"
    way_out: ClassVar[str] = "b goes back, [ lowers the rate, e edits."
    counted: ClassVar[str] = "batch"
    paces = (1.0, 2.0, 5.0, 20.0, 100.0, None)
    undo_depth = 2  # each keeps the histories of three networks

    run: Trio

    def __init__(self, problem: Problem, seed: int, scene: Scene) -> None:
        super().__init__()
        self.problem = problem
        self.dataset = problem.name
        self._seed = seed
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, SlopesScene)
        self.cursor = (scene.depth, 0)
        self.plot = scene.plot
        self.pace = 2.0 if scene.flows else 20.0
        super().show(scene, hidden)

    @property
    def setup(self) -> SlopesScene:
        """The scene as a SlopesScene."""
        assert isinstance(self.scene, SlopesScene)
        return self.scene

    def _begin(self) -> None:
        scene = self.setup
        self._start(Settings(scene.depth, scene.initializer, "sgd", 0.1, self._seed))

    def _start(self, settings: Settings) -> None:
        self.run = Trio(self.problem, settings)
        self.stopped = ""
        self._passed = self._farthest = 0
        self.point(*self.cursor)

    def _arrive(self) -> None:
        for _ in range(self.setup.steps):
            self.step()

    def _keepsake(self) -> Callable[[], None]:
        run, position, stopped = self.run, self.run.position, self.stopped
        passed, farthest = self._passed, self._farthest

        def restore() -> None:
            self.run = run
            self.run.go(position)
            self._passed, self._farthest, self.stopped = passed, farthest, stopped
            self.point(*self.cursor)

        return restore

    def _restart(self, settings: Settings, why: str) -> None:
        if settings == self.settings:
            return
        self._start(settings)
        if self.flows:
            self._passed = self._farthest = settings.depth + 1
        self.said = f"{why}: starts again. u takes it back."

    # -- where it stands ----------------------------------------------------------------------

    @property
    def flows(self) -> bool:
        """Whether a step takes the slopes one layer back."""
        return self.setup.flows

    @property
    def step_name(self) -> str:  # type: ignore[override]
        return "layer back" if self.flows else "batch"

    @property
    def settings(self) -> Settings:
        """What the networks have in common."""
        return self.run.settings

    @property
    def depth(self) -> int:
        """Hidden layers; the weights to the output make one layer more."""
        return self.settings.depth

    @property
    def epoch(self) -> int:
        """Epochs finished at this position."""
        return self.run.runs[0].epoch

    @property
    def position(self) -> int:
        return self._passed if self.flows else self.run.position

    @property
    def end(self) -> int:
        return self._farthest if self.flows else self.run.end

    @property
    def why_not_run(self) -> str:
        if self.flows and self._passed > self.depth:
            return "The slopes have reached the first layer. b goes back, e changes the networks."
        return self.stopped

    def can(self, action: Action) -> bool:
        if action == "rate":
            return not self.flows
        return super().can(action)

    def hides(self, activation: str) -> bool:
        """Whether a question asks for the slopes of this network."""
        return "slopes" in self.hiding or f"slopes {activation}" in self.hiding

    def columns(self) -> tuple[Column, ...]:
        """The three networks with what is to be seen of them."""
        return tuple(
            self._column(activation, slopes, loss)
            for activation, slopes, loss in zip(
                ACTIVATIONS, self.run.slopes(), self.run.losses(), strict=True
            )
        )

    def _column(self, activation: str, slopes: tuple[float, ...], loss: float | None) -> Column:
        layers = len(slopes)
        passed = self._passed if self.flows else layers
        hides = self.hides(activation)
        seen = tuple(
            None if hides or layer < layers - passed else slope
            for layer, slope in enumerate(slopes)
        )
        first, last = seen[0], seen[-1]
        ratio = first / last if first is not None and last else None
        return Column(activation, seen, loss, ratio)

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if not self.flows:
            super().step()
            return
        if self.why_not_run:
            raise Refused(self.why_not_run)
        self.said = ""
        self._passed += 1
        self._farthest = max(self._farthest, self._passed)

    def go(self, position: int) -> None:
        if not self.flows:
            super().go(position)
            return
        self._passed = min(max(position, 0), self._farthest)
        self.said = ""

    def _reseed(self) -> int:
        settings = replace(self.settings, seed=self.settings.seed + 1)
        self._restart(settings, self.redrawn)
        return settings.seed

    # -- settings -----------------------------------------------------------------------------

    def change_rate(self, direction: int) -> None:
        if self.flows:
            raise Refused("Nothing is trained here: a step takes the slopes one layer back.")
        super().change_rate(direction)

    def fields(self) -> tuple[Field, ...]:
        fields = settings_fields(self.settings, self.flows)
        if self.flows:
            return fields
        return (*fields, Field("shows", "shows", self.plot, PLOTS, undoable=False))

    def _apply(self, field: Field, text: str) -> None:
        settings = self.settings
        match field.id:
            case "depth":
                depth = field.read(text)
                if depth != int(depth):
                    raise Refused("Layers are counted: a whole number from 2 to 20.")
                self._restart(replace(settings, depth=int(depth)), f"{int(depth)} hidden layers")
            case "initializer":
                self._restart(replace(settings, initializer=text), f"Initializer {text}")
            case "rate":
                self._set_rate(field.read(text))
            case "optimizer" if text != settings.optimizer:
                rate = USUAL_RATES[text]
                changed = replace(settings, optimizer=text, rate=rate)
                self._restart(changed, f"Optimizer {text}, rate {short(rate, 6)}")
            case "shows":
                self.plot = text

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> SlopesSnapshot:
        first = self.run.runs[0]
        return SlopesSnapshot(
            position=self.position,
            end=self.end,
            flows=self.flows,
            epoch=first.epoch,
            batch=first.trainer.batch_in_epoch,
            steps_per_epoch=first.steps_per_epoch,
            settings=self.settings,
            columns=self.columns(),
            curves=self.run.curves(),
            cursor=self.cursor,
            pointed=in_a_line(self),
            plot=self.plot,
            said=self.said or self.stopped,
        )

    # -- explaining ---------------------------------------------------------------------------

    def point(self, row: int, column: int) -> None:
        """Put the cursor on the slopes of layer `row` in network `column`, or on the nearest."""
        self.cursor = (min(max(row, 0), self.depth), min(max(column, 0), len(ACTIVATIONS) - 1))

    def explainable(self) -> tuple[str, ...]:
        return NAMES

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)
