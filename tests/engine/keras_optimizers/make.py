"""Runs real Keras's optimizers and schedules, and writes down what came out.

Run from the top of the repository, where Keras 3.15 and JAX are installed:

    python tests/engine/keras_optimizers/make.py

Three weight arrays get the same gradients from every optimizer, by `optimizer.apply`: ordinary
ones, a few hundred times larger ones, single zeros, an array of zeros, and one weight whose
gradient is always 0. cases.json says what was run, runs.npz holds the numbers:

    start, gradients             (14,), (12, 14): the arrays laid end to end
    <case>/float64               (12, 14): the weights after each update, computed in float64
    <case>/slots                 Keras's optimizer variables at the end, end to end, in its order,
                                 without the count of updates and the rate
    <case>/float32               (14,): the weights at the end, computed in float32
    schedule/<name>              the rates of the steps in cases.json, in float64
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
from pathlib import Path
from typing import Any

# Keras reads these when it is imported.
os.environ |= {"KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1"}

import numpy as np

keras: Any = importlib.import_module("keras")

HERE = Path(__file__).parent
SHAPES = ((3, 2), (2,), (2, 3))
UPDATES = 12
STEPS = [*range(25), 37, 60, 99, 100, 101, 250]

#: name -> class and arguments
SCHEDULES: dict[str, tuple[str, dict[str, Any]]] = {
    "exponential": (
        "ExponentialDecay",
        {"initial_learning_rate": 0.01, "decay_steps": 5, "decay_rate": 0.7},
    ),
    "exponential_stairs": (
        "ExponentialDecay",
        {"initial_learning_rate": 0.01, "decay_steps": 4, "decay_rate": 0.5, "staircase": True},
    ),
    "inverse_time": (
        "InverseTimeDecay",
        {"initial_learning_rate": 0.01, "decay_steps": 5, "decay_rate": 0.5},
    ),
    "inverse_time_stairs": (
        "InverseTimeDecay",
        {"initial_learning_rate": 0.01, "decay_steps": 5, "decay_rate": 0.5, "staircase": True},
    ),
    "steps": ("PiecewiseConstantDecay", {"boundaries": [3, 8], "values": [0.01, 0.005, 0.0002]}),
    "polynomial": (
        "PolynomialDecay",
        {"initial_learning_rate": 0.01, "decay_steps": 9, "end_learning_rate": 0.001, "power": 2.0},
    ),
    "polynomial_cycle": (
        "PolynomialDecay",
        {"initial_learning_rate": 0.01, "decay_steps": 4, "power": 0.5, "cycle": True},
    ),
    "cosine": ("CosineDecay", {"initial_learning_rate": 0.01, "decay_steps": 9, "alpha": 0.1}),
    "cosine_warmup": (
        "CosineDecay",
        {
            "initial_learning_rate": 0.001,
            "decay_steps": 6,
            "warmup_target": 0.01,
            "warmup_steps": 4,
        },
    ),
    "restarts": (
        "CosineDecayRestarts",
        {"initial_learning_rate": 0.01, "first_decay_steps": 3, "m_mul": 0.8, "alpha": 0.05},
    ),
    "restarts_even": (
        "CosineDecayRestarts",
        {"initial_learning_rate": 0.01, "first_decay_steps": 5, "t_mul": 1.0, "m_mul": 0.5},
    ),
}

MOMENTUM: dict[str, Any] = {"learning_rate": 0.01, "momentum": 0.9}
#: name -> class and arguments; a learning rate that is a word is a schedule of above
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {"learning_rate": 0.05}),
    "sgd_momentum": ("SGD", MOMENTUM),
    "sgd_nesterov": ("SGD", MOMENTUM | {"nesterov": True}),
    "sgd_nesterov_without_momentum": ("SGD", {"learning_rate": 0.05, "nesterov": True}),
    "sgd_decay": ("SGD", MOMENTUM | {"weight_decay": 0.1}),
    "sgd_clipnorm": ("SGD", {"learning_rate": 0.05, "clipnorm": 1.5}),
    "sgd_clipvalue": ("SGD", {"learning_rate": 0.05, "clipvalue": 0.5}),
    "sgd_global_clipnorm": ("SGD", {"learning_rate": 0.05, "global_clipnorm": 2.5}),
    "sgd_decay_clip_schedule": (
        "SGD",
        {"learning_rate": "cosine", "weight_decay": 0.1, "clipnorm": 1.5, "momentum": 0.5},
    ),
    "rmsprop": ("RMSprop", {}),
    "rmsprop_momentum": ("RMSprop", {"rho": 0.8, "momentum": 0.9, "epsilon": 1e-3}),
    "rmsprop_centered": ("RMSprop", {"learning_rate": 0.01, "centered": True}),
    "rmsprop_both_decay": (
        "RMSprop",
        {"momentum": 0.5, "centered": True, "weight_decay": 0.1, "global_clipnorm": 2.5},
    ),
    "adagrad": ("Adagrad", {"learning_rate": 0.1}),
    "adagrad_zero": ("Adagrad", {"initial_accumulator_value": 0.0, "weight_decay": 0.1}),
    "adagrad_clip": ("Adagrad", {"learning_rate": 0.1, "epsilon": 0.1, "clipnorm": 0.5}),
    "adadelta": ("Adadelta", {"learning_rate": 1.0}),
    "adadelta_decay_clip": (
        "Adadelta",
        {"learning_rate": 0.5, "rho": 0.8, "epsilon": 1e-4, "weight_decay": 0.1, "clipvalue": 1.0},
    ),
    "adam": ("Adam", {}),
    "adam_betas": ("Adam", {"learning_rate": 0.01, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 0.1}),
    "adam_amsgrad": ("Adam", {"learning_rate": 0.01, "beta_2": 0.5, "amsgrad": True}),
    "adam_clipnorm": ("Adam", {"clipnorm": 1.0}),
    "adam_clipvalue": ("Adam", {"clipvalue": 0.3}),
    "adam_global_clipnorm_decay": ("Adam", {"global_clipnorm": 1.0, "weight_decay": 0.5}),
    "adam_schedule": ("Adam", {"learning_rate": "exponential"}),
    "adamw": ("AdamW", {}),
    "adamw_schedule": ("AdamW", {"learning_rate": "cosine_warmup", "weight_decay": 0.3}),
    "adamw_amsgrad": ("AdamW", {"learning_rate": 0.01, "amsgrad": True, "clipnorm": 1.0}),
    "adamax": ("Adamax", {"learning_rate": 0.01}),
    "adamax_decay_clip": ("Adamax", {"beta_2": 0.6, "weight_decay": 0.2, "clipnorm": 1.0}),
    "nadam": ("Nadam", {"learning_rate": 0.01}),
    "nadam_decay_clip": (
        "Nadam",
        {"beta_1": 0.6, "beta_2": 0.9, "weight_decay": 0.2, "global_clipnorm": 1.0},
    ),
} | {f"sgd_{name}": ("SGD", MOMENTUM | {"learning_rate": name}) for name in SCHEDULES}


def make_gradients() -> np.ndarray:
    """(updates, weights): see the top of the file. Exact in float32 too."""
    rng = np.random.default_rng(12)
    gradients = rng.normal(size=(UPDATES, 14))
    gradients[rng.random(gradients.shape) < 0.15] = 0
    gradients[3] *= 300
    gradients[7, 6:8] *= 700
    gradients[5, 8:] = 0
    gradients[:, 4] = 0
    return gradients.astype(np.float32).astype(np.float64)


def apart(vector: np.ndarray) -> list[np.ndarray]:
    """The weight arrays of a flat vector."""
    ends = np.cumsum([int(np.prod(shape)) for shape in SHAPES])
    parts = np.split(vector, ends[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True)]


def flat(variables: list[Any]) -> np.ndarray:
    return np.concatenate([np.ravel(np.asarray(each.value)) for each in variables])


def make_schedule(name: str) -> Any:
    kind, arguments = SCHEDULES[name]
    return getattr(keras.optimizers.schedules, kind)(**arguments)


def make_optimizer(name: str) -> Any:
    kind, arguments = CASES[name]
    if isinstance(rate := arguments.get("learning_rate"), str):
        arguments = arguments | {"learning_rate": make_schedule(rate)}
    return getattr(keras.optimizers, kind)(**arguments)


def signature_of(kind: Any) -> list[list[Any]]:
    """The arguments of a class in their order, each with its default; null when it has none."""
    parameters = inspect.signature(kind.__init__).parameters.values()
    named = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    empty = inspect.Parameter.empty
    return [[each.name, None if each.default is empty else each.default] for each in named[1:]]


def run(name: str, dtype: str) -> tuple[Any, np.ndarray]:
    """The optimizer after all updates, and the weights after each."""
    keras.config.set_floatx(dtype)
    keras.backend.clear_session()
    optimizer = make_optimizer(name)
    weights = [
        keras.Variable(part.astype(dtype), name=f"w{number}", dtype=dtype)
        for number, part in enumerate(apart(START))
    ]
    path = []
    for gradient in make_gradients():
        optimizer.apply([part.astype(dtype) for part in apart(gradient)], weights)
        path.append(flat(weights))
    return optimizer, np.array(path)


START = np.linspace(-1.5, 1.75, 14)


def main() -> None:
    arrays: dict[str, Any] = {"start": START, "gradients": make_gradients()}
    cases: dict[str, Any] = {}
    for name, (kind, arguments) in CASES.items():
        optimizer, arrays[f"{name}/float64"] = run(name, "float64")
        counters = 1 if isinstance(arguments.get("learning_rate"), str) else 2
        kept = optimizer.variables[counters:]
        arrays[f"{name}/slots"] = flat(kept) if kept else np.zeros(0)
        cases[name] = {
            "class_name": kind,
            "arguments": arguments,
            "variables": [each.name for each in optimizer.variables],
            "serialized": keras.optimizers.serialize(optimizer),
        }
        arrays[f"{name}/float32"] = run(name, "float32")[1][-1]
    keras.config.set_floatx("float64")
    for name in SCHEDULES:
        schedule = make_schedule(name)
        arrays[f"schedule/{name}"] = np.array([float(schedule(step)) for step in STEPS])
    kinds = {kind: getattr(keras.optimizers, kind) for kind, _ in CASES.values()}
    kinds |= {kind: getattr(keras.optimizers.schedules, kind) for kind, _ in SCHEDULES.values()}
    about = {
        "keras": keras.__version__,
        "steps": STEPS,
        "schedules": {name: list(each) for name, each in SCHEDULES.items()},
        "signatures": {name: signature_of(kind) for name, kind in kinds.items()},
        "cases": cases,
    }
    np.savez_compressed(HERE / "runs.npz", **arrays)
    text = ",\n".join(f"{json.dumps(name)}: {by_lines(part)}" for name, part in about.items())
    (HERE / "cases.json").write_text("{\n" + text + "\n}\n", encoding="utf-8")


def by_lines(part: Any) -> str:
    """JSON with one line for each case, so that a change can be read."""
    if not isinstance(part, dict):
        return json.dumps(part)
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(part[key])}" for key in part) + "\n}"


if __name__ == "__main__":
    main()
