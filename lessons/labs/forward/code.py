"""The NumPy and the Keras lines for a small network without biases, with its current values."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.labs.base import Code
from lessons.numbers import exact

_FUNCTIONS = {
    "relu": "np.maximum(0, {})",
    "tanh": "np.tanh({})",
    "sigmoid": "1 / (1 + np.exp(-{}))",
    "softplus": "np.logaddexp(0, {})",
    "leaky_relu": "leaky_relu({})",
    "linear": "{}",
}

LEAKY = ["def leaky_relu(z):", "    return np.maximum(0.2 * z, z)", ""]
"""NumPy has no short way to write this one with z only once."""


def listings(
    inputs: Sequence[float], weights: Sequence[Sequence[Sequence[float]]], activation: str
) -> tuple[Code, ...]:
    """Forward propagation in NumPy and in Keras; both print the output."""
    return (
        Code("NumPy", "\n".join(_numpy(inputs, weights, activation))),
        Code("Keras", "\n".join(_keras(inputs, weights, activation))),
    )


def _numpy(
    inputs: Sequence[float], weights: Sequence[Sequence[Sequence[float]]], activation: str
) -> list[str]:
    defined = LEAKY if activation == "leaky_relu" else []
    lines = ["import numpy as np", "", *defined, f"inputs = np.array({_row(inputs)})", ""]
    before = "inputs"
    last = len(weights) - 1
    for layer, rows in enumerate(weights):
        names = [f"node_{layer}_{i}" if last > 1 else f"node_{i}" for i in range(len(rows))]
        if layer == last:
            names = ["output"] if len(rows) == 1 else [f"output_{i}" for i in range(len(rows))]
        for name, row in zip(names, rows, strict=True):
            sum_ = f"({before} * np.array({_row(row)})).sum()"
            shape = "{}" if layer == last else _FUNCTIONS[activation]
            lines.append(f"{name} = {shape.format(sum_)}")
        if layer < last:
            before = "hidden" if last == 1 else f"hidden_{layer}"
            lines += [f"{before} = np.array([{', '.join(names)}])", ""]
        else:
            lines.append(f"print({', '.join(names)})")
    return lines


def _keras(
    inputs: Sequence[float], weights: Sequence[Sequence[Sequence[float]]], activation: str
) -> list[str]:
    lines = [
        "import numpy as np",
        "from keras import Input, Sequential",
        "from keras.layers import Dense",
        "",
        f"model = Sequential([Input(({len(inputs)},))])",
    ]
    last = len(weights) - 1
    for layer, rows in enumerate(weights):
        named = "" if layer == last or activation == "linear" else f', activation="{activation}"'
        lines.append(f"model.add(Dense({len(rows)}{named}, use_bias=False))")
    lines.append("model.set_weights([  # one row a node, turned: Keras wants one column a node")
    lines += [f"    np.array([{', '.join(_row(r) for r in rows)}]).T," for rows in weights]
    lines += ["])", f"print(model.predict(np.array([{_row(inputs)}])))"]
    return lines


def _row(values: Sequence[float]) -> str:
    return f"[{', '.join(exact(value) for value in values)}]"
