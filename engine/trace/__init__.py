"""Rows through the network, number by number: every product, sum, activation and slope.

For a node with inputs x, weights w, bias b and activation f, and L the loss:

    pre-activation  z = x₀ w₀ + x₁ w₁ + … + b          value  a = f(z)
    dL/dz = dL/da · f'(z)     dL/dw = x · dL/dz     dL/db = dL/dz
    dL/da of a node before = Σ w · dL/dz over the nodes that it feeds

For a batch, L is the mean of its rows' losses and dL/dw and dL/db are added up over its rows.
Every number has a formula with the values put in, see `engine.trace.formulas`. No slope of a
weight is computed here a second time: see `engine.trace.stages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from engine.checks import as_numbers, as_rows
from engine.configs import named
from engine.trace.batch import BatchTrace
from engine.trace.records import Node, Number, Product, Step, Term, Trace, Weight
from engine.trace.stages import watch

if TYPE_CHECKING:
    from engine.model import Sequential

__all__ = ["BatchTrace", "Node", "Number", "Product", "Step", "Term", "Trace", "Weight", "trace"]

Array = npt.NDArray[Any]


def trace(
    model: Sequential, x: npt.ArrayLike, y: npt.ArrayLike | None = None, *, training: bool = False
) -> Trace:
    """Trace one row `x`, shape (inputs,), and with a target `y`, shape (outputs,), its slopes too.

    `y` may be a plain number for a network with one target; the model then has to be compiled,
    because the slopes are those of its loss. All numbers are computed in the model's dtype. With
    `training`, layers do what they do in a training step: Dropout drops what it dropped in the
    last one, BatchNormalization normalizes by this row alone. The model is left as it is.

    Raises ValueError when x or y is not one row of finite numbers that fits the model;
    RuntimeError when the model has no weights yet, or a target is given to a model without a loss.
    """
    _need_model(model)
    row = _row("x", "inputs", x, model.input_shape, model.dtype)
    targets = None
    if y is not None:
        _need_loss(model)
        _, loss = model.need_compiled()
        width = loss.target_width(model.output_shape[-1])
        targets = _row("y", "outputs", y, (width,), model.dtype)
    return trace_batch(model, row, targets, training=training).row(0)


def trace_batch(
    model: Sequential,
    x: npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    sample_weight: npt.ArrayLike | None = None,
    *,
    training: bool = False,
) -> BatchTrace:
    """Trace a batch `x`, (rows, *input_shape), with targets `y` its loss and slopes too.

    The slopes of the weights are those of the batch's loss, to the bit what a training step with
    these rows puts into `model.gradient`. Otherwise as `trace`.

    Raises ValueError when x, y or sample_weight does not fit the model; RuntimeError when the
    model has no weights yet, or targets are given to a model without a loss.
    """
    _need_model(model)
    targets = weights = None
    if y is None:
        if sample_weight is not None:
            raise ValueError("Weights of rows count in a loss, which needs targets: give y too.")
        rows = as_rows(x, model.input_shape, model.dtype)
    else:
        _need_loss(model)
        rows, targets, weights = model.check_data(x, y, sample_weight)
    seen = watch(model, rows, targets, weights, training)
    return BatchTrace(rows, targets, weights, seen, model.loss)


def _need_model(model: Sequential) -> None:
    if not hasattr(model, "need_weights"):
        raise TypeError(f"Only a Sequential can be traced, not {named(model)}.")
    model.need_weights()


def _need_loss(model: Sequential) -> None:
    if model.loss is None:
        raise RuntimeError(
            "Slopes are slopes of a loss, and the model has none yet. "
            "Call compile(loss='mean_squared_error') or leave the target out."
        )


def _row(name: str, kind: str, given: Any, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    with np.errstate(over="ignore"):  # a number too large for the dtype is caught as inf
        row = np.atleast_1d(as_numbers(given, name)).astype(dtype)
    if row.shape != shape:
        raise ValueError(
            f"trace takes one row: expected {name} of shape {shape}, one number for each of the "
            f"model's {kind}, got shape {row.shape}. For several rows there is trace_batch."
        )
    if not np.isfinite(row).all():
        raise ValueError(f"Every number of {name} has to be finite, got {row.tolist()}.")
    return row[None]
