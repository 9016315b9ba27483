"""The questions of the lesson on loss."""

from __future__ import annotations

import math

from lessons.backpropagation.loss import fresh
from lessons.backpropagation.loss.networks import (
    BANK,
    FIRST,
    SECOND,
    THREE,
    half_errors,
    mse_of_errors,
    start,
    weight_1_in_valley,
)
from lessons.labs.two_weights.surface import Surface
from lessons.spec import Check, Choice, Number, Slip

_NETWORKS = ("The first", "The second", "They are equally good")
_ZERO = ("Yes, at the +", "Yes, far away from here", "No")


def checks() -> dict[str, Check]:
    """Every question by the id of its page."""
    return {**_of_the_table(), **_of_the_networks(), **_of_the_map()}


def _of_the_table() -> dict[str, Check]:
    return {
        "mean-error": Number(
            id="mean-error",
            variant=fresh.mean_error,
            prompt="What is the mean error?",
            answer=lambda: sum(start(THREE).errors) / len(THREE.rows),
            hints=(
                "Add the three errors with their signs.",
                "-10 + 5 is -5; one more is to be added.",
                "-5 + 5, and that divided by 3.",
            ),
            worked="(-10 + 5 + 5) / 3 = {answer}: the signs cancel",
            slips=(
                Slip(
                    answer=lambda: sum(abs(error) for error in start(THREE).errors),
                    says="20 is the sum without signs. With them: -10 + 5 + 5.",
                ),
            ),
        ),
        "squares": Number(
            id="squares",
            variant=fresh.squares,
            prompt="What is the mean squared error?",
            answer=lambda: start(THREE).loss,
            hints=(
                "A mean again, of the three squares this time.",
                "100 + 25 + 25 is 150.",
                "150 / 3.",
            ),
            worked="(100 + 25 + 25) / 3 = {answer}",
            slips=(
                Slip(
                    answer=lambda: sum(start(THREE).squares),
                    says="150 is the total. The mean divides it by the number of rows, 3.",
                ),
                Slip(
                    answer=lambda: sum(start(THREE).errors) ** 2,
                    says="0 is the mean error squared. Square each error first, then add.",
                ),
            ),
        ),
        "share": Number(
            id="share",
            prompt="Which share of the total comes from the first row? A fraction is fine.",
            answer=lambda: start(THREE).squares[0] / sum(start(THREE).squares),
            decimals=2,
            hints=(
                "The first row's square over the total.",
                "The first row's square is 100.",
                "100 / 150.",
            ),
            worked="100 / 150 = 2/3, or {answer}: one row of three makes two thirds of the loss",
            slips=(
                Slip(
                    answer=lambda: 1 / len(THREE.rows),
                    says="1/3 would be its share if all rows counted the same. 100 of 150 is more.",
                ),
                Slip(
                    answer=lambda: 0.5,
                    says="10 of 20 is half of the errors. The loss adds squares: 100 of 150.",
                ),
            ),
        ),
        "halve": Number(
            id="halve",
            prompt="The mean squared error of the halved errors?",
            answer=lambda: mse_of_errors(half_errors()),
            decimals=1,
            hints=(
                "Square the halved errors, or ask what squaring does to a half.",
                "The squares are 25, 6.25 and 6.25.",
                "37.5 / 3.",
            ),
            worked="(25 + 6.25 + 6.25) / 3 = {answer}: half the error, a quarter of the loss",
            slips=(
                Slip(
                    answer=lambda: start(THREE).loss / 2,
                    says="25 is half of 50. The halves are squared too: (25 + 6.25 + 6.25) / 3.",
                ),
            ),
        ),
        "rmse": Number(
            id="rmse",
            prompt="What is the root mean squared error?",
            answer=lambda: math.sqrt(start(THREE).loss),
            decimals=2,
            hints=(
                "Which number times itself is the loss?",
                "7 × 7 is 49: a little more than 7.",
                "The square root of 50.",
            ),
            worked="The root of 50 is {answer}: these weights are off by about 7 transactions",
            slips=(
                Slip(
                    answer=lambda: sum(abs(e) for e in start(THREE).errors) / len(THREE.rows),
                    says="6.67 is the mean size of the errors. The RMSE is the root of 50.",
                ),
                Slip(
                    answer=lambda: start(THREE).loss / 2,
                    says="25 is half of 50. The square root is what times itself gives 50.",
                ),
            ),
        ),
    }


