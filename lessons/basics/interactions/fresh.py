"""The questions of 1.1 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

import numpy as np

from engine import Dense, Sequential, trace
from lessons.fresh import drawn, listed, product
from lessons.labs.forward.network import build
from lessons.labs.lines.setup import LinesScene
from lessons.numbers import operand, short
from lessons.spec import Numbers, Variant

TRAINED = 200
"""Epochs after which the straight model of the lab rests, as on the page."""


def adds(rng: Random) -> Variant:
    """The gap between two groups at two balances, by another straight model."""
    base, working = float(rng.randint(1, 5)), float(rng.randint(2, 9))
    per_balance = rng.choice((0.1, 0.2, 0.3))
    near, far = 10.0 * rng.randint(1, 3), 10.0 * rng.randint(6, 10)
    model = Sequential([Dense(1, input_shape=(2,))], dtype="float64")
    model.set_weights([np.array([[per_balance], [working]]), np.array([base])])

    def predicted(balance: float, flag: float) -> float:
        return round(trace(model, np.array([balance, flag])).outputs[0], 9)

    pairs = [(predicted(balance, 1.0), predicted(balance, 0.0)) for balance in (near, far)]
    gaps = tuple(round(one - other, 9) for one, other in pairs)
    lines = [
        f"At {short(balance)}: {short(one)} - {short(other)} = {short(gap)}."
        for balance, (one, other), gap in zip((near, far), pairs, gaps, strict=True)
    ]
    check = Numbers(
        id="adds",
        prompt=f"Working minus retired: the gap at balance {short(near)}, and at {short(far)}?",
        answer=lambda: gaps,
        hints=(
            "At the same balance, which part of the sum differs between the two?",
            f"Both get {short(base)} + {short(per_balance)} × balance. Only the last part differs.",
            f"{product(working, 1)} for the working and {product(working, 0)} for the retired.",
        ),
        worked=f"{' '.join(lines)} The gap is the same.",
    )
    text = (
        f"A straight model predicts **{short(base)}** + **{short(per_balance)}** × balance "
        f"+ **{short(working)}** × working. Working is 1 for the working, 0 for the retired."
    )
    return Variant(check=check, scene=LinesScene(models=()), text=text)


def hidden(rng: Random) -> Variant:
    """The two weights that a network without activation comes down to."""

    def make(rng: Random) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(float(rng.choice((-2, -1, 1, 2, 3))) for _ in "01") for _ in "012")

    def alone(rows: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
        model = build(((rows[0], rows[1]), (rows[2],)), "linear")
        return tuple(trace(model, row).outputs[0] for row in np.eye(2))

    rows = drawn(rng, make, lambda rows: all(alone(rows)) and rows[0] != rows[1])
    node_0, node_1, out = rows
    found = alone(rows)
    ways = [
        f"{product(node_0[k], out[0])} + {operand(node_1[k])} × {operand(out[1])}" for k in (0, 1)
    ]
    check = Numbers(
        id="hidden",
        prompt="A straight model with which two weights always gives the same output?",
        answer=lambda: found,
        hints=(
            "Follow one input on all its ways to the output.",
            f"The first input: by node 0 it counts {product(node_0[0], out[0])}, by node 1 "
            f"{product(node_1[0], out[1])}.",
            f"First {ways[0]}, second {ways[1]}.",
        ),
        worked=f"{ways[0]} = {short(found[0])} and {ways[1]} = {short(found[1])}: [{{answer}}]",
    )
    text = (
        "A network of two inputs and two hidden nodes, without activation. The weights into node 0 "
        f"are **{listed(node_0)}**, those into node 1 **{listed(node_1)}**, those to the output "
        f"**{listed(out)}**."
    )
    return Variant(check=check, scene=LinesScene(activation="none", epochs=TRAINED), text=text)
