"""What is to be seen of a run: its curves over epochs, and the log of its epochs."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np

from engine import Series, Timeline

FEW_EPOCHS = 3
"""With fewer finished epochs than this, the loss of every batch is drawn as well."""

Points = tuple[np.ndarray, np.ndarray]


def no_points() -> Points:
    """A curve without a point."""
    return np.empty(0), np.empty(0)


@dataclass(frozen=True, eq=False)
class Curves:
    """Losses and accuracies over epochs, thinned by the engine so that no spike is lost."""

    batches: Points
    train: Points
    validation: Points
    accuracy: Points = field(default_factory=no_points)
    val_accuracy: Points = field(default_factory=no_points)
    end: Points = field(default_factory=no_points)
    """The loss of the training rows after each epoch, and below their accuracy."""
    end_accuracy: Points = field(default_factory=no_points)

    @classmethod
    def of(cls, timeline: Timeline) -> Curves:
        """The curves recorded by `timeline`, with x in epochs."""
        per_epoch = timeline.trainer.steps_per_epoch
        few = timeline.end < FEW_EPOCHS * per_epoch

        def curve(name: str) -> Points:
            series = timeline.logs.get(name)
            return points(series, per_epoch) if series is not None else no_points()

        return cls(
            points(timeline.step_loss, per_epoch) if few else no_points(),
            curve("loss"),
            curve("val_loss"),
            curve("accuracy"),
            curve("val_accuracy"),
            curve("end_loss"),
            curve("end_accuracy"),
        )


@dataclass(frozen=True)
class EpochLog:
    """What Keras prints of an epoch, the first being 1. None: there is no such number.

    `end_loss` and `end_accuracy` are those of the training rows after the epoch, which Keras does
    not print.
    """

    epoch: int
    loss: float | None
    accuracy: float | None = None
    val_loss: float | None = None
    val_accuracy: float | None = None
    end_loss: float | None = None
    end_accuracy: float | None = None


NAMES = tuple(one.name for one in fields(EpochLog))[1:]
"""Of the numbers of an epoch, as they are called in the engine's logs."""


def logs_of(timeline: Timeline, last: int) -> tuple[EpochLog, ...]:
    """The logs of up to `last` epochs that are finished where the timeline stands, in order."""
    per_epoch = timeline.trainer.steps_per_epoch
    done = timeline.position // per_epoch - timeline.trainer.evaluates
    columns = {name: _by_step(series) for name, series in timeline.logs.items()}
    return tuple(
        EpochLog(
            epoch,
            *(columns.get(name, {}).get(epoch * per_epoch) for name in NAMES),
        )
        for epoch in range(max(done - last, 0) + 1, done + 1)
    )


def _by_step(series: Series) -> dict[int, float]:
    x, _, _, values = series.arrays()
    return dict(zip(x.astype(int).tolist(), values.tolist(), strict=True))


def points(series: Series, per_epoch: int) -> Points:
    """A series as points to draw: where neighbours were merged, their lowest and highest."""
    x, low, high, _ = series.arrays()
    if len(x) == 0 or np.array_equal(low, high):
        return x / per_epoch, low
    return np.repeat(x, 2) / per_epoch, np.column_stack([low, high]).ravel()


def value_at(series: Series, step: int) -> float | None:
    """The value of a series at exactly `step`; None where it is merged with its neighbours."""
    x, _, _, last = series.arrays()
    at = int(np.searchsorted(x, step))
    return float(last[at]) if at < len(x) and x[at] == step else None
