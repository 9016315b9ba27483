"""One node with ReLU over a few rows: which of them pass a slope, and how its weights move."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from engine import SGD, Dense, Sequential
from lessons.labs.base import Code, Explanation, Field
from lessons.labs.worked.case import Case, Heading, Move, Told
from lessons.numbers import exact, operand, short

RATES = tuple(digit * 10.0**power for power in range(-3, 1) for digit in (1, 2, 5))

ACTIVATIONS = ("relu", "leaky_relu")


@dataclass(frozen=True)
class OneRow:
    """What the node does on one row, and the slopes that the row gives its weights."""

    z: float
    value: float
    error: float
    gate: float
    slopes: tuple[float, ...]


@dataclass
class _Known:
    """What has been computed: the weights before each pass over the rows, and the moves."""

    weights: list[tuple[float, ...]] = field(default_factory=list)
    moves: dict[int, Move] = field(default_factory=dict)


@dataclass(frozen=True)
class GateCase(Case):
    """A node that is the output: its value should meet the targets. No bias.

    A pass works out every row, and then moves the weights once against their mean slope.
    """

    rows: tuple[tuple[float, ...], ...]
    targets: tuple[float, ...]
    weights: tuple[float, ...]
    rate: float = 0.1
    activation: str = "relu"
    _known: _Known = field(default_factory=_Known, compare=False, repr=False)

    headings = (
        Heading("row", "dim", 4),
        Heading("inputs", "node", 9),
        Heading("z", "node", 7),
        Heading("value", "node", 8),
        Heading("error", "node", 8),
        Heading("gate", "mark", 6),
        Heading("∂ w 0", "slope", 8),
        Heading("∂ w 1", "slope", 8),
    )

    # -- the engine's numbers -------------------------------------------------------------------

    @cached_property
    def _model(self) -> Sequential:
        node = Dense(1, activation=self.activation, use_bias=False, input_shape=(2,))
        model = Sequential([node], dtype="float64")
        model.compile(optimizer=SGD(learning_rate=self.rate), loss="mean_squared_error")
        return model

    def before(self, number: int) -> tuple[float, ...]:
        """The weights before pass `number`, from 0."""
        known = self._known.weights or [self.weights]
        while len(known) <= number:
            self._put(known[-1])
            self._model.compute_gradient(np.array(self.rows), np.array(self.targets)[:, None])
            moved = self._model.parameters - self.rate * self._model.gradient
            known.append(tuple(map(float, moved)))
        self._known.weights = known
        return known[number]

    def _put(self, weights: tuple[float, ...]) -> None:
        self._model.set_weights([np.array(weights)[:, None]])

    def mean_slopes(self, number: int) -> tuple[float, ...]:
        """The slopes of the weights over all rows, in pass `number`."""
        self._put(self.before(number))
        self._model.compute_gradient(np.array(self.rows), np.array(self.targets)[:, None])
        return tuple(map(float, self._model.gradient))

    def over(self, number: int, row: int) -> OneRow:
        """What happens on one row in pass `number`."""
        self._put(self.before(number))
        inputs, target = np.array([self.rows[row]]), np.array([[self.targets[row]]])
        _, predicted = self._model.compute_gradient(inputs, target)
        (node,) = self._model.layers
        assert isinstance(node, Dense)
        z = node.pre_activation(1).copy()
        gate = node.activation.slope(z, predicted)
        return OneRow(
            float(z[0, 0]),
            float(predicted[0, 0]),
            float(predicted[0, 0] - target[0, 0]),
            float(gate[0, 0]),
            tuple(float(one) + 0.0 for one in self._model.gradient),
        )

    def passing(self, number: int = 0) -> int:
        """On how many rows the gate is open."""
        return sum(self.over(number, row).z > 0 for row in range(len(self.rows)))

    # -- moves ------------------------------------------------------------------------------------

    @property
    def about(self) -> str:
        weights = ", ".join(short(one) for one in self.weights)
        return f"weights {weights}  {self.activation}  rate {short(self.rate)}"

    @property
    def given(self) -> Told:
        return Told(
            "",
            Explanation(
                "node",
                "One node over several rows. The slopes of its weights are the mean over the rows. "
                "A row on which z is 0 or less adds 0 to them: there ReLU is flat.",
                "z = input 0 × weight 0 + input 1 × weight 1, value = ReLU of z",
                f"weight 0 = {short(self.weights[0])}, weight 1 = {short(self.weights[1])}",
            ),
        )

    @property
    def _length(self) -> int:
        return len(self.rows) + 1

    def first(self, position: int) -> int:
        return max(position - 1, 0) // self._length * self._length

    def move(self, number: int) -> Move | None:
        if number not in self._known.moves:
            turn, at = divmod(number, self._length)
            self._known.moves[number] = (
                self._update(turn) if at == len(self.rows) else self._row(turn, at)
            )
        return self._known.moves[number]

    def _row(self, turn: int, row: int) -> Move:
        one = self.over(turn, row)
        inputs, weights = self.rows[row], self.before(turn)
        terms = " + ".join(
            f"{operand(x) if at else short(x)} × {operand(w)}"
            for at, (x, w) in enumerate(zip(inputs, weights, strict=True))
        )
        z, gate = short(one.z), short(one.gate)
        opened = "above 0: the gate is open" if one.z > 0 else "not above 0: ReLU is flat there"
        if one.gate not in (0.0, 1.0):
            opened = f"not above 0: a slope of {gate} is let through"
        told = [
            Told("z", Explanation(f"z of row {row}", "The sum of input × weight.",
                                  "z = input 0 × weight 0 + input 1 × weight 1", f"{terms} = {z}")),
            Told("gate", Explanation(
                f"gate of row {row}",
                "The slope of the activation at z: what is left of a slope on its way back.",
                "gate = 1 where z is above 0, else 0" if self.activation == "relu"
                else "gate = 1 where z is above 0, else 0.2",
                f"z is {z}, {opened}",
            )),
        ]  # fmt: skip
        for at, slope in enumerate(one.slopes):
            told.append(
                Told(
                    f"∂ w {at}",
                    Explanation(
                        f"slope of weight {at} on row {row}",
                        "The chain rule: the slope of the squared error, the gate, the input.",
                        "slope = 2 × error × gate × input",
                        f"2 × {operand(one.error)} × {operand(one.gate)} × "
                        f"{operand(inputs[at])} = {short(slope)}",
                    ),
                )
            )
        return Move(
            line=f"row {row}: z = {terms} = {z}: ",
            secret=f"gate {gate}",
            told=tuple(told),
            cells=(
                str(row),
                ", ".join(short(x) for x in inputs),
                z,
                *(short(x) for x in (one.value, one.error, one.gate, *one.slopes)),
            ),
            reveals=("gate",),
        )

    def _update(self, turn: int) -> Move:
        slopes, before, after = self.mean_slopes(turn), self.before(turn), self.before(turn + 1)
        told = [
            Told(
                f"∂ w {at}",
                Explanation(
                    f"weight {at} after pass {turn + 1}",
                    "The mean of its slopes over the rows, times the learning rate, is taken off.",
                    "new weight = weight - rate × mean slope",
                    f"{short(before[at])} - {short(self.rate)} × {operand(slopes[at])} = "
                    f"{short(after[at])}",
                ),
            )
            for at in range(len(slopes))
        ]
        means = ", ".join(short(one) for one in slopes)
        news = ", ".join(short(one) for one in after)
        return Move(
            line=f"pass {turn + 1}: slopes ",
            secret=f"{means}; weights now {news}",
            told=tuple(told),
            reveals=("gate", "∂ w 0", "∂ w 1"),
        )

    # -- editing ----------------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        weights = tuple(
            Field(f"weight {at}", f"weight {at}", exact(one), low=-100, high=100, nudge=0.5)
            for at, one in enumerate(self.weights)
        )
        inputs = tuple(
            Field(f"input {row} {at}", f"row {row} input {at}", exact(x), low=-100, high=100)
            for row, one in enumerate(self.rows)
            for at, x in enumerate(one)
        )
        return (
            *weights,
            Field("activation", "activation", self.activation, ACTIVATIONS),
            Field("rate", "learning rate", exact(self.rate), low=0, high=10, ladder=RATES),
            *inputs,
        )

    def edited(self, field: Field, text: str) -> GateCase:
        kind, *places = field.id.split()
        if kind == "activation":
            return self._fresh(activation=text)
        number = field.read(text)
        if kind == "rate":
            return self._fresh(rate=number)
        if kind == "weight":
            return self._fresh(weights=_with(self.weights, int(places[0]), number))
        row, at = map(int, places)
        return self._fresh(rows=_with(self.rows, row, _with(self.rows[row], at, number)))

    def _fresh(self, **changes: object) -> GateCase:
        return replace(self, **changes, _known=_Known())  # type: ignore[arg-type]

    # -- code -------------------------------------------------------------------------------------

    def code(self) -> tuple[Code, ...]:
        rows = ", ".join(f"[{', '.join(map(exact, row))}]" for row in self.rows)
        low = "0" if self.activation == "relu" else "0.2"
        return (
            Code(
                "NumPy: every row, and one update",
                f"""\
import numpy as np

x = np.array([{rows}])
target = np.array([{", ".join(map(exact, self.targets))}])
weights = np.array([{", ".join(map(exact, self.weights))}])

z = x @ weights
gate = np.where(z > 0, 1, {low})
error = np.where(z > 0, z, {low} * z) - target
# a line for each row, a column for each weight
slopes = (2 * error * gate)[:, None] * x
print(z, gate)
print(slopes)
print(weights - {exact(self.rate)} * slopes.mean(axis=0))""",
            ),
        )


def _with(values: tuple, at: int, value: object) -> tuple:
    return (*values[:at], value, *values[at + 1 :])
