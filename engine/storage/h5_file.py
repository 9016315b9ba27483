"""The older .h5 format, of Keras 2 and 3: one HDF5 file with the configs as JSON in attributes.

keras/src/legacy/saving/legacy_h5_format.py. model_weights has a group per layer, named as the
layer; lists of names in attributes say the order of layers and of their arrays.
"""

from __future__ import annotations

import io
from typing import Any

from engine.model import Sequential
from engine.storage.compiling import settings_of
from engine.storage.errors import StorageError
from engine.storage.hdf5 import Hdf5Reader, StoredArray, new_hdf5, write_names
from engine.storage.optimizer_state import Variables, is_slot_by_slot, variables_of
from engine.storage.text import parse_object
from engine.storage.writing import KERAS_VERSION, legacy, model_config, to_json

Config = dict[str, Any]

#: the attribute that Keras does not know
OURS = "dl_tutor"


def write(model: Sequential, extra: Config) -> bytes:
    """The model as the bytes of an .h5 file. `extra` is kept where Keras does not look."""
    config = legacy(model_config(model))
    config["config"]["layers"] = [legacy(layer) for layer in config["config"]["layers"]]
    result = io.BytesIO()
    with new_hdf5(result) as file:
        file.attrs["keras_version"] = KERAS_VERSION
        file.attrs["backend"] = "numpy"
        file.attrs["model_config"] = to_json(config)
        if extra:
            file.attrs[OURS] = to_json(extra)
        _write_layers(file.create_group("model_weights"), model)
        settings = settings_of(model)
        if settings is not None:
            file.attrs["training_config"] = to_json(_training_config(settings))
            if model.built:
                _write_optimizer(file.create_group("optimizer_weights"), model)
    return result.getvalue()


def _training_config(settings: Config) -> Config:
    """The settings of compile as this format has them."""
    rest = {name: value for name, value in settings.items() if name != "optimizer"}
    given = settings["metrics"] or []
    metrics = [legacy(each) if isinstance(each, dict) else each for each in given]
    return rest | {
        "optimizer_config": legacy(settings["optimizer"]),
        "loss": legacy(settings["loss"]),
        "metrics": metrics or None,
    }


def _write_layers(group: Any, model: Sequential) -> None:
    group.attrs["keras_version"] = KERAS_VERSION
    group.attrs["backend"] = "numpy"
    write_names(group, "layer_names", [str(layer.name) for layer in model.layers])
    for layer in model.layers:
        wanted = layer.wanted() if model.built else {}
        names = [f"{layer.name}/{name}" for name in wanted]
        inner = group.create_group(str(layer.name))
        write_names(inner, "weight_names", names)
        for name, array in zip(names, layer.weights if model.built else (), strict=True):
            inner[name] = array
    write_names(group.create_group("top_level_model_weights"), "weight_names", [])


def _write_optimizer(group: Any, model: Sequential) -> None:
    variables = list(variables_of(model))
    assert model.optimizer is not None
    names = [f"{model.optimizer.name}/{name}" for name, _ in variables]
    write_names(group, "weight_names", names)
    for name, (_, values) in zip(names, variables, strict=True):
        group[name] = values


def read_configs(reader: Hdf5Reader) -> tuple[Config, Config | None, Config]:
    """(model config, settings of compile or None, our own extra).

    Raises:
        StorageError: it is not a file of Keras, or holds weights only.
    """
    text = reader.text(reader.root, "model_config")
    if text is None:
        weights_only = "layer_names" in reader.root.attrs or "layers" in reader.root
        raise StorageError(
            "it holds weights only: make the model and call its load_weights(path)."
            if weights_only
            else "it has no model_config: it is not a model that Keras saved."
        )
    training = reader.text(reader.root, "training_config")
    settings = parse_object(training, "training_config") if training is not None else None
    if settings is not None:
        settings["optimizer"] = settings.pop("optimizer_config", None)
    ours = reader.text(reader.root, OURS)
    extra = parse_object(ours, OURS) if ours is not None else {}
    return parse_object(text, "model_config"), settings, extra


def layer_arrays(reader: Hdf5Reader, counts: list[int]) -> list[list[StoredArray]]:
    """For each layer its arrays. As in Keras, layers with weights are matched in their order."""
    group = reader.group(reader.root, "model_weights")
    if group is None:
        group = reader.root  # the weights alone, as Keras 2's save_weights wrote them
    stored = []
    for name in reader.names(group, "layer_names"):
        inner = reader.group(group, name)
        arrays = _named(reader, inner, name)
        if arrays:
            stored.append(arrays)
    if len(stored) != sum(count > 0 for count in counts):
        raise StorageError(
            f"it has weights for {len(stored)} layers, and this model has "
            f"{sum(count > 0 for count in counts)} layers with weights."
        )
    return [stored.pop(0) if count else [] for count in counts]


def optimizer_arrays(reader: Hdf5Reader) -> Variables:
    """The optimizer's variables; none when the file has none."""
    group = reader.group(reader.root, "optimizer_weights")
    if group is None:
        return Variables([])
    arrays = _named(reader, group, "optimizer_weights")
    return Variables(arrays, is_slot_by_slot([array.name for array in arrays]))


def _named(reader: Hdf5Reader, group: Any, what: str) -> list[StoredArray]:
    """The arrays of a group in the order of its list of names."""
    if group is None:
        raise StorageError(f"there is no group {what!r} in it.")
    found = []
    for name in reader.names(group, "weight_names"):
        array = reader.array(group, name)
        if array is None:
            raise StorageError(f"there is no array {name!r} in its group {what!r}.")
        found.append(array)
    return found
