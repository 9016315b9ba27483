"""Building a network layer by layer: its diagram, its code and its count change together.

A step adds the next layer of the network that the page is about. What the learner adds, takes out
or changes goes into that network, so that the way back and forth is through it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused
from lessons.labs.builder import words
from lessons.labs.builder.code import listings
from lessons.labs.builder.fields import fields_of
from lessons.labs.builder.network import (
    MOST_LAYERS,
    MOST_NODES,
    LayerSpec,
    NetworkSpec,
    count,
    counts,
)
from lessons.labs.builder.scene import BuilderScene
from lessons.labs.builder.seen import seen
from lessons.labs.builder.state import HIDDEN, BuilderSnapshot
from lessons.numbers import without_thousands


class BuilderLab(Lab):
    """Specifies a network; the engine counts what it has to learn."""

    kind = "builder"
    title = "a network"
    step_name = "layer"
    pace = 1.0
    paces = (0.5, 1.0, 2.0, 4.0)
    acts: Mapping[str, str] = {"add": "add", "remove": "remove"}

    def __init__(self, scene: BuilderScene, dataset: str = "") -> None:
        super().__init__()
        self.dataset = dataset
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> BuilderScene:
        """The scene as a BuilderScene."""
        assert isinstance(self.scene, BuilderScene)
        return self.scene

    def _begin(self) -> None:
        self._plan: NetworkSpec = self.setup.network
        self._built = self._end = 0
        self._fresh = self._chosen = 0
        self._bent = False

    def _arrive(self) -> None:
        for _ in range(self.setup.layers):
            self.step()
        self.said = ""

    def _keepsake(self) -> Callable[[], None]:
        kept = (self._plan, self._built, self._end, self._chosen, self._fresh, self._bent)

        def restore() -> None:
            self._plan, self._built, self._end, self._chosen, self._fresh, self._bent = kept

        return restore

    @property
    def network(self) -> NetworkSpec:
        """The network as far as it is built."""
        return self._plan.first(self._built)

    @property
    def chosen(self) -> int:
        """The layer that is chosen, from 1; 0 is the inputs."""
        return self._chosen

    @property
    def position(self) -> int:
        return self._built

    @property
    def end(self) -> int:
        return self._end

    @property
    def fresh(self) -> int:
        """The layer that has just come or changed, from 1; 0 for none."""
        return self._fresh

    @property
    def complete(self) -> bool:
        """Whether all layers are there, and the last one is the output."""
        return self.setup.whole and self._built > 0 and not self._left

    @property
    def _left(self) -> int:
        return len(self._plan.layers) - self._built

    def can(self, action: Action) -> bool:
        if action in ("step", "run"):
            return self._left > 0
        if action == "code":
            return not self.hides_inputs
        return super().can(action)

    @property
    def why_not_run(self) -> str:
        return "" if self._left else _WHOLE

    def hides(self, name: str) -> bool:
        """Whether a question asks for this number."""
        return name in self.hiding

    @property
    def hides_inputs(self) -> bool:
        """Whether a question asks how many inputs there are."""
        return self.hides(f"{self.network.inputs} inputs")

    @property
    def hides_bent(self) -> bool:
        """Whether a question asks what another activation does to the counts, and one is chosen."""
        return self._bent and self.hides("activation")

    def count_of(self, at: int) -> str:
        """The parameters of layer `at`, from 0, as they are written; ? while they are asked for."""
        network = self.network
        values, nodes = network.pairs[at]
        if self.hides_bent:
            return HIDDEN
        if self.hides(f"{values}×{nodes}") or (at == 0 and self.hides_inputs):
            return HIDDEN
        return f"{counts(network)[at]:,}"

    def count_of_all(self, network: NetworkSpec) -> str:
        """The parameters of a network, as they are written; ? while they are asked for."""
        if self.hides(network.name) or (network.layers and self.hides_inputs):
            return HIDDEN
        if self.hides_bent and network == self.network:
            return HIDDEN
        return f"{count(network):,}"

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> None:
        if not self._left:
            raise Refused(_WHOLE)
        self._to(self._built + 1)
        layer = self.network.layers[-1]
        self.said = f"Layer {self._built}: {layer.code}."

    def go(self, position: int) -> None:
        self._to(min(max(position, 0), self._end))
        self.said = ""

    def _to(self, position: int) -> None:
        self._fresh = position if position > self._built else 0
        self._built, self._chosen = position, position
        self._end = max(self._end, position)

    # -- building -----------------------------------------------------------------------------

    def act(self, name: str) -> None:
        """`add` a layer after the chosen one, `remove` that one, make it `wider` or `narrower`."""
        match name:
            case "add":
                self._add()
            case "remove":
                self._remove()
            case "wider":
                self._widen(1)
            case "narrower":
                self._widen(-1)
            case _:
                super().act(name)

    def _add(self) -> None:
        if len(self._plan.layers) >= MOST_LAYERS:
            raise Refused(f"{MOST_LAYERS} layers are as many as are built here. delete takes one.")
        way_back = self._keepsake()
        at = self._chosen
        if at == self._built and self.complete:
            at -= 1  # before the output, which stays the last one
        like = self._plan.layers[at - 1] if at else LayerSpec(100, "relu")
        self._plan = self._plan.with_more(at, like)
        self._built += 1
        self._end = max(self._built, self._end + 1)
        self._chosen = self._fresh = at + 1
        self._remember(f"the new layer {at + 1}", way_back)
        self.said = f"Added layer {at + 1}: {like.code}. u takes it back."

    def _remove(self) -> None:
        if not self._built:
            raise Refused("There is no layer to take out: space or m adds one.")
        if not self._chosen:
            raise Refused("The inputs stay: they are the columns of the data. l chooses a layer.")
        way_back = self._keepsake()
        at = self._chosen
        gone = self._plan.layers[at - 1]
        self._plan = self._plan.without(at - 1)
        self._built -= 1
        self._end -= 1
        self._chosen, self._fresh = min(at, self._built), 0
        self._remember(f"taking layer {at} out", way_back)
        self.said = f"Took out layer {at}: {gone.code}. u brings it back."

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        hidden = HIDDEN if self.hides_inputs else ""
        return fields_of(self.network, self._chosen, hidden)

    def _field(self, field_id: str) -> Field:
        found = next((field for field in self.fields() if field.id == field_id), None)
        if found is None:
            raise Refused("The inputs have no activation. l chooses a layer, m adds one.")
        return found

    def turn(self, field_id: str) -> None:
        self._field(field_id)
        super().turn(field_id)

    def set(self, field_id: str, text: str) -> None:
        field = self._field(field_id)
        super().set(field_id, text if field.choices else without_thousands(text))

    def _widen(self, direction: int) -> None:
        """The chosen layer, or the inputs, one notch narrower (-1) or wider (1)."""
        field = self._field("nodes" if self._chosen else "inputs")
        width = field.nudged(direction)
        if width == float(field.text):
            raise Refused(f"{field.label}: from 1 to {MOST_NODES:,}.")
        self.set(field.id, str(int(width)))

    def _apply(self, field: Field, text: str) -> None:
        at = self._chosen - 1
        match field.id:
            case "layer":
                self._chosen = field.choices.index(text)
                self.said = ""
            case "inputs":
                self._plan = replace(self._plan, inputs=_whole(field, text))
            case "outputs":
                self._change(self._built - 1, units=_whole(field, text))
            case "nodes":
                self._change(at, units=_whole(field, text))
            case "activation":
                self._bent = self._bent or text != field.text
                self._change(at, activation=text)
                if self.hides_bent:
                    self.said += " Its count is shown once you have answered."

    def _change(self, at: int, **changes: object) -> None:
        layer = replace(self._plan.layers[at], **changes)  # type: ignore[arg-type]
        self._plan = self._plan.with_layer(at, layer)
        self._fresh = at + 1
        self.said = f"Layer {at + 1}: {layer.code}."

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> BuilderSnapshot:
        return seen(self)

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        return words.names(self)

    def current(self) -> str:
        return words.name_of(self._chosen - 1) if self._chosen else words.SHAPE

    def explain(self, name: str) -> Explanation:
        return words.explain(name, self)

    def code(self) -> tuple[Code, ...]:
        return () if self.hides_inputs else listings(self)


def _whole(field: Field, text: str) -> int:
    number = field.read(text)
    if number != round(number):
        raise Refused(f"{field.label}: a whole number, from 1 to {MOST_NODES:,}.")
    return int(number)


_WHOLE = "That is the whole network of this page. m adds a layer, 0 starts again."
