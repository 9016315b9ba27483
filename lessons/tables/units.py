"""The unit in which a network learns a number: how far it is from the mean, in spreads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Unit:
    """A mean and a spread. Prices of 400,000 would take a network thousands of steps to reach.

    In this unit, always guessing the mean has a mean squared error of about 1.
    """

    mean: float = 0.0
    spread: float = 1.0

    @classmethod
    def of(cls, values: np.ndarray) -> Unit:
        """The mean and the standard deviation of these values, (rows,)."""
        return cls(float(values.mean()), float(values.std()) or 1.0)

    def into(self, values: np.ndarray) -> np.ndarray:
        """Values in this unit."""
        return np.asarray((values - self.mean) / self.spread)

    def back(self, values: np.ndarray) -> np.ndarray:
        """Values as they were."""
        return np.asarray(values, dtype=np.float64) * self.spread + self.mean
