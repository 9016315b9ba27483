"""Activation functions: slide along one of them, or put each into the same small network.

The lab shows one of two things, and a step moves in that one: along z in the curves, to the next
activation in the comparison. Every number comes from the engine's `trace`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from lessons.labs.activation import code
from lessons.labs.activation.cursor import PARTS, Cursor
from lessons.labs.activation.functions import DIGITS, NAMES, WORDINGS
from lessons.labs.activation.network import Side, compare
from lessons.labs.activation.scene import STRIDE, VIEWS, ActivationScene, Place, State
from lessons.labs.activation.state import ActivationSnapshot, Part
from lessons.labs.base import Action, Code, Explanation, Field, Lab, Refused
from lessons.labs.cases import of_case
from lessons.labs.forward.code import listings as network_listings
from lessons.labs.forward.network import Matrix
from lessons.numbers import exact, short

__all__ = ["ActivationLab", "ActivationScene"]

LIMIT = 100.0
"""The largest z that can be typed."""


class ActivationLab(Lab):
    """Slides along an activation function, and compares them in a network."""

    kind = "activation"
    title = "activation functions"
    pace = 4.0

    def __init__(self, scene: ActivationScene) -> None:
        super().__init__()
        self.show(scene)

    # -- where it stands ----------------------------------------------------------------------

    @property
    def setup(self) -> ActivationScene:
        """The scene as an ActivationScene."""
        if not isinstance(self.scene, ActivationScene):
            kind = type(self.scene).__name__
            raise TypeError(f"an ActivationLab shows an ActivationScene, not a {kind}")
        return self.scene

    def _begin(self) -> None:
        scene = self.setup
        self._asked = Side.of(scene.inputs, scene.weights)
        self._state = State(scene.shows, scene.activation, scene.z, self._asked)

    def _arrive(self) -> None:
        self._state.places["network"].move(self.setup.computed)

    def _keepsake(self) -> Callable[[], None]:
        kept = self._state.copy()

        def restore() -> None:
            self._state = kept

        return restore

    @property
    def _place(self) -> Place:
        return self._state.places[self._state.shows]

    @property
    def position(self) -> int:
        return self._place.position

    @property
    def end(self) -> int:
        return self._place.farthest

    @property
    def _last(self) -> int:
        """The step after which there is none."""
        if self._state.shows == "network":
            return len(NAMES)
        scene = self.setup
        return max(math.floor((scene.right - self._state.start) / scene.stride + 1e-9), 0)

    @property
    def z(self) -> float:
        """Where the cursor is."""
        steps = self._state.places["curves"].position
        return round(self._state.start + steps * self.setup.stride, 9)

    @property
    def activation(self) -> str:
        """The activation in sight: the one of the curves, or the one computed last."""
        computed = self._state.places["network"].position
        if self._state.shows == "network" and computed:
            return NAMES[computed - 1]
        return self._state.activation

    @property
    def hiding(self) -> tuple[str, ...]:
        # With other inputs or weights a node has another value, which nobody has asked for.
        here = self._concealed
        return tuple(
            name
            for name in super().hiding
            if name.partition("@")[2] != self.setup.case or name.partition("@")[0] in here
        )

    @property
    def _concealed(self) -> tuple[str, ...]:
        """What is hidden in this scene, with the numbers of now."""
        side, asked = self._state.side, self._asked
        names = of_case(super().hiding, self.setup.case)
        return tuple(name for name in names if side.value(name) == asked.value(name))

    # -- moving -------------------------------------------------------------------------------

    @property
    def step_name(self) -> str:  # type: ignore[override]
        if self._state.shows == "curves":
            return "slide"
        return NAMES[self.position] if self.can("step") else "step"

    def can(self, action: Action) -> bool:
        if action in ("step", "run"):
            return self.position < self._last
        return super().can(action)

    @property
    def why_not_run(self) -> str:
        if self.can("step"):
            return ""
        if self._state.shows == "network":
            return "All activations are computed. b takes one back, e changes a number."
        return "This is the right end. b slides back, e types another z."

    def step(self) -> None:
        if not self.can("step"):
            raise Refused(self.why_not_run)
        self.go(self.position + 1)

    def go(self, position: int) -> None:
        self._place.move(min(max(position, 0), self._last))
        self.said = ""

    # -- editing ------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        numbers = self._network_fields() if self._state.shows == "network" else self._z_field()
        return (
            *numbers,
            Field("activation", "activation", self.activation, NAMES),
            Field("shows", "lab shows", self._state.shows, VIEWS, undoable=False),
        )

    def _z_field(self) -> Iterator[Field]:
        yield Field("z", "z, the sum", exact(self.z), low=-LIMIT, high=LIMIT, nudge=STRIDE / 2)

    def _network_fields(self) -> Iterator[Field]:
        side = self._state.side
        for i, value in enumerate(side.inputs):
            yield Field(f"input {i}", f"input {i}", exact(value))
        words = side.words(NAMES[0], ())
        for layer, nodes in enumerate(words.trace.layers):
            for node in nodes:
                for item in node.products:
                    label = f"weight {words.source(item)} → {node.name}"
                    place = f"weight {layer} {node.index} {item.source}"
                    yield Field(place, label, exact(item.weight))

    def _apply(self, field: Field, text: str) -> None:
        match field.id.split(" "):
            case ["shows"]:
                self._state.shows = "network" if text == "network" else "curves"
                self.said = f"The lab shows the {text}."
            case ["activation"]:
                self._choose(text)
            case ["z"]:
                self._slide_to(field.read(text))
            case ["input", at]:
                inputs = list(self._state.side.inputs)
                inputs[int(at)] = field.read(text)
                self._change(tuple(inputs), self._state.side.weights, field)
            case [_, layer, node, source]:
                rows = [[list(row) for row in rows] for rows in self._state.side.weights]
                rows[int(layer)][int(node)][int(source)] = field.read(text)
                weights = tuple(tuple(tuple(row) for row in matrix) for matrix in rows)
                self._change(self._state.side.inputs, weights, field)

    def _slide_to(self, z: float) -> None:
        self._state.start = z
        self._state.places["curves"] = Place()
        self.said = f"z is now {short(z, DIGITS)}."

    def _choose(self, activation: str) -> None:
        """Show another activation; in the comparison, up to its row."""
        self._state.activation = activation
        if self._state.shows == "network":
            self.go(NAMES.index(activation) + 1)
        self.said = f"{activation}: {WORDINGS[activation].meaning}"

    def _change(self, inputs: tuple[float, ...], weights: tuple[Matrix, ...], field: Field) -> None:
        self._state.side = Side.of(inputs, weights)
        value = next(one.text for one in self.fields() if one.id == field.id)
        self.said = f"{field.label} is now {value}: every row follows."

    # -- painting -----------------------------------------------------------------------------

    def snapshot(self) -> ActivationSnapshot:
        state, hiding = self._state, self._concealed
        computed = state.places["network"].position
        return ActivationSnapshot(
            shows=state.shows,
            activation=self.activation,
            slide=self._cursor.slide(),
            comparison=compare(state.side, computed, hiding),
            said=self.said,
        )

    @property
    def _cursor(self) -> Cursor:
        return Cursor(self.activation, self.z, self._concealed, self._parts)

    @property
    def _parts(self) -> tuple[Part, ...]:
        return PARTS if self.setup.slopes else ("value",)

    # -- explaining ---------------------------------------------------------------------------

    def explainable(self) -> tuple[str, ...]:
        if self._state.shows == "curves":
            return self._parts
        seen = self._state.side.traces[self.activation]
        return tuple(node.name for nodes in seen.layers for node in nodes)

    def explain(self, name: str) -> Explanation:
        if self._state.shows == "network":
            return self._state.side.words(self.activation, self._concealed).explain(name)
        return self._cursor.explain(name)

    def code(self) -> tuple[Code, ...]:
        if self._state.shows == "network":
            side = self._state.side
            return network_listings(side.inputs, side.weights, self.activation)
        return code.listings(self.activation, self.z)
