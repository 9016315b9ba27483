"""save_model, load_model, save_weights, load_weights."""

from __future__ import annotations

import io
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from engine.model import Sequential
from engine.storage import extras, h5_file, keras_file
from engine.storage.compiling import compile_as
from engine.storage.errors import StorageError
from engine.storage.hdf5 import SIGNATURE, Hdf5Reader, StoredArray, open_hdf5
from engine.storage.optimizer_state import Variables, restore
from engine.storage.paths import as_path, check_readable, check_writable, write_aside
from engine.storage.reading import Plan, plan_of
from engine.storage.weights import check_shapes, read_all
from engine.storage.writing import check_saveable

Config = dict[str, Any]
PathLike = str | os.PathLike[str]

#: bytes; above it a file is not read, and nothing is written
LARGEST_FILE = 2_000_000_000

#: how the two formats begin
ZIP, HDF5 = b"PK", SIGNATURE

#: how the file of a model ends
ENDINGS = (".keras", ".h5")


def save_model(model: Sequential, filepath: PathLike, overwrite: bool = True) -> None:
    """Write a model with weights, compile settings and optimizer state, as Keras 3 reads it.

    Args:
        filepath: ends in .keras, or in .h5 or .hdf5 for the older format.
        overwrite: whether to replace a file of that name.

    Raises:
        StorageError: another ending, or a model that could not be loaded again.
        OSError: it cannot be written (FileExistsError, FileNotFoundError, PermissionError, ...).
            A file that was there is as it was.
    """
    path = check_place(filepath, overwrite)
    check_saveable(model)
    extra = extras.to_config(model)
    write = keras_file.write if _ending(path) == ".keras" else h5_file.write
    write_aside(path, write(model, extra))


def check_place(filepath: PathLike, overwrite: bool = True) -> Path:
    """Whether a model could be saved there: before it is trained, not after. Returns the path.

    Raises:
        StorageError, OSError: as for `save_model`.
    """
    path = as_path(filepath)
    ending = _ending(path)
    if ending not in ENDINGS:
        raise StorageError(
            f"A model is saved as .keras, or as .h5 in the older format; {str(path)!r} does not "
            "end so." + (" .weights.h5 is for save_weights." if ending else "")
        )
    check_writable(path, overwrite)
    return path


def save_weights(model: Sequential, filepath: PathLike, overwrite: bool = True) -> None:
    """Write the weights alone, and the optimizer's state if there is one, as Keras 3 reads them.

    Args:
        filepath: ends in .weights.h5.

    Raises:
        RuntimeError: the model has no weights yet.
        StorageError, OSError: as for `save_model`.
    """
    path = as_path(filepath)
    model.need_weights()
    if _ending(path) != ".weights.h5":
        raise StorageError(
            f"Weights are saved in a file that ends in .weights.h5; {str(path)!r} does not."
        )
    check_writable(path, overwrite)
    check_saveable(model)
    write_aside(path, keras_file.write_weights(model))


def load_model(filepath: PathLike, compile: bool = True) -> Sequential:
    """The model in a file that this engine, Keras 3 or Keras 2 saved, in either format.

    Nothing in the file is run: classes come from a fixed list, and code is refused. What a file
    claims is compared with its size before memory is taken for it. Weights of float16 or bfloat16
    become float32, which holds them exactly.

    Args:
        filepath: any ending; the content says which format it is.
        compile: False leaves out the optimizer, the loss and the metrics.

    Raises:
        StorageError: the file is damaged or foreign, or holds something that the engine does not
            have; the message names the layer.
        OSError: it cannot be opened (FileNotFoundError, IsADirectoryError, PermissionError, ...).
    """
    path = as_path(filepath)
    with _opened(path) as stored:
        config, settings, extra = stored.configs()
        plan = plan_of(config)
        settings = settings if compile else None
        if settings and plan.frozen:
            raise StorageError(
                f"layer {plan.frozen[0]!r} is not to be trained (trainable=False), which this "
                "engine does not have. load_model(path, compile=False) loads it for predicting."
            )
        model = _filled(stored, plan)
        if settings:
            compile_as(model, settings)
            if model.built and model.optimizer is not None:
                restore(model, stored.variables())
        extras.from_config(model, extra)
        return model


