"""Early stopping, an epoch at a time: the counter, the best epoch, and where and why it stops.

The losses come from a list, which can be edited, or from a real run. The engine's EarlyStopping
decides; the learner may go on past its stop, to see what it never saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine import Diverged
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused
from lessons.labs.stopping.code import listings
from lessons.labs.stopping.setup import (
    FEWEST,
    LISTED,
    MOST,
    ON,
    REAL,
    StoppingScene,
    fields_of,
)
from lessons.labs.stopping.source import Listed, Real, Source
from lessons.labs.stopping.state import StoppingSnapshot, snapshot_of
from lessons.labs.stopping.watch import Watched, watch
from lessons.labs.stopping.words import NAMES, explain, reason
from lessons.learning.outlets import Outlet, outlets_of
from lessons.learning.problem import Problem
from lessons.numbers import short

OF_A_LIST = {"add": "add an epoch", "remove": "remove it"}


class StoppingLab(Lab):
    """Shows EarlyStopping at work on a list of losses or on a training."""

    kind = "stopping"
    title = "early stopping"
    step_name = "epoch"
    paces = (1.0, 2.0, 4.0, 8.0, None)
    pace = 4.0
    undo_depth = 4  # each may keep a run with its history

    def __init__(self, problem: Problem, seed: int, scene: StoppingScene) -> None:
        super().__init__()
        self.problem = problem
        self._first_seed = seed
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def _begin(self) -> None:
        scene = self.setup
        self.settings = scene.settings
        self.acts: Mapping[str, str] = OF_A_LIST if scene.source == LISTED else {}
        self.dataset = self.problem.name if scene.source == REAL else ""
        self.seed, self.nodes = self._first_seed, scene.nodes
        self._start()

    def _start(self) -> None:
        """From epoch 0, with the present settings; a list as the scene has it."""
        scene = self.setup
        self.source: Source = (
            Real(self.problem, self.nodes, self.seed)
            if scene.source == REAL
            else Listed(scene.losses)
        )
        self._seen: tuple[object, Watched] | None = None

    def _arrive(self) -> None:
        for _ in range(self.setup.epochs):
            self.source.forward()

    def _keepsake(self) -> Callable[[], None]:
        source, position = self.source, self.position
        others = (self.settings, self.seed, self.nodes)

        def restore() -> None:
            self.source = source
            self.source.go(position)
            self.settings, self.seed, self.nodes = others

        return restore

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> StoppingScene:
        """The scene as a StoppingScene."""
        assert isinstance(self.scene, StoppingScene)
        return self.scene

    @property
    def position(self) -> int:
        return self.source.position

    @property
    def end(self) -> int:
        return self.source.end

    @property
    def watched(self) -> Watched:
        """What EarlyStopping makes of the epochs up to the present one."""
        key = (self.source, self.position, self.settings)
        if self._seen is None or self._seen[0] != key:
            epochs = self.source.epochs[: self.position]
            self._seen = key, watch(self.source.model, epochs, self.settings.callback())
        return self._seen[1]

    @property
    def hides_verdicts(self) -> bool:
        """Whether a question asks where this EarlyStopping stops."""
        if self.settings.min_delta:
            asked = "min_delta"
        else:
            asked = "patience" if self.settings.patience > 1 else "no patience"
        return self.setup.source == LISTED and asked in self.hiding

    @property
    def hides_kept(self) -> bool:
        """Whether a question asks whose weights stay."""
        return self.hides_verdicts or "kept" in self.hiding

    @property
    def at_stop(self) -> bool:
        """Whether this is the epoch that ends the training, and that may be seen."""
        return not self.hides_verdicts and self.watched.stopped == self.position

    def can(self, action: Action) -> bool:
        match action:
            case "step":
                return self.position < self.source.last
            case "run":
                return not self.why_not_run
            case "redraw":
                return self.setup.source == REAL
            case _:
                return super().can(action)

    @property
    def why_not_run(self) -> str:
        if self.position == self.source.last:
            return f"That was epoch {self.position}, the last. b goes back, 0 starts again."
        if self.at_stop:
            return (
                f"EarlyStopping has ended the training after epoch {self.position}. "
                "space goes on all the same, to see what it never saw."
            )
        return ""

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if self.position == self.source.last:
            raise Refused(self.why_not_run)
        self.said = ""
        try:
            self.source.forward()
        except Diverged:
            self.source.go(self.position)
            raise Refused(
                "The numbers are too large to be held. b goes back, 0 starts again."
            ) from None

    def go(self, position: int) -> None:
        self.source.go(min(max(position, 0), self.end))
        self.said = ""

    def scrub(self, direction: int) -> None:
        super().scrub(direction)
        self.said = f"Epoch {self.position} of {self.end}."

    def _reseed(self) -> int:
        if self.setup.source == LISTED:
            raise Refused("A list has nothing random: e edits its losses.")
        self.seed += 1
        self._start()
        return self.seed

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.settings, self.setup.source, self.losses, self.nodes)

    @property
    def losses(self) -> tuple[float, ...]:
        """The list; empty where a network trains."""
        return self.source.losses if isinstance(self.source, Listed) else ()

    def _apply(self, field: Field, text: str) -> None:
        what, _, place = field.id.partition(" ")
        match what:
            case "patience":
                patience = field.read(text)
                if patience != int(patience):
                    raise Refused("patience: a whole number of epochs, from 0 to 10.")
                self.settings = replace(self.settings, patience=int(patience))
            case "restore":
                self.settings = replace(self.settings, restore=text == ON)
            case "delta":
                self.settings = replace(self.settings, min_delta=field.read(text))
            case "nodes":
                if self.nodes != int(text):
                    self.nodes = int(text)
                    self._start()
                    self.said = f"{text} nodes in each hidden layer: starts again."
            case "loss":
                at = int(place)
                self._list((*self.losses[:at], field.read(text), *self.losses[at + 1 :]))

    def _list(self, losses: tuple[float, ...]) -> None:
        assert isinstance(self.source, Listed)
        self.source = self.source.changed(losses)

    def act(self, name: str) -> None:
        if self.setup.source != LISTED or name not in OF_A_LIST:
            super().act(name)
        way_back, losses = self._keepsake(), self.losses
        if name == "add":
            if len(losses) == MOST:
                raise Refused(f"{MOST} epochs are the most that a list has. del removes one.")
            self._list((*losses, losses[-1]))
            self.asks = f"loss {len(losses)}"
            self._remember(f"adding epoch {len(losses) + 1}", way_back)
            return
        if len(losses) == FEWEST:
            raise Refused(f"{FEWEST} epochs have to stay. e edits their losses, m adds one.")
        self._list(losses[:-1])
        self._remember(f"removing epoch {len(losses)}", way_back)
        self.said = f"Epoch {len(losses)} is gone, with its loss of {short(losses[-1])}."

    # -- painting, explaining -----------------------------------------------------------------

    def snapshot(self) -> StoppingSnapshot:
        return snapshot_of(self)

    @property
    def reason(self) -> str:
        """What EarlyStopping makes of the present epoch, in a sentence."""
        return reason(self)

    def explainable(self) -> tuple[str, ...]:
        return NAMES

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def outlets(self) -> tuple[Outlet, ...]:
        if not isinstance(self.source, Real):
            return ()
        return outlets_of(self.source.run, self.problem.name, self.code())

    def code(self) -> tuple[Code, ...]:
        return listings(self)
