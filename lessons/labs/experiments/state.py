"""What is to be seen of the experiments lab."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.learning.curves import Curves
from lessons.learning.experiment import Experiment, Spread, Summary
from lessons.learning.recipe import Recipe


@dataclass(frozen=True)
class LogRow:
    """One network with what its seeds came to. None: not known, or hidden by a question."""

    network: str
    parameters: int
    seeds: int
    loss: Spread | None
    val_loss: Spread | None
    newest: bool = False
    advice: str = ""
    """What the rule says after this row, where a printed table is read."""

    @classmethod
    def of(cls, summary: Summary, newest: Experiment) -> LogRow:
        """The row of the repeats of a setting."""
        return cls(
            summary.first.network,
            summary.first.parameters,
            summary.seeds,
            summary.spread("loss"),
            summary.spread("val_loss"),
            summary.newest is newest,
        )


@dataclass(frozen=True)
class Loss:
    """Training and validation loss where the lab stands; None: none yet, or hidden."""

    train: float | None
    validation: float | None

    @property
    def gap(self) -> float | None:
        """Validation loss less training loss."""
        if self.train is None or self.validation is None:
            return None
        return self.validation - self.train


@dataclass(frozen=True)
class ExperimentsSnapshot:
    """All that is to be seen of the lab."""

    position: int
    end: int
    epoch: int
    epochs: int
    batch: int
    steps_per_epoch: int
    data: str
    rows: int
    held_out: int
    inputs: int
    parameters: int
    recipe: Recipe
    loss: Loss
    curves: Curves
    hidden: tuple[str, ...]
    """What a question hides: "train", "validation"."""
    noise: float | None
    """The loss that noise alone makes, where the data are generated and it is known."""
    log: tuple[LogRow, ...]
    """What can be compared with the present experiment, the smallest network first."""
    advice: str
    says: str
    """The advice in a word, and why."""
    shows: str
    log_axis: bool
    plan: tuple[str, ...]
    """Networks that are still to come by themselves."""
    printed: str
    """Where the table is from, when one is read; empty when networks are trained."""
    said: str
