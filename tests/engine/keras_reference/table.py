"""The words in which the cases are written: see replay.py for what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Described = dict[str, Any]

#: what each task predicts: (targets, loss, last layer, metrics)
TASKS: dict[str, tuple[str, str, dict[str, Any], list[str]]] = {
    "classes": (
        "onehot",
        "categorical_crossentropy",
        {"units": 4, "activation": "softmax"},
        ["accuracy"],
    ),
    "labels": (
        "labels",
        "sparse_categorical_crossentropy",
        {"units": 4, "activation": "softmax"},
        ["accuracy"],
    ),
    "bits": (
        "bits",
        "binary_crossentropy",
        {"units": 1, "activation": "sigmoid"},
        ["accuracy"],
    ),
    "values": ("values", "mean_squared_error", {"units": 2}, ["mae"]),
}


def of(name: str, /, **arguments: Any) -> Described:
    """of("losses.Huber", delta=0.5) stands for losses.Huber(delta=0.5)."""
    return {"class": name, **arguments}


def layer(name: str, /, **arguments: Any) -> Described:
    return of(f"layers.{name}", **arguments)


def dense(units: int, activation: Any = None, **arguments: Any) -> Described:
    return layer("Dense", units=units, activation=activation, **arguments)


def array(name: str) -> Described:
    return {"array": name}


def network(
    *hidden: Described, inputs: Sequence[int] = (6,), last: Described | None = None
) -> list[Described]:
    """Input, the hidden layers (a tanh layer of 8 when there are none), and `last`."""
    return [
        layer("Input", shape=list(inputs)),
        *(hidden or (dense(8, "tanh"),)),
        *([last] if last else []),
    ]


def case(
    name: str,
    task: str,
    *hidden: Described,
    optimizer: Any = None,
    fit: Described | None = None,
    again: Described | None = None,
    **others: Any,
) -> Described:
    """A case of a task; `others` replaces what the task says (y, loss, last, layers, metrics)
    or adds to it (initial, scale, steps, evaluate, dtype, x).

    `fit` adds to 4 epochs in batches of 16, `again` is a second fit that goes on from there.
    """
    y, loss, last, metrics = TASKS[task]
    last = others.pop("last", layer("Dense", **last))
    fits = [{"epochs": 4, "batch_size": 16} | (fit or {})]
    described = {
        "name": name,
        "dtype": "float64",
        "x": "x",
        "y": y,
        "layers": network(*hidden, last=last),
        "loss": loss,
        "optimizer": optimizer or of("optimizers.SGD", learning_rate=0.1),
        "metrics": metrics,
        "fits": fits + ([again] if again else []),
    }
    unknown = set(others) - {*described, "initial", "scale", "steps", "evaluate"}
    if unknown:
        raise ValueError(f"{name} says {unknown}, which means nothing.")
    return described | others
