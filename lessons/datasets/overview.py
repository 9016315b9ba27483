"""A data set at a glance: what it is, its columns with their ranges, its first rows.

Every package in lessons.datasets has ABOUT, ASKED, CREDIT, COLUMNS, TARGET, CLASSES and `load`;
this is the one reader of all of them. Nothing here knows a screen.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.data import Table
from lessons import datasets
from lessons.datasets import Column

FIRST_ROWS = 100
FIRST_IMAGES = 60
MOST_DECIMALS = 4
"""Numbers that need more of them are rounded to two."""


@dataclass(frozen=True)
class ColumnFacts:
    """A column and how low, how high and where in the middle its numbers are."""

    column: Column
    lowest: float
    mean: float
    highest: float


@dataclass(frozen=True)
class Share:
    """A class and how many rows are of it."""

    name: str
    rows: int


@dataclass(frozen=True, eq=False)
class Overview:
    """What there is to know of a data set before a network learns from it."""

    name: str
    about: str
    asked: str
    credit: str
    target: str
    rows: int
    columns: tuple[ColumnFacts, ...]
    shares: tuple[Share, ...]
    """The classes; none where a number is asked for."""
    first: np.ndarray
    """The first rows, (rows, columns); of images only their labels."""
    images: np.ndarray | None = None
    """The first images, (images, side, side), from 0 to 1, where the rows are images."""


def names() -> tuple[str, ...]:
    """Every data set of the course, in the order of the alphabet."""
    found = pkgutil.iter_modules(datasets.__path__)
    return tuple(sorted(module.name for module in found if module.ispkg))


@lru_cache(maxsize=4)
def overview(name: str) -> Overview:
    """The data set of this name; `plane:ring` is the one that `plane.load("ring")` draws.

    Raises ModuleNotFoundError for an unknown name, DataError where its file is damaged.
    """
    package, _, which = name.partition(":")
    module = importlib.import_module(f"lessons.datasets.{package}")
    data = module.load(which) if which else module.load()
    if isinstance(data, Table):
        values, columns, images = data.values, tuple(module.COLUMNS), None
    else:
        values = data.labels[:, np.newaxis].astype(float)
        columns = (module.COLUMNS[-1],)
        images = data.images[:FIRST_IMAGES].reshape(-1, module.SIDE, module.SIDE) / 255
    facts = [_facts(column, values[:, at]) for at, column in enumerate(columns)]
    if images is not None:
        facts.insert(0, _pixel_facts(module, data.images))
    places = [column.name for column in columns]
    target = values[:, places.index(module.TARGET)]
    return Overview(
        name=package,
        about=module.ABOUT,
        asked=module.ASKED,
        credit=module.CREDIT,
        target=module.TARGET,
        rows=len(values),
        columns=tuple(facts),
        shares=tuple(
            Share(word, int(np.count_nonzero(target == label)))
            for label, word in enumerate(module.CLASSES)
        ),
        first=values[: FIRST_ROWS if images is None else len(images)],
        images=images,
    )


def _facts(column: Column, values: np.ndarray) -> ColumnFacts:
    lowest, mean, highest = float(values.min()), float(values.mean()), float(values.max())
    return ColumnFacts(column, lowest, mean, highest)


def decimals_of(values: np.ndarray) -> int:
    """How many decimals these numbers are written with."""
    for decimals in range(MOST_DECIMALS + 1):
        if np.allclose(np.round(values, decimals), values, rtol=0, atol=1e-9):
            return decimals
    return 2


def _pixel_facts(module: Any, images: np.ndarray) -> ColumnFacts:
    """All pixels as one column: there are too many to list."""
    first, last = module.COLUMNS[0], module.COLUMNS[module.PIXELS - 1]
    place = f"{first.name} … {last.name.rpartition('_')[2]}"
    return _facts(Column(place, first.unit, first.meaning), images.reshape(-1))
