"""What is to be seen of a playground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.labs.maps.state import NodeMap, Points
from lessons.labs.playground.play import Play
from lessons.learning.curves import Curves

PANELS = ("all", "network", "map", "curves", "slopes", "results")
"""What can be brought to the front."""


@dataclass(frozen=True, eq=False)
class Wires:
    """The weights into a layer: (sources, nodes), as parts of the largest one of the network."""

    strength: np.ndarray
    frozen: np.ndarray
    """True for each that does not move."""


@dataclass(frozen=True)
class LayerSlopes:
    """One layer: how large its slopes are, and how many of its nodes are dead."""

    name: str
    slope: float | None
    """Mean size of the slopes of its weights in the last batch; None before the first."""
    dead: int
    nodes: int


@dataclass(frozen=True, eq=False)
class Confusion:
    """How often each class was taken for which, on the rows held out: (true, predicted)."""

    classes: tuple[str, ...]
    counts: np.ndarray


@dataclass(frozen=True, eq=False)
class Fit:
    """What was predicted for rows held out, and what was true: both (rows,)."""

    predicted: np.ndarray
    true: np.ndarray


@dataclass(frozen=True)
class Scores:
    """Losses and accuracies; those that there are not are None."""

    train_loss: float | None = None
    val_loss: float | None = None
    accuracy: float | None = None
    val_accuracy: float | None = None
    epoch: int | None = None
    """They are those of this epoch, the last one that is finished (0: none is); None: of now."""


@dataclass(frozen=True)
class PastPlay:
    """A run to compare with: what it was, and its curves."""

    play: Play
    curves: Curves


@dataclass(frozen=True, eq=False)
class PlaySnapshot:
    """All that a view paints of a playground."""

    position: int
    end: int
    epoch: int
    steps_per_epoch: int
    play: Play
    rate: float
    """With which the next step is taken."""
    shows: str
    stride: str
    classifies: bool
    """Whether classes are told apart; else a number is to be met."""
    rows: int
    held_out: int
    parameters: int
    loss: float | None
    """Of the last batch, before its update."""
    scores: Scores
    names: tuple[tuple[str, ...], ...]
    """Of the nodes of every layer: inputs, hidden layers, outputs."""
    inputs: tuple[NodeMap, ...]
    layers: tuple[tuple[NodeMap, ...], ...]
    """Maps of the hidden nodes; without values where the data are no points of the plane."""
    decision: NodeMap | None
    points: Points | None
    wires: tuple[Wires, ...]
    """Into each hidden layer, and into the output."""
    curves: Curves
    before: PastPlay | None
    slopes: tuple[LayerSlopes, ...]
    confusion: Confusion | None
    fit: Fit | None
    verdict: str
    """Of a learner's own table: how it does on the rows held out, beside the simplest guess."""
    cursor: tuple[int, int]
    """Layer and node that are pointed at; the output is in the layer after the hidden ones."""
    told: str
    """The node pointed at, in a line."""
    arriving: int
    """Steps that are still to be taken again, after a code was pasted."""
    question: str
    """Of the gallery, where the scene is from there."""
    stopped: bool
    said: str
