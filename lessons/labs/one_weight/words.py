"""The words of the one-weight lab: lines of arithmetic, the verdict on a rate, the code."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from lessons.labs.base import Code, Explanation
from lessons.numbers import exact, operand, short

if TYPE_CHECKING:
    from lessons.labs.one_weight.state import Row

FACTORS = (
    "prediction",
    "error",
    "slope at the prediction",
    "input",
    "slope of the activation",
    "slope",
    "new weight",
)
"""The lines of one update, in the order of their computation."""

STEP_NAMES = ("prediction", "error", "factor 1", "factor 2", "factor 3", "slope", "update")
"""What the key that computes each line is called."""

OF_AN_UPDATE = FACTORS[-2:]
"""What is shown of an update that is taken in one step."""

SMALL = 1e-6
"""An error this small reads 0 on the screen."""

ROUNDING = 1e-12
"""An error this small beside the prediction is what rounding leaves of it."""

# What would give each number away: hiding one hides these too.
_FOLLOWS = {
    "weight": (
        "prediction",
        "error",
        "loss",
        "slope at the prediction",
        "slope",
        "new weight",
    ),
    "prediction": ("error", "loss", "slope at the prediction", "slope", "new weight"),
    "error": ("loss", "slope at the prediction", "slope", "new weight"),
    "slope at the prediction": ("slope", "new weight"),
    "slope": ("new weight",),
}

_MEANINGS = {
    "prediction": "What the network answers: the input times the weight.",
    "error": "How far off that is. Below 0 means too low.",
    "slope at the prediction": "How the squared error changes when the prediction grows a little.",
    "input": "How the prediction changes when the weight grows by a little: by the input.",
    "slope of the activation": "How the activation passes a change on. There is none here: 1.",
    "slope": "How the loss changes when the weight grows by a little: three factors multiplied.",
    "new weight": "One step of gradient descent: against the slope, as far as the rate says.",
}

_FORMULAS = {
    "prediction": "prediction = input × weight",
    "error": "error = prediction - target",
    "slope at the prediction": "slope at the prediction = 2 × error",
    "input": "input = the value that the weight multiplies",
    "slope of the activation": "slope of the activation = 1 where there is no activation",
    "slope": "slope = slope at the prediction × input × slope of the activation",
    "new weight": "new weight = weight - learning rate × slope",
}


def hidden_with(names: tuple[str, ...]) -> frozenset[str]:
    """`names` and all that would give them away."""
    return frozenset(n for name in names for n in (name, *_FOLLOWS.get(name, ())))


def rate_text(rate: float) -> str:
    """``0.01``; a rate that is one over a whole number and no short decimal reads ``1/9``."""
    fraction = Fraction(rate).limit_denominator(1000)
    is_short = abs(rate - round(rate, 4)) < 1e-12
    if not is_short and fraction.numerator == 1 and abs(float(fraction) - rate) < 1e-12:
        return f"1/{fraction.denominator}"
    return short(rate, 6)


@dataclass(frozen=True)
class Words:
    """Writes out one update, with what is hidden shown as a question mark."""

    input: float
    target: float
    row: Row
    """The state that the update starts from."""
    count: int
    """How many of its lines are computed."""
    hidden: frozenset[str]
    """Names of the numbers of this update that are shown as a question mark."""

    def lines(self, only: tuple[str, ...] = FACTORS) -> tuple[str, ...]:
        """The computed lines, or those among them that are in `only`."""
        return tuple(self.line(name) for name in FACTORS[: self.count] if name in only)

    def line(self, name: str) -> str:
        """One line with its values put in."""
        row, show = self.row, self._show
        weight = self._operand("weight", row.weight)
        if name == "prediction":
            return f"prediction = {show('input', self.input)} × {weight} = " + show(
                name, row.prediction
            )
        if name == "error":
            before = show("prediction", row.prediction)
            return f"error = {before} - {operand(self.target)} = {show(name, row.error)}"
        if name == "slope at the prediction":
            error = self._operand("error", row.error)
            return f"slope at the prediction = 2 × {error} = {show(name, row.loss_slope)}"
        if name == "input":
            return f"input = {show(name, self.input)}"
        if name == "slope of the activation":
            return f"slope of the activation = {show(name, row.activation_slope)}"
        if name == "slope":
            factors = " × ".join(
                (
                    show("slope at the prediction", row.loss_slope),
                    self._operand("input", self.input),
                    self._operand("slope of the activation", row.activation_slope),
                )
            )
            return f"slope = {factors} = {show(name, row.slope)}"
        slope = self._operand("slope", row.slope)
        new = show(name, row.weight - row.rate * row.slope)
        return (
            f"new weight = {show('weight', row.weight)} - {rate_text(row.rate)} × {slope} = {new}"
        )

    def explain(self, name: str) -> Explanation:
        """The formula of `name`, then the same with the values put in."""
        meaning = _MEANINGS[name]
        if name in self.hidden:
            meaning += " The result stays hidden until you have answered the question."
        title = f"{name} at step {self.row.step}"
        return Explanation(title, meaning, _FORMULAS[name], self.line(name))

    # Six decimals, so that the lines come out right for whoever checks them by hand.
    def _show(self, name: str, value: float) -> str:
        return "?" if name in self.hidden else short(value, 6)

    def _operand(self, name: str, value: float) -> str:
        return "?" if name in self.hidden else operand(value, 6)


def at_minimum(row: Row) -> bool:
    """True when what is left of the error is rounding."""
    return abs(row.error) < ROUNDING * max(abs(row.prediction), 1)


def verdict(before: Row, now: Row) -> str:
    """What a learning rate does, measured by how one update changed the error."""
    if before.slope == 0:
        return "The slope is 0, so this weight does not move."
    if before.rate == 0:
        return "The rate is 0: nothing moves."
    # Rounding changes such an error at random, which says nothing about the rate.
    if at_minimum(before):
        return "At the minimum: what is left of the error is rounding."
    ratio = now.error / before.error
    size = short(abs(ratio), 3)
    if abs(ratio) < 1e-9:
        return (
            "Lands on the minimum in one step: the error is 0."
            if abs(now.error) < SMALL
            else "Lands as close to the minimum as these large numbers allow."
        )
    if ratio == 1:
        return "The step is too short to move any digit of the weight."
    if abs(abs(ratio) - 1) < 1e-9:
        return "Bounces for ever: the error changes its sign, not its size."
    if ratio < -1:
        return f"Diverges: each step leaves {size} times the error."
    if ratio < 0:
        return f"Overshoots, comes closer: {size} of the error is left."
    return f"Converges: each step leaves {size} of the error."


def listings(input_: float, weight: float, target: float, rate: float) -> tuple[Code, ...]:
    """One update in NumPy and in Keras; both end with the new weight printed."""
    numpy = f"""\
import numpy as np

inputs = np.array([{exact(input_)}])
weights = np.array([{exact(weight)}])
target = {exact(target)}
learning_rate = {exact(rate)}

prediction = (inputs * weights).sum()
error = prediction - target
slope = 2 * error * inputs
weights = weights - learning_rate * slope
print(slope[0], weights[0])"""
    keras = f"""\
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense
from keras.optimizers import SGD

model = Sequential([Input((1,)), Dense(1, use_bias=False)])
model.set_weights([np.array([[{exact(weight)}]])])
model.compile(optimizer=SGD(learning_rate={float(rate)!r}), loss="mean_squared_error")
model.fit(np.array([[{exact(input_)}]]), np.array([[{exact(target)}]]), verbose=0)
print(model.get_weights()[0])"""
    return Code("NumPy", numpy), Code("Keras", keras)
