"""What every hidden node responds to, as maps over the plane that form while the network learns.

The engine's Trainer takes the steps, its Timeline restores any epoch to the bit. The lab adds what
the learner decides (data, layers, activation, rate, seed) and asks the layers for their values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine import Sequential
from lessons.labs.base import Code, Explanation, Field, Scene
from lessons.labs.live import LiveLab
from lessons.labs.maps.code import listings
from lessons.labs.maps.run import SIDE, Run, grid, layer_values
from lessons.labs.maps.setup import NONE, MapsScene, Settings, settings_fields
from lessons.labs.maps.state import MapsSnapshot, NodeMap, Points
from lessons.labs.maps.words import explain, in_a_line, node_name


class MapsLab(LiveLab):
    """Trains a small network on points of a plane, and shows what its nodes make of the plane."""

    run: Run
    kind = "maps"
    title = "what each node responds to"
    step_name = "epoch"
    paces = (1.0, 2.0, 4.0, 10.0, 30.0, None)
    undo_depth = 5  # each keeps a run with its history

    def __init__(self, seed: int, scene: Scene) -> None:
        super().__init__()
        self._first_seed = self._seed = seed
        self.show(scene)

    # -- building -----------------------------------------------------------------------------

    def show(self, scene: Scene, hidden: tuple[str, ...] = ()) -> None:
        assert isinstance(scene, MapsScene)
        self._seed = self._first_seed
        self.pace = scene.pace
        self.cursor = (0, 0)
        super().show(scene, hidden)

    def _begin(self) -> None:
        scene = self.setup
        self._start(Settings(scene.data, scene.hidden, scene.activation, scene.rate, self._seed))

    def _start(self, settings: Settings) -> None:
        self._use(Run(settings))
        self.stopped = ""
        self.point(*self.cursor)

    def _use(self, run: Run) -> None:
        self.run, self.dataset = run, f"plane:{run.settings.data}"

    def _arrive(self) -> None:
        for _ in range(self.setup.epochs):
            self.step()

    def _keepsake(self) -> Callable[[], None]:
        run, position = self.run, self.position
        others = (self._seed, self.stopped)

        def restore() -> None:
            self._use(run)
            self.run.go(position)
            self._seed, self.stopped = others
            self.point(*self.cursor)

        return restore

    def _restart(self, settings: Settings, why: str) -> None:
        if settings == self.settings:
            return
        self._seed = settings.seed
        self._start(settings)
        self.said = f"{why}: the network starts again. u takes it back."

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> MapsScene:
        """The scene as a MapsScene."""
        assert isinstance(self.scene, MapsScene)
        return self.scene

    @property
    def settings(self) -> Settings:
        """The settings at this position."""
        return self.run.settings

    @property
    def model(self) -> Sequential:
        """The network."""
        return self.run.model

    @property
    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """The points, (points, 2), and their classes, (points, 1)."""
        return self.run.x, self.run.y

    @property
    def hides_maps(self) -> bool:
        """Whether a question asks what the maps of hidden nodes look like."""
        return "maps" in self.hiding

    @property
    def hides_score(self) -> bool:
        """Whether a question asks what becomes of a network like this one."""
        return "linear" in self.hiding and self.settings.activation == "linear"

    def score(self) -> tuple[float, float]:
        """Loss and accuracy on all points, with the weights as they are."""
        return self.run.score()

    # -- moving and settings -----------------------------------------------------------------

    def _reseed(self) -> int:
        self._restart(replace(self.settings, seed=self._seed + 1), self.redrawn)
        return self._seed

    def fields(self) -> tuple[Field, ...]:
        layer, node = self.cursor
        sizes = self.sizes
        layers = tuple(self._layer_name(at) for at in range(len(sizes)))
        nodes = tuple(str(at) for at in range(sizes[layer]))
        return (
            *settings_fields(self.settings),
            Field("layer", "layer pointed at", layers[layer], layers, undoable=False),
            Field("node", "node pointed at", str(node), nodes, undoable=False),
        )

    def _apply(self, field: Field, text: str) -> None:
        settings = self.settings
        first, *rest = settings.hidden
        match field.id:
            case "rate":
                self._set_rate(field.read(text))
            case "seed":
                seed = self._seed_in(field, text)
                self._restart(replace(settings, seed=seed), f"Seed {seed}")
            case "data":
                self._restart(replace(settings, data=text), f"Data set {text}")
            case "activation":
                self._restart(replace(settings, activation=text), f"Activation {text}")
            case "hidden 1":
                self._resize((int(text), *rest))
            case "hidden 2":
                self._resize((first,) if text == NONE else (first, int(text)))
            case "layer":
                layers = [self._layer_name(at) for at in range(len(self.sizes))]
                self.point(layers.index(text), self.cursor[1])
            case "node":
                self.point(self.cursor[0], int(text))

    def _resize(self, hidden: tuple[int, ...]) -> None:
        settings = replace(self.settings, hidden=hidden)
        self._restart(settings, f"Network {settings.network}")

    # -- painting -----------------------------------------------------------------------------

    @property
    def sizes(self) -> tuple[int, ...]:
        """Nodes in each layer, the output's included."""
        return (*self.settings.hidden, 1)

    def _layer_name(self, layer: int) -> str:
        return "output" if layer == len(self.settings.hidden) else str(layer + 1)

    def snapshot(self) -> MapsSnapshot:
        values = layer_values(self.model, grid())
        layers = tuple(
            tuple(self._map(layer, node, values[layer][:, node]) for node in range(size))
            for layer, size in enumerate(self.settings.hidden)
        )
        # The output runs from 0 to 1, and from 0.5 on it says class 1: that is where colours part.
        decision = self._map(len(layers), 0, 2 * values[-1][:, 0] - 1)
        loss, accuracy = (None, None) if self.hides_score else self.score()
        return MapsSnapshot(
            position=self.position,
            end=self.end,
            settings=self.settings,
            layers=layers,
            decision=decision,
            points=self._points(),
            loss=loss,
            accuracy=accuracy,
            losses=np.empty(0) if self.hides_score else self.run.losses(),
            cursor=self.cursor,
            stopped=bool(self.stopped),
            said=self.said or self.stopped,
        )

    def _map(self, layer: int, node: int, values: np.ndarray) -> NodeMap:
        output = layer == len(self.settings.hidden)
        bounded = output or self.settings.activation in ("tanh", "sigmoid")
        largest = 1.0 if bounded else float(np.abs(values).max()) or 1.0
        hidden = self.hides_score if output else self.hides_maps
        return NodeMap(
            layer=layer + 1,
            node=node,
            name="output" if output else f"node {node}",
            values=(values / largest).reshape(SIDE, SIDE),
            largest=largest,
            told="hidden until the question is answered"
            if hidden
            else in_a_line(self, layer, node),
            hidden=hidden,
        )

    def _points(self) -> Points:
        x, y = self.data
        says = self.model.predict(x)[:, 0] > 0.5
        kind = y[:, 0] == 1
        right = np.ones(len(kind), dtype=bool) if self.hides_score else says == kind
        return Points(x[:, 0], x[:, 1], kind, right)

    # -- explaining ---------------------------------------------------------------------------

    def point(self, row: int, column: int) -> None:
        """Point at a node: its layer and its number, both from 0, or the nearest there is."""
        layer = min(max(row, 0), len(self.sizes) - 1)
        self.cursor = (layer, min(max(column, 0), self.sizes[layer] - 1))

    def explainable(self) -> tuple[str, ...]:
        nodes = [(layer, node) for layer, size in enumerate(self.sizes) for node in range(size)]
        return (*(node_name(self, *at) for at in nodes), "loss", "accuracy")

    def current(self) -> str:
        return node_name(self, *self.cursor)

    def explain(self, name: str) -> Explanation:
        return explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return listings(self)
