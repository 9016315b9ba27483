"""Stochastic gradient descent in batches: one update for every few rows, forwards and back.

Each training is a Run (the engine's Trainer and Timeline). Beside it a second one can go along
from the same start: with all rows in every update, or with the rows in another order.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from engine import Diverged
from lessons.labs.base import Action, Code, Explanation, Field, Refused, Scene
from lessons.labs.batches import seen
from lessons.labs.batches.code import listings
from lessons.labs.batches.problem import Problem
from lessons.labs.batches.run import Run, Settings
from lessons.labs.batches.scene import BESIDE, BatchesScene, Beside, Veil
from lessons.labs.batches.state import BatchesSnapshot
from lessons.labs.batches.words import Words
from lessons.labs.live import LiveLab
from lessons.numbers import exact

SIZES = (1, 2, 4, 8)
ALL = "all"
RATES = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
HIGHEST = 10.0
LAST_SEED = 9999
ENOUGH = 2000
"""Updates after which nothing new is to be seen."""


class BatchesLab(LiveLab):
    """Trains one or two weights in batches, with another training beside it."""

    run: Run
    counted = "update"
    kind = "batches"
    title = "batches"
    step_name = "batch"
    undo_depth = 8  # each may keep two runs with their histories

    def __init__(self, seed: int, scene: BatchesScene) -> None:
        super().__init__()
        self._first_seed = seed % (LAST_SEED + 1)
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> BatchesScene:
        """The scene as a BatchesScene."""
        assert isinstance(self.scene, BatchesScene)
        return self.scene

    @property
    def veil(self) -> Veil:
        """What is hidden now."""
        return Veil(self.setup, self.hiding)

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, BatchesScene)
        self.problem = Problem(scene.inputs, scene.targets)
        self.beside: Beside = scene.beside
        self.pace = scene.pace
        super().show(scene, hidden)

    def _begin(self) -> None:
        self._other_seed = self._first_seed + 1
        self._start(self.setup.settings(self._first_seed))

    def _start(self, settings: Settings) -> None:
        self.settings, self.stopped = settings, ""
        self.run = Run(self.problem, self.setup.weights, settings)
        self._second: Run | None = None

    def _arrive(self) -> None:
        for _ in range(self.setup.updates):
            self.step()

    def _keepsake(self) -> Callable[[], None]:
        run, position, second = self.run, self.position, self._second
        kept = (self.settings, self.stopped, self._other_seed)

        def restore() -> None:
            self.run, self._second = run, second
            self.settings, self.stopped, self._other_seed = kept
            self.run.go(position)

        return restore

    @property
    def second(self) -> Run | None:
        """The training beside this one, as far as it is by now."""
        if self.beside == "nothing":
            return None
        if self._second is None:
            self._second = Run(self.problem, self.setup.weights, self._second_settings())
        stride = self.run.per_epoch if self.beside == "all rows" else 1
        with suppress(Diverged):  # it then stays at its last place on a map
            self._second.go_along(self.run, self.position // stride, stride)
        return self._second

    def _second_settings(self) -> Settings:
        if self.beside == "all rows":
            return replace(self.settings, size=0, shuffle=False)
        return replace(self.settings, seed=self._other_seed)

    # -- moving -------------------------------------------------------------------------------

    def can(self, action: Action) -> bool:
        if action == "redraw":
            return self.settings.shuffle
        return super().can(action)

    @property
    def why_not_run(self) -> str:
        if self.position >= ENOUGH:
            return f"{ENOUGH} updates are enough here. 0 starts again, b goes back."
        return self.stopped

    def redraw(self) -> None:
        if not self.settings.shuffle:
            raise Refused("The rows are not shuffled here: e, shuffle, turns it on.")
        way_back, old = self._keepsake(), self.settings.seed
        self._other_seed = old
        self._start(replace(self.settings, seed=(old + 1) % (LAST_SEED + 1)))
        self._remember("another order", way_back)
        self.said = f"Another order of the rows: seed {self.settings.seed}. u brings {old} back."

    # -- settings -----------------------------------------------------------------------------

    def _set_rate(self, rate: float) -> None:
        super()._set_rate(rate)
        self.settings, self._second = replace(self.settings, rate=rate), None

    def fields(self) -> tuple[Field, ...]:
        rows = len(self.problem.rows)
        sizes = (*(str(size) for size in SIZES if size < rows), ALL)
        settings = self.settings
        rate = exact(self.run.rate)
        found = [
            Field("size", "batch size", str(settings.size or ALL), sizes),
            Field("rate", "learning rate", rate, low=0, high=HIGHEST, ladder=RATES),
            Field("shuffle", "shuffle", "on" if settings.shuffle else "off", ("on", "off")),
        ]
        if settings.shuffle:
            seed = str(settings.seed)
            found.append(Field("seed", "seed of the order", seed, low=0, high=LAST_SEED))
        if len(self.setup.weights) == 2:
            found.append(Field("beside", "beside it", self.beside, BESIDE, undoable=False))
        return tuple(found)

    def _apply(self, field: Field, text: str) -> None:
        settings = self.settings
        match field.id:
            case "rate":
                self._set_rate(field.read(text))
            case "size":
                size = 0 if text == ALL else int(text)
                named = f"Batches of {text}" if size else "All rows in every update"
                self._restart(replace(settings, size=size), named)
            case "shuffle":
                named = "Shuffled" if text == "on" else "Rows in the order of the table"
                self._restart(replace(settings, shuffle=text == "on"), named)
            case "seed":
                seed = self._seed_in(field, text)
                self._restart(replace(settings, seed=seed), f"Seed {seed}")
            case "beside":
                self.beside = BESIDE[field.choices.index(text)]
                self._second = None

    def _restart(self, settings: Settings, why: str) -> None:
        if settings == self.settings:
            return
        if settings.seed != self.settings.seed:
            self._other_seed = self.settings.seed
        self._start(settings)
        self.said = f"{why}: starts again from the same weights."

    # -- painting and explaining --------------------------------------------------------------

    def snapshot(self) -> BatchesSnapshot:
        return seen.snapshot(self)

    def explainable(self) -> tuple[str, ...]:
        return Words(self).names()

    def current(self) -> str:
        names = self.explainable()
        return names[0] if self.position else names[-1]

    def explain(self, name: str) -> Explanation:
        return Words(self).explain(name)

    def code(self) -> tuple[Code, ...]:
        return listings(self.run)
