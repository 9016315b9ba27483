"""Make values.json: what real Keras on JAX says about activations, losses, metrics, regularizers.

Run it where Keras 3.15 and JAX are installed, with KERAS_BACKEND=jax and JAX_ENABLE_X64=1. All
numbers are float64 unless a case says otherwise; slopes are those of jax.grad.
"""

# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import keras
import numpy as np
from keras.src.backend.common import dtypes

warnings.filterwarnings("ignore", message=".*softmax over axis.*")
keras.config.set_floatx("float64")
# Off TensorFlow, Keras's rules for mixed dtypes turn float64 into float32, so that `mean` and
# `tanh` lose half of their digits. This keeps them.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

Z = [-1e4, -100.0, -36.0, -6.5, -3.0, -1.0, -0.3, -1e-8, 0.0, 1e-8, 0.2, 1.0, 2.5, 3.0, 6.0, 7.0]
Z += [20.0, 36.0, 100.0, 1e4]
FUNCTIONS = [
    "linear",
    "relu",
    "relu6",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "swish",
    "mish",
]
FUNCTIONS += ["softplus", "softsign", "sigmoid", "hard_sigmoid", "tanh", "exponential"]
PARAMETERS: list[tuple[str, dict[str, Any]]] = [
    ("relu", {"max_value": 6.0}),
    ("relu", {"max_value": 3.0}),
    ("relu", {"max_value": 0.0}),
    ("relu", {"negative_slope": 0.25}),
    ("relu", {"threshold": 1.0}),
    ("relu", {"max_value": 6.0, "negative_slope": 0.25}),
    ("relu", {"max_value": 3.0, "negative_slope": 0.25, "threshold": 1.0}),
    ("relu", {"max_value": 6.0, "threshold": 1.0}),
    ("relu", {"max_value": 1.0, "threshold": 2.5}),
    ("leaky_relu", {"negative_slope": 0.3}),
    ("leaky_relu", {"negative_slope": 1.5}),
    ("elu", {"alpha": 0.5}),
]
ROWS = [[1.0, 2.0, 3.0], [-500.0, 0.0, 600.0], [0.0, 0.0, 0.0], [1e4, 1e4, -1e4], [-0.5, 0.3, 0.1]]
BACK = [[0.3, -1.0, 2.0], [1.0, 2.0, 3.0], [1.0, 0.0, -1.0], [0.5, -0.5, 4.0], [7.0, 0.1, -2.0]]

EPS = 1e-7
ONE_HOT = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]
SOFT = [[0.2, 0.3, 0.5], [0.0, 0.5, 0.5], [1 / 3, 1 / 3, 1 / 3], [0.9, 0.1, 0.0], [0.25, 0.25, 0.5]]
# logits for which softmax and sigmoid are clipped on one side, on both, and not at all
LOGITS = [
    [1.0, 2.0, 0.5],
    [20.0, 0.0, -1.0],
    [30.0, 29.0, 1.0],
    [-40.0, 40.0, 3.0],
    [0.0, 0.0, 0.0],
]
PROBABILITIES = [
    [0.2, 0.5, 0.3],
    [1.0, 0.0, 0.0],
    [EPS, 0.5, 1 - EPS],
    [EPS / 2, 1 - EPS / 2, 0.4],
    [0.7, 0.6, 0.9],
]
NUMBERS = [[0.5, -1.0, 2.0], [0.0, 1.0, 1.0], [-2.0, 3.5, 0.25], [1.0, -1.0, -3.0], [0.0, 2.0, 1.0]]
TARGETS = [[0.5, 0.0, -1.5], [0.0, 0.0, 1.0], [-1.0, 1.0, 0.75], [0.0, 1.0, -3.5], [1.0, 2.0, 0.0]]
SIGNS = [[1, -1, 1], [-1, 1, 1], [1, 1, -1], [1, -1, -1], [-1, -1, 1]]
ZERO_ONE = [[1, 0, 1], [0, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 1]]
LABELS = [[0], [1], [2], [1], [0]]

