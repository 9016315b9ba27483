"""1.1 Why interactions matter: a straight model and a small network learn the same rows."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np

from engine import Dense, Input, Sequential, trace
from lessons.basics.interactions import fresh
from lessons.datasets import bank
from lessons.labs.lines.lab import LinesLab
from lessons.labs.lines.setup import Group, LinesScene, Problem
from lessons.numbers import short, total
from lessons.pages import read_pages
from lessons.spec import Check, Lesson, Number, Numbers, Slip

BASE, PER_BALANCE, PER_WORKING = 2.0, 0.1, 3.0
"""The straight model that is worked by hand: bias, weight of the balance, weight of working."""
NEAR, FAR = 10.0, 100.0
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
INPUTS = (2.0, 3.0)
HIDDEN, OUT = ((1.0, 1.0), (-1.0, 1.0)), (2.0, -1.0)
SEED = 1
TRAINED, LONG = 100, 200
"""Epochs after which the network has the interaction, and after which the straight model rests."""
LOW_THIRD, HIGH_THIRD = 30.0, 70.0


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="1.1",
        id="interactions",
        title="Why interactions matter",
        summary="A straight model and a small network learn the same customers; one of them can.",
        minutes=12,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: LinesLab(problem(), seed, LinesScene()),
        facts=_facts,
    )


@cache
def problem() -> Problem:
    """The bank's customers; balance comes first, since it has the interaction."""
    return Problem(
        name="bank",
        table=bank.load(),
        axes=("balance", "accounts", "children"),
        units={column.name: column.unit for column in bank.COLUMNS},
        group=Group("working", "retired", "working"),
        target=bank.TARGET,
    )


def _scenes() -> dict[str, LinesScene]:
    rows = LinesScene(models=())
    straight = LinesScene(models=("straight",))
    rested = LinesScene(models=("straight",), epochs=LONG)
    return {
        "prediction": rows,
        "inputs": rows,
        "adds": rows,
        "training": straight,
        "parallel": LinesScene(models=("straight",), epochs=LONG, conceal=("straight gap",)),
        "depends": rested,
        "product": rested,
        "hidden": LinesScene(activation="none", epochs=LONG),
        "bend": LinesScene(activation="none", epochs=LONG),
        "network": LinesScene(),
        "try": LinesScene(epochs=TRAINED),
        "recap": LinesScene(epochs=TRAINED),
    }


# what the questions ask for


def _straight_by_hand() -> Sequential:
    model = Sequential([Dense(1, input_shape=(2,))], dtype="float64")
    model.set_weights([np.array([[PER_BALANCE], [PER_WORKING]]), np.array([BASE])])
    return model


def _gap_by_hand(balance: float) -> float:
    working, retired = (
        trace(_straight_by_hand(), np.array([balance, flag])).outputs[0] for flag in (1.0, 0.0)
    )
    return round(working - retired, 9)


def _lab(scene: LinesScene) -> LinesLab:
    return LinesLab(problem(), SEED, scene)


@cache
def _trained_gap(place: float) -> float:
    lab = _lab(LinesScene(models=("straight",), epochs=LONG))
    return lab.learners[0].gap(place)


@cache
def _best_sum() -> np.ndarray:
    """The a, b, c for which a + b × x1 + c × x2 comes closest to x1 × x2, by least squares."""
    columns = np.column_stack([np.ones(len(CORNERS)), CORNERS])
    best, *_ = np.linalg.lstsq(columns, CORNERS.prod(axis=1), rcond=None)
    return np.array([round(value, 12) for value in best])


def _largest_error() -> float:
    columns = np.column_stack([np.ones(len(CORNERS)), CORNERS])
    return float(np.abs(columns @ _best_sum() - CORNERS.prod(axis=1)).max())


def _one_pair() -> tuple[float, ...]:
    """What the network without activation gives for each input alone: its weight, all in all."""
    model = Sequential(
        [Input((2,)), Dense(2, use_bias=False), Dense(1, use_bias=False)], dtype="float64"
    )
    model.set_weights([np.array(HIDDEN).T, np.array([OUT]).T])
    return tuple(trace(model, row).outputs[0] for row in np.eye(2))


def _nodes_for_and() -> float:
    """How many ReLU nodes it takes: none fails, one with weights 1, 1 and bias -1 does it."""
    if _largest_error() < 1e-9:
        return 0.0
    node = Sequential([Dense(1, activation="relu", input_shape=(2,))], dtype="float64")
    node.set_weights([np.ones((2, 1)), np.array([-1.0])])
    values = [trace(node, row).outputs[0] for row in CORNERS]
    assert values == [float(row.prod()) for row in CORNERS]
    return 1.0


def _gap_of_rows(low: float, high: float) -> float:
    """Mean transactions of the working minus those of the retired, for balances in between."""
    table = bank.load()
    balance, working = table.column("balance"), table.column("working")
    there = (balance >= low) & (balance <= high)
    y = table.column(bank.TARGET)
    return float(y[there & (working == 1)].mean() - y[there & (working == 0)].mean())


