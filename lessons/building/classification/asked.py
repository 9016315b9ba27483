"""The questions of 3.3 for any numbers: for those of the lesson, and for fresh ones in a recap."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine import to_categorical
from lessons.labs.classify.base_rate import base_accuracy
from lessons.labs.classify.classes import CLASSES, counts
from lessons.labs.classify.loss import Given
from lessons.labs.classify.softmax import Scores
from lessons.numbers import listed, short
from lessons.spec import Number, Numbers, Slip


def one_hot(targets: Sequence[int]) -> Numbers:
    """The first two rows as one-hot."""
    first, second = targets[:2]
    rows = to_categorical([first, second], 2)
    places = ("first", "second")
    return Numbers(
        id="one-hot",
        prompt="The one-hot rows of shot 1 and shot 2: which four numbers?",
        answer=lambda: tuple(float(one) for one in rows.ravel()),
        hints=(
            "Each row has two columns: the first for missed, the second for made.",
            f"Shot 1 has class {first}: which of its two columns is marked?",
            f"Shot 1 has its 1 in the {places[first]} column, shot 2 in the {places[second]}.",
        ),
        worked=f"Class {first}: column {first} of row 1. Class {second}: column {second} of row 2. "
        "So {answer}.",
    )


def softmax(scores: Scores) -> Number:
    """The first probability of some scores."""
    value, powers = scores.probabilities[0], scores.powers
    first, total = (short(one) for one in (powers[0], sum(powers)))
    plain = scores.all[0] / sum(scores.all)
    return Number(
        id="softmax",
        prompt=f"Scores {written(scores.all)}: what is the probability of the first class?",
        answer=lambda: value,
        decimals=3,
        hints=(
            "It is the first power's share of the sum of all powers.",
            f"The first power is {first}.",
            f"{first} / {total}.",
        ),
        worked=f"{first} / {total} ≈ {{answer}}",
        slips=_apart(
            value,
            Slip(
                answer=lambda: plain,
                says=f"{short(plain, 3)} is the score's own share of the scores. First take e to "
                "each of them.",
            ),
            Slip(
                answer=lambda: powers[0],
                says="That is the power. It still has to be divided by the sum of all powers.",
            ),
        ),
    )


def shift(scores: Scores) -> Number:
    """The first probability when the same is added to all scores."""
    value, added = scores.probabilities[0], short(scores.added)
    before = Scores(scores.single, 0.0)
    first, total = (short(one) for one in (before.powers[0], sum(before.powers)))
    plain = scores.all[0] / sum(scores.all)
    return Number(
        id="shift",
        prompt=f"Scores {written(scores.all)}: the probability of the first class now?",
        answer=lambda: value,
        decimals=3,
        hints=(
            f"e to the {short(scores.all[0])} is e to the {short(scores.single[0])}, times e to "
            f"the {added}. So it is for each.",
            f"All powers are e to the {added} times as large as before, and so is their sum.",
            f"What all have in common cancels: {first} / {total} is left.",
        ),
        worked=f"e to the {added} cancels: {first} / {total} ≈ {{answer}}, as before",
        slips=_apart(
            value,
            Slip(
                answer=lambda: 1 / len(scores.single),
                says="The scores look alike now, but they are as far apart as before.",
            ),
            Slip(
                answer=lambda: plain,
                says=f"{short(plain, 3)} is the score's own share of the scores. First take e to "
                "each of them.",
            ),
            Slip(
                answer=lambda: 1.0,
                says="A power can be enormous; its share of the sum is what counts, and that is "
                "enormous too.",
            ),
        ),
    )


def loss(share: float) -> Number:
    """The loss of one row."""
    value, given = float(Given((1,), (share,)).losses[0]), short(share)
    inverse = short(1 / share)
    return Number(
        id="loss",
        prompt=f"The true class was given {given}. What is the loss of the row?",
        answer=lambda: value,
        decimals=4,
        hints=(
            "Minus the natural logarithm of what the true class was given.",
            f"-ln({given}) is ln(1 / {given}).",
            f"ln({inverse}): in Python, math.log({inverse}).",
        ),
        worked=f"-ln({given}) = {{answer}}",
        slips=_apart(
            value,
            Slip(
                answer=lambda: 1 - share,
                says=f"{short(1 - share)} is how far p is from 1. The loss is its logarithm, "
                "with a minus.",
            ),
            Slip(
                answer=lambda: math.log(share),
                says="A logarithm of less than 1 is negative. The loss has a minus before it.",
            ),
            Slip(
                answer=lambda: -math.log10(share),
                says="That is the logarithm to base 10. ln is the one to base e.",
            ),
            Slip(
                answer=lambda: -math.log2(share),
                says="That is the logarithm to base 2. ln is the one to base e.",
            ),
        ),
    )


def same(shares: tuple[float, float]) -> Numbers:
    """The losses of two rows that are both right."""
    high, low = (short(one) for one in shares)
    given = Given((1, 0), shares)
    return Numbers(
        id="same",
        prompt=f"The losses of the two rows: p = {high}, and p = {low}?",
        answer=lambda: tuple(float(one) for one in given.losses),
        decimals=3,
        hints=(
            "The loss of a row looks only at what its own true class was given.",
            f"-ln({high}), and -ln({low}). The nearer to 1, the less it costs.",
            f"In Python: -math.log({high}), -math.log({low}).",
        ),
        worked=f"-ln({high}) and -ln({low}) are {{answer}}: both right, not both as sure",
    )


def base_rate(data: str, always: int) -> Number:
    """The accuracy of always saying one class, in percent."""
    rows, name = counts(data), CLASSES[data][always]
    share = base_accuracy(data, always)
    count, total = rows[always], sum(rows)
    return Number(
        id="base-rate",
        prompt=f"Always say “{name}”: what accuracy, in percent?",
        answer=lambda: 100 * share,
        decimals=1,
        hints=(
            f"It is right on those rows whose class is {name}, and on no other.",
            f"{count:,} of {total:,} rows.",
            f"100 × {count} / {total}.",
        ),
        worked=f"100 × {count} / {total} ≈ {{answer}} percent, without looking at any column",
        slips=_apart(
            100 * share,
            Slip(
                answer=lambda: 100 - 100 * share,
                says=f"That is the part that is wrong: those rows are not “{name}”.",
            ),
            Slip(
                answer=lambda: share,
                says="That is a part of 1. In percent it is a hundred times as much.",
            ),
            Slip(
                answer=lambda: 50.0,
                says="The classes are not equally large, and the model does not toss a coin.",
            ),
        ),
    )


def written(numbers: Sequence[float]) -> str:
    """``2, 1 and 0.1``."""
    return listed([short(one) for one in numbers])


def _apart(value: float, *slips: Slip) -> tuple[Slip, ...]:
    """The slips that are told apart from the answer, and from the slips before them."""
    kept: list[Slip] = []
    for slip in slips:
        others = (value, *(one.answer() for one in kept))
        if all(abs(slip.answer() - other) > 0.12 * max(abs(other), 0.01) for other in others):
            kept.append(slip)
    return tuple(kept)
