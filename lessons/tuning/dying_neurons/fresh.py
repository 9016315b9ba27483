"""The questions of 4.2 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

import numpy as np

from engine import activations
from lessons.fresh import drawn, listed, product
from lessons.labs.activation.scene import ActivationScene
from lessons.labs.worked.chain import ChainCase
from lessons.labs.worked.gate import GateCase
from lessons.labs.worked.lab import WorkedScene
from lessons.numbers import short
from lessons.spec import Choice, Number, Numbers, Variant

COLUMNS = ("gate", "∂ w 0", "∂ w 1")
ALIVE_OR_DEAD = ("Dead", "Not dead")


def flat(rng: Random) -> Variant:
    """The mean slope of a node that is open on one row of four."""
    case = drawn(rng, _node, lambda one: one.passing() == 1)
    row = next(at for at in range(4) if case.over(0, at).z > 0)
    one, inputs = case.over(0, row), case.rows[row]
    line = product(2, one.error, 1, inputs[0])
    check = Number(
        id="flat",
        prompt="The slope of weight 0 over these four rows?",
        answer=lambda: case.mean_slopes(0)[0],
        decimals=2,
        hints=(
            "First the sum z of each row. Which gates are open?",
            f"Only row {row} is above 0: z is {short(one.z)}, and the error {short(one.error)}.",
            f"{line}, and then the mean over four rows, three of which give 0.",
        ),
        worked=f"Row {row} gives {line} = {short(one.slopes[0])}; the mean of four is {{answer}}.",
    )
    text = (
        f"Four rows of two inputs: {_rows(case)}. The weights are **{listed(case.weights)}**, the "
        f"targets {', '.join(map(short, case.targets))}. The node has ReLU, and is the output."
    )
    scene = WorkedScene(case=case, tag="dead", conceal=tuple(f"{name}@dead" for name in COLUMNS))
    return Variant(check=check, scene=scene, text=text)


def one_row(rng: Random) -> Variant:
    """Whether a node is dead, by the sums of its rows."""
    wanted = rng.choice((0, 1, 2))
    case = drawn(rng, _node, lambda one: one.passing() == wanted)
    sums = [case.over(0, row).z for row in range(4)]
    largest = short(max(sums))
    check = Choice(
        id="one-row",
        prompt="Is this node dead?",
        options=ALIVE_OR_DEAD,
        answer=lambda: ALIVE_OR_DEAD[case.passing() > 0],
        hints=(
            "How many rows with an open gate does a node need?",
            "One row above 0 is enough for a slope.",
            f"The largest of the four sums is {largest}.",
        ),
        worked=f"{{answer}}: the largest z is {largest}.",
        because={
            "Dead": f"On one row z is {largest}: there a slope passes, and the weights move.",
            "Not dead": f"The largest z is {largest}: no row is above 0, no slope passes.",
        },
    )
    text = f"A node with ReLU has these sums z over four rows: **{', '.join(map(short, sums))}**."
    scene = WorkedScene(case=case, tag="alive", conceal=tuple(f"{name}@alive" for name in COLUMNS))
    return Variant(check=check, scene=scene, text=text)


def tanh(rng: Random) -> Variant:
    """The slope of tanh at other places."""
    places = tuple(sorted(rng.sample((0.5, 1.0, 1.5, 2.5, 3.0, 3.5, 4.0), 2)))
    function, z = activations.get("tanh"), np.array(places)
    values = function.value(z)
    slopes = tuple(map(float, function.slope(z, values)))
    lines = [f"1 - {value:.6f} × {value:.6f}" for value in values]
    check = Numbers(
        id="tanh",
        prompt=f"The slope of tanh at z = {short(places[0])} and at {short(places[1])}?",
        answer=lambda: slopes,
        decimals=4,
        hints=(
            "Slide with space and read the value. The slope is 1 - value × value.",
            f"The values are {values[0]:.6f} and {values[1]:.6f}.",
            f"{lines[0]}, then {lines[1]}.",
        ),
        worked=f"1 - value × value gives {{answer}}: {lines[0]}, and {lines[1]}.",
    )
    text = "The slope of tanh is 1 - value × value. The lab slides along it and shows the values."
    scene = ActivationScene(activation="tanh", z=0.0, right=10.0, conceal=("slope tanh",))
    return Variant(check=check, scene=scene, text=text)


def ten(rng: Random) -> Variant:
    """The product of the slopes of other layers of tanh."""
    case = ChainCase("tanh", z=rng.choice((1.0, 1.5, 2.0, 2.5)), layers=rng.randint(5, 9))
    slope, count = case.slope, case.layers
    sizes = (slope * count, slope / count, case.product(count))
    added, shared, multiplied = (f"About {_few(size)}" for size in sizes)
    check = Choice(
        id="ten",
        prompt=f"What is the product of the {count} slopes?",
        options=tuple(rng.sample((added, shared, multiplied), 3)),
        answer=lambda: multiplied,
        hints=(
            "Slopes on the way back are not added.",
            f"Two layers: {slope:.4f} × {slope:.4f}. Then {count - 2} more.",
            f"{slope:.4f} as a factor, {count} times.",
        ),
        worked=f"{{answer}}: {slope:.4f} as a factor, {count} times.",
        because={
            added: f"That is {count} times {slope:.4f}. The slopes are multiplied, not added.",
            shared: f"That is {slope:.4f} / {count}. Each layer takes such a part away.",
        },
    )
    text = (
        f"{count} layers of tanh, each at z = **{short(case.z)}**, where the slope is "
        f"**{slope:.4f}**. The weights between them are 1."
    )
    scene = WorkedScene(case=case, tag="tanh", conceal=("product@tanh",))
    return Variant(check=check, scene=scene, text=text)


def sigmoid(rng: Random) -> Variant:
    """What fewer layers of sigmoid leave, at best."""
    case = ChainCase("sigmoid", z=0.0, layers=rng.randint(3, 7))
    factors = " × ".join(["0.25"] * case.layers)
    check = Number(
        id="sigmoid",
        prompt=f"What is left of a slope of 1 behind {case.layers} layers of sigmoid, at best?",
        answer=lambda: case.product(case.layers),
        decimals=6,
        hints=(
            "What is the largest slope that sigmoid has?",
            f"It is 0.25, at z = 0. Each of the {case.layers} layers multiplies by it.",
            f"{factors}.",
        ),
        worked=f"0.25 as a factor, {case.layers} times: {{answer}}.",
    )
    text = (
        f"A chain of **{case.layers}** layers of sigmoid, each at its best place, z = 0. The "
        "weights between them are 1."
    )
    scene = WorkedScene(case=case, tag="sigmoid", conceal=("product@sigmoid",))
    return Variant(check=check, scene=scene, text=text)


def _node(rng: Random) -> GateCase:
    """Four rows of small whole numbers, and two weights of which one is below 0 at least."""
    rows = tuple((float(rng.randint(1, 4)), float(rng.randint(1, 4))) for _ in range(4))
    weights = (float(rng.choice((-2, -1, 1, 2))), float(rng.choice((-3, -2, -1))))
    return GateCase(rows, tuple(float(rng.randint(2, 6)) for _ in rows), weights)


def _rows(case: GateCase) -> str:
    return "; ".join(", ".join(map(short, row)) for row in case.rows)


def _few(size: float) -> str:
    """Two digits that count, without powers of ten: 0.00032."""
    return np.format_float_positional(size, precision=2, fractional=False, trim="-")