LOSSES: list[tuple[str, dict[str, Any], list[Any], list[Any]]] = [
    ("MeanSquaredError", {}, TARGETS, NUMBERS),
    ("MeanAbsoluteError", {}, TARGETS, NUMBERS),
    ("Huber", {}, TARGETS, NUMBERS),
    ("Huber", {"delta": 0.5}, TARGETS, NUMBERS),
    ("Hinge", {}, SIGNS, NUMBERS),
    ("Hinge", {}, ZERO_ONE, NUMBERS),
    ("BinaryCrossentropy", {}, ZERO_ONE, PROBABILITIES),
    ("BinaryCrossentropy", {}, SOFT, PROBABILITIES),
    ("BinaryCrossentropy", {"label_smoothing": 0.1}, ZERO_ONE, PROBABILITIES),
    ("BinaryCrossentropy", {"from_logits": True}, ZERO_ONE, LOGITS),
    ("BinaryCrossentropy", {"from_logits": True, "label_smoothing": 0.2}, SOFT, LOGITS),
    ("CategoricalCrossentropy", {}, ONE_HOT, PROBABILITIES),
    ("CategoricalCrossentropy", {}, SOFT, PROBABILITIES),
    ("CategoricalCrossentropy", {"label_smoothing": 0.1}, ONE_HOT, PROBABILITIES),
    ("CategoricalCrossentropy", {"from_logits": True}, SOFT, LOGITS),
    ("CategoricalCrossentropy", {"from_logits": True, "label_smoothing": 0.2}, ONE_HOT, LOGITS),
    ("SparseCategoricalCrossentropy", {}, LABELS, PROBABILITIES),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, LABELS, LOGITS),
]
PARTNERS: list[tuple[str, dict[str, Any], str, list[Any]]] = [
    ("BinaryCrossentropy", {}, "sigmoid", ZERO_ONE),
    ("BinaryCrossentropy", {}, "sigmoid", SOFT),
    ("BinaryCrossentropy", {"label_smoothing": 0.1}, "sigmoid", ZERO_ONE),
    ("CategoricalCrossentropy", {}, "softmax", ONE_HOT),
    ("CategoricalCrossentropy", {}, "softmax", SOFT),
    ("CategoricalCrossentropy", {"label_smoothing": 0.1}, "softmax", ONE_HOT),
    ("SparseCategoricalCrossentropy", {}, "softmax", LABELS),
]
METRICS: list[tuple[str, dict[str, Any], list[Any], list[Any]]] = [
    ("BinaryAccuracy", {}, ZERO_ONE, PROBABILITIES),
    ("BinaryAccuracy", {"threshold": 0.25}, ZERO_ONE, PROBABILITIES),
    ("BinaryAccuracy", {}, SIGNS, NUMBERS),
    ("CategoricalAccuracy", {}, ONE_HOT, PROBABILITIES),
    ("CategoricalAccuracy", {}, SOFT, LOGITS),
    ("SparseCategoricalAccuracy", {}, LABELS, PROBABILITIES),
    ("MeanSquaredError", {}, TARGETS, NUMBERS),
    ("MeanAbsoluteError", {}, TARGETS, NUMBERS),
    ("Hinge", {}, SIGNS, NUMBERS),
    ("Precision", {}, ZERO_ONE, PROBABILITIES),
    ("Precision", {"thresholds": 0.25}, ZERO_ONE, PROBABILITIES),
    ("Precision", {"thresholds": [0.25]}, SOFT, PROBABILITIES),
    ("Precision", {"thresholds": 1.0}, ZERO_ONE, PROBABILITIES),
    ("Recall", {}, ZERO_ONE, PROBABILITIES),
    ("Recall", {"thresholds": 0.25}, ZERO_ONE, PROBABILITIES),
    ("BinaryCrossentropy", {}, ZERO_ONE, PROBABILITIES),
    ("CategoricalCrossentropy", {"label_smoothing": 0.1}, ONE_HOT, PROBABILITIES),
    ("SparseCategoricalCrossentropy", {}, LABELS, PROBABILITIES),
]
ACCURACIES: list[tuple[list[Any], int]] = [
    (LABELS, 3),
    (ONE_HOT, 3),
    ([[0], [1], [1], [0], [1]], 1),
]
WEIGHTS = [0.5, -1.5, 0.0, -0.0, 2.0]


def activations() -> list[dict[str, Any]]:
    cases: list[tuple[str, dict[str, Any]]] = [(name, {}) for name in FUNCTIONS]
    made: list[dict[str, Any]] = []
    for name, config in cases + PARAMETERS:
        function = getattr(keras.activations, name)
        slope = jax.vmap(jax.grad(lambda z, f=function, c=config: f(z, **c)))
        values = [float(function(jnp.asarray([z]), **config)[0]) for z in Z]
        made.append({"name": name, "config": config, "value": values})
        made[-1]["slope"] = slope(jnp.asarray(Z)).tolist()
    return made


def softmax() -> dict[str, Any]:
    value, pull = jax.vjp(keras.activations.softmax, jnp.asarray(ROWS))
    return {"value": value.tolist(), "backward": pull(jnp.asarray(BACK))[0].tolist()}


def losses() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, config, y, p in LOSSES:
        loss, rows = getattr(keras.losses, name)(**config), jnp.asarray(p)
        truth = jnp.asarray(y, "float64")
        made.append({"name": name, "config": config, "y": y, "p": p})
        made[-1]["value"] = float(loss(truth, rows))
        made[-1]["per_row"] = loss.call(truth, rows).tolist()
        made[-1]["slope"] = jax.grad(lambda r, f=loss, t=truth: f(t, r))(rows).tolist()
    return made


def partners() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, config, activation, y in PARTNERS:
        loss, function = (
            getattr(keras.losses, name)(**config),
            getattr(keras.activations, activation),
        )
        truth = jnp.asarray(y, "float64")

        def through(z: Any, f: Any = loss, g: Any = function, t: Any = truth) -> Any:
            return f(t, g(z))

        value, slope = jax.value_and_grad(through)(jnp.asarray(LOGITS))
        made.append({"name": name, "config": config, "activation": activation, "y": y})
        made[-1] |= {"z": LOGITS, "value": float(value), "slope": slope.tolist()}
    return made


