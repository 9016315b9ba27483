"""The scaler that goes with a model: kept in its file where Keras does not look."""

from __future__ import annotations

from typing import Any

from engine.model import Sequential
from engine.scaling import StandardScaler
from engine.storage.errors import StorageError, shorten
from engine.table import DataError

#: what the scaler is called in a file
SCALER = "scaler"


def to_config(model: Sequential) -> dict[str, Any]:
    """{"scaler": its config}, or nothing when the model has none.

    Raises:
        StorageError: the scaler has not seen data yet, so that there is nothing to keep.
    """
    if model.scaler is None:
        return {}
    try:
        return {SCALER: model.scaler.get_config()}
    except DataError as error:
        raise StorageError(f"The model's scaler cannot be saved. {error}") from error


def from_config(model: Sequential, extra: dict[str, Any]) -> None:
    """Give the model the scaler of a file, if there is one.

    Raises:
        StorageError: what is there is not a scaler.
    """
    if SCALER not in extra:
        return
    try:
        model.scaler = StandardScaler.from_config(extra[SCALER])
    except (DataError, ValueError, TypeError) as error:
        raise StorageError(f"its scaler is damaged: {shorten(error)}") from error
