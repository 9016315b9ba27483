"""What the saving lab shows, frozen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lessons.labs.saving.files import Contents
from lessons.labs.saving.setup import Settings

SHOWN_ROWS = 60
"""The newest rows, of which a view shows as many as it has room for."""


@dataclass(frozen=True)
class RowView:
    """One predicted row. None: not known, or hidden while a question asks for it."""

    number: int
    actual: str
    zero: float
    one: float | None
    label: str
    right: bool | None
    other: float | None = None
    """The same probability from the reloaded network, or from the raw row."""
    difference: float | None = None


@dataclass(frozen=True)
class InputView:
    """A feature of the newest row, as it stands in the table and as the network gets it."""

    name: str
    raw: float
    mean: float
    deviation: float
    scaled: float | None
    """None while a question asks for it."""


@dataclass(frozen=True, eq=False)
class SavingSnapshot:
    """The rows predicted so far, and what is known of file and reloaded network."""

    position: int
    end: int
    count: int
    """How many rows there are."""
    rows: tuple[RowView, ...]
    inputs: tuple[InputView, ...]
    """Of the newest row, or of row 0 before the first; empty for given predictions."""
    settings: Settings
    given: bool
    seed: int
    file: Contents
    rows_in_file: str
    saved: bool
    """Whether `file` has been written or read; else it is what would be written."""
    loaded: str
    """The file that the reloaded network comes from; empty without one."""
    right_so_far: int
    """Of the predicted rows: labels that are right."""
    right: int
    found: int
    alarms: int
    """Of all rows at the present threshold: labels that are right; labels 1 where that is right,
    and where it is not."""
    raw_right: str
    largest: str
    """The largest difference over all rows; empty without a reloaded network."""
    thresholds: np.ndarray
    right_at: np.ndarray
    """The labels that are right at each of `thresholds`, out of `count`."""
    said: str
