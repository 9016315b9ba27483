"""What the hidden nodes of a network do over many rows: their values, and which are dead.

A node is dead on these rows when the slope of its activation is 0 on every one of them: no slope
passes, so its weights get none. With ReLU that is a sum z of 0 or less on every row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine import Dense, Sequential


@dataclass(frozen=True, eq=False)
class LayerActivity:
    """One hidden layer over all rows; each array has one number for each node."""

    above: np.ndarray
    """On how many rows z is above 0."""
    lowest: np.ndarray
    highest: np.ndarray
    """The smallest and the largest z."""
    dead: np.ndarray
    """True where the slope of the activation is 0 on every row."""

    @property
    def deaths(self) -> int:
        """How many nodes are dead."""
        return int(self.dead.sum())


def hidden_values(model: Sequential, x: np.ndarray) -> tuple[np.ndarray, ...]:
    """Values of the nodes of each hidden layer for inputs x as the network gets them.

    One array (rows, nodes) for each Dense layer but the last.
    """
    return tuple(values for _, _, values in _passes(model, x))


def activity(model: Sequential, x: np.ndarray) -> tuple[LayerActivity, ...]:
    """What each hidden layer does on inputs x, (rows, columns), as the network gets them."""
    return tuple(
        LayerActivity(
            above=(z > 0).sum(axis=0),
            lowest=z.min(axis=0),
            highest=z.max(axis=0),
            dead=_dead(layer, z, values),
        )
        for layer, z, values in _passes(model, x)
    )


def dead_nodes(model: Sequential, x: np.ndarray) -> tuple[int, ...]:
    """How many nodes of each hidden layer are dead on inputs x as the network gets them."""
    return tuple(int(_dead(*passed).sum()) for passed in _passes(model, x))


def _passes(model: Sequential, x: np.ndarray) -> Iterator[tuple[Dense, np.ndarray, np.ndarray]]:
    """Each hidden layer with its sums z and its values, (rows, nodes).

    Nothing of the model is touched: what its last step left there stays.
    """
    values = np.asarray(x, dtype=model.dtype)
    for layer in [one for one in model.layers if isinstance(one, Dense)][:-1]:
        with np.errstate(all="ignore"):  # a network that has gone wild is looked at as well
            z = values @ layer.kernel
            if layer.bias is not None:
                z += layer.bias
            values = layer.activation.value(z)
        yield layer, z, values


def _dead(layer: Dense, z: np.ndarray, values: np.ndarray) -> np.ndarray:
    if layer.activation.name == "relu":  # as below, in a tenth of the time
        return np.asarray(z.max(axis=0) <= 0)
    with np.errstate(all="ignore"):
        return np.asarray((layer.activation.slope(z, values) == 0).all(axis=0))
