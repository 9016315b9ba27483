"""The questions of 4.6: what goes in, what comes out, what the network knows and does not."""

from __future__ import annotations

from lessons.datasets.digits import CLASSES, FEATURES  # no image is loaded for these
from lessons.labs.digits.seen import chance
from lessons.labs.digits.setup import RECIPE
from lessons.spec import Check, Choice, Number, Numbers, Slip
from lessons.tuning.digits import fresh
from lessons.tuning.digits.measures import (
    CHANCE,
    HIGHER,
    LOWER,
    PAIRS,
    SAME,
    corner_moved,
    most_mixed_up,
    parameters,
    shuffling_does,
)

SIZES = (28, 8)


def checks() -> dict[str, Check]:
    """Every question, under the id of its page."""
    asked = (_inputs(), _outputs(), _parameters(), _chance(), _confusion(), _corner(), _shuffled())
    return {check.id: check for check in asked}


def _inputs() -> Check:
    return Numbers(
        id="inputs",
        prompt="How many inputs are the pixels of the large image, and of the small one?",
        answer=lambda: tuple(float(side * side) for side in SIZES),
        hints=(
            "Every pixel becomes one input.",
            "Rows times pixels in a row, for the one and for the other.",
            "28 × 28, and 8 × 8.",
        ),
        worked="28 × 28 = 784, and 8 × 8 = 64.",
        variant=fresh.inputs,
    )


def _outputs() -> Check:
    return Number(
        id="outputs",
        prompt="How many nodes does the last layer need?",
        answer=lambda: float(len(CLASSES)),
        hints=(
            "A softmax has one node for each class.",
            "Count the digits, and do not forget the 0.",
            "0, 1, 2 and so on to 9.",
        ),
        worked="One node for each digit from 0 to 9: {answer}.",
        slips=(
            Slip(
                answer=lambda: 4.0,
                says="Four binary digits can name ten classes. Softmax wants a node for each.",
            ),
            Slip(
                answer=lambda: 1.0,
                says="One node would make 9 more than 8. These are names, not amounts.",
            ),
            Slip(answer=lambda: 9.0, says="The 0 is a digit too."),
        ),
        variant=fresh.outputs,
    )


def _parameters() -> Check:
    sizes = (len(FEATURES), *RECIPE.hidden, len(CLASSES))
    return Number(
        id="parameters",
        prompt="784 inputs, then 50, 50 and 10 nodes: how many weights and biases?",
        answer=lambda: float(parameters(*sizes)),
        hints=(
            "Layer by layer: inputs × nodes, and a bias for each node.",
            "The first layer: 784 × 50 + 50. The others the same way.",
            "784 × 50 + 50 + 50 × 50 + 50 + 50 × 10 + 10.",
        ),
        worked="784 × 50 + 50 + 50 × 50 + 50 + 50 × 10 + 10 = {answer}",
        slips=(
            Slip(
                answer=lambda: float(parameters(*sizes) - sum(sizes[1:])),
                says="Those are the weights. Every node has a bias too: 50 + 50 + 10 more.",
            ),
            Slip(
                answer=lambda: float(parameters(sizes[0], sizes[1], sizes[3])),
                says="There are two hidden layers: between them lie 50 × 50 + 50 more.",
            ),
        ),
        variant=fresh.weights,
    )


def _chance() -> Check:
    return Number(
        id="chance",
        prompt="Ten digits, all equally likely: what is the loss?",
        answer=lambda: chance(len(CLASSES))[0],
        decimals=4,
        hints=(
            "Which probability does the right digit get, when all ten get the same?",
            "Minus the logarithm of 1/10. That is the logarithm of 10.",
            "ln 10: in Python, import math and math.log(10).",
        ),
        worked="-ln(1/10) = ln 10 = {answer}",
        slips=(
            Slip(
                answer=lambda: 1.0,
                says="That is the logarithm to the base 10. The loss takes the natural one, ln.",
            ),
            Slip(
                answer=lambda: chance(2)[0],
                says="That was for two classes, ln 2. Here there are ten.",
            ),
        ),
        variant=fresh.chance_of,
    )


def _confusion() -> Check:
    return Choice(
        id="confusion",
        prompt="Which of these pairs does it mix up most?",
        options=PAIRS,
        answer=most_mixed_up,
        hints=(
            "The network sees which pixels have ink. Which two share most of it?",
            "Write them over each other. Where would only one of the two have ink?",
            "Both have a bow below that is open to the left, and a stroke at the top.",
        ),
        worked="{answer} share the lower bow. Over ten seeds they and 4 and 9 are mixed up most.",
        because={
            "0 and 1": "A 0 is empty where a 1 has its ink.",
            "6 and 7": "A 6 has most ink below, a 7 above.",
            "1 and 4": "A 4 has a stroke across, a 1 has none.",
        },
    )


def _corner() -> Check:
    return Number(
        id="corner",
        prompt="By how much do the weights of the corner pixel move in an epoch?",
        answer=corner_moved,
        decimals=3,
        hints=(
            "What comes in along such a weight?",
            "Slope of the node × value that comes in.",
            "Anything × 0.",
        ),
        worked="Slope of the node × 0 is 0, at every step: they move by {answer} and stay random.",
        slips=(
            Slip(
                answer=lambda: RECIPE.rate,
                says="0.001 is Adam's usual step, but not where the slope is 0 each time.",
            ),
            Slip(
                answer=lambda: 125 * RECIPE.rate,
                says="125 steps of 0.001, if there were a slope. What comes in here is 0.",
            ),
        ),
    )


def _shuffled() -> Check:
    return Choice(
        id="shuffled",
        prompt="What accuracy does it reach, next to the first network?",
        options=(LOWER, CHANCE, SAME, HIGHER),
        answer=shuffling_does,
        hints=(
            "Does anything in input × weight, summed up, say which pixel lies beside which?",
            "Move a pixel to another place in the line, and its weight with it: which sum changes?",
            "None does. For every network on these images there is one as good on the shuffled.",
        ),
        worked="It is {answer}: a sum does not mind the order of its terms. Press r.",
        because={
            LOWER: "So it would be for you. A dense network never knew which are neighbours.",
            CHANCE: "The ink is all there, only elsewhere, and in the same place each time.",
            HIGHER: "Nothing is added by shuffling: every sum can stay what it was.",
        },
    )
