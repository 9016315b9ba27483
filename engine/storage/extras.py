"""What goes with a model and Keras does not have: its scaler and its notes.

They are kept in the model's file where Keras does not look.
"""

from __future__ import annotations

from typing import Any

from engine.model import Sequential
from engine.scaling import StandardScaler
from engine.storage.errors import StorageError, shorten
from engine.table import DataError

#: what they are called in a file
SCALER = "scaler"
NOTES = "notes"


def to_config(model: Sequential) -> dict[str, Any]:
    """{"scaler": its config, "notes": the notes}, each where the model has one.

    Raises:
        StorageError: the scaler has not seen data yet, so that there is nothing to keep; or the
            notes are not a dict with texts as keys.
    """
    extra: dict[str, Any] = {}
    if model.scaler is not None:
        try:
            extra[SCALER] = model.scaler.get_config()
        except DataError as error:
            raise StorageError(f"The model's scaler cannot be saved. {error}") from error
    if model.notes is not None:
        if not isinstance(model.notes, dict) or not all(
            isinstance(key, str) for key in model.notes
        ):
            raise StorageError("The model's notes cannot be saved: a dict by names is needed.")
        extra[NOTES] = model.notes
    return extra


def from_config(model: Sequential, extra: dict[str, Any]) -> None:
    """Give the model the scaler and the notes of a file, where there are any.

    Raises:
        StorageError: what is there is not a scaler, or no notes.
    """
    if SCALER in extra:
        try:
            model.scaler = StandardScaler.from_config(extra[SCALER])
        except (DataError, ValueError, TypeError) as error:
            raise StorageError(f"its scaler is damaged: {shorten(error)}") from error
    if NOTES in extra:
        if not isinstance(extra[NOTES], dict):
            raise StorageError("its notes are damaged: they are no dict")
        model.notes = extra[NOTES]
