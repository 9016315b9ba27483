"""The data sets of the course: one folder each, with its loader, its file and where it is from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """What a column of a data set says: its name, the unit of its numbers, and what they mean."""

    name: str
    unit: str
    meaning: str
