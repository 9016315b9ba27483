"""One pass and its update in NumPy and in Keras, with the current values."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.labs.backprop.passes import Matrix, Setup
from lessons.labs.base import Code
from lessons.numbers import exact

_FUNCTIONS = {
    "relu": ("np.maximum(0, {})", "({} > 0)"),
    "tanh": ("np.tanh({})", "(1 - np.tanh({}) ** 2)"),
    "sigmoid": ("1 / (1 + np.exp(-{}))", "np.exp(-{0}) / (1 + np.exp(-{0})) ** 2"),
    "linear": ("{}", "1"),
}


def listings(setup: Setup, weights: Sequence[Matrix], rate: float) -> tuple[Code, ...]:
    """The NumPy lines print every slope of a weight; both print the new weights last."""
    return (
        Code("NumPy", "\n".join(_numpy(setup, weights, rate))),
        Code("Keras", "\n".join(_keras(setup, weights, rate))),
    )


def _numpy(setup: Setup, weights: Sequence[Matrix], rate: float) -> list[str]:
    value, slope = _FUNCTIONS[setup.activation]
    last = len(weights) - 1
    lines = ["import numpy as np", "", f"values_0 = np.array({_row(setup.inputs)})"]
    for k, rows in enumerate(weights, start=1):
        note = "  # one row a node" if k == 1 else ""
        lines.append(f"weights_{k} = np.array([{', '.join(map(_row, rows))}]){note}")
    lines += [f"target = {exact(setup.target)}", f"rate = {exact(rate)}", "", "# forward"]
    for k in range(1, last + 1):
        lines.append(f"sums_{k} = weights_{k} @ values_{k - 1}")
        lines.append(f"values_{k} = {value.format(f'sums_{k}')}")
    lines += [f"output = weights_{last + 1} @ values_{last}", "error = output - target"]
    lines += [
        "",
        "# backward: slopes of the sums, then of the weights",
        f"slope_{last + 1} = 2 * error",
    ]
    for k in range(last + 1, 0, -1):
        lines.append(f"gradient_{k} = np.outer(slope_{k}, values_{k - 1})")
        if k > 1:
            gate = slope.format(f"sums_{k - 1}")
            lines.append(f"slope_{k - 1} = (weights_{k}.T @ slope_{k}) * {gate}")
    names = [f"{{}}_{k}" for k in range(1, last + 2)]
    lines.append(f"print({', '.join(name.format('gradient') for name in names)}, sep='\\n')")
    lines += ["", "# update"]
    lines += [f"weights_{k} = weights_{k} - rate * gradient_{k}" for k in range(1, last + 2)]
    lines.append(f"print({', '.join(name.format('weights') for name in names)}, sep='\\n')")
    return lines


def _keras(setup: Setup, weights: Sequence[Matrix], rate: float) -> list[str]:
    lines = [
        "import numpy as np",
        "from keras import Input, Sequential",
        "from keras.layers import Dense",
        "from keras.optimizers import SGD",
        "",
        f"model = Sequential([Input(({len(setup.inputs)},))])",
    ]
    last = len(weights) - 1
    for layer, rows in enumerate(weights):
        plain = layer == last or setup.activation == "linear"
        named = "" if plain else f', activation="{setup.activation}"'
        lines.append(f"model.add(Dense({len(rows)}{named}, use_bias=False))")
    lines.append("model.set_weights([  # one row a node, turned: Keras wants one column a node")
    lines += [f"    np.array([{', '.join(map(_row, rows))}]).T," for rows in weights]
    x, y = f"np.array([{_row(setup.inputs)}])", f"np.array([[{exact(setup.target)}]])"
    return [
        *lines,
        "])",
        f'model.compile(optimizer=SGD(learning_rate={float(rate)!r}), loss="mean_squared_error")',
        f"model.fit({x}, {y}, verbose=0)",
        "for weights in model.get_weights():",
        "    print(weights.T)",
    ]


def _row(values: Sequence[float]) -> str:
    return f"[{', '.join(exact(value) for value in values)}]"