def load_weights(model: Sequential, filepath: PathLike) -> None:
    """Put the weights of a file into a model that has the same layers in the same order.

    The state of the optimizer comes too when the model is compiled and the file has one that fits.

    Args:
        filepath: a .weights.h5, .keras or .h5 file.

    Raises:
        RuntimeError: the model has no weights yet.
        StorageError: the file does not fit or is damaged. The model is as it was.
        OSError: it cannot be opened.
    """
    path = as_path(filepath)
    model.need_weights()
    with _opened(path) as stored:
        names = [str(layer.name) for layer in model.layers]
        wanted = [[each.shape for each in layer.wanted().values()] for layer in model.layers]
        classes = [type(layer).__name__ for layer in model.layers]
        arrays = stored.layers(classes, [len(shapes) for shapes in wanted])
        check_shapes(names, wanted, arrays)
        values = read_all(names, arrays, model.dtype)
        if model.optimizer is not None:
            _restore_if_it_fits(model, stored)
        model.set_weights(values)


def _filled(stored: _Stored, plan: Plan) -> Sequential:
    """The model of a plan, with the weights of the file. Shapes are compared before it is made."""
    names = [str(layer.name) for layer in plan.layers]
    if plan.input_shape is None:
        return Sequential(plan.layers, dtype=plan.dtype, name=plan.name)
    classes = [type(layer).__name__ for layer in plan.layers]
    arrays = stored.layers(classes, [len(shapes) for shapes in plan.shapes])
    check_shapes(names, plan.shapes, arrays)
    values = read_all(names, arrays, plan.dtype)
    model = Sequential(plan.layers, dtype=plan.dtype, name=plan.name)
    model.build(plan.input_shape)
    model.set_weights(values)
    return model


def _restore_if_it_fits(model: Sequential, stored: _Stored) -> None:
    """As Keras does: weights are what was asked for; a state of another optimizer is left."""
    try:
        restore(model, stored.variables())
    except StorageError:
        return


class _Stored:
    """An open file of either format, by its content."""

    def __init__(self, reader: Hdf5Reader, archive: tuple[Config, Config] | None) -> None:
        self._reader = reader
        self._archive = archive
        # The older format has lists of names; the newer has groups named after classes.
        older = "model_weights" in reader.root or reader.names(reader.root, "layer_names")
        self._by_key = archive is not None or not older

    def configs(self) -> tuple[Config, Config | None, Config]:
        """(model config, settings of compile or None, our own extra)."""
        if self._archive is None:
            return h5_file.read_configs(self._reader)
        config, metadata = self._archive
        return config, config.get("compile_config"), metadata

    def layers(self, class_names: list[str], counts: list[int]) -> list[list[StoredArray]]:
        """For each layer its arrays, unread."""
        if self._by_key:
            return keras_file.layer_arrays(self._reader, class_names, counts)
        return h5_file.layer_arrays(self._reader, counts)

    def variables(self) -> Variables:
        """Those of the optimizer, unread."""
        if self._by_key:
            return keras_file.optimizer_arrays(self._reader)
        return h5_file.optimizer_arrays(self._reader)


@contextmanager
def _opened(path: Path) -> Iterator[_Stored]:
    """The file at `path`, opened; what is wrong with it is said with its name."""
    size = check_readable(path)
    try:
        if size > LARGEST_FILE:
            raise StorageError(f"it has {size:,} bytes; more than {LARGEST_FILE:,} are not read.")
        with open(path, "rb") as file, _reader(file, size) as stored:
            yield stored
    except StorageError as error:
        raise StorageError(f"{path} cannot be loaded: {error}") from error


@contextmanager
def _reader(file: IO[bytes], size: int) -> Iterator[_Stored]:
    start = file.read(len(HDF5))
    if start.startswith(ZIP):
        config, metadata, weights = keras_file.read_archive(file, size)
        with open_hdf5(weights, io.BytesIO(weights)) as reader:
            yield _Stored(reader, (config, metadata))
    elif start == HDF5:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            file.seek(0)
            with open_hdf5(data, file) as reader:
                yield _Stored(reader, None)
    else:
        raise StorageError(
            "it is empty." if not size else "it is neither a .keras nor an .h5 file of Keras."
        )


def _ending(path: Path) -> str:
    """.keras, .weights.h5, .h5 (for .hdf5 too), or nothing that is known."""
    name = path.name.casefold()
    if name.endswith(".weights.h5"):
        return ".weights.h5"
    known = {".keras": ".keras", ".h5": ".h5", ".hdf5": ".h5"}
    return known.get(Path(name).suffix, "")
