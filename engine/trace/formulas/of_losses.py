"""Which class writes out which loss."""

from __future__ import annotations

from typing import Any

from engine import losses
from engine.trace.formulas.crossentropy import Classes, TwoClasses
from engine.trace.formulas.losses import (
    AbsoluteError,
    HingeLoss,
    HuberLoss,
    RowLoss,
    SquaredError,
)

KINDS: dict[type[losses.Loss], type[RowLoss]] = {
    losses.MeanSquaredError: SquaredError,
    losses.MeanAbsoluteError: AbsoluteError,
    losses.Huber: HuberLoss,
    losses.Hinge: HingeLoss,
    losses.BinaryCrossentropy: TwoClasses,
    losses.CategoricalCrossentropy: Classes,
    losses.SparseCategoricalCrossentropy: Classes,
}


def row_loss(loss: losses.Loss, *arguments: Any) -> RowLoss:
    """The writer for that loss, with the arguments of RowLoss; in words for one of your own."""
    return KINDS.get(type(loss), RowLoss)(loss, *arguments)
