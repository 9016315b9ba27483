"""The data sets whose target is a class, and what their classes are called."""

from __future__ import annotations

from functools import cache
from types import ModuleType

import numpy as np

from lessons.datasets import shots, titanic

MADE = ("missed", "made")
"""The classes of a shot: shot_result 0 and 1."""

CLASSES: dict[str, tuple[str, ...]] = {"shots": MADE, "titanic": ("died", "survived")}
"""For each data set the names of class 0 and class 1."""

MODULES: dict[str, ModuleType] = {"shots": shots, "titanic": titanic}


@cache
def counts(name: str) -> tuple[int, ...]:
    """How many rows of a data set each class has."""
    data = MODULES[name]
    target = data.load().column(data.TARGET).astype(int)
    return tuple(int(count) for count in np.bincount(target, minlength=len(CLASSES[name])))
