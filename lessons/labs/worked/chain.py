"""A slope on its way back through many layers: the slopes of the activations are multiplied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from engine import activations
from lessons.labs.base import Code, Explanation, Field, Refused
from lessons.labs.worked.case import Case, Heading, Move, Told
from lessons.numbers import exact, short

ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu")

FORMULAS = {
    "sigmoid": ("1 / (1 + np.exp(-z))", "value * (1 - value)"),
    "tanh": ("np.tanh(z)", "1 - value**2"),
    "relu": ("np.maximum(z, 0)", "float(z > 0)"),
    "leaky_relu": ("np.maximum(z, 0.2 * z)", "1.0 if z > 0 else 0.2"),
}
WORDS = {
    "sigmoid": "slope = value × (1 - value)",
    "tanh": "slope = 1 - value²",
    "relu": "slope = 1 where z is above 0, else 0",
    "leaky_relu": "slope = 1 where z is above 0, else 0.2",
}


@dataclass(frozen=True)
class ChainCase(Case):
    """`layers` layers of one node, each at the same z, with weights of 1 between them."""

    activation: str = "tanh"
    z: float = 2.0
    layers: int = 10

    step_name = "layer"
    headings = (
        Heading("layer", "dim", 7),
        Heading("z", "node", 8),
        Heading("value", "node", 9),
        Heading("slope", "slope", 9),
        Heading("product", "slope", 12),
    )

    # -- the engine's numbers -------------------------------------------------------------------

    @cached_property
    def _here(self) -> tuple[float, float]:
        function = activations.get(self.activation)
        z = np.array([self.z])
        value = function.value(z)
        return float(value[0]), float(function.slope(z, value)[0])

    @property
    def value(self) -> float:
        """The value of each node."""
        return self._here[0]

    @property
    def slope(self) -> float:
        """The slope of the activation in each layer."""
        return self._here[1]

    def product(self, layers: int) -> float:
        """What is left of a slope of 1 behind so many layers."""
        left = 1.0
        for _ in range(layers):
            left *= self.slope
        return left

    # -- moves ------------------------------------------------------------------------------------

    @property
    def about(self) -> str:
        return f"{self.layers} layers of {self.activation}, each at z = {short(self.z)}"

    @property
    def given(self) -> Told:
        return Told(
            "",
            Explanation(
                "chain",
                "A slope of 1 arrives behind the last layer. On its way back each layer multiplies "
                "it by the slope of its activation.",
                "product = slope of the last layer × … × slope of the first",
                f"{self.layers} factors, one for each layer",
            ),
        )

    def move(self, number: int) -> Move | None:
        if number >= self.layers:
            return None
        layer = self.layers - number
        before, after = self.product(number), self.product(number + 1)
        factors = f"{_few(before)} × {_few(self.slope)}"
        line = f"{factors} = {_few(after)}"
        at_z = f"at z = {short(self.z)} the value is {_few(self.value)}"
        return Move(
            line=f"layer {layer}: ",
            secret=line,
            told=(
                Told("slope", Explanation(
                    f"slope in layer {layer}",
                    "How much the value of the node changes when z changes by a little.",
                    WORDS[self.activation],
                    f"slope = {_few(self.slope)}: {at_z}",
                )),
                Told("product", Explanation(
                    f"product at layer {layer}",
                    "What is left of a slope of 1 that came in behind the last layer.",
                    "product = product behind it × slope",
                    line,
                )),
            ),
            cells=(str(layer), short(self.z), *map(_few, (self.value, self.slope, after))),
            reveals=("product",),
        )  # fmt: skip

    # -- editing ----------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        return (
            Field("activation", "activation", self.activation, ACTIVATIONS),
            Field("z", "z in each layer", exact(self.z), low=-20, high=20, nudge=0.5),
            Field("layers", "layers", str(self.layers), low=1, high=30),
        )

    def edited(self, field: Field, text: str) -> ChainCase:
        if field.id == "activation":
            return replace(self, activation=text)
        number = field.read(text)
        if field.id == "z":
            return replace(self, z=number)
        if number != int(number):
            raise Refused("Layers are counted: a whole number from 1 to 30.")
        return replace(self, layers=int(number))

    # -- code -------------------------------------------------------------------------------------

    def code(self) -> tuple[Code, ...]:
        value, slope = FORMULAS[self.activation]
        return (
            Code(
                "NumPy: the product of the slopes",
                f"""\
import numpy as np

z = {exact(self.z)}
value = {value}
slope = {slope}
print(slope)
for layers in range(1, {self.layers + 1}):
    print(layers, slope**layers)""",
            ),
        )


def _few(value: float) -> str:
    """Four digits that count: 0.07065, 3.098e-12."""
    return f"{value:.4g}"
