"""A nudged weight: how the loss really changes, next to what the slope says."""

from __future__ import annotations

from dataclasses import dataclass

from engine import Product, Trace
from lessons.labs.backprop.plan import weight_name
from lessons.labs.backprop.words import HIDDEN
from lessons.numbers import operand, short

DECIMALS = 8
NONE = "none"
NAME = "nudge"
"""Under this name a page hides what comes of a nudge."""

AMOUNTS = (-1.0, -0.1, -0.01, -0.001, 0.001, 0.01, 0.1, 1.0)
"""How far a weight is nudged, one press of an arrow key apart."""


@dataclass(frozen=True)
class Nudge:
    """What is said of one weight of a pass, nudged by `by`."""

    trace: Trace
    item: Product
    by: float
    loss: float
    """With the weight nudged."""
    hidden: bool
    has_loss: bool
    """Whether the pass has come to its loss, and to the slope of the weight."""
    has_slope: bool

    @property
    def lines(self) -> tuple[str, str, str]:
        """The weight, the loss, and the slope × the nudge."""
        item, by = self.item, operand(self.by)
        name = weight_name(self.trace, item)
        nudged = short(item.weight + self.by, DECIMALS)
        first = f"nudge {name}: {short(item.weight, DECIMALS)} + {by} = {nudged}"
        return first, self._loss(), self._slope()

    def _loss(self) -> str:
        if not self.has_loss:
            return "loss: not computed yet"
        before = operand(self.trace.loss or 0.0, DECIMALS)
        if self.hidden:
            return f"loss: {HIDDEN} - {before} = {HIDDEN}"
        change = short(self.loss - (self.trace.loss or 0.0), DECIMALS)
        return f"loss: {short(self.loss, DECIMALS)} - {before} = {change}"

    def _slope(self) -> str:
        if not self.has_slope:
            return "∂ × nudge: the slope is not computed yet"
        if self.hidden:
            return f"∂ × nudge: {HIDDEN}"
        slope = self.item.slope or 0.0
        product = short(slope * self.by, DECIMALS)
        return f"∂ × nudge: {short(slope, DECIMALS)} × {operand(self.by)} = {product}"


def places(trace: Trace) -> dict[str, Product]:
    """Every weight of a network by its name."""
    return {
        weight_name(trace, item): item
        for nodes in trace.layers
        for node in nodes
        for item in node.products
    }
