"""Model files where the learner says: saved, loaded, and what they hold, told in a line each."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from engine import Sequential

FORMATS = {".h5": "HDF5, the older format of Keras", ".hdf5": "HDF5, the older format of Keras"}
NEW_FORMAT = "zip, the format of Keras 3"


class FileProblem(ValueError):
    """A file could not be saved or loaded; the message says why, in one line."""


@dataclass(frozen=True)
class LayerInFile:
    """A layer of a file: its name, its activation, and the shapes of its weights."""

    name: str
    activation: str
    shapes: str
    parameters: int


@dataclass(frozen=True)
class Contents:
    """What a model file holds, or will hold. `size` is in bytes, 0 before it is written."""

    name: str
    folder: str
    size: int
    format: str
    layers: tuple[LayerInFile, ...]
    optimizer: str
    scaled_columns: int
    """Columns whose mean and deviation are in it; 0 without a scaler."""


def expanded(text: str) -> Path:
    """The path that was typed, with ~ for the home folder."""
    return Path(os.path.expanduser(text.strip()))


def exists(path: Path) -> bool:
    """Whether there is something of that name; a name that nothing can have is not there."""
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False


def save(model: Sequential, path: Path, *, replace: bool) -> Contents:
    """Write the model, all of it or nothing; only with `replace` over a file that was there.

    Raises FileProblem.
    """
    try:
        model.save(path, overwrite=replace)
        return contents(model, path, path.stat().st_size)
    except OSError as error:
        raise FileProblem(f"Not saved: {_why(error, path)}.") from error
    except (ValueError, TypeError) as error:  # StorageError is one
        raise FileProblem(f"Not saved: {_one_line(error)}") from error


def load(path: Path) -> tuple[Sequential, Contents]:
    """The model in a file, and what the file holds. Raises FileProblem."""
    from engine.storage import load_model

    try:
        model = load_model(path)
        size = path.stat().st_size
    except OSError as error:
        raise FileProblem(f"Not loaded: {_why(error, path)}.") from error
    except (ValueError, TypeError) as error:
        raise FileProblem(f"Not loaded: {_one_line(error)}") from error
    return model, contents(model, path, size)


def contents(model: Sequential, path: Path, size: int = 0) -> Contents:
    """What the file of a model holds: layers, optimizer, perhaps a scaler, and no row of data."""
    layers = tuple(
        LayerInFile(
            str(layer.name),
            str(getattr(getattr(layer, "activation", None), "name", "")),
            ", ".join("×".join(map(str, weight.shape)) for weight in layer.weights),
            layer.count_params(),
        )
        for layer in model.layers
        if layer.is_attached
    )
    slots = model.optimizer.slots if model.optimizer is not None else {}
    numbers = sum(slot.size for slot in slots.values())
    name = type(model.optimizer).__name__ if model.optimizer is not None else ""
    return Contents(
        name=path.name,
        folder=str(path.absolute().parent),
        size=size,
        format=FORMATS.get(path.suffix.lower(), NEW_FORMAT),
        layers=layers,
        optimizer=f"{name}: {numbers:,} numbers that it goes on with" if name else "none",
        scaled_columns=0 if model.scaler is None else model.scaler.n_features_in_,
    )


def _why(error: OSError, path: Path) -> str:
    """Why the system refuses, with what to do."""
    folder = path.absolute().parent
    match error.errno:
        case errno.ENOENT if not folder.is_dir():
            return f"there is no folder {folder}; make it first, or e names another file"
        case errno.ENOENT:
            return f"there is no file {path.name} in {folder}; S saves one"
        case errno.EISDIR:
            return f"{path.name} is a folder; e gives the name of a file in it"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{folder} does not let you; e names another folder"
        case errno.ENOSPC | errno.EDQUOT:
            return "the disk is full; nothing was changed"
        case errno.EEXIST:
            return f"{path.name} is there already; S once more replaces it"
        case errno.ENAMETOOLONG:
            return "the name is too long; e gives another one"
        case _:
            return (error.strerror or str(error)).lower()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
