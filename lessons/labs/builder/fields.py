"""What can be edited in a network that is being specified."""

from __future__ import annotations

from lessons.labs.base import Field
from lessons.labs.builder.network import ACTIVATIONS, LADDER, MOST_NODES, NetworkSpec, names_of


def fields_of(network: NetworkSpec, chosen: int, inputs_shown: str) -> tuple[Field, ...]:
    """The chosen layer, its width and its activation; inputs and outputs.

    `chosen` counts layers from 1, the inputs are 0. `inputs_shown` stands for the number of inputs
    where it is to be hidden.
    """
    names = names_of(network)
    found = [Field("layer", "layer", names[chosen], names, undoable=False)]
    if chosen:
        layer, name = network.layers[chosen - 1], names[chosen]
        found += [
            _width("nodes", f"{name}: nodes", layer.units),
            Field("activation", f"{name}: activation", layer.activation, ACTIVATIONS),
        ]
    found.append(_width("inputs", "inputs", network.inputs, inputs_shown))
    if 0 < chosen < len(network.layers):
        found.append(_width("outputs", "outputs", network.layers[-1].units))
    return tuple(found)


def _width(name: str, label: str, nodes: int, shown: str = "") -> Field:
    return Field(name, label, str(nodes), low=1, high=MOST_NODES, ladder=LADDER, shown=shown)
