"""`dl-tutor show`: layers, parameters, settings and weights of a saved network."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lessons.numbers import plain
from lessons.tables.preparing import Preparation
from lessons.tables.problem import about_table

if TYPE_CHECKING:
    from engine import Sequential

MOST_CELLS = 8
"""Rows and columns of a weight table that are printed of a large layer."""


def show_model(arguments: argparse.Namespace) -> int:
    """Print what a file of Keras or of this engine holds."""
    from engine import load_model

    model = load_model(arguments.model)
    model.summary()
    parts = (_layers, _settings, _scaler, _table, _weights)
    print("\n".join(line for part in parts for line in part(model)))
    return 0


def _layers(model: Sequential) -> Iterator[str]:
    from tui.own.layers import layer_lines

    yield ""
    yield "What each layer does:"
    yield from layer_lines(model)


def _settings(model: Sequential) -> Iterator[str]:
    yield ""
    if model.optimizer is None:
        yield "Not compiled: it predicts, and has to be compiled to be trained."
        return
    yield f"Optimizer: {_with_arguments(model.optimizer)}"
    yield f"Loss: {getattr(model.loss, 'name', model.loss)}"


def _with_arguments(optimizer: object) -> str:
    config = optimizer.get_config()  # type: ignore[attr-defined]
    unused = (None, False)
    if not config.get("use_ema"):
        config.pop("ema_momentum", None)
    told = ", ".join(
        f"{name}={value}"
        for name, value in config.items()
        if name != "name" and value not in unused
    )
    return f"{type(optimizer).__name__}({told})"


def _scaler(model: Sequential) -> Iterator[str]:
    if model.scaler is None:
        return
    yield ""
    yield "Its inputs are scaled: (value - mean) / deviation."
    names = _inputs(model) or [f"input {at}" for at in range(1, len(model.scaler.mean_) + 1)]
    for name, mean, scale in zip(names, model.scaler.mean_, model.scaler.scale_, strict=True):
        yield f"  {name:<28} mean {mean:>12.5g}  deviation {scale:>12.5g}"


def _table(model: Sequential) -> Iterator[str]:
    if (about := about_table(model)) is None:
        return
    classes = about["classes"]
    yield ""
    yield f"It predicts “{about['target']}”" + (
        f", one of {', '.join(classes)}." if classes else ", a number."
    )
    if not classes and "unit" in about:
        mean, spread = about["unit"]
        yield f"Its output counts spreads of {plain(spread)} from the mean {plain(mean)}."
    yield f"Inputs: {', '.join(_inputs(model))}."


def _inputs(model: Sequential) -> tuple[str, ...]:
    """Names of the inputs, of a network that was trained on a table of somebody's own."""
    if (about := about_table(model)) is not None:
        return Preparation.from_config(about["preparation"]).inputs
    return (model.scaler.columns if model.scaler is not None else None) or ()


def _weights(model: Sequential) -> Iterator[str]:
    for layer in model.layers:
        for variable, values in zip(layer.wanted(), layer.get_weights(), strict=True):
            yield ""
            yield f"{layer.name}, {variable}: {' x '.join(map(str, values.shape))}"
            table = values.reshape(-1, values.shape[-1])
            for row in table[:MOST_CELLS]:
                cells = "".join(f"{value:>11.4f}" for value in row[:MOST_CELLS])
                yield cells + (" …" if len(row) > MOST_CELLS else "")
            if len(table) > MOST_CELLS:
                yield f"{'…':>11}"
