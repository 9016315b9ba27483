"""What the engine's EarlyStopping makes of epochs, one after the other.

Its rule stands in engine/callbacks/early_stopping.py and nowhere else: here the callback itself is
called, as fit calls it, with a model that holds at each epoch what the trained one held then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine import EarlyStopping, Sequential

Weights = Sequence[np.ndarray]


@dataclass(frozen=True)
class Ended:
    """An epoch that is over: its validation loss and the weights after it."""

    val_loss: float
    weights: Weights


@dataclass(frozen=True)
class Verdict:
    """What EarlyStopping makes of an epoch. Epochs count from 1."""

    epoch: int
    improved: bool
    waited: int
    """Epochs without a new best so far."""
    best: float
    best_epoch: int
    stops: bool


@dataclass(frozen=True)
class Watched:
    """A whole training under EarlyStopping, or as much of it as there has been."""

    verdicts: tuple[Verdict, ...]
    """One for each epoch up to the one that stops; those after it are never seen."""
    kept_epoch: int
    """The epoch whose weights the model has, were the training over now; 0 before the first."""

    @property
    def stopped(self) -> int | None:
        """The epoch that ends the training, or None."""
        return self.verdicts[-1].epoch if self.verdicts and self.verdicts[-1].stops else None


def watch(model: Sequential, epochs: Sequence[Ended], callback: EarlyStopping) -> Watched:
    """Let `callback` see these epochs. `model` is a spare one, of the same shape as the trained.

    Afterwards `model` has the weights that fit would leave.
    """
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin()
    verdicts: list[Verdict] = []
    for at, ended in enumerate(epochs):
        model.set_weights(ended.weights)
        callback.on_epoch_end(at, {"val_loss": ended.val_loss})
        verdicts.append(
            Verdict(
                epoch=at + 1,
                improved=callback.best_epoch == at and callback.best is not None,
                waited=callback.wait,
                best=ended.val_loss if callback.best is None else float(callback.best),
                best_epoch=callback.best_epoch + 1,
                stops=model.stop_training,
            )
        )
        if model.stop_training:
            break
    callback.on_train_end()
    return Watched(tuple(verdicts), _whose(model, epochs[: len(verdicts)]))


def _whose(model: Sequential, epochs: Sequence[Ended]) -> int:
    """The last epoch, from 1, after which the weights were those of the model now."""
    now = model.get_weights()
    for at in range(len(epochs), 0, -1):
        if all(np.array_equal(a, b) for a, b in zip(now, epochs[at - 1].weights, strict=True)):
            return at
    return 0
