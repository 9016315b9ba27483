"""A nudged weight: how the loss really changes, next to what the slope says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine import Product, Trace
from lessons.labs.backprop.passes import Passes
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
    """One weight of a pass, nudged by `by`."""

    trace: Trace
    item: Product
    by: float
    loss: float
    """With the weight nudged."""

    @property
    def name(self) -> str:
        """The name of the weight."""
        return weight_name(self.trace, self.item)

    def lines(self, hidden: Collection[str], known: Collection[str]) -> tuple[str, str, str]:
        """The weight, the loss, and the slope × the nudge, as far as the pass knows them."""
        item, by = self.item, operand(self.by)
        secret = not {NAME, "loss", self.name, f"∂ {self.name}"}.isdisjoint(hidden)
        start = HIDDEN if self.name in hidden else short(item.weight, DECIMALS)
        nudged = HIDDEN if self.name in hidden else short(item.weight + self.by, DECIMALS)
        first = f"nudge {self.name}: {start} + {by} = {nudged}"
        loss = self._loss(secret, "loss" in hidden) if "loss" in known else _LOSS_MISSING
        slope = self._slope(secret) if f"∂ {self.name}" in known else _SLOPE_MISSING
        return first, loss, slope

    def _loss(self, secret: bool, loss_hidden: bool) -> str:
        before = HIDDEN if loss_hidden else operand(self.trace.loss or 0.0, DECIMALS)
        if secret:
            return f"loss: {HIDDEN} - {before} = {HIDDEN}"
        change = short(self.loss - (self.trace.loss or 0.0), DECIMALS)
        return f"loss: {short(self.loss, DECIMALS)} - {before} = {change}"

    def _slope(self, secret: bool) -> str:
        if secret:
            return f"∂ × nudge: {HIDDEN}"
        slope = self.item.slope or 0.0
        product = short(slope * self.by, DECIMALS)
        return f"∂ × nudge: {short(slope, DECIMALS)} × {operand(self.by)} = {product}"


_LOSS_MISSING = "loss: not computed yet"
_SLOPE_MISSING = "∂ × nudge: the slope is not computed yet"


def nudge(passes: Passes, number: int, name: str, by: float) -> Nudge:
    """The weight called `name` nudged in pass `number`, and the network run again."""
    item = places(passes.trace(number))[name]
    loss = passes.nudged_loss(number, (item.layer, item.node, item.source), by)
    return Nudge(passes.trace(number), item, by, loss)


def places(trace: Trace) -> dict[str, Product]:
    """Every weight of a network by its name."""
    return {
        weight_name(trace, item): item
        for nodes in trace.layers
        for node in nodes
        for item in node.products
    }
