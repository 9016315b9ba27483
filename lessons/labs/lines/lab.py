"""A straight model beside a small network, both learning the same rows in front of you.

Each gets two inputs: the one on the axis, and which of two groups the row belongs to. So a model
can be drawn whole, as one line for each group. A step is an epoch of all rows at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from lessons.labs.base import Action, Code, Explanation, Field, Refused
from lessons.labs.lines.code import listings
from lessons.labs.lines.run import Learner, Run
from lessons.labs.lines.setup import LAST_SEED, LinesScene, Problem, Settings, fields_of
from lessons.labs.lines.state import LinesSnapshot, ModelView
from lessons.labs.lines.words import explain
from lessons.labs.live import LiveLab

POINTS = 81
"""Places along the axis at which the lines are computed."""


class LinesLab(LiveLab):
    """Trains the models of its scene, forwards and back."""

    run: Run
    way_out = "b goes back, [ lowers the rate, 0 starts again."
    kind = "lines"
    title = "lines"
    step_name = "epoch"
    paces = (1.0, 5.0, 20.0, 60.0, None)
    pace = 20.0
    undo_depth = 4  # each may keep a run with its history

    def __init__(self, problem: Problem, seed: int, scene: LinesScene) -> None:
        super().__init__()
        self.problem = problem
        self.dataset = problem.name
        self._first_seed = seed
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def _begin(self) -> None:
        scene = self.setup
        axis = scene.axis or self.problem.axes[0]
        self.places = scene.places
        self._start(Settings(axis, scene.nodes, scene.activation, scene.rate, self._first_seed))

    def _start(self, settings: Settings) -> None:
        self.run = Run(self.problem, self.setup.models, settings)
        self.stopped = ""

    def _arrive(self) -> None:
        for _ in range(self.setup.epochs):
            self.step()

    def _keepsake(self) -> Callable[[], None]:
        run, position, others = self.run, self.position, (self.places, self.stopped)

        def restore() -> None:
            self.run = run
            self.run.go(position)
            self.places, self.stopped = others

        return restore

    def _restart(self, settings: Settings, why: str) -> None:
        if settings == self.settings:
            return
        other_axis = settings.axis != self.settings.axis
        self._start(settings)
        if other_axis:
            self.places = self.run.rows.places
        self.said = f"{why}: starts again from epoch 0."

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> LinesScene:
        """The scene as a LinesScene."""
        assert isinstance(self.scene, LinesScene)
        return self.scene

    @property
    def settings(self) -> Settings:
        """The settings at this position."""
        return self.run.settings

    @property
    def learners(self) -> tuple[Learner, ...]:
        """The models, the straight one first."""
        return self.run.learners

    @property
    def rows(self) -> int:
        """How many rows both learn from."""
        return len(self.run.rows.y)

    def can(self, action: Action) -> bool:
        if action in ("rate", "redraw"):
            return bool(self.learners)
        return super().can(action)

    # -- moving -------------------------------------------------------------------------------

    @property
    def why_not_run(self) -> str:
        return self.stopped or ("" if self.learners else _NO_MODEL)

    def _reseed(self) -> int:
        if not self.learners:
            raise Refused(_NO_MODEL)
        seed = (self.settings.seed + 1) % (LAST_SEED + 1)
        self._restart(replace(self.settings, seed=seed), self.redrawn)
        return seed

    # -- settings -----------------------------------------------------------------------------

    def change_rate(self, direction: int) -> None:
        if not self.learners:
            raise Refused(_NO_MODEL)
        super().change_rate(direction)

    def fields(self) -> tuple[Field, ...]:
        fields = fields_of(self.problem, self.settings, self.places, self.run.rows)
        has = {learner.name for learner in self.learners}
        without = {"nodes", "activation"} if "network" not in has else set()
        if not has:
            without |= {"rate", "seed", "near", "far"}
        return tuple(field for field in fields if field.id not in without)

    def _apply(self, field: Field, text: str) -> None:
        settings = self.settings
        match field.id:
            case "input":
                self._restart(replace(settings, axis=text), f"Input {text}")
            case "nodes":
                why = f"{text} hidden node{'' if text == '1' else 's'}"
                self._restart(replace(settings, nodes=int(text)), why)
            case "activation":
                self._restart(replace(settings, activation=text), f"Activation {text}")
            case "rate":
                self._set_rate(field.read(text))
            case "seed":
                seed = self._seed_in(field, text)
                self._restart(replace(settings, seed=seed), f"Seed {seed}")
            case "near":
                self.places = (field.read(text), self.places[1])
            case "far":
                self.places = (self.places[0], field.read(text))

    # -- painting -----------------------------------------------------------------------------

    def hides_gaps(self, name: str) -> bool:
        """True while a question asks about the gaps of this model."""
        return f"{name} gap" in self.hiding

    def snapshot(self) -> LinesSnapshot:
        problem, settings, rows = self.problem, self.settings, self.run.rows
        along = np.linspace(rows.low, rows.high, POINTS)
        groups = [rows.group == group for group in (0, 1)]
        top = float(rows.y.max())
        return LinesSnapshot(
            position=self.position,
            end=self.end,
            axis=settings.axis,
            unit=problem.units[settings.axis],
            target=problem.target,
            groups=(problem.group.zero, problem.group.one),
            rows=(
                (rows.values[groups[0]], rows.y[groups[0]]),
                (rows.values[groups[1]], rows.y[groups[1]]),
            ),
            x_range=(rows.low, rows.high),
            y_range=(-0.1 * top, 1.05 * top),
            high_loss=float(np.floor(rows.y.var())),
            along=along,
            places=self.places,
            models=tuple(self._view(learner, along) for learner in self.learners),
            nodes=settings.nodes,
            activation=settings.activation,
            rate=settings.rate,
            seed=settings.seed,
            stopped=bool(self.stopped),
            said=self.said or self.stopped,
        )

    def _view(self, learner: Learner, along: np.ndarray) -> ModelView:
        return ModelView(
            name=learner.name,
            lines=(learner.predict(along, 0), learner.predict(along, 1)),
            loss=learner.loss(),
            losses=learner.losses(),
            gaps=tuple(learner.gap(place) for place in self.places),
            gaps_hidden=self.hides_gaps(learner.name),
        )

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        if not self.learners:
            return ("row",)
        each = ("near gap", "far gap", "loss")
        return tuple(f"{learner.name} {what}" for learner in self.learners for what in each)

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)


_NO_MODEL = "Here are only the rows: a model comes a few pages on."
