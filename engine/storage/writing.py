"""A model as Keras's JSON and arrays, for either format."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.configs import serialize
from engine.layers import Layer
from engine.model import Sequential
from engine.storage.errors import StorageError

Array = NDArray[Any]
Config = dict[str, Any]

#: the Keras whose forms are written; Keras 3 of any version reads them
KERAS_VERSION = "3.15.0"

#: names of groups in .h5 files that are not layers
TAKEN_NAMES = (".", "top_level_model_weights")

#: arguments of a layer that say the shape of its input: Keras has an InputLayer for that
SHAPE_ARGUMENTS = ("input_shape", "input_dim")


def check_saveable(model: Sequential) -> None:
    """Refuse what Keras, or `load_model`, would not read again.

    Raises:
        StorageError: a layer's name that files cannot have, or a number is NaN or infinity.
    """
    for layer in model.layers:
        name = str(layer.name)
        if "/" in name or "\0" in name or name in TAKEN_NAMES:
            raise StorageError(
                f"A layer called {name!r} cannot be saved: Keras opens no file with a '/' in the "
                f"name of a layer, and {' and '.join(map(repr, TAKEN_NAMES))} mean something else "
                "in .h5 files. Choose another name."
            )
        if layer.is_attached and not all(np.isfinite(array).all() for array in layer.weights):
            raise StorageError(
                f"The layer {layer.name!r} has weights that are NaN or infinity: the training "
                "has diverged. Nothing was saved."
            )
    slots = model.optimizer.slots.values() if model.optimizer is not None else ()
    if not all(np.isfinite(slot).all() for slot in slots):
        raise StorageError("The optimizer has numbers that are NaN or infinity: nothing was saved.")


def model_config(model: Sequential) -> Config:
    """{"module", "class_name", "config", "build_config"} of the model and of every layer."""
    policy = _policy(model)
    entries = [_layer(layer, policy, model.built) for layer in model.layers]
    config: Config = {"name": model.name, "trainable": True, "dtype": policy, "layers": entries}
    whole: Config = {"module": "keras", "class_name": "Sequential", "config": config}
    whole["registered_name"] = None
    shape = model.given_input_shape
    if shape is not None:
        batch = [None, *shape]
        entries.insert(0, _input(model, batch))
        config["build_input_shape"] = batch
        whole["build_config"] = {"input_shape": batch}
    return whole


def legacy(config: Any) -> Any:
    """The same in the form of the older format: objects by class_name and config alone.

    Only layers and what compile was given are meant; what is inside of them keeps its form.
    """
    return {"class_name": config["class_name"], "config": config["config"]}


def to_json(value: Any) -> str:
    """JSON that any reader takes: no NaN, no infinity.

    Raises:
        StorageError: there is something in it that JSON does not have.
    """
    try:
        return json.dumps(value, allow_nan=False, default=_plain_number)
    except (TypeError, ValueError) as error:
        raise StorageError(f"The model cannot be written as JSON: {error}.") from error


def keys_of(class_names: list[str]) -> list[str]:
    """The names of layers' groups in .keras: the class in snake case, numbered from the second.

    keras/src/saving/saving_lib.py, _save_container_state: not the layer's own name.
    """
    seen: dict[str, int] = {}
    keys = []
    for name in class_names:
        key = _snake_case(name)
        number = seen.get(key, -1) + 1
        seen[key] = number
        keys.append(f"{key}_{number}" if number else key)
    return keys


def _snake_case(name: str) -> str:
    """LeakyReLU -> leaky_re_lu, as keras/src/utils/naming.py does."""
    result = ""
    for i, letter in enumerate(name):
        after = name[i + 1] if i + 1 < len(name) else ""
        starts = letter.isupper() and (after.islower() or name[i - 1].islower())
        result += ("_" if i and starts else "") + letter.lower()
    return result


def _layer(layer: Layer, policy: Config, built: bool) -> Config:
    entry = serialize(layer)
    given = layer.get_config()
    for name in SHAPE_ARGUMENTS:
        given.pop(name, None)
    entry["config"] = {"name": layer.name, "trainable": True, "dtype": policy, **given}
    if built:
        entry["build_config"] = {"input_shape": [None, *layer.input_shape]}
    return entry


def _input(model: Sequential, batch: list[int | None]) -> Config:
    taken = {layer.name for layer in model.layers}
    name = "input_layer"
    while name in taken:
        name += "_"
    config = {
        "batch_shape": batch,
        "dtype": model.dtype.name,
        "sparse": False,
        "ragged": False,
        "name": name,
        "optional": False,
    }
    return {
        "module": "keras.layers",
        "class_name": "InputLayer",
        "config": config,
        "registered_name": None,
    }


def _policy(model: Sequential) -> Config:
    return {
        "module": "keras",
        "class_name": "DTypePolicy",
        "config": {"name": model.dtype.name},
        "registered_name": None,
    }


def _plain_number(value: Any) -> Any:
    """NumPy's numbers and arrays, which a user may have given as arguments."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not a JSON value")
