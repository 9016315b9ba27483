"""The questions of 1.3. Their answers come from the engine."""

from __future__ import annotations

from lessons.basics.activation_functions import fresh
from lessons.basics.activation_functions.network import BANK, INPUTS, SECOND, run, slope, value
from lessons.spec import Check, Number, Numbers, Slip

FAR = 50.0
"""The sum of node 0 in the question about the flat ends."""


def questions() -> dict[str, Check]:
    """Every question by the id of its page."""
    asked = (_tanh(), _flat(), _relu(), _relu_sum(), _with_without(), _sigmoid())
    return {check.id: check for check in asked}


def _tanh() -> Check:
    return Number(
        id="tanh",
        prompt="What is the output with tanh in the hidden nodes?",
        answer=lambda: run("tanh").outputs[0],
        decimals=2,
        hints=(
            "The output multiplies and adds what the hidden nodes give it.",
            "What comes in is 0.9999 and 0.7616; the weights are 2 and -1.",
            "0.9999 × 2 + 0.7616 × (-1): nearly 2, minus 0.76.",
        ),
        worked="0.9999 × 2 + 0.7616 × (-1) ≈ {answer}",
        slips=(
            Slip(
                answer=lambda: value("tanh", run("tanh").outputs[0]),
                says="0.84 has one tanh too many: the output node has no activation.",
            ),
            Slip(
                answer=lambda: value("tanh", run("linear").outputs[0]),
                says="1 is tanh(9). Here tanh is put on the hidden nodes, before they are added.",
            ),
            Slip(
                answer=lambda: run("linear").outputs[0],
                says="9 is without an activation. The output reads 0.9999 and 0.7616 now.",
            ),
        ),
    )


def _change(activation: str) -> float:
    """What the output gains when the sum of node 0 goes from 5 to 50."""
    before = run(activation).layers[0][0]
    weight = BANK[1][0][0]
    return weight * (value(activation, FAR) - value(activation, before.pre_activation))


def _flat() -> Check:
    return Number(
        id="flat",
        prompt="By how much would the output change?",
        answer=lambda: _change("tanh"),
        decimals=4,
        hints=(
            "How far is tanh(5) from 1? It cannot get beyond 1.",
            "tanh(5) is 0.999909 and tanh(50) is 1, as far as anyone can tell.",
            "The weight of node 0 is 2: twice 0.000091.",
        ),
        worked="2 × (1 - 0.999909) ≈ {answer}: ten times the sum, and hardly a change",
        slips=(
            Slip(
                answer=lambda: _change("linear"),
                says="90 is 2 × (50 - 5): without tanh. The S does not scale, it flattens.",
            ),
            Slip(
                answer=lambda: value("tanh", FAR) - value("tanh", 5.0),
                says="That is how far node 0 moves. The output takes it times 2.",
            ),
            Slip(
                answer=lambda: 0.0,
                says="Nearly, but tanh(5) is 0.999909 and not quite 1. Four decimals show it.",
            ),
        ),
    )


def _relu() -> Check:
    return Number(
        id="relu",
        variant=fresh.relu,
        prompt="What is relu(-7) + relu(7)?",
        answer=lambda: value("relu", -7.0) + value("relu", 7.0),
        hints=(
            "One at a time: on which side of 0 is each?",
            "-7 is negative, so ReLU makes 0 of it.",
            "0 + 7.",
        ),
        worked="0 + 7 = {answer}",
        slips=(
            Slip(
                answer=lambda: abs(-7.0) + abs(7.0),
                says="14 drops the sign of -7. ReLU makes 0 of a negative number, not 7.",
            ),
            Slip(
                answer=lambda: value("relu", -7.0 + 7.0),
                says="0 is relu(-7 + 7). Here ReLU is put on each number, then they are added.",
            ),
        ),
    )


def _relu_sum() -> Check:
    def products() -> tuple[float, ...]:
        return tuple(weight * x for weight, x in zip(SECOND[0][1], INPUTS, strict=True))

    return Number(
        id="relu-sum",
        variant=fresh.relu_sum,
        prompt="Inputs 2 and 3, weights 4 and -5: the value of node 1?",
        answer=lambda: run("relu", SECOND).layers[0][1].value,
        hints=(
            "First multiply and add. ReLU comes last.",
            "The sum is 2 × 4 + 3 × (-5).",
            "The sum is -7. What does ReLU make of a negative number?",
        ),
        worked="2 × 4 + 3 × (-5) = -7, and ReLU makes it {answer}",
        slips=(
            Slip(
                answer=lambda: run("linear", SECOND).layers[0][1].value,
                says="-7 is the sum. ReLU is still to be put on it.",
            ),
            Slip(
                answer=lambda: sum(value("relu", product) for product in products()),
                says="8 leaves out the weight -5. ReLU is put on the sum, not on its parts.",
            ),
            Slip(
                answer=lambda: sum(abs(product) for product in products()),
                says="23 drops the minus of -5. A weight keeps its sign.",
            ),
            Slip(
                answer=lambda: abs(sum(products())),
                says="7 drops the sign of the sum. ReLU makes 0 of a negative number.",
            ),
        ),
    )


def _with_without() -> Check:
    return Numbers(
        id="with-without",
        variant=fresh.with_without,
        prompt="The output with ReLU, and the output without?",
        answer=lambda: (run("relu", SECOND).outputs[0], run("linear", SECOND).outputs[0]),
        hints=(
            "With ReLU one of the two sums becomes 0; without it both count.",
            "With ReLU 16 and 0 go on, without it 16 and -7. The weights are 2 and 7.",
            "16 × 2 + 0 × 7, and 16 × 2 + (-7) × 7.",
        ),
        worked="16 × 2 + 0 × 7 and 16 × 2 + (-7) × 7 are {answer}",
    )


def _sigmoid() -> Check:
    return Number(
        id="sigmoid",
        prompt="What is the slope of the sigmoid at z = 0?",
        answer=lambda: slope("sigmoid", 0.0),
        decimals=2,
        hints=(
            "Put its value at 0 into f(z) × (1 - f(z)).",
            "The value is 0.5, and so is 1 - 0.5.",
            "Half of a half.",
        ),
        worked="0.5 × (1 - 0.5) = {answer}: a sigmoid passes on a quarter of a change at most",
        slips=(
            Slip(
                answer=lambda: value("sigmoid", 0.0),
                says="0.5 is the value. The slope is 0.5 × (1 - 0.5).",
            ),
            Slip(
                answer=lambda: slope("tanh", 0.0),
                says="1 is the slope of tanh at 0. The sigmoid rises by 1 in all, and more slowly.",
            ),
        ),
    )
