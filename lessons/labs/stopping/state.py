"""What is to be seen of the early stopping lab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessons.labs.stopping.setup import REAL, Settings

if TYPE_CHECKING:
    from lessons.labs.stopping.lab import StoppingLab


@dataclass(frozen=True)
class EpochRow:
    """An epoch up to the present one. None: hidden, or never seen by EarlyStopping."""

    epoch: int
    loss: float | None
    """The training loss; None where nothing trains."""
    val_loss: float
    best: float | None
    waited: int | None
    what: str
    """"best" for a new best, "stops" where the training ends, "unseen" after that; else empty."""


@dataclass(frozen=True)
class StoppingSnapshot:
    """All that is to be seen of the lab."""

    real: bool
    position: int
    end: int
    last: int
    settings: Settings
    nodes: int
    seed: int
    rows: tuple[EpochRow, ...]
    val_losses: tuple[float, ...]
    """Of every epoch that has been, also those ahead after going back."""
    train_losses: tuple[float, ...]
    losses: tuple[float, ...]
    """The whole list; empty where a network trains."""
    frame: tuple[float, float]
    """The range of losses that the plot shows."""
    best_epoch: int
    """0 where there is none, or it is hidden."""
    stopped: int | None
    """The epoch that has ended the training, if that has come and may be seen."""
    kept: tuple[int, float] | None
    """The epoch whose weights the model has and their loss, once training is over."""
    hidden: bool
    reason: str
    said: str


def snapshot_of(lab: StoppingLab) -> StoppingSnapshot:
    """What is to be seen of the lab now."""
    source, watched, hidden = lab.source, lab.watched, lab.hides_verdicts
    stopped = None if hidden else watched.stopped
    best = watched.verdicts[-1].best_epoch if watched.verdicts and not hidden else 0
    over = stopped is not None or lab.position == source.last
    kept = None
    if over and not lab.hides_kept:
        kept = watched.kept_epoch, source.loss_of(watched.kept_epoch)
    return StoppingSnapshot(
        real=lab.setup.source == REAL,
        position=lab.position,
        end=lab.end,
        last=source.last,
        settings=lab.settings,
        nodes=lab.nodes,
        seed=lab.seed,
        rows=tuple(_row(lab, epoch) for epoch in range(1, lab.position + 1)),
        val_losses=tuple(one.val_loss for one in source.epochs),
        train_losses=source.train_losses,
        losses=lab.losses,
        frame=_frame(
            [one.val_loss for one in source.epochs] + list(lab.losses), source.train_losses
        ),
        best_epoch=best,
        stopped=stopped,
        kept=kept,
        hidden=hidden,
        reason=lab.reason,
        said=lab.said,
    )


def _row(lab: StoppingLab, epoch: int) -> EpochRow:
    losses, verdicts = lab.source.train_losses, lab.watched.verdicts
    loss = losses[epoch - 1] if losses else None
    val_loss = lab.source.epochs[epoch - 1].val_loss
    if lab.hides_verdicts:
        return EpochRow(epoch, loss, val_loss, None, None, "")
    if epoch > len(verdicts):
        return EpochRow(epoch, loss, val_loss, None, None, "unseen")
    verdict = verdicts[epoch - 1]
    what = "stops" if verdict.stops else "best" if verdict.improved else ""
    return EpochRow(epoch, loss, val_loss, verdict.best, verdict.waited, what)


def _frame(val_losses: Sequence[float], train_losses: Sequence[float]) -> tuple[float, float]:
    """All validation losses; of the training losses, the first may be too high to be seen."""
    if not val_losses:
        return 0.0, 1.0
    low, high = min([*val_losses, *train_losses]), max(val_losses)
    high = min(max([high, *train_losses]), high + 0.5 * (high - low))
    room = 0.1 * (high - low) or 0.1
    return low - room, high + room
