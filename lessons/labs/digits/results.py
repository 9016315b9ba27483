"""How a network does on the images that were held out: what it says of each, and how wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine import Sequential
from lessons.learning.activity import hidden_values
from lessons.learning.problem import Problem

LEAST = 1e-7
"""Keras takes no probability as smaller than this in a loss."""


@dataclass(frozen=True, eq=False)
class Results:
    """What a network says of the held-out images, after so many batches."""

    step: int
    probabilities: np.ndarray
    """(images, classes)"""
    labels: np.ndarray
    """(images,): the digit that was written."""
    first: np.ndarray
    """(images, nodes): what the nodes of the first layer give."""

    @cached_property
    def said(self) -> np.ndarray:
        """(images,): the digit with the largest probability."""
        said: np.ndarray = self.probabilities.argmax(axis=1)
        return said

    @cached_property
    def losses(self) -> np.ndarray:
        """(images,): the cross-entropy of each image."""
        true = self.probabilities[np.arange(len(self.labels)), self.labels]
        losses: np.ndarray = -np.log(np.clip(true, LEAST, 1))
        return losses

    @cached_property
    def confusion(self) -> np.ndarray:
        """(classes, classes): how many images of the row's digit were called the column's."""
        counts = np.zeros((self.probabilities.shape[1],) * 2, dtype=int)
        np.add.at(counts, (self.labels, self.said), 1)
        return counts

    @cached_property
    def worst(self) -> np.ndarray:
        """The images that were called wrong, the one with the largest loss first."""
        wrong = np.flatnonzero(self.said != self.labels)
        return wrong[np.argsort(-self.losses[wrong], kind="stable")]

    @property
    def loss(self) -> float:
        """The mean loss."""
        return float(self.losses.mean())

    @property
    def right(self) -> int:
        """How many images were called by their digit."""
        return int(len(self.labels) - len(self.worst))

    @property
    def accuracy(self) -> float:
        """Their share."""
        return self.right / len(self.labels)

    @cached_property
    def activity(self) -> np.ndarray:
        """(classes, nodes): the mean value of each node over the images of each digit."""
        digits = range(self.probabilities.shape[1])
        return np.array([self.first[self.labels == digit].mean(axis=0) for digit in digits])

    def images_in(self, cell: tuple[int, int]) -> np.ndarray:
        """The images of one digit that were called by another."""
        return np.flatnonzero((self.labels == cell[0]) & (self.said == cell[1]))


def results_of(model: Sequential, problem: Problem, step: int) -> Results:
    """What the network says of the held-out images now."""
    probabilities = np.asarray(model.predict(problem.x_validation, verbose=0))
    hidden = hidden_values(model, problem.x_validation)
    return Results(
        step=step,
        probabilities=probabilities,
        labels=problem.y_validation.argmax(axis=1),
        first=hidden[0] if hidden else probabilities,
    )


def pairs_mixed_up(confusion: np.ndarray) -> np.ndarray:
    """(classes, classes), above the diagonal: images of either digit that were called the other."""
    wrong = confusion - np.diag(np.diag(confusion))
    return np.triu(wrong + wrong.T)
