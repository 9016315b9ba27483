"""The small networks of lessons 2.6 and 2.7, and their numbers by name."""

from __future__ import annotations

from dataclasses import replace

from lessons.labs.backprop.lab import BackpropLab
from lessons.labs.backprop.nudge import places
from lessons.labs.backprop.scene import BackpropScene

TABLE = BackpropScene(
    inputs=(0.0, 1.0), weights=(((0.0, 1.0), (2.0, 3.0)), ((1.0, 3.0),)), target=7.0
)
"""Two inputs, two hidden nodes: the weights 0, 1, 2, 3 get the slopes 0, 6, 0, 18."""

DEEP = replace(
    TABLE,
    network="deep",
    inputs=(0.5, 1.0),
    weights=(((2.0, -2.0), (4.0, -1.0)), *TABLE.weights),
)
"""The same network behind a first layer that hands it the values 0 and 1."""

DRAWN = replace(TABLE, network="drawn", weights=(TABLE.weights[0], ((1.0, 2.0),)), target=4.0)
"""Output weights 1 and 2, target 4: the network whose table has a slip in it."""


def numbers(scene: BackpropScene) -> dict[str, float]:
    """Values and slopes of a scene's pass by name: ``node 0``, ``∂ node 0``, ``∂ weight …``."""
    trace = BackpropLab(scene).trace
    found = {"error": (trace.error or (0.0,))[0], "loss": trace.loss or 0.0}
    for nodes in trace.layers:
        for node in nodes:
            found |= {node.name: node.value, f"∂ {node.name}": node.value_slope or 0.0}
            found[f"gate of {node.name}"] = node.activation_slope
    for name, item in places(trace).items():
        found |= {name: item.weight, f"∂ {name}": item.slope or 0.0}
    return found


def weights_into(scene: BackpropScene, layer: int) -> tuple[str, ...]:
    """Names of the weights of one layer, node by node."""
    items = places(BackpropLab(scene).trace).items()
    return tuple(name for name, item in items if item.layer == layer)


def last(scene: BackpropScene) -> str:
    """Name of the number with which a pass ends."""
    return BackpropLab(scene).operations[-1].name