def edges() -> list[dict[str, Any]]:
    """Float32 probabilities on the limits and next to them: there 1 - 1e-7 is 0.99999988."""
    limits = np.array([EPS, 1 - EPS], np.float32)
    near = [np.nextafter(x, np.float32(to)) for x in limits for to in (0, 1)]
    p = np.sort(np.concatenate([limits, near])).astype("float32")
    made: list[dict[str, Any]] = []
    for target in (0.0, 1.0):
        loss = keras.losses.BinaryCrossentropy(dtype="float32")

        def of(q: Any, f: Any = loss, t: float = target) -> Any:
            return f(jnp.full((1, 1), t, "float32"), q.reshape(1, 1))

        slopes = [float(jax.grad(of)(jnp.asarray(q))) for q in p]
        made.append({"y": target, "p": [float(q) for q in p], "slope": slopes})
    return made


def metrics() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, config, y, p in METRICS:
        metric = getattr(keras.metrics, name)(**config)
        metric.update_state(np.asarray(y, float), np.asarray(p, float))
        made.append({"name": name, "config": config, "y": y, "p": p})
        made[-1]["result"] = float(metric.result())
    return made


def accuracies() -> list[dict[str, Any]]:
    from keras.src.trainers.compile_utils import get_metric

    made: list[dict[str, Any]] = []
    for y, outputs in ACCURACIES:
        p = np.array(PROBABILITIES)[:, :outputs].tolist()
        metric = get_metric("acc", np.asarray(y, float), np.asarray(p, float))
        metric.update_state(np.asarray(y, float), np.asarray(p, float))
        made.append({"y": y, "p": p, "class_name": type(metric).__name__, "name": metric.name})
        made[-1]["result"] = float(metric.result())
    return made


def history_names() -> list[dict[str, Any]]:
    kinds = keras.metrics
    wanted: list[tuple[str, list[Any]]] = [
        ("['acc']", ["acc"]),
        ("['accuracy', 'ACC']", ["accuracy", "ACC"]),
        ("['mse', 'MSE', 'MeanSquaredError']", ["mse", "MSE", "MeanSquaredError"]),
        ("['mae', 'mae', 'mae']", ["mae", "mae", "mae"]),
        ("['Precision', 'precision']", ["Precision", "precision"]),
        ("[BinaryAccuracy(), BinaryAccuracy()]", [kinds.BinaryAccuracy(), kinds.BinaryAccuracy()]),
        ("[MeanSquaredError(), 'mae']", [kinds.MeanSquaredError(), "mae"]),
        ("[Recall(name='found')]", [kinds.Recall(name="found")]),
    ]
    keras.backend.clear_session()
    wanted.append(("[Precision(), Precision()]", [kinds.Precision(), kinds.Precision()]))
    made: list[dict[str, Any]] = []
    for code, given in wanted:
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
        model.compile("sgd", "mse", metrics=given)
        logs = model.fit(np.ones((4, 2)), np.ones((4, 1)), verbose=0).history
        made.append({"metrics": code, "names": sorted(set(logs) - {"loss"})})
    return made


def regularizers() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, config in (
        ("L1", {}),
        ("L2", {}),
        ("L1L2", {}),
        ("L1", {"l1": 0.3}),
        ("L1L2", {"l1": 0.1, "l2": 0.2}),
    ):
        penalty = getattr(keras.regularizers, name)(**config)
        value, slope = jax.value_and_grad(penalty)(jnp.asarray(WEIGHTS))
        made.append({"name": name, "config": config, "w": WEIGHTS})
        made[-1] |= {"penalty": float(value), "slope": slope.tolist()}
    return made


def initializer_configs() -> dict[str, Any]:
    kinds = keras.initializers
    made = (
        kinds.Zeros(), kinds.Ones(), kinds.Constant(2.0), kinds.RandomNormal(0.5, 2.0, seed=3),
        kinds.RandomUniform(-2.0, 3.0, seed=3), kinds.TruncatedNormal(seed=1), kinds.Identity(2.0),
        kinds.VarianceScaling(2.0, "fan_out", "normal", seed=2), kinds.GlorotUniform(seed=5),
        kinds.GlorotNormal(), kinds.HeUniform(), kinds.HeNormal(), kinds.LecunUniform(),
        kinds.LecunNormal(),
    )  # fmt: skip
    return {type(each).__name__: each.get_config() for each in made}


if __name__ == "__main__":
    content = {
        "made with": {"keras": keras.__version__, "jax": jax.__version__},
        "z": Z,
        "activations": activations(),
        "softmax": {"z": ROWS, "back": BACK} | softmax(),
        "losses": losses(),
        "partners": partners(),
        "edges": edges(),
        "metrics": metrics(),
        "accuracies": accuracies(),
        "history_names": history_names(),
        "regularizers": regularizers(),
        "initializer_configs": initializer_configs(),
    }
    path = Path(__file__).with_name("values.json")
    path.write_text(json.dumps(content, indent=None, separators=(",", ":")).replace("},{", "},\n{"))
