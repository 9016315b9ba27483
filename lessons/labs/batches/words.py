"""What the batches lab says: the arithmetic of an update, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.labs.batches.problem import Standing, Weights, angle
from lessons.numbers import operand, short, total

if TYPE_CHECKING:
    from lessons.labs.batches.lab import BatchesLab

HIDDEN = "?"
LONGEST = 58
SMALL = 1e-9
NONE_YET = "no batch yet: space takes one"

BATCH = (
    "The slope over the rows of the batch: each row has its own, 2 × error × input, and the batch "
    "takes their mean. The rows that are not in the batch have no say in it."
)
FULL = (
    "The slope over all rows, at the weights before the update: the mean of every row's own slope. "
    "The batch's slope is a guess at it, made from fewer rows."
)
STAYS = " It stays hidden until you have answered the question."


def rows_named(size: int) -> str:
    """What to call batches of this size; 0: all rows."""
    return f"batches of {size}" if size else "all rows"


class Words:
    """The words of a lab at its position."""

    def __init__(self, lab: BatchesLab) -> None:
        self.lab, self.run, self.veil = lab, lab.run, lab.veil
        self.last = lab.run.last
        self._here: Weights = self.last.before if self.last else lab.run.start

    # -- below the picture ----------------------------------------------------------------------

    def lines(self) -> tuple[str, ...]:
        """What the last update was made of, and what it did to the loss of all rows."""
        if self.last is None:
            return ()
        return (*self.update_line(), self.loss_line())

    def update_line(self) -> tuple[str, ...]:
        """The new weights, with as many decimals as there is room for."""
        update = self.last
        assert update is not None
        hidden = self.veil.slope(update.rows)
        line = ""
        for decimals in (4, 3, 2):
            rate = short(update.rate, 6)
            if len(update.before) == 1:
                slope = HIDDEN if hidden else operand(update.slopes[0], decimals)
                before, after = short(update.before[0], decimals), short(update.after[0], decimals)
                line = f"weight = {before} - {rate} × {slope} = {after}"
            else:
                slopes = f"[{HIDDEN} {HIDDEN}]" if hidden else pair(update.slopes, decimals)
                before, after = pair(update.before, decimals), pair(update.after, decimals)
                line = f"weights = {before} - {rate} × {slopes} = {after}"
            if len(line) <= LONGEST:
                break
        return (line,)

    def loss_line(self) -> str:
        """The loss of all rows, before and after."""
        update = self.last
        assert update is not None
        rows = len(self.lab.problem.rows)
        before, after = self.full_loss(update.before), self.full_loss(update.after)
        if before is None or after is None:
            known = HIDDEN if before is None else short(before)
            return f"loss of all {rows} rows: {known} → {HIDDEN}"
        if abs(after - before) < SMALL:
            return f"loss of all {rows} rows: {short(before)}, as before"
        way = "lower" if after < before else "higher"
        return f"loss of all {rows} rows: {short(before)} → {short(after)}, {way}"

    def full_loss(self, weights: Weights) -> float | None:
        """The loss of all rows; None where it is hidden."""
        return self.lab.problem.loss(weights) if self._knows_loss(weights) else None

    @property
    def knows_errors(self) -> bool:
        """Whether the rows' errors may be seen: they tell the loss."""
        return self._knows_loss(self._here)

    def _knows_loss(self, weights: Weights) -> bool:
        return not self.veil.loss or weights == self.lab.setup.weights

    # -- explanations ---------------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        """All that can be explained, in the order of the computation."""
        weights = range(len(self.run.start))
        kinds = ("batch slope", "new weight", "full slope")
        found = [f"{kind}{self._of(index)}" for kind in kinds for index in weights]
        if len(self.run.start) == 2:
            found.append("angle")
        return (*found, "loss of all rows", "updates in an epoch")

    def _of(self, index: int) -> str:
        return f" {index}" if len(self.run.start) == 2 else ""

    def explain(self, name: str) -> Explanation:
        """The formula of a number, then the same with the values put in."""
        index = int(name[-1]) if name[-1].isdigit() else 0
        if name.startswith("batch slope"):
            return self._batch_slope(name, index)
        if name.startswith("full slope"):
            return self._full_slope(name, index)
        if name.startswith("new weight"):
            return self._new_weight(name, index)
        if name == "angle":
            return self._angle()
        return self._loss() if name == "loss of all rows" else self._epoch()

    def _batch_slope(self, name: str, index: int) -> Explanation:
        formula = "slope = the sum of the rows' slopes / rows in the batch"
        if self.last is None:
            return Explanation(name, BATCH, formula, NONE_YET)
        rows = self.last.rows
        meaning = BATCH + (STAYS if self.veil.slope(rows) else "")
        filled, where = self._mean(self.lab.problem.at(self._here, rows), rows, index)
        return Explanation(name, meaning, formula, f"slope = {filled}", where)

    def _full_slope(self, name: str, index: int) -> Explanation:
        rows = self.lab.problem.rows
        filled, where = self._mean(self.lab.problem.at(self._here, rows), rows, index)
        formula = "slope = the sum of all rows' slopes / number of rows"
        meaning = FULL + (STAYS if self.veil.slope(rows) else "")
        return Explanation(name, meaning, formula, f"slope = {filled}", where)

    def _mean(
        self, at: Standing, rows: Sequence[int], index: int
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The mean of the rows' slopes written out, and each of them."""
        hidden = self.veil.terms
        terms = [HIDDEN if hidden else short(term[index]) for term in at.terms]
        result = HIDDEN if self.veil.slope(rows) else short(at.slopes[index])
        summed = total(terms)
        filled = f"({summed}) / {len(rows)}" if len(rows) > 1 else summed
        where = []
        for row, error, term in zip(rows, at.errors, terms, strict=True):
            value = operand(float(self.lab.problem.x[row, index]))
            shown = HIDDEN if self.veil.slope([row]) else term
            known = operand(error) if self.knows_errors else HIDDEN
            where.append((f"row {row}", f"2 × {known} × {value} = {shown}"))
        if len(rows) == 1:
            return f"{where[0][1].rpartition(' = ')[0]} = {result}", tuple(where)
        return f"{filled} = {result}", tuple(where)

    def _new_weight(self, name: str, index: int) -> Explanation:
        meaning = "One update: the weight minus the learning rate times the slope over the batch."
        formula = "new weight = weight - learning rate × slope"
        update = self.last
        if update is None:
            return Explanation(name, meaning, formula, NONE_YET)
        slope = HIDDEN if self.veil.slope(update.rows) else operand(update.slopes[index])
        before, after = short(update.before[index]), short(update.after[index])
        filled = f"{before} - {short(update.rate, 6)} × {slope} = {after}"
        return Explanation(name, meaning, formula, filled)

    def _angle(self) -> Explanation:
        meaning = (
            "How far the batch's gradient points away from the gradient of all rows. 0°: the same "
            "way. Below 90°: a short step that way still goes down. Above: it goes up."
        )
        formula = "cosine of the angle = what both share / product of their lengths"
        if self.last is None:
            return Explanation("angle", meaning, formula, NONE_YET)
        full = self.lab.problem.at(self._here, self.lab.problem.rows).slopes
        found = angle(self.last.slopes, full)
        between = f"{pair(self.last.slopes, 3)} and {pair(full, 3)}"
        if found is None:
            return Explanation("angle", meaning, formula, f"{between}: one of them is 0")
        return Explanation("angle", meaning, formula, f"between {between}: {found:.0f}°")

    def _loss(self) -> Explanation:
        weights = self.run.weights
        rows = self.lab.problem.rows
        formula = "loss = the sum of all squared errors / number of rows"
        meaning = "Mean squared error over all rows, at the weights of now."
        loss = self.full_loss(weights)
        if loss is None:
            return Explanation("loss of all rows", meaning + STAYS, formula, f"loss = {HIDDEN}")
        errors = self.lab.problem.at(weights, rows).errors
        squares = total([f"{operand(error)} × {operand(error)}" for error in errors])
        filled = f"loss = ({squares}) / {len(rows)} = {short(loss)}"
        return Explanation("loss of all rows", meaning, formula, filled)

    def _epoch(self) -> Explanation:
        rows, size = len(self.lab.problem.rows), self.lab.settings.size
        per_epoch = HIDDEN if self.veil.per_epoch else str(self.run.per_epoch)
        meaning = "Once through all rows. The last batch takes what is left."
        if self.veil.per_epoch:
            meaning += STAYS
        return Explanation(
            "updates in an epoch",
            meaning,
            "updates in an epoch = rows / batch size, rounded up",
            f"{per_epoch} = {rows} rows / batches of {size or rows}, rounded up",
        )


def pair(numbers: Sequence[float], decimals: int = 4) -> str:
    """Numbers as NumPy prints them: ``[30 40]``."""
    return f"[{' '.join(short(number, decimals) for number in numbers)}]"
