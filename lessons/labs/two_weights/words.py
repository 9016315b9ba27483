"""The words of the two-weights lab: lines of arithmetic with what is hidden written as ?."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from lessons.labs.base import Explanation
from lessons.labs.two_weights.surface import Standing
from lessons.numbers import operand, short, total

HIDDEN = "?"
DECIMALS = 6
LONGEST = 58
"""Characters of a line that fit beside a page in a terminal of 120 columns."""

HUGE = 1e6
"""From here on the numbers of a pair are written with an e."""

SMALL = 1e-9
"""An error this small is what rounding leaves of it."""

# What would give each number away: hiding one hides these too.
_FOLLOWS = {
    "weights": ("prediction",),
    "prediction": ("error",),
    "error": ("squared error", "mean error", "slopes"),
    "squared error": ("loss",),
    "loss": (),
    "slopes": ("new weights",),
}

MEANINGS = {
    "prediction": "Each value is multiplied by its weight; the products are added.",
    "error": "How far off the prediction is. Below 0 means too low.",
    "squared error": "The error times itself: never below 0, whichever way the network is wrong.",
    "mean error": "All errors added, divided by the number of rows. Signs cancel.",
    "loss": "The mean squared error: one number that says how wrong these weights are.",
    "slopes": "How the loss changes when this weight grows by a little.",
    "new weights": "One step of gradient descent: against the slope, as far as the rate says.",
}


def hidden_with(names: Sequence[str]) -> frozenset[str]:
    """`names` and all that would give them away."""
    found: set[str] = set()
    open_names = list(names)
    while open_names:
        name = open_names.pop()
        if name not in found:
            found.add(name)
            open_names += _FOLLOWS.get(name, ())
    return frozenset(found)


@dataclass(frozen=True)
class Words:
    """Writes out the network at one pair of weights."""

    values: tuple[tuple[float, ...], ...]
    """What the two weights multiply, a tuple a row."""
    targets: tuple[float, ...]
    sources: tuple[str, str]
    """The names of what the two weights multiply."""
    standing: Standing
    rate: float = 0.0
    after: tuple[float, float] | None = None
    """The weights after one update from here."""
    hidden: frozenset[str] = frozenset()
    """Names hidden in every row."""
    hidden_rows: dict[int, frozenset[str]] = field(default_factory=dict)
    """Further names hidden in single rows."""
    inputs: tuple[tuple[float, ...], ...] = ()
    matrix: tuple[tuple[float, ...], ...] = ()
    """The inputs and the weights of the last hidden layer, where the table has its nodes too."""

    # -- lines --------------------------------------------------------------------------------

    def line(self, name: str, row: int = 0) -> str:
        """One number with its values put in; `row` is -1 for what is said of all rows."""
        prefix = f"row {row}: " if len(self.targets) > 1 and row >= 0 else ""
        return f"{prefix}{name} = {self.filled(name, row)}"

    def filled(self, name: str, row: int) -> str:
        """The formula of a number with the values put in, and its result."""
        at, result = self.standing, self._show
        if name.startswith("node"):
            return self._node(int(name[-1]), row)
        if name == "prediction":
            return f"{self._sum(row)} = {result(name, row, at.predictions[row])}"
        if name == "error":
            before = result("prediction", row, at.predictions[row])
            return f"{before} - {operand(self.targets[row], DECIMALS)} = " + result(
                name, row, at.errors[row]
            )
        if name == "squared error":
            error = self._operand("error", row, at.errors[row])
            first = result("error", row, at.errors[row])
            return f"{first} × {error} = {result(name, row, at.squares[row])}"
        if name == "mean error":
            mean = sum(at.errors) / len(at.errors)
            return f"{self._mean('error', at.errors)} = {result(name, -1, mean)}"
        if name == "loss":
            return f"{self._mean('squared error', at.squares)} = {result(name, -1, at.loss)}"
        raise KeyError(name)

    def _node(self, node: int, row: int) -> str:
        pairs = zip(self.inputs[row], self.matrix[node], strict=True)
        summed = total([f"{short(value)} × {operand(weight)}" for value, weight in pairs])
        return f"{summed} = {short(self.values[row][node])}"

    def slopes_line(self) -> str:
        """Both slopes at once, for a single row."""
        error = self._operand("error", 0, self.standing.errors[0])
        shown = self._pair("slopes", self.standing.slopes)
        if len(self.targets) > 1:
            return f"slopes ∂ = mean over the rows = {shown}"
        return f"slopes ∂ = 2 × {error} × {pair(self.values[0])} = {shown}"

    def update_line(self) -> str:
        """The update of both weights at once, with as many decimals as a line has room for.

        Where three do not fit either, it is the screen's task to break the line.
        """
        for decimals in (4, 3, 4):
            weights = self._pair("weights", self.standing.weights, decimals)
            slopes = self._pair("slopes", self.standing.slopes, decimals)
            new = self._pair("new weights", self.after or (0.0, 0.0), decimals)
            line = f"weights = {weights} - {short(self.rate, DECIMALS)} × {slopes} = {new}"
            if len(line) <= LONGEST:
                break
        return line

    # -- explanations -------------------------------------------------------------------------

    def explain(self, name: str, row: int, title: str) -> Explanation:
        """The formula of a number of the table, then the same with the values put in."""
        return Explanation(
            title, self._meaning(name, row), self._formula(name), self.line(name, row)
        )

    def explain_weight(self, name: str, index: int, title: str) -> Explanation:
        """The slope of a weight, or what one update makes of the weight."""
        label = f"slope of weight {index}" if name == "slopes" else f"new weight {index}"
        if name == "slopes":
            formula = f"{label} = 2 × error × {self.sources[index]}"
            if len(self.targets) > 1:
                formula = f"{label} = the mean of 2 × error × {self.sources[index]} over the rows"
            filled = self._slope(index)
        else:
            formula = f"{label} = weight {index} - learning rate × its slope"
            weight = self._show("weights", -1, self.standing.weights[index])
            slope = self._operand("slopes", -1, self.standing.slopes[index])
            new = self._show(name, -1, (self.after or (0.0, 0.0))[index])
            filled = f"{weight} - {short(self.rate, DECIMALS)} × {slope} = {new}"
        return Explanation(title, self._meaning(name, -1), formula, f"{label} = {filled}")

    def _slope(self, index: int) -> str:
        terms = []
        for row, error in enumerate(self.standing.errors):
            value = operand(self.values[row][index], DECIMALS)
            terms.append(f"2 × {self._operand('error', row, error)} × {value}")
        summed = " + ".join(terms)
        if len(terms) > 1:
            summed = f"({summed}) / {len(terms)}"
        return f"{summed} = {self._show('slopes', -1, self.standing.slopes[index])}"

    def _meaning(self, name: str, row: int) -> str:
        meaning = MEANINGS[name if name in MEANINGS else "prediction"]
        if name in self._hidden(row):
            meaning += " The result stays hidden until you have answered the question."
        return meaning

    def _formula(self, name: str) -> str:
        one, other = self.sources
        if name.startswith("node"):
            return f"{name} = input 0 × its weight + input 1 × its weight"
        several = len(self.targets) > 1
        return {
            "prediction": f"prediction = {one} × weight 0 + {other} × weight 1",
            "error": "error = prediction - target",
            "squared error": "squared error = error × error",
            "mean error": "mean error = the sum of all errors / number of rows",
            "loss": "loss = the sum of all squared errors / number of rows"
            if several
            else "loss = error × error",
        }[name]

    # -- parts --------------------------------------------------------------------------------

    def _sum(self, row: int) -> str:
        factors = zip(self.values[row], self.standing.weights, strict=True)
        return total(
            [
                f"{short(value, DECIMALS)} × {self._operand('weights', row, w)}"
                for value, w in factors
            ]
        )

    def _mean(self, name: str, numbers: tuple[float, ...]) -> str:
        if len(numbers) == 1:
            error = self._operand("error", 0, self.standing.errors[0])
            return f"{self._show('error', 0, self.standing.errors[0])} × {error}"
        shown = [self._show(name, row, number) for row, number in enumerate(numbers)]
        return f"({total(shown)}) / {len(numbers)}"

    def _pair(self, name: str, numbers: tuple[float, float], decimals: int = 4) -> str:
        return f"[{HIDDEN} {HIDDEN}]" if name in self.hidden else pair(numbers, decimals)

    def _hidden(self, row: int) -> frozenset[str]:
        return self.hidden | self.hidden_rows.get(row, frozenset())

    def _show(self, name: str, row: int, value: float) -> str:
        if name in self._hidden(row):
            return HIDDEN
        return short(0.0 if abs(value) < SMALL else value, DECIMALS)

    def _operand(self, name: str, row: int, value: float) -> str:
        text = self._show(name, row, value)
        return f"({text})" if text.startswith("-") else text


def pair(numbers: Sequence[float], decimals: int = 4) -> str:
    """Two numbers as NumPy prints them: ``[30 40]``."""
    return f"[{' '.join(_in_pair(number, decimals) for number in numbers)}]"


def _in_pair(number: float, decimals: int) -> str:
    if not HUGE <= abs(number) < math.inf:
        return short(number, decimals)
    mantissa, exponent = f"{number:.4e}".split("e")
    return f"{mantissa}e{int(exponent)}"
