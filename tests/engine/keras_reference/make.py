"""Run every case of the tables in real Keras on JAX; writes cases.json and arrays.npz.

    python -m tests.engine.keras_reference.make         # needs keras and jax
    python -m tests.engine.keras_reference.make corner  # show the cases with this in their name

The engine's tests do not run this: they read what it wrote.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from tests.engine.keras_reference import (
    table_fit,
    table_layers,
    table_losses,
    table_optimizers,
)
from tests.engine.keras_reference.replay import Array, Outcome, compiled_model, flat, replay
from tests.engine.keras_reference.table import Described

FOLDER = Path(__file__).parent
CASES: list[Described] = [
    *table_layers.CASES,
    *table_losses.CASES,
    *table_optimizers.CASES,
    *table_fit.CASES,
]

ROWS, OTHER_ROWS, INPUTS, CLASSES = 40, 12, 6, 4

#: rows of the predictions that are kept; every weight is
KEPT_ROWS = 12


def keras_on_jax() -> Any:
    """The module keras, computing in float64 wherever it is asked to.

    Keras's own rules of promotion turn float64 into float32 in some operations on every backend
    but TensorFlow: in means, in tanh, in the moments of BatchNormalization. That would hide
    differences of 1e-8 and more, so that rule is lifted here.
    """
    os.environ["KERAS_BACKEND"] = "jax"
    os.environ["JAX_ENABLE_X64"] = "1"
    # input_shape= and input_dim= work, with a warning that prefers Input
    warnings.filterwarnings("ignore", message="Do not pass an `input_shape`")
    keras = importlib.import_module("keras")
    promotion = importlib.import_module("keras.src.backend.common.dtypes")
    promotion.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
    return keras


def all_data() -> dict[str, Array]:
    """Everything that a case may name, of few digits so that it is written exactly and small."""
    rng = np.random.default_rng(3)
    data: dict[str, Array] = {}
    for ending, rows in (("", ROWS), ("_other", OTHER_ROWS), ("_one", 1)):
        x = rng.normal(size=(rows, INPUTS)).round(3)
        scores = x[:, :CLASSES] + np.roll(x, 2, axis=1)[:, :CLASSES] ** 2
        data["x" + ending] = x
        data["labels" + ending] = scores.argmax(axis=1)
        data["onehot" + ending] = np.eye(CLASSES)[data["labels" + ending]]
        data["values" + ending] = np.stack([x[:, 0] * x[:, 1], np.sin(x[:, 2])], axis=1).round(3)
        data["weights" + ending] = rng.uniform(0, 2, size=rows).round(2)
    x, scores = data["x"], data["x"].cumsum(axis=1)
    data |= {
        "labels_column": data["labels"][:, None],
        "labels_floats": data["labels"].astype(float),
        "bits": (scores[:, 1:2] > 0).astype(float),
        "three_bits": (scores[:, 2:5] > 0).astype(float),
        "value": data["values"][:, :1],
        "value_flat": data["values"][:, 0],
        "share": rng.uniform(0, 1, size=(ROWS, 1)).round(2),
        "shares": np.eye(CLASSES)[data["labels"]] * 0.5 + 0.125,
        "weights_column": data["weights"][:, None],
        "weights_zero": (np.arange(ROWS) % 3 > 0).astype(float),
        "weights_nothing": np.zeros(ROWS),
        "pictures": x.reshape(ROWS, 2, 3),
        "x_huge": x * 1000,
        "x_whole": (x * 3).astype(int),
        "x_ties": (x > 0).astype(float),
        "x_constant_column": np.where(np.arange(INPUTS) == 2, 1.5, x),
        "nothing": np.zeros((ROWS, 1)),
        "everything": np.ones((ROWS, 1)),
    }
    data |= {
        "bits_flat": data["bits"][:, 0],
        "bits_integers": data["bits"].astype(int),
        "bits_booleans": data["bits"].astype(bool),
        "signs": 2 * data["bits"] - 1,
    }
    return data


def initial_weights(variables: list[Any], case: Described) -> list[Array]:
    """Weights of three digits to start from; `initial` fills some of them, `scale` kernels."""
    rng = np.random.default_rng(7)
    fills = case.get("initial", [None] * len(variables))
    weights = []
    for variable, fill in zip(variables, fills, strict=True):
        shape = tuple(variable.shape)
        if fill is not None:
            weights.append(np.full(shape, float(fill)))
        elif variable.name == "kernel":
            weights.append(rng.normal(0, 0.5, size=shape).round(3) * case.get("scale", 1))
        elif variable.name in ("gamma", "moving_variance"):
            weights.append(rng.uniform(0.5, 1.5, size=shape).round(3))
        else:
            weights.append(rng.uniform(-0.3, 0.3, size=shape).round(3))
    return weights


class Store:
    """Numbers in one long vector; equal arrays are kept once. A file each would cost more."""

    def __init__(self) -> None:
        self._parts: list[Array] = []
        self._places: dict[Any, Described] = {}
        self._count = 0

    def keep(self, array: Array) -> Described:
        """Where the array is now: the place of its first number, and its shape."""
        what = array.shape, array.tobytes()
        if what not in self._places:
            self._places[what] = {"at": self._count, "shape": list(array.shape)}
            self._parts.append(array.ravel().astype("float64"))
            self._count += array.size
        return self._places[what]

    def numbers(self) -> Array:
        return np.concatenate(self._parts)


def run(keras: Any, case: Described, data: dict[str, Array]) -> tuple[Array, Outcome]:
    """The weights it begins with, and what Keras makes of them."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(1)
    initial = flat(initial_weights(compiled_model(keras, case, data).weights, case))
    keras.utils.clear_session()  # or a second Precision would be called precision_1
    return initial, replay(keras, case, data, initial)


def main(part: str | None) -> None:
    keras, data, store = keras_on_jax(), all_data(), Store()
    names = [case["name"] for case in CASES]
    if len(set(names)) < len(names):
        raise ValueError(f"Twice there: {sorted({n for n in names if names.count(n) > 1})}")
    written = []
    for case in CASES:
        if part and part not in case["name"]:
            continue
        print(case["name"], flush=True)
        initial, outcome = run(keras, case, data)
        if part:
            print(json.dumps(outcome.numbers, indent=1))
            continue
        arrays = {
            "initial": store.keep(initial),
            "weights": store.keep(outcome.arrays["weights"]),
            "before": store.keep(outcome.arrays["before"][:KEPT_ROWS]),
            "after": store.keep(outcome.arrays["after"][:KEPT_ROWS]),
        }
        written.append({**case, "outcome": outcome.numbers, "arrays": arrays})
    if not part:
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in written)
        text = f'{{"keras_version":"{keras.__version__}","cases":[\n{lines}\n]}}\n'
        (FOLDER / "cases.json").write_text(text)
        everything: dict[str, Any] = data | {"numbers": store.numbers()}
        np.savez_compressed(FOLDER / "arrays.npz", **everything)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
