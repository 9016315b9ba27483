"""One case, run in real Keras or in the engine: the same lines build and train the network in both.

A case is plain JSON. In it
    {"class": "losses.Huber", "delta": 0.5}   stands for losses.Huber(delta=0.5) of the library,
    {"array": "x"}                            for one of the arrays of the data,
    {"function": "halve"}                     for one of the functions below,
    {"pairs": [[0, 1.0], [1, 2.0]]}           for the dict {0: 1.0, 1: 2.0}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Case = Mapping[str, Any]


def halve(epoch: int, learning_rate: float) -> float:
    return learning_rate / 2 if epoch else learning_rate


def by_epoch(epoch: int) -> float:
    return 0.1 / (1 + epoch)


FUNCTIONS: dict[str, Callable[..., float]] = {"halve": halve, "by_epoch": by_epoch}

#: what a callback leaves behind that can be looked at afterwards
LEFT_BEHIND = {"EarlyStopping": ("stopped_epoch", "best_epoch", "best")}


@dataclass
class Outcome:
    """What came out of a case: numbers for the JSON file, arrays for the other."""

    numbers: dict[str, Any]
    arrays: dict[str, Array]


def replay(library: Any, case: Case, data: Mapping[str, Array], initial: Array) -> Outcome:
    """Build the network of `case` with the names of `library`, train it, and look at everything.

    Args:
        library: the module keras or the module engine.
        data: the arrays that the case names.
        initial: the weights before training in one vector, in the order of `get_weights`.
    """
    model = compiled_model(library, case, data)
    model.set_weights(split(initial, model.get_weights()))
    x, y = data[case["x"]], data[case["y"]]
    looking = made(library, case.get("evaluate", {}), data) | {"verbose": 0, "return_dict": True}

    numbers: dict[str, Any] = {"before": model.evaluate(x, y, **looking)}
    arrays = {"before": model.predict(x, verbose=0)}
    numbers["steps"] = train_on_batches(model, x, y, made(library, case.get("steps", []), data))
    numbers["fits"] = []
    for options in case.get("fits", []):
        arguments = made(library, options, data)
        if "validation_data" in arguments:
            arguments["validation_data"] = tuple(arguments["validation_data"])
        history = model.fit(x, y, shuffle=False, verbose=0, **arguments)
        numbers["fits"].append(
            {
                "epochs": list(history.epoch),
                "history": {name: list(map(float, v)) for name, v in history.history.items()},
                "callbacks": [left_behind(each) for each in arguments.get("callbacks", [])],
                "learning_rate": float(model.optimizer.learning_rate),
                "iterations": int(model.optimizer.iterations),
            }
        )
    numbers["after"] = model.evaluate(x, y, **looking)
    arrays["after"] = model.predict(x, verbose=0)
    arrays["weights"] = flat(model.get_weights())
    return Outcome(numbers, arrays)


def compiled_model(library: Any, case: Case, data: Mapping[str, Array]) -> Any:
    options = {"dtype": case["dtype"]}
    if library.__name__ == "keras":  # one setting for all there; here each model has its own
        library.config.set_floatx(options["dtype"])
        library.config.set_dtype_policy(options.pop("dtype"))
    model = library.Sequential(made(library, case["layers"], data), **options)
    compiling = {name: case[name] for name in ("optimizer", "loss", "metrics")}
    model.compile(**made(library, compiling, data))
    return model


def train_on_batches(model: Any, x: Array, y: Array, steps: list[dict[str, Any]]) -> list[Any]:
    """What train_on_batch gives for one batch after another; `rows` is [start, stop]."""
    given = []
    for step in steps:
        options = dict(step)
        rows = slice(*options.pop("rows"))
        if "sample_weight" in options:
            options["sample_weight"] = options["sample_weight"][rows]
        given.append(model.train_on_batch(x[rows], y[rows], **options))
    return given


def left_behind(callback: Any) -> dict[str, float]:
    names = LEFT_BEHIND.get(type(callback).__name__, ())
    return {name: float(getattr(callback, name)) for name in names}


def made(library: Any, described: Any, data: Mapping[str, Array]) -> Any:
    """The thing that a piece of a case describes."""
    if isinstance(described, Mapping):
        if "array" in described:
            return data[described["array"]]
        if "function" in described:
            return FUNCTIONS[described["function"]]
        if "pairs" in described:
            return dict(described["pairs"])
        arguments = {k: made(library, v, data) for k, v in described.items() if k != "class"}
        return (
            attrgetter(described["class"])(library)(**arguments)
            if "class" in described
            else arguments
        )
    if isinstance(described, list):
        return [made(library, each, data) for each in described]
    return described


def flat(weights: list[Array]) -> Array:
    """All weights in one vector."""
    return np.concatenate([np.ravel(weight) for weight in weights])


def split(vector: Array, like: list[Array]) -> list[Array]:
    """The vector cut into arrays of these shapes."""
    sizes = [weight.size for weight in like]
    if sum(sizes) != len(vector):
        raise ValueError(f"The case has {len(vector)} weights, the model {sum(sizes)}.")
    parts = np.split(vector, np.cumsum(sizes)[:-1])
    return [part.reshape(weight.shape) for part, weight in zip(parts, like, strict=True)]
