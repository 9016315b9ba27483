"""Losses: that of a row, and its slopes at the predictions, with the values put in.

The slopes are those of the batch's loss, the mean over its rows: hence the division.
"""

from __future__ import annotations

from typing import Any, ClassVar

from numpy.typing import NDArray

from engine import losses
from engine.losses import Loss
from engine.trace.formulas.text import bare, because, mean, number, plus

Array = NDArray[Any]
#: a formula, and why it is this one
Said = tuple[str, list[str]]


class RowLoss:
    """Writes the loss of one row; this class itself for a loss that nobody has described.

    Args:
        loss: what is written out.
        y, p: the row's targets and predictions, one axis.
        weight: how much the row counts, None for as much as every other.
        rows: how many rows the batch has.
        partners: whether p is the loss's partner activation of some z.
    """

    #: whether the loss is a mean over the outputs as well
    mean_of_outputs: ClassVar[bool] = True

    def __init__(
        self, loss: Loss, y: Array, p: Array, weight: float | None, rows: int, partners: bool
    ) -> None:
        self.loss, self.rows, self.weight, self.partners = loss, rows, weight, partners
        self.y, self.p = y, p

    def value(self, penalty: float = 0.0) -> str:
        """The row's loss times the row's weight, and a penalty where it is all of the batch."""
        formula, reasons = self.of_row()
        if self.weight is not None:
            formula = f"{number(self.weight)} × ({formula})"
        return because(formula + plus(penalty), reasons)

    def slope(self, output: int) -> str:
        """d batch's loss / d p of that output."""
        return self._shared(*self.of_output(output))

    def partner_slope(self, output: int) -> str:
        """d batch's loss / d z of that output, where p = partner(z)."""
        return self._shared(*self.before_partner(output))

    def _shared(self, formula: str, reasons: list[str]) -> str:
        if self.weight is not None:
            formula = f"{number(self.weight)} × {formula}"
        counts = [self.rows, len(self.p) if self.mean_of_outputs else 1]
        counted = [str(count) for count in counts if count > 1]
        if len(counted) == 2:
            formula += f" ÷ ({' × '.join(counted)})"
        elif counted:
            formula += f" ÷ {counted[0]}"
        return because(formula, reasons)

    # -- of each loss --------------------------------------------------------------------------

    def of_row(self) -> Said:
        """The row's loss."""
        predicted = ", ".join(number(each) for each in self.p)
        actual = ", ".join(number(each) for each in self.y)
        name = self.loss.name.replace("_", " ")
        return f"{name} of predicted ({predicted}) and actual ({actual})", []

    def of_output(self, output: int) -> Said:
        """d row's loss / d p of that output, before it is divided among the outputs."""
        return f"the slope of {self.loss.name.replace('_', ' ')}", []

    def before_partner(self, output: int) -> Said:
        """d row's loss / d z of that output, before it is divided among the outputs."""
        return self.of_output(output)

    def pairs(self) -> list[tuple[float, float]]:
        """(target, prediction) of each output."""
        return [(float(y), float(p)) for y, p in zip(self.y, self.p, strict=True)]


class SquaredError(RowLoss):
    """(p - y)² and 2 × (p - y)."""

    def of_row(self) -> Said:
        return mean([f"{error(y, p)}²" for y, p in self.pairs()]), []

    def of_output(self, output: int) -> Said:
        return f"2 × {error(*self.pairs()[output])}", []


class AbsoluteError(RowLoss):
    """|p - y| and 1 or -1."""

    def of_row(self) -> Said:
        return mean([distance(y, p) for y, p in self.pairs()]), []

    def of_output(self, output: int) -> Said:
        y, p = self.pairs()[output]
        if p > y:
            return "1", [f"{bare(p)} > {bare(y)}"]
        return "(-1)", [f"{bare(p)} ≤ {bare(y)}"]


class HuberLoss(RowLoss):
    """Squared up to delta, straight beyond."""

    loss: losses.Huber

    def of_row(self) -> Said:
        parts, reasons = [], []
        delta = self.loss.delta
        for y, p in self.pairs():
            if abs(p - y) <= delta:
                parts.append(f"{error(y, p)}² ÷ 2")
            else:
                parts.append(f"{number(delta)} × ({distance(y, p)} - {number(delta)} ÷ 2)")
                reasons.append(f"{distance(y, p)} > {number(delta)}")
        return mean(parts), reasons

    def of_output(self, output: int) -> Said:
        y, p = self.pairs()[output]
        delta = self.loss.delta
        if abs(p - y) <= delta:
            return error(y, p), []
        return number(delta if p > y else -delta), [f"{distance(y, p)} > {number(delta)}"]


class HingeLoss(RowLoss):
    """max(1 - y × p, 0), and -y within the margin."""

    def of_row(self) -> Said:
        parts = [f"max(1 - {number(sign(y))} × {number(p)}, 0)" for y, p in self.pairs()]
        return mean(parts), self._coded()

    def of_output(self, output: int) -> Said:
        y, p = self.pairs()[output]
        side = sign(y)
        said = f"{number(side)} × {number(p)}"
        if side * p < 1:
            return number(-side), [f"{said} < 1"]
        if side * p == 1:
            return number(-side / 2), [f"{said} = 1"]
        return "0", [f"{said} > 1"]

    def _coded(self) -> list[str]:
        return ["a target of 0 counts as -1"] if (self.y == 0).any() else []


def error(y: float, p: float) -> str:
    """(p - y)."""
    return f"({number(p)} - {number(y)})"


def distance(y: float, p: float) -> str:
    """|p - y|."""
    return f"|{bare(p)} - {number(y)}|"


def sign(y: float) -> float:
    """A target of hinge, 0 or 1 or -1 or 1, as -1 or 1."""
    return 1.0 if y > 0 else -1.0
