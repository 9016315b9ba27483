"""The NumPy and the Keras lines for two weights, with the values of now."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.labs.base import Code
from lessons.labs.two_weights.surface import Data
from lessons.numbers import exact

_ACTIVATIONS = {"linear": "{}", "relu": "np.maximum(0, {})", "tanh": "np.tanh({})"}


def loss_listings(data: Data, weights: Sequence[float]) -> tuple[Code, ...]:
    """Predictions, errors and loss; both print the predictions and the loss."""
    return Code("NumPy", _numpy_loss(data, weights)), Code("Keras", _keras_loss(data, weights))


def update_listings(
    values: Sequence[Sequence[float]],
    targets: Sequence[float],
    weights: Sequence[float],
    rate: float,
) -> tuple[Code, ...]:
    """One update; both print the new weights, NumPy the gradient before them."""
    numpy = _numpy_update(values, targets, weights, rate)
    return Code("NumPy", numpy), Code("Keras", _keras_update(values, targets, weights, rate))


def _numpy_loss(data: Data, weights: Sequence[float]) -> str:
    lines = ["import numpy as np", "", f"inputs = np.array({_rows(data.rows)})"]
    lines.append(f"targets = np.array({_row(data.targets)})")
    before = "inputs"
    for matrix in data.hidden:
        lines.append("# one row a node")
        lines.append(f"hidden_weights = np.array({_rows(matrix)})")
        shape = _ACTIVATIONS[data.activation]
        lines.append(f"hidden = {shape.format(f'{before} @ hidden_weights.T')}")
        before = "hidden"
    lines += [
        f"weights = np.array({_row(weights)})",
        "",
        "# multiply and add, in each row",
        f"predictions = ({before} * weights).sum(axis=1)",
        "errors = predictions - targets",
        "loss = (errors ** 2).mean()",
        "print(predictions, loss)",
    ]
    return "\n".join(lines)


def _keras_loss(data: Data, weights: Sequence[float]) -> str:
    named = "" if data.activation == "linear" else f', activation="{data.activation}"'
    lines = [
        "import numpy as np",
        "from keras import Input, Sequential",
        "from keras.layers import Dense",
        "",
        "model = Sequential([Input((2,))])",
        *(f"model.add(Dense({len(matrix)}{named}, use_bias=False))" for matrix in data.hidden),
        "model.add(Dense(1, use_bias=False))",
        "model.set_weights([",
        *(f"    np.array({_rows(matrix)}).T," for matrix in data.hidden),
        f"    np.array([{_row(weights)}]).T,",
        "])",
        'model.compile(loss="mean_squared_error")',
        f"inputs = np.array({_rows(data.rows)})",
        f"targets = np.array({_column(data.targets)})",
        "print(model.predict(inputs, verbose=0))",
        "print(model.evaluate(inputs, targets, verbose=0))",
    ]
    return "\n".join(lines)


def _numpy_update(
    values: Sequence[Sequence[float]],
    targets: Sequence[float],
    weights: Sequence[float],
    rate: float,
) -> str:
    if len(values) == 1:
        data = [f"input_data = np.array({_row(values[0])})", f"target = {exact(targets[0])}"]
        steps = [
            "preds = (weights * input_data).sum()",
            "error = preds - target",
            "gradient = 2 * input_data * error",
            "weights_updated = weights - learning_rate * gradient",
            "preds_updated = (weights_updated * input_data).sum()",
            "error_updated = preds_updated - target",
            "print(gradient, weights_updated)",
            "print(error, error_updated)",
        ]
    else:
        data = [f"input_data = np.array({_rows(values)})", f"targets = np.array({_row(targets)})"]
        steps = [
            "preds = (weights * input_data).sum(axis=1)",
            "errors = preds - targets",
            "gradient = (2 * input_data * errors[:, None]).mean(axis=0)",
            "weights_updated = weights - learning_rate * gradient",
            "print(gradient, weights_updated)",
        ]
    lines = ["import numpy as np", "", f"weights = np.array({_row(weights)})", *data]
    return "\n".join([*lines, f"learning_rate = {exact(rate)}", "", *steps])


def _keras_update(
    values: Sequence[Sequence[float]],
    targets: Sequence[float],
    weights: Sequence[float],
    rate: float,
) -> str:
    return f"""\
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense
from keras.optimizers import SGD

model = Sequential([Input((2,)), Dense(1, use_bias=False)])
model.set_weights([np.array([{_row(weights)}]).T])
model.compile(optimizer=SGD(learning_rate={float(rate)!r}), loss="mean_squared_error")
inputs = np.array({_rows(values)})
targets = np.array({_column(targets)})
model.fit(inputs, targets, batch_size={len(targets)}, verbose=0)
print(model.get_weights()[0][:, 0])"""


def _row(numbers: Sequence[float]) -> str:
    return f"[{', '.join(exact(number) for number in numbers)}]"


def _rows(rows: Sequence[Sequence[float]]) -> str:
    return f"[{', '.join(_row(row) for row in rows)}]"


def _column(numbers: Sequence[float]) -> str:
    return f"[{', '.join(f'[{exact(number)}]' for number in numbers)}]"