def _checks() -> dict[str, Check]:
    return {
        "adds": Numbers(
            id="adds",
            variant=fresh.adds,
            prompt="Working minus retired: what is the gap at balance 10, and at 100?",
            answer=lambda: (_gap_by_hand(NEAR), _gap_by_hand(FAR)),
            hints=(
                "At the same balance, which part of the sum differs between the two?",
                "Both get 2 + 0.1 × balance. Only the last part is not the same.",
                "3 × 1 for the working and 3 × 0 for the retired, at any balance.",
            ),
            worked="At 10: 6 - 3 = 3. At 100: 15 - 12 = 3. The gaps are 3 and 3: the same.",
        ),
        "parallel": Number(
            id="parallel",
            prompt="What is its gap at balance 90?",
            answer=lambda: _trained_gap(90.0),
            decimals=1,
            hints=(
                "Training changes the weights. Does it change how the model computes?",
                "It still adds: the same for the balance to both lines.",
                "The gap at 90 is the gap at 10.",
            ),
            worked="The balance adds the same to both lines, so the gap stays: {answer}.",
            slips=(
                Slip(
                    answer=lambda: _gap_of_rows(HIGH_THIRD, 100.0),
                    says="That is the gap between the dots. The lines of this model cannot follow.",
                ),
                Slip(
                    answer=lambda: 9 * round(_trained_gap(10.0), 1),
                    says="72.9 is 9 × 8.1. The gap does not grow with the balance.",
                ),
            ),
        ),
        "product": Number(
            id="product",
            prompt="What is the largest error of this sum, without its sign?",
            answer=_largest_error,
            decimals=2,
            hints=(
                "Work out the sum for all four pairs and compare with x1 × x2.",
                "The sum gives -0.25, 0.25, 0.25 and 0.75. Wanted: 0, 0, 0 and 1.",
                "The last pair: how far is 0.75 from 1?",
            ),
            worked="1 - 0.75 = {answer}, and so it is at the other three. No sum comes closer.",
            slips=(
                Slip(
                    answer=lambda: float(_best_sum().sum()),
                    says="0.75 is what the sum gives for 1 and 1. How far is that from 1?",
                ),
                Slip(
                    answer=lambda: 0.0,
                    says="With 1 and 1 the sum gives -0.25 + 0.5 + 0.5 = 0.75. Wanted is 1.",
                ),
            ),
        ),
        "hidden": Numbers(
            id="hidden",
            variant=fresh.hidden,
            prompt="A straight model with which two weights always gives the same output?",
            answer=_one_pair,
            hints=(
                "Follow one input on all its ways to the output.",
                "The first input: by node 0 it counts 1 × 2, by node 1 it counts -1 × -1.",
                "First 1 × 2 + (-1) × (-1), second 1 × 2 + 1 × (-1).",
            ),
            worked="1 × 2 + (-1) × (-1) = 3 and 1 × 2 + 1 × (-1) = 1: straight, with 3 and 1.",
        ),
        "bend": Number(
            id="bend",
            prompt="How many such ReLU nodes does it take to give x1 × x2 for these pairs?",
            answer=_nodes_for_and,
            hints=(
                "Work out the node's sum for each of the four pairs, then what ReLU makes of it.",
                "The sums are -1, 0, 0 and 1.",
                "ReLU turns -1 into 0. Compare what is left with x1 × x2.",
            ),
            worked="ReLU turns -1, 0, 0, 1 into 0, 0, 0, 1: that is x1 × x2, with {answer} node.",
            slips=(
                Slip(
                    answer=lambda: 0.0,
                    says="Without a hidden node there is only a sum, and its error was 0.25.",
                ),
                Slip(
                    answer=lambda: 4.0,
                    says="It does not take a node for each pair: one formula gives all four.",
                ),
                Slip(
                    answer=lambda: 2.0,
                    says="Try relu(x1 + x2 - 1) alone on the four pairs before adding another.",
                ),
            ),
        ),
    }


def _facts() -> dict[str, str]:
    straight, network = _lab(LinesScene(epochs=TRAINED)).snapshot().models
    a, b, c = (short(float(value)) for value in _best_sum())
    table = bank.load()
    first = {name: short(float(table.column(name)[0])) for name in table.columns}
    return {
        **{f"first_{name}": value for name, value in first.items()},
        "rows": str(len(table)),
        "base": short(BASE),
        "per_balance": short(PER_BALANCE),
        "per_working": short(PER_WORKING),
        "trained_gap": short(_trained_gap(10.0), 1),
        "gap_low": short(_gap_of_rows(0.0, LOW_THIRD), 1),
        "gap_high": short(_gap_of_rows(HIGH_THIRD, 100.0), 1),
        "best_sum": total([a, f"{b} * x1", f"{c} * x2"]),
        "error": short(_largest_error()),
        "epochs": str(TRAINED),
        "nodes": str(LinesScene().nodes),
        "straight_loss": short(straight.loss, 0),
        "network_loss": str(math.ceil(network.loss)),
    }
