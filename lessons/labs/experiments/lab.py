"""Experiments on capacity: a network is trained for a stated number of epochs, and then logged.

The lab knows no file. It is told what the learner's log holds (`know`), and whoever keeps the log
takes from it what has ended since (`take_finished`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lessons.labs.base import Action, Code, Explanation, Field, Refused, Scene
from lessons.labs.experiments.scene import (
    AXES,
    MOST_LAYERS,
    SHOWS,
    ExperimentsScene,
    Setup,
    setup_fields,
    usual,
)
from lessons.labs.experiments.seen import log_of, snapshot_of
from lessons.labs.experiments.state import ExperimentsSnapshot, LogRow
from lessons.labs.experiments.trial import Reading, Trial
from lessons.labs.experiments.words import NAMES, READING_NAMES, explain
from lessons.labs.live import LiveLab
from lessons.learning.advice import Advice, advise
from lessons.learning.experiment import Experiment, is_repeat, network_name
from lessons.learning.listing import program
from lessons.numbers import short


class ExperimentsLab(LiveLab):
    """Trains networks of different capacity and compares what they come to."""

    run: Trial | Reading
    kind = "experiments"
    title = "experiments"
    counted = "step"
    way_out = "It is in the log. b goes back, [ lowers the rate, e edits."
    paces = (5.0, 20.0, 100.0, 300.0, 1000.0, None)
    pace = 300.0
    undo_depth = 4
    wants_log = True

    def __init__(self, seed: int, scene: ExperimentsScene, lesson: str = "") -> None:
        super().__init__()
        self.lesson = lesson
        self._first_seed = seed
        self.log: tuple[Experiment, ...] = ()
        """What can be compared with: the learner's log, the oldest first."""
        self._finished: list[Experiment] = []
        self._seen_log: tuple[tuple[LogRow, ...], Advice] = ((), advise(()))
        self._seen_for: tuple[tuple[Experiment, ...], Setup, tuple[str, ...]] | None = None
        self.axis = AXES[0]
        self.show(scene)

    # -- the log ------------------------------------------------------------------------------

    def know(self, log: tuple[Experiment, ...]) -> None:
        self.log = log

    def take_finished(self) -> tuple[Experiment, ...]:
        found = tuple(self._finished)
        self._finished.clear()
        return found

    def _keep(self, trial: Trial, *, diverged: bool = False) -> None:
        """Log an experiment, once."""
        if trial.logged:
            return
        trial.logged = True
        found = trial.experiment(self.lesson, diverged=diverged)
        network = network_name(self.setup.recipe.hidden)
        if is_repeat(found, self.log):
            self.said = f"{network} has ended as before: the same seed gives the same losses."
            return
        self._finished.append(found)
        self.log = (*self.log, found)
        self.said = f"{network} has ended: it is in the log."

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, ExperimentsScene)
        self.shows, self.axis = scene.shows, AXES[0]
        super().show(scene, hidden)

    def _begin(self) -> None:
        scene = self.scene
        assert isinstance(scene, ExperimentsScene)
        self._plan = scene.plan[1:]
        if scene.printed is not None:
            self.setup, self.dataset = scene.setup, ""
            self.run, self.stopped = Reading(scene.printed, scene.rows), ""
        else:
            self._start(scene.setup.but(seed=self._first_seed))

    def _start(self, setup: Setup) -> None:
        self.setup = setup
        self.dataset = setup.data
        self.run, self.stopped = Trial(setup), ""

    def _keepsake(self) -> Callable[[], None]:
        run, position = self.run, self.position
        others = (self.setup, self.dataset, self._plan, self.stopped)

        def restore() -> None:
            self.run = run
            self.run.go(position)
            self.setup, self.dataset, self._plan, self.stopped = others

        return restore

    # -- where it stands ----------------------------------------------------------------------

    @property
    def reading(self) -> Reading | None:
        """The table that is read, when one is."""
        return self.run if isinstance(self.run, Reading) else None

    @property
    def trial(self) -> Trial | None:
        """The experiment, when one is made."""
        return self.run if isinstance(self.run, Trial) else None

    @property
    def plan(self) -> tuple[tuple[int, ...], ...]:
        """Networks that are still to come by themselves."""
        return self._plan

    @property
    def step_name(self) -> str:  # type: ignore[override]
        return "row" if self.reading else "batch"

    def hides(self, what: str, network: str) -> bool:
        """Whether a question hides the "train" or the "validation" loss of this network."""
        return f"{what}:{network}" in self.hiding

    @property
    def last_row(self) -> int:
        """How many rows of a printed table can be read now: a question may hold the others back."""
        assert self.reading is not None
        asked = [int(name.partition(":")[2]) for name in self.hiding if name.startswith("advice:")]
        return min([len(self.reading.printed.results), *asked])

    @property
    def why_not_run(self) -> str:
        if self.reading is not None:
            if self.position < self.last_row:
                return ""
            waits = self.last_row < len(self.reading.printed.results)
            return "The next row comes with your answer." if waits else "That is the whole table."
        assert self.trial is not None
        if self.stopped or not self.trial.ended or self._plan:
            return self.stopped
        return (
            f"The experiment has ended after {self.setup.epochs} epochs; it is in the log. "
            "ctrl+r: the next seed, m or e: another network."
        )

    def can(self, action: Action) -> bool:
        if self.reading is not None and action in ("rate", "redraw", "edit", "code"):
            return False
        return super().can(action)

    @property
    def acts(self) -> dict[str, str]:  # type: ignore[override]
        return {} if self.reading else {"add": "add a layer", "remove": "take one away"}

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        trial = self.trial
        if trial is not None and trial.ended and self._plan and not self.stopped:
            self._next_of_plan()
            trial = self.trial
        try:
            super().step()
        finally:
            if trial is not None and self.stopped:
                self._keep(trial, diverged=True)
        if trial is not None and trial.ended:
            self._keep(trial)

    def _next_of_plan(self) -> None:
        """The next network begins where the last one has ended."""
        hidden, self._plan = self._plan[0], self._plan[1:]
        self._start(self.setup.but(hidden=hidden))

    def back(self) -> None:
        if self.position == 0 and self.trial is not None:
            raise Refused("This experiment has not begun: there is no step to take back.")
        super().back()

    def redraw(self) -> None:
        if self.reading is not None:
            raise Refused("A printed table has no seed to change.")
        seed = self.setup.recipe.seed + 1
        self._again("another seed", seed=seed)
        runs = "" if self.running else " r runs it."
        self.said = f"Seed {seed}: other random weights, the same network.{runs}"

    def _again(self, label: str, **changes: Any) -> None:
        """Another experiment, from its start, with these changes of the recipe."""
        way_back = self._keepsake()
        self._start(self.setup.but(**changes))
        self._remember(label, way_back)

    # -- settings -----------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        if self.reading is not None:
            return ()
        return (
            *setup_fields(self.setup),
            Field("shows", "picture shows", self.shows, SHOWS, undoable=False),
            Field("axis", "loss axis", self.axis, AXES, undoable=False),
        )

    def _apply(self, field: Field, text: str) -> None:
        setup, recipe = self.setup, self.setup.recipe
        match field.id:
            case "shows":
                self.shows = text
                return
            case "axis":
                self.axis = text
                return
            case "data":
                if text == setup.data:
                    return
                setup = usual(text, recipe.hidden, recipe.seed)
            case "epochs":
                setup = replace(setup, epochs=_whole(field, text))
            case "nodes":
                setup = setup.but(hidden=(_whole(field, text),) * len(recipe.hidden))
            case "layers":
                setup = setup.but(hidden=(recipe.hidden[0],) * int(text))
            case "seed":
                setup = setup.but(seed=_whole(field, text))
            case "rate":
                setup = setup.but(rate=field.read(text))
            case "batch":
                setup = setup.but(batch_size=int(text))
            case "activation":
                setup = setup.but(activation=text)
        if setup == self.setup:
            return
        self._plan = ()
        self._start(setup)
        self.said = f"{field.label}: {text}. A new experiment; r runs it."

    def change_rate(self, direction: int) -> None:
        if self.reading is not None:
            raise Refused("There is no learning rate here.")
        rate = self._field("rate").nudged(direction)
        if rate == self.setup.recipe.rate:
            raise Refused(f"The learning rate stays at {short(rate, 6)}.")
        self._again("learning rate", rate=rate)
        self.said = (
            f"Learning rate {short(rate, 6)}: an experiment has one rate, so a new one begins."
        )

    def act(self, name: str) -> None:
        if name not in self.acts:
            raise Refused("A printed table has no layers to change.")
        layers = len(self.setup.recipe.hidden) + (1 if name == "add" else -1)
        if layers > MOST_LAYERS:
            raise Refused(f"{MOST_LAYERS} hidden layers are the most here.")
        if layers < 1:
            raise Refused("One hidden layer is the least here.")
        self.set("layers", str(layers))

    # -- seeing -------------------------------------------------------------------------------

    def seen_log(self) -> tuple[tuple[LogRow, ...], Advice]:
        """What of the log can be compared with the present experiment, and the advice on it."""
        # A thousand experiments are not gone through anew for every frame.
        before, now = self._seen_for, (self.log, self.setup, self.hiding)
        if before is None or before[0] is not now[0] or before[1:] != now[1:]:
            self._seen_for = now
            self._seen_log = log_of(*now)
        return self._seen_log

    def snapshot(self) -> ExperimentsSnapshot:
        return snapshot_of(self)

    def explainable(self) -> tuple[str, ...]:
        return READING_NAMES if self.reading else NAMES

    def current(self) -> str:
        return self.explainable()[0]

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        if self.trial is None:
            return ()
        problem, recipe, epochs = self.trial.problem, self.setup.recipe, self.setup.epochs
        return (
            Code("Keras", program(problem, recipe, "keras", epochs=epochs)),
            Code("this engine", program(problem, recipe, "engine", epochs=epochs)),
        )


def _whole(field: Field, text: str) -> int:
    """The whole number typed for this field. Raises Refused."""
    value = field.read(text)
    if value != int(value):
        raise Refused(f"{field.label.capitalize()}: a whole number.")
    return int(value)
