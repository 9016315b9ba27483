"""The cross-entropies of a row and their slopes, with the values put in."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from engine import losses
from engine.losses.clipping import clip, clip_slope, normalised
from engine.trace.formulas.activations import LARGEST_EXPONENT, exponentials, softmax
from engine.trace.formulas.losses import Array, RowLoss, Said
from engine.trace.formulas.text import bare, near_one, number, weighted_sum

#: rows of probabilities sum to 1 up to rounding; the formula then leaves the sum out
ROUNDING = 1e-6


class _Probabilities(RowLoss):
    """What the cross-entropies share: smoothed targets, and probabilities held off 0 and 1."""

    def smoothed(self, given: Array, classes: int) -> tuple[Array, list[str]]:
        """The targets with the label smoothing, and the words for it."""
        amount: float = getattr(self.loss, "label_smoothing", 0.0)
        if not amount:
            return given, []
        smooth: Array = given * (1.0 - amount) + amount / classes
        pairs = sorted({(float(old), float(new)) for old, new in zip(given, smooth, strict=True)})
        made = " and ".join(f"{number(new)} of {number(old)}" for old, new in pairs)
        return smooth, [f"label_smoothing={amount:g} makes {made}"]


def held(p: float, limit: float) -> str:
    """Words for a probability that is clipped."""
    return f"{near_one(p)} is held at {near_one(limit)}"


class TwoClasses(_Probabilities):
    """-log(p) where y is 1, -log(1 - p) where it is 0; with a sigmoid, slope p - y."""

    loss: losses.BinaryCrossentropy

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.targets, self.reasons = self.smoothed(self.y, 2)
        self.q = clip(self.p)
        self.counted = clip_slope(self.p)

    def of_row(self) -> Said:
        pairs = [(float(y), output) for output, y in enumerate(self.targets)]
        if self.loss.from_logits:
            parts = [_of_logit(y, float(self.p[output])) for y, output in pairs]
        else:
            parts = [_logarithm(y, near_one(self.q[output])) for y, output in pairs]
        inside = " + ".join(parts)
        inside = inside if inside.count("log(") == 1 and "×" not in inside else f"({inside})"
        shared = f" ÷ {len(parts)}" if len(parts) > 1 else ""
        sign = "" if self.loss.from_logits else "-"
        return f"{sign}{inside}{shared}", self.reasons + self._held(range(len(parts)))

    def of_output(self, output: int) -> Said:
        y = number(self.targets[output])
        if self.loss.from_logits:
            return f"(sigmoid({bare(self.p[output])}) - {y})", self.reasons
        q = near_one(self.q[output])
        return self._if_counted(f"({q} - {y}) ÷ ({q} × (1 - {q}))", output)

    def before_partner(self, output: int) -> Said:
        y, p = number(self.targets[output]), near_one(self.p[output])
        return self._if_counted(f"({p} - {y})", output)

    def _if_counted(self, formula: str, output: int) -> Said:
        counted = self.counted[output]
        if not counted:
            return "0", self._held([output])
        half = f"{number(counted)} × " if counted < 1 else ""
        return half + formula, self.reasons + self._held([output])

    def _held(self, outputs: Any) -> list[str]:
        if self.loss.from_logits:
            return []
        which = [output for output in outputs if self.counted[output] < 1]
        return [held(float(self.p[output]), float(self.q[output])) for output in which]


def _logarithm(y: float, q: str) -> str:
    """y × log(q) + (1 - y) × log(1 - q)."""
    parts = ((y, f"log({q})"), (1 - y, f"log(1 - {q})"))
    return " + ".join(said if y == 1 else f"{number(y)} × {said}" for y, said in parts if y)


def _of_logit(y: float, z: float) -> str:
    """y × softplus(-z) + (1 - y) × softplus(z)."""
    parts = ((y, f"softplus({bare(-z)})"), (1 - y, f"softplus({bare(z)})"))
    return " + ".join(said if y == 1 else f"{number(y)} × {said}" for y, said in parts if y)


class Classes(_Probabilities):
    """-(y0 × log(p0) + y1 × log(p1) + ...), y being a label or a number per class."""

    loss: losses.CategoricalCrossentropy | losses.SparseCategoricalCrossentropy
    mean_of_outputs: ClassVar[bool] = False

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        classes = len(self.p)
        given = self.y
        if isinstance(self.loss, losses.SparseCategoricalCrossentropy):
            given = np.eye(classes, dtype=self.p.dtype)[int(self.y[0])]
        self.targets, self.reasons = self.smoothed(given, classes)
        share = self.p if self.partners else normalised(self.p[None])[0]
        self.q, self.open = clip(share), clip_slope(share)
        self.share = share
        self.sum = float(self.p.sum())
        self.scaled = not self.partners and abs(self.sum - 1) > ROUNDING
        self.counted = self.targets * self.open

    def of_row(self) -> Said:
        pairs = [(float(y), output) for output, y in enumerate(self.targets) if y]
        if self.loss.from_logits:
            return self._of_logits(pairs), self.reasons
        if len(pairs) == 1 and pairs[0][0] == 1:
            return f"-log({self._q(pairs[0][1])})", self.reasons + self._held()
        parts = [f"{number(y)} × log({self._q(output)})" for y, output in pairs]
        return f"-({' + '.join(parts)})", self.reasons + self._held()

    def of_output(self, output: int) -> Said:
        if self.loss.from_logits:
            target = number(self.targets[output])
            z = [float(each) for each in self.p]
            return f"({softmax(z, output)}{self._all()} - {target})", self.reasons
        total, own = float(self.counted.sum()), float(self.counted[output])
        reasons = self.reasons + self._held()
        if not total:
            return "0", reasons
        formula = number(_rounded(total))
        if own:
            formula = _plain_division(_rounded(total), own, self._q(output))
        return formula + (f" ÷ {number(self.sum)}" if self.scaled else ""), reasons

    def before_partner(self, output: int) -> Said:
        p, own = near_one(self.p[output]), number(self.counted[output])
        total = _rounded(float(self.counted.sum()))
        reasons = self.reasons + self._held()
        if not total:
            return "0", reasons
        factor = "" if total == 1 else f" × {number(total)}"
        return f"({p}{factor} - {own})", reasons

    def _of_logits(self, pairs: list[tuple[float, int]]) -> str:
        logarithm = f"log({' + '.join(exponentials([float(z) for z in self.p]))})"
        top = max(float(z) for z in self.p)
        if abs(top) > LARGEST_EXPONENT:
            logarithm = f"{number(top)} + {logarithm}"
        if len(pairs) == 1 and pairs[0][0] == 1:
            return f"{logarithm} - {number(self.p[pairs[0][1]])}"
        taken = weighted_sum((y, float(self.p[output])) for y, output in pairs)
        return f"({logarithm}){self._all()} - ({taken})"

    def _all(self) -> str:
        total = _rounded(float(self.targets.sum()))
        return "" if total == 1 else f" × {number(total)}"

    def _q(self, output: int) -> str:
        """The probability as it is taken: scaled to sum 1 where needed, or the limit."""
        if self.open[output] < 1 or not self.scaled:
            return near_one(self.q[output])
        return f"{number(self.p[output])} ÷ {number(self.sum)}"

    def _held(self) -> list[str]:
        """Words for the probabilities that matter and are clipped."""
        which = np.flatnonzero((self.targets != 0) & (self.open < 1))
        return [held(float(self.share[k]), float(self.q[k])) for k in which]


def _plain_division(total: float, own: float, q: str) -> str:
    divisor = f"({q})" if "÷" in q else q
    return f"({number(total)} - {number(own)} ÷ {divisor})"


def _rounded(total: float) -> float:
    return 1.0 if abs(total - 1) < ROUNDING else total
