"""What the hidden nodes of a network do over many rows: their values, and which are dead."""

from __future__ import annotations

import numpy as np

from engine import Dense, Sequential


def hidden_values(model: Sequential, x: np.ndarray) -> tuple[np.ndarray, ...]:
    """Values of the nodes of each hidden layer for inputs x as the network gets them.

    One array (rows, nodes) for each Dense layer but the last.
    """
    found = []
    values = np.asarray(x, dtype=model.dtype)
    with np.errstate(all="ignore"):  # a network that has gone wild is looked at as well
        for layer in [one for one in model.layers if isinstance(one, Dense)][:-1]:
            bias = 0.0 if layer.bias is None else layer.bias
            values = layer.activation.value(values @ layer.kernel + bias)
            found.append(values)
    return tuple(found)


def dead_nodes(model: Sequential, x: np.ndarray) -> tuple[int, ...]:
    """How many ReLU nodes of each hidden layer give 0 for every row of x."""
    return tuple(int((values.max(axis=0) <= 0).sum()) for values in hidden_values(model, x))
