"""The questions of 3.1. The engine counts, and says what an output layer can say."""

from __future__ import annotations

import numpy as np

from engine import Dense, Input, Sequential
from lessons.building.specify_a_model import fresh
from lessons.datasets import wages
from lessons.labs.builder.network import LISTING, LayerSpec, NetworkSpec, count, counts
from lessons.spec import Check, Choice, Number, Slip

WIDER = NetworkSpec(9, (LayerSpec(200, "relu"), LayerSpec(200, "relu"), LayerSpec(1)))
OUTPUTS = (
    LayerSpec(1),
    LayerSpec(1, "sigmoid"),
    LayerSpec(3),
    LayerSpec(9),
)
"""The last layers to choose from: as many nodes as wages, as layers, as inputs."""

WAGE = 26.0
"""A wage that the output has to be able to say."""


def questions() -> dict[str, Check]:
    """Every question by the id of its page."""
    asked = (_inputs(), _dense(), _output(), _listing(), _count(), _wider(), _activation())
    return {check.id: check for check in asked}


def _inputs() -> Check:
    return Number(
        id="inputs",
        prompt="Which number stands in input_shape=( ? ,)?",
        answer=lambda: float(len(wages.FEATURES)),
        hints=(
            "What has to be the same for every row that the network will ever read?",
            "The row has columns; the wage is not one of those it may read.",
            "10 columns in all, and one of them is the target.",
        ),
        worked="10 - 1 = {answer}: the features of one row. Rows can come in any number.",
        slips=(
            Slip(
                answer=lambda: float(len(wages.load())),
                says="534 is how many rows there are. The network reads them one at a time.",
            ),
            Slip(
                answer=lambda: float(len(wages.COLUMNS)),
                says="10 counts the wage too. That is the answer: the network may not read it.",
            ),
        ),
    )


def _dense() -> Check:
    return Number(
        id="dense",
        variant=fresh.dense,
        prompt="Nine values come in. How many parameters has Dense(100)?",
        answer=lambda: float(counts(LISTING)[0]),
        hints=(
            "How many weights has one node? And what has it besides?",
            "One node: 9 weights and 1 bias.",
            "100 nodes with 9 + 1 numbers each.",
        ),
        worked="9 × 100 + 100 = {answer}: 900 weights and 100 biases",
        slips=(
            Slip(
                answer=lambda: float(LISTING.layers[0].units),
                says="100 is how many nodes there are. Each has a weight for every value it reads.",
            ),
            Slip(
                answer=lambda: float(LISTING.inputs * LISTING.layers[0].units),
                says="900 are the weights. Each of the 100 nodes has a bias too.",
            ),
            Slip(
                answer=lambda: float(LISTING.inputs + LISTING.layers[0].units),
                says="9 + 100 counts nodes. A weight belongs to a line between two of them.",
            ),
        ),
    )


def _can_say_a_wage(layer: LayerSpec) -> bool:
    """Whether a last layer can answer WAGE to a row, with one number and nothing else."""
    model = Sequential([Input((1,)), Dense(layer.units, activation=layer.activation)])
    model.set_weights([np.zeros((1, layer.units)), np.full(layer.units, WAGE)])
    said = model.predict(np.ones((1, 1)), verbose=0)
    return bool(said.shape == (1, 1) and np.isclose(said[0, 0], WAGE))


def _output() -> Check:
    return Choice(
        id="output",
        prompt="Which layer comes last?",
        options=tuple(layer.code for layer in OUTPUTS),
        answer=lambda: next(layer.code for layer in OUTPUTS if _can_say_a_wage(layer)),
        because={
            OUTPUTS[1].code: "A sigmoid stays between 0 and 1, and a wage of 26 could not be said.",
            OUTPUTS[2].code: "Three nodes say three numbers about a row. You want one, the wage.",
            OUTPUTS[3].code: "Nine is what goes in. What comes out is one number, the wage.",
        },
        hints=(
            "How many numbers do you want to know about a worker?",
            "The number may be 5 or 26. Which activation lets both pass?",
            "One node, and no activation at all.",
        ),
        worked="{answer}: one number, and nothing that bends it",
    )


def _listing() -> Check:
    return Number(
        id="listing",
        prompt="How many hidden layers does this network have?",
        answer=lambda: float(LISTING.hidden_layers),
        hints=(
            "A hidden layer stands between the inputs and the output.",
            "Three layers are added. Which of them is the output?",
            "The last Dense is the output; input_shape adds no layer of nodes.",
        ),
        worked="3 - 1 = {answer}: three Dense layers, and the last one is the output",
        slips=(
            Slip(
                answer=lambda: float(len(LISTING.layers)),
                says="Three layers are added, but the last of them is the output.",
            ),
            Slip(
                answer=lambda: float(len(LISTING.sizes)),
                says="Four columns are drawn. The inputs and the output are not hidden.",
            ),
        ),
    )


def _count() -> Check:
    return Number(
        id="count",
        variant=fresh.count_all,
        prompt="How many parameters does the network have?",
        answer=lambda: float(count(LISTING)),
        hints=(
            "Count each layer as you counted the first, then add.",
            "Layer 2: 100 × 100 weights and 100 biases. The output: 100 weights and 1 bias.",
            "1,000 for layer 1, 10,100 for layer 2, 101 for the output.",
        ),
        worked="1,000 + 10,100 + 101 = {answer}",
        slips=(
            Slip(
                answer=lambda: float(count(LISTING) - sum(one.units for one in LISTING.layers)),
                says="11,000 are the weights. Each of the 201 nodes has a bias too.",
            ),
            Slip(
                answer=lambda: float(sum(one.units for one in LISTING.layers)),
                says="201 are the nodes. Each has a weight for every value that it reads.",
            ),
        ),
    )


def _wider() -> Check:
    return Number(
        id="wider",
        variant=fresh.wider,
        prompt="How many parameters does layer 2 have now?",
        answer=lambda: float(counts(WIDER)[1]),
        hints=(
            "How many values does each of its nodes read now?",
            "200 nodes, and each reads 200 values and has a bias.",
            "200 × 200 weights, and 200 biases.",
        ),
        worked="200 × 200 + 200 = {answer}: about four times as many, not twice",
        slips=(
            Slip(
                answer=lambda: float(2 * counts(LISTING)[1]),
                says="That is twice as many. But each node also reads twice as many values.",
            ),
            Slip(
                answer=lambda: 2.0 * counts(LISTING)[1] - LISTING.layers[0].units,
                says="That has 100 values coming in. Layer 1 has 200 nodes too.",
            ),
        ),
    )


def _activation() -> Check:
    bent = LISTING.with_layer(0, LayerSpec(100, "tanh")).with_layer(1, LayerSpec(100, "tanh"))
    return Number(
        id="activation",
        prompt="relu in both hidden layers becomes tanh. By how much does the count change?",
        answer=lambda: float(count(bent) - count(LISTING)),
        hints=(
            "Does an activation have numbers that are learned?",
            "It bends the sum that the weights have made.",
            "The same weights, the same biases: what is there to count?",
        ),
        worked="11,201 - 11,201 = {answer}: an activation has nothing to learn",
        slips=(
            Slip(
                answer=lambda: float(sum(one.units for one in LISTING.layers[:2])),
                says="200 nodes are bent in another way. Bending takes no weight.",
            ),
        ),
    )
