"""What is to be seen of the maps lab: a map for every node, the points, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.labs.maps.setup import Settings


@dataclass(frozen=True, eq=False)
class NodeMap:
    """What one node says of every place of the plane."""

    layer: int
    """From 1; the output is in the layer after the hidden ones."""
    node: int
    name: str
    values: np.ndarray
    """Square, row 0 at the top, from -1 to 1: the node's value as a part of `largest`."""
    largest: float
    """The size that a full colour stands for."""
    told: str = ""
    """The node's formula with its weights, in a line, where every map has one at hand."""
    hidden: bool = False
    """True while a question asks about it."""


@dataclass(frozen=True, eq=False)
class Points:
    """The data points: x and y from -3 to 3, the class, whether the network is right."""

    x: np.ndarray
    y: np.ndarray
    kind: np.ndarray
    right: np.ndarray


@dataclass(frozen=True, eq=False)
class MapsSnapshot:
    """All that is to be seen of the lab."""

    position: int
    end: int
    settings: Settings
    layers: tuple[tuple[NodeMap, ...], ...]
    """The hidden layers."""
    decision: NodeMap
    points: Points
    loss: float | None
    """None while it is hidden."""
    accuracy: float | None
    losses: np.ndarray
    """Of every recorded epoch; empty while it is hidden."""
    cursor: tuple[int, int]
    """Layer and node that are pointed at, both from 0; the output is in the last layer."""
    stopped: bool
    said: str