def _of_the_networks() -> dict[str, Check]:
    return {
        "four": Number(
            id="four",
            prompt="What is the loss of the first network?",
            answer=lambda: start(FIRST).loss,
            decimals=1,
            hints=(
                "The mean of the four squared errors in the table.",
                "The squares are 64, 36, 25 and 25.",
                "150 / 4.",
            ),
            worked="(64 + 36 + 25 + 25) / 4 = {answer}",
            slips=(
                Slip(
                    answer=lambda: start(THREE).loss,
                    says="50 is 150 / 3. There are four rows now: 150 / 4.",
                ),
                Slip(
                    answer=lambda: sum(start(FIRST).squares),
                    says="150 is the total. The mean divides it by the number of rows, 4.",
                ),
            ),
        ),
        "compare": Choice(
            id="compare",
            prompt="Which network is better on these rows?",
            options=_NETWORKS,
            answer=_better,
            hints=(
                "What does a loss measure?",
                "Lower is better. Nothing else is compared.",
                "37.5 against 49.890625.",
            ),
            worked="{answer}: 37.5 is lower than 49.890625, and lower is better",
            because={
                _NETWORKS[
                    1
                ]: "The loss says how wrong a network is: 49.89 is more wrong than 37.5.",
                _NETWORKS[2]: "On row 2 they are. The other three rows make the difference.",
            },
        ),
    }


def _of_the_map() -> dict[str, Check]:
    return {
        "map": Number(
            id="map",
            variant=fresh.loss_here,
            prompt="What is the loss where you stand?",
            answer=lambda: start(BANK).loss,
            hints=(
                "One row: its squared error is the loss.",
                "The error is 9 - 13.",
                "-4 × (-4).",
            ),
            worked="9 - 13 = -4, and -4 × (-4) = {answer}",
            slips=(
                Slip(
                    answer=lambda: start(BANK).errors[0],
                    says="-4 is the error. The loss is its square.",
                ),
                Slip(
                    answer=lambda: -start(BANK).loss,
                    says="A square is never below 0: minus times minus is plus.",
                ),
            ),
        ),
        "valley": Number(
            id="valley",
            prompt="From 3 and -2, weight 0 goes up to 4. Which weight 1 keeps the loss at 0?",
            answer=lambda: weight_1_in_valley(4.0),
            hints=(
                "Weight 1 has to take off what weight 0 adds.",
                "5 × 4 = 20, and the target is 13.",
                "13 - 20.",
            ),
            worked="5 × 4 + 1 × (-7) = 13, so weight 1 is {answer}",
            slips=(
                Slip(
                    answer=lambda: -3.0,
                    says="-3 takes off 1. Weight 0 has added 5, because node 0 is 5.",
                ),
                Slip(
                    answer=lambda: weight_1_in_valley(2.0),
                    says="3 goes with weight 0 at 2. At 4 node 0 brings 20: too much already.",
                ),
            ),
        ),
        "bowl": Choice(
            id="bowl",
            prompt="Is there any pair of these two weights with loss 0?",
            options=_ZERO,
            answer=_reaches_zero,
            hints=(
                "Turn both weights and look at one row at a time. Does each of them react?",
                "Look at row 2: both of its values are 0.",
                "0 times any weight is 0, and the target of row 2 is 5.",
            ),
            worked="{answer}: row 2 predicts 0 whatever these weights are, and its target is 5",
            because={
                _ZERO[0]: "The + is the lowest place. Row 2 is off by 5 there as well.",
                _ZERO[1]: "The loss only grows from the + outwards: that is the lowest place.",
            },
        ),
    }


def _better() -> str:
    first, second = start(FIRST).loss, start(SECOND).loss
    return _NETWORKS[0] if first < second else _NETWORKS[1] if second < first else _NETWORKS[2]


def _reaches_zero() -> str:
    return _ZERO[2] if Surface(FIRST.data).lowest_loss > 1e-9 else _ZERO[0]
