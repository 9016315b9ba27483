"""What a network can be given of a place of the plane: its coordinates, and things made of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEATURES = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1²": lambda x1, x2: x1**2,
    "x2²": lambda x1, x2: x2**2,
    "x1·x2": lambda x1, x2: x1 * x2,
    "sin x1": lambda x1, x2: np.sin(2 * x1),
    "sin x2": lambda x1, x2: np.sin(2 * x2),
}
"""Name and rule of each. The sines go through one and a half waves from edge to edge, or more."""

FORMULAS = {
    "x1": "x[:, 0]",
    "x2": "x[:, 1]",
    "x1²": "x[:, 0] ** 2",
    "x2²": "x[:, 1] ** 2",
    "x1·x2": "x[:, 0] * x[:, 1]",
    "sin x1": "np.sin(2 * x[:, 0])",
    "sin x2": "np.sin(2 * x[:, 1])",
}
"""The same as they are typed."""


def columns(x: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """The named features of these places, (places, 2), as float32 (places, features)."""
    made = [FEATURES[name](x[:, 0], x[:, 1]) for name in names]
    return np.column_stack(made).astype(np.float32)
