"""A node worked out for one row: every product with its numbers, and what comes of them."""

from __future__ import annotations

import numpy as np

from lessons.labs.maps.run import layer_values
from lessons.labs.playground.run import PlayRun
from lessons.numbers import operand, short, total

MOST_PRODUCTS = 10
"""Products that are written out, the largest ones; the others are added up in one number."""


def worked(run: PlayRun, layer: int, node: int, called: str) -> tuple[str, str]:
    """Which row it is, and the value of a node for it, product by product."""
    row = run.network_rows[1][:1]
    with np.errstate(all="ignore"):
        found = layer_values(run.model, row)
    by_layer = [
        values[0]
        for one, values in zip(run.model.layers, found, strict=True)
        if one in run.dense  # what drops nodes in training passes all of them on here
    ]
    inputs = by_layer[layer - 1] if layer else row[0]
    dense = run.dense[layer]
    weights = dense.kernel[:, node]
    bias = float(dense.bias[node]) if dense.bias is not None else 0.0
    products = weights * inputs
    shown = np.sort(np.argsort(-np.abs(products), kind="stable")[:MOST_PRODUCTS]).tolist()
    terms = [f"{short(float(weights[at]), 3)} × {operand(float(inputs[at]), 3)}" for at in shown]
    if left := len(products) - len(shown):
        rest = float(products.sum() - products[shown].sum())
        terms.append(f"{short(rest, 3)} from {left} smaller ones")
    terms.append(short(bias, 3))
    inside = total(terms)
    value = short(float(by_layer[layer][node]), 3)
    if not called:
        return _which(run), f"{inside} = {value}"
    summed = short(float(products.sum()) + bias, 3)
    if called == "softmax":  # it takes in the sums of the other outputs as well
        return _which(run), f"{inside} = {summed}; softmax of it beside the others = {value}"
    return _which(run), f"{called}({inside}) = {called}({summed}) = {value}"


def _which(run: PlayRun) -> str:
    return (
        "for the first point held out" if run.recipe.on_the_plane else "for the first row held out"
    )
