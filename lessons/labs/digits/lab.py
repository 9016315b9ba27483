"""Handwritten digits: look at them, train on them, see what was learned, draw one.

The views share one training. It goes on from page to page, so that what a learner has trained is
what later pages look into; the images, the rows of one of them and the pair of trainings that are
compared are walked along by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from engine import Diverged
from lessons.labs.base import Action, Code, Explanation, Field, Refused, Scene
from lessons.labs.digits import seen
from lessons.labs.digits.code import listings
from lessons.labs.digits.drawing import SIDE, Drawing
from lessons.labs.digits.pointing import touch
from lessons.labs.digits.results import Results
from lessons.labs.digits.scene import TRACK, DigitsScene
from lessons.labs.digits.setup import (
    COMPARED_AT,
    FEW_STEPS,
    MOST_MISTAKES,
    NETWORKS,
    PACES,
    RECIPE,
    STEP_NAMES,
    fields_of,
)
from lessons.labs.digits.state import DigitsSnapshot
from lessons.labs.digits.tracks import Pair, Places, Training
from lessons.labs.digits.words import current, explain, explainable
from lessons.labs.live import LiveLab, LiveRun
from lessons.learning.problem import Problem
from lessons.learning.recipe import Recipe


class DigitsLab(LiveLab):
    """One lab with eight views on 5,000 handwritten digits."""

    kind = "digits"
    title = "handwritten digits"
    dataset = "digits"
    counted = "batch"
    way_out = "b goes back, [ lowers the rate, 0 starts again."
    undo_depth = 1  # each keeps a run with its history: see HISTORY in tracks.py

    def __init__(self, problem: Problem, seed: int, scene: Scene) -> None:
        super().__init__()
        self.problem = problem
        self.sheet = Drawing()
        self.centring = True
        self.cell = (4, 9)
        self.pointed = {"nodes": -1, "mistakes": 0}  # -1: the one that has moved most
        self.tried: dict[Recipe, tuple[float, float]] = {}
        self.images = Places(len(seen.gallery().images) - 1, "This is the last image.")
        self._paces = {name: paces[2] for name, paces in PACES.items()} | {"images": 2.0}
        self._stops: dict[str, str] = {}
        self._seed = seed
        self._pair: Pair | None = None
        self.training = Training(problem, replace(RECIPE, seed=seed))
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        """Put the lab into `scene`; the training goes on from where the learner left it."""
        assert isinstance(scene, DigitsScene)
        self.scene, self.view = scene, scene.view
        self.hide(hidden)
        self._undo.clear()
        self.said = ""
        self.sheet.lift()
        self.rows = Places(SIDE, "All rows are laid: 0 starts again.")
        self._arrive()

    def _arrive(self) -> None:
        if self.setup.untrained:
            self.training.go(0)
        wanted = self.setup.epochs * self.training.steps_per_epoch
        if self.training.position < wanted:
            self.training.go(self.training.end)
            with suppress(Diverged):  # with the learner's own rate; the next step says what to do
                while self.training.position < wanted:
                    self.training.forward()
        if self.view == "nodes" and self.pointed["nodes"] < 0:
            self.pointed["nodes"] = self.training.moved_most

    @property
    def setup(self) -> DigitsScene:
        """The scene as a DigitsScene."""
        assert isinstance(self.scene, DigitsScene)
        return self.scene

    @property
    def track(self) -> str:
        """What a step moves in this view."""
        return TRACK[self.view]

    @property
    def pair(self) -> Pair:
        """The two trainings that are compared; made when they are first looked at."""
        if self._pair is None:
            self.training.put_away()  # three histories of full size are too much
            self._pair = Pair(self.problem, replace(RECIPE, seed=self._seed))
        return self._pair

    @property
    def run(self) -> LiveRun:  # type: ignore[override]
        """What is moved in this view."""
        tracks: dict[str, LiveRun] = {"images": self.images, "rows": self.rows}
        return tracks.get(self.track) or (self.pair if self.track == "pair" else self.training)

    @property
    def recipe(self) -> Recipe:
        """That of the pair in its view, of the training elsewhere."""
        return self.pair.plain.recipe if self.track == "pair" else self.training.recipe

    @property
    def stopped(self) -> str:
        """Why this view's training cannot go on; empty when it can."""
        return self._stops.get(self.track, "")

    @stopped.setter
    def stopped(self, why: str) -> None:
        self._stops[self.track] = why

    @property
    def step_name(self) -> str:  # type: ignore[override]
        """What space takes in this view."""
        return STEP_NAMES[self.track]

    @property
    def pace(self) -> float | None:
        """Steps a second while this view runs by itself."""
        return self._paces[self.track]

    @pace.setter
    def pace(self, pace: float | None) -> None:
        self._paces[self.track] = pace

    @property
    def paces(self) -> tuple[float | None, ...]:  # type: ignore[override]
        """The paces to choose from in this view."""
        return PACES[self.track]

    @property
    def learns(self) -> bool:
        """True where a step is a batch."""
        return self.track in ("training", "pair")

    def can(self, action: Action) -> bool:
        if action in ("rate", "redraw"):
            return self.learns
        if action in ("step", "run") and not self.learns:
            return True
        if action == "undo" and self.view == "drawing":
            return self.sheet.strokes > 0 or bool(self._undo)
        if action == "code":
            return bool(self.code())
        return super().can(action)

    def results(self) -> Results:
        """What the network says of the held-out images."""
        return self.training.results(running=self.running)

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        super().step()
        if self.track == "pair":
            self._compare()

    def _compare(self) -> None:
        """Note both accuracies where the pair has been trained far enough."""
        plain, shuffled = self.pair.plain, self.pair.shuffled
        if plain.position == COMPARED_AT * plain.steps_per_epoch:
            scores = [run.logs(last=1)[0].val_accuracy for run in (plain, shuffled)]
            if all(score is not None for score in scores):
                self.tried[self.recipe] = (float(scores[0] or 0), float(scores[1] or 0))

    def scrub(self, direction: int) -> None:
        """To steps that are kept whole, where others take long to replay."""
        stride = self.end // 40
        if self.track != "training" or stride < FEW_STEPS:
            super().scrub(direction)
            return
        aim = self.position + direction * stride
        self.training.jump(self.training.stop_near(aim, direction))
        self.stopped = ""
        self.said = f"Batch {self.position} of {self.end}."

    def _begin(self) -> None:
        """This view from its start: the same seed, no step taken."""
        if isinstance(self.run, Places):
            self.run.restart()
        else:
            self._start(self.recipe)

    def _start(self, recipe: Recipe) -> None:
        (self.pair if self.track == "pair" else self.training).put_away()  # undo may keep it
        if self.track == "pair":
            self._pair = Pair(self.problem, recipe)
        else:
            self.training = Training(self.problem, recipe)
        self.stopped = ""

    def reset(self) -> None:
        """Start again; where a digit is drawn that is an empty sheet."""
        if self.view == "drawing":
            self.sheet.clear()
            self.said = "An empty sheet. u brings the drawing back."
        else:
            super().reset()

    def undo(self) -> None:
        """Take back the last stroke of a drawing, the last edit or start elsewhere."""
        if self.view == "drawing" and self.sheet.undo():
            self.said = "Undone: the last stroke."
        else:
            super().undo()

    def _reseed(self) -> int:
        if not self.learns:
            raise Refused("Nothing is random here: w turns to the training.")
        seed = self.recipe.seed + 1
        self._restart(replace(self.recipe, seed=seed), self.redrawn)
        return seed

    def _restart(self, recipe: Recipe, why: str) -> None:
        self._start(recipe)
        self.said = f"{why}: starts again."

    def _keepsake(self) -> Callable[[], None]:
        track, run, stopped = self.track, self.run, self.stopped
        position, end = run.position, run.end

        def restore() -> None:
            if isinstance(run, Places):
                run.jump(end)
            elif isinstance(run, Pair):
                self._pair = run.take_up()
            elif isinstance(run, Training):
                self.training = run.take_up()
            run.go(position)
            self._stops[track] = stopped

        return restore

    # -- settings -----------------------------------------------------------------------------

    @property
    def turn_words(self) -> Mapping[str, str]:  # type: ignore[override]
        """What `w` turns, and what `l` goes through in this view."""
        return {"shows": "view", "layer": "mistake" if self.view == "mistakes" else "node"}

    @property
    def node(self) -> int:
        """The chosen node of the first layer, from 0."""
        return min(max(self.pointed["nodes"], 0), len(self.training.start_kernel[0]) - 1)

    @property
    def mistake(self) -> int:
        """The chosen one of the mistakes, from 0; 0 also where there is none."""
        most = min(len(self.results().worst), MOST_MISTAKES) - 1
        return max(min(self.pointed["mistakes"], most), 0)

    @property
    def pictures(self) -> int:
        """How many pictures there are to choose from: nodes, or mistakes."""
        nodes = self.view == "nodes"
        return len(self.training.start_kernel[0] if nodes else self.results().worst[:MOST_MISTAKES])

    def fields(self) -> tuple[Field, ...]:
        return fields_of(self)

    def _apply(self, field: Field, text: str) -> None:
        match field.id:
            case "shows":
                self.sheet.lift()
                self.view = text
            case "layer":
                self.touch("picture", int(text) - 1, 0)
            case "centring":
                self.centring = text == "on"
            case "rate":
                self._set_rate(field.read(text))
            case "network" if NETWORKS[text] != self.recipe.hidden:
                layers = f"Hidden layers {text}" if NETWORKS[text] else "No hidden layer"
                self._restart(replace(self.recipe, hidden=NETWORKS[text]), layers)
            case "batch" if int(text) != self.recipe.batch_size:
                recipe = replace(self.recipe, batch_size=int(text))
                self._restart(recipe, f"Batches of {text} images")

    # -- pointing and drawing -----------------------------------------------------------------

    def touch(self, what: str, column: float, row: float) -> None:
        """Choose a picture or a cell of the confusion matrix, or draw on the sheet."""
        self.said = ""
        touch(self, what, column, row)

    # -- painting, explaining -----------------------------------------------------------------

    def snapshot(self) -> DigitsSnapshot:
        return seen.snapshot(self)

    def explainable(self) -> tuple[str, ...]:
        return explainable(self)

    def current(self) -> str:
        return current(self)

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)
