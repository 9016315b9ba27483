"""The .keras format: a zip archive of config.json, metadata.json and model.weights.h5.

keras/src/saving/saving_lib.py. The weights' file has a group per layer, named after its class and
numbered (layers/dense_1/vars/0), and optimizer/vars/0 and so on for the optimizer. The same file
alone, with a name that ends in .weights.h5, is what `save_weights` writes.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO, Any

from engine.model import Sequential
from engine.storage.compiling import settings_of
from engine.storage.hdf5 import Hdf5Reader, StoredArray, new_hdf5
from engine.storage.optimizer_state import Variables, variables_of
from engine.storage.text import LARGEST_JSON, parse_object
from engine.storage.writing import KERAS_VERSION, keys_of, model_config, to_json
from engine.storage.zips import Archive

Config = dict[str, Any]

CONFIG, METADATA, WEIGHTS = "config.json", "metadata.json", "model.weights.h5"

#: what all members are dated, so that one model gives the same bytes whenever it is saved
NO_DATE = (1980, 1, 1, 0, 0, 0)

#: where layers are in the weights' file: Keras 3, and Keras 2.13
LAYER_GROUPS = ("layers", "_layer_checkpoint_dependencies")

#: variables of one optimizer, at most
MOST_VARIABLES = 20_000


def write(model: Sequential, extra: Config) -> bytes:
    """The model as the bytes of a .keras file. `extra` is kept where Keras does not look."""
    config = model_config(model) | {"compile_config": settings_of(model) or {}}
    metadata = {"keras_version": KERAS_VERSION, **extra}
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:  # not compressed, as in Keras
        for name, content in (
            (METADATA, to_json(metadata).encode()),
            (CONFIG, to_json(config).encode()),
            (WEIGHTS, write_weights(model)),
        ):
            archive.writestr(zipfile.ZipInfo(name, NO_DATE), content)
    return result.getvalue()


def write_weights(model: Sequential) -> bytes:
    """The weights, and the optimizer's variables if there is one, as the bytes of an HDF5 file."""
    result = io.BytesIO()
    with new_hdf5(result) as file:
        keys = keys_of([type(layer).__name__ for layer in model.layers])
        for key, layer in zip(keys, model.layers, strict=True):
            group = file.create_group(f"layers/{key}/vars")
            group.attrs["name"] = layer.name
            for number, array in enumerate(layer.weights if model.built else ()):
                group[str(number)] = array
        if model.optimizer is not None and model.built:
            group = file.create_group("optimizer/vars")
            group.attrs["name"] = model.optimizer.name
            for number, (_, values) in enumerate(variables_of(model)):
                group[str(number)] = values
        file.create_group("vars").attrs["name"] = model.name
    return result.getvalue()


def read_archive(file: IO[bytes], size: int) -> tuple[Config, Config, bytes]:
    """config.json, metadata.json and the bytes of the weights' file.

    Raises:
        StorageError: the archive is damaged, or is none of Keras.
    """
    archive = Archive(file, size)
    config = parse_object(archive.read(CONFIG, LARGEST_JSON), CONFIG)
    metadata = parse_object(archive.read(METADATA, LARGEST_JSON), METADATA)
    return config, metadata, archive.read(WEIGHTS)


def layer_arrays(
    reader: Hdf5Reader, class_names: list[str], counts: list[int]
) -> list[list[StoredArray]]:
    """For each layer its arrays, and one more if the file has more than `counts` says."""
    result = []
    for key, count in zip(keys_of(class_names), counts, strict=True):
        found: list[StoredArray] = []
        for place in LAYER_GROUPS:
            group = reader.group(reader.root, f"{place}/{key}/vars")
            if group is not None:
                found = _numbered(reader, group, count + 1)
                break
        result.append(found)
    return result


def optimizer_arrays(reader: Hdf5Reader) -> Variables:
    """The optimizer's variables; none when the file has none."""
    group = reader.group(reader.root, "optimizer/vars")
    return Variables(_numbered(reader, group, MOST_VARIABLES) if group is not None else [])


def _numbered(reader: Hdf5Reader, group: Any, most: int) -> list[StoredArray]:
    """The arrays called 0, 1, 2 and so on."""
    found: list[StoredArray] = []
    while len(found) < most:
        array = reader.array(group, str(len(found)))
        if array is None:
            break
        found.append(array)
    return found
