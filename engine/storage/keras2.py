"""What Keras 2 wrote, said as Keras 3 says it.

Keras 2.2 to 2.15 differ from Keras 3 in names (lr, alpha, batch_input_shape), in arguments that
are gone, and in writing functions as objects. Values that mean the same are translated; what has
no meaning in Keras 3 stays, and is refused by whoever is given it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.storage.errors import StorageError

Config = dict[str, Any]

#: argument of Keras 2 -> Keras 3, by class
RENAMED: dict[str, dict[str, str]] = {"LeakyReLU": {"alpha": "negative_slope"}}

#: what every layer of a file may say and no layer of the engine takes; dtype and trainable are
#: looked at where the model is put together
LAYER_ONLY = ("dtype", "trainable", "batch_input_shape", "batch_shape", "input_dtype", "batch_size")

#: what Keras 2's optimizers had and what changes nothing here
OPTIMIZER_IDLE = ("jit_compile", "is_legacy_optimizer", "schedule_decay")


def plain(value: Any) -> Any:
    """`value` with Keras's wrappings of functions and tuples taken off, at any depth.

    Raises:
        StorageError: there is a lambda in it: Python code, which is never run.
    """
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("class_name")
    if kind in ("__lambda__", "Lambda") or "function_type" in value:
        raise StorageError("it holds a lambda, which is Python code: code in a file is never run.")
    if kind == "function":
        return _function_name(value)
    if kind == "__tuple__":
        return plain(value.get("items", []))
    return {name: plain(each) for name, each in value.items()}


def _function_name(value: Config) -> str:
    """The name in {"class_name": "function", "config": "relu", "module": "builtins"}."""
    name = value.get("config")
    if isinstance(name, dict):  # Keras 2.12 for functions of one's own
        name = name.get("name")
    if not isinstance(name, str):
        raise StorageError("it names a function without saying which.")
    return name


def layer_config(class_name: str, config: Config) -> Config:
    """The arguments of a layer as Keras 3 calls them, without those that say nothing here.

    None is what Keras means by "not used" in every argument of a layer.
    """
    renamed = RENAMED.get(class_name, {})
    result = {
        renamed.get(name, name): plain(value)
        for name, value in config.items()
        if name not in LAYER_ONLY and value is not None
    }
    axis = result.get("axis")
    if isinstance(axis, list) and len(axis) == 1:
        result["axis"] = axis[0]
    for name in [each for each in result if each.endswith("_initializer")]:
        result[name] = _initializer(result[name])
    return result


def _initializer(given: Any) -> Any:
    """An initializer without the dtype that Keras 2 gave it."""
    if not isinstance(given, dict) or not isinstance(given.get("config"), dict):
        return given
    config = {name: value for name, value in given["config"].items() if name != "dtype"}
    return given | {"config": config}


def optimizer_config(given: Any) -> Any:
    """An optimizer's {"class_name", "config"} as Keras 3 writes it; a name stays a name."""
    given = plain(given)
    if not isinstance(given, dict) or not isinstance(given.get("config"), dict):
        return given
    config = dict(given["config"])
    class_name = str(given.get("class_name", "")).removeprefix("Custom>")
    if "lr" in config:
        config.setdefault("learning_rate", config.pop("lr"))
    if config.get("epsilon", 0) is None:
        config["epsilon"] = 1e-7  # the number that K.epsilon() stood for
    for name in OPTIMIZER_IDLE:
        config.pop(name, None)
    decay = config.pop("decay", None)
    # Nadam called the pace of its momentum so, which is fixed since Keras 2.11.
    if decay and class_name != "Nadam":
        config["learning_rate"] = _decaying(config.get("learning_rate"), decay)
    return given | {"class_name": class_name, "config": config}


def _decaying(rate: Any, decay: Any) -> Config:
    """Keras 2's decay as a schedule: rate / (1 + decay updates)."""
    config = {"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": decay}
    return {
        "module": "keras.optimizers.schedules",
        "class_name": "InverseTimeDecay",
        "config": config,
    }


def loss_config(given: Any) -> Any:
    """A loss as Keras 3 writes it: a name, or an object without Keras 2's wrapping."""
    given = plain(given)
    if not isinstance(given, dict) or not isinstance(given.get("config"), dict):
        return given
    config = {name: value for name, value in given["config"].items() if name != "fn"}
    if config.get("reduction") == "auto":  # with one output that was the mean over the rows
        config["reduction"] = "sum_over_batch_size"
    if given.get("class_name") == "LossFunctionWrapper":
        return given["config"].get("fn")
    return given | {"config": config}


def metric_config(given: Any) -> Any:
    """A metric as Keras 3 writes it: a name, or an object."""
    given = plain(given)
    if not isinstance(given, Mapping) or given.get("class_name") != "MeanMetricWrapper":
        return given
    config = given.get("config")
    if not isinstance(config, dict):
        return given
    # compile(metrics=["accuracy"]) was stored as the function that it meant; the name remained.
    name = config.get("name")
    return name if name in ("accuracy", "acc") else config.get("fn")
