"""The table of experiments that the course prints: a quotation, and the only one of this lesson.

Its data set is not named, so nothing here can be computed again. It is read, row by row.
"""

from __future__ import annotations

from engine import Dense, Input, Sequential
from lessons.labs.experiments.scene import Printed
from lessons.learning.advice import Result

SOURCE = "printed in the course this one follows; the data are not named"

INPUTS = 10
"""The table does not say how many inputs there were: so many are assumed, to count parameters."""

EXPERIMENTS = (
    ((100,), 5.4),
    ((250,), 4.8),
    ((250, 250), 4.4),
    ((250, 250, 250), 4.5),
    ((200, 200, 200), 4.3),
)
"""Nodes of the hidden layers, and the mean squared error on the validation rows."""

NEXT_STEPS = ("increase", "increase", "increase", "decrease", "done")
"""What the course says after each row."""

SPREAD = 0.3
"""Supposed on one page: how far five seeds of one of these networks lie apart."""


def parameters(hidden: tuple[int, ...], inputs: int = INPUTS) -> int:
    """Weights and biases of a network with these hidden layers and one output."""
    layers = [Input((inputs,)), *(Dense(nodes, activation="relu") for nodes in hidden), Dense(1)]
    return Sequential(layers).count_params()


def results() -> tuple[Result, ...]:
    """The rows as results, one seed each."""
    return tuple(Result(hidden, parameters(hidden), (loss,)) for hidden, loss in EXPERIMENTS)


def table(spread: float | None = None) -> Printed:
    """The table to be read in the lab."""
    return Printed(results(), SOURCE, INPUTS, spread)
