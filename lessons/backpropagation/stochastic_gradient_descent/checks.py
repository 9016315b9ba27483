"""The questions of the lesson; the engine answers them."""

from __future__ import annotations

from itertools import pairwise

from lessons.backpropagation.stochastic_gradient_descent.counting import counting
from lessons.backpropagation.stochastic_gradient_descent.scenes import (
    ROWS,
    TWO,
    losses_of,
    run_of,
    wobble,
)
from lessons.backpropagation.stochastic_gradient_descent.slopes import slopes
from lessons.spec import Check, Choice, Number, Slip

YES_NO = (
    "No: every update lowers it",
    "Yes: the rows that were not asked may lose more than the batch gains",
    "Yes, but only when the learning rate changes",
)
SIZES = {"1 row": 1, "4 rows": 4, "All 12 rows": len(ROWS.inputs)}
ORDERS = ("The same weights", "Other weights, close to the same place", "Weights that lie anywhere")
AGAIN = ("The very same weights", "Nearly the same weights", "Other weights: it is random")


def checks() -> dict[str, Check]:
    """The questions, by the page that asks them."""
    found = (*counting(), *slopes(), *_wobbling(), *_shuffling())
    return {check.id: check for check in found}


def _ever_rises() -> str:
    losses = losses_of(ROWS, 24)
    return YES_NO[any(after > before for before, after in pairwise(losses))]


def _wobbles_most() -> str:
    return max(SIZES, key=lambda name: wobble(SIZES[name]))


def _wobbling() -> tuple[Check, ...]:
    return (
        Choice(
            id="always",
            prompt="Can the loss of all rows rise after an update?",
            options=YES_NO,
            answer=_ever_rises,
            hints=(
                "What does the update know of the rows outside its batch?",
                "Press space and read the last line below the map, a dozen times.",
                "Some updates say: higher.",
            ),
            worked="{answer}.",
            because={
                YES_NO[0]: "It lowers the loss of its own rows, if the step is short enough.",
                YES_NO[2]: "The rate stays the same here, and some updates still raise the loss.",
            },
        ),
        Number(
            id="worse",
            prompt="The loss over both rows at weight 1?",
            answer=lambda: losses_of(TWO, 1)[1],
            hints=(
                "The mean of two squared errors. Both predictions are 1.",
                "Row 0 has the error 0. Row 1 has 1 - (-1).",
                "The squared errors are 0 and 4.",
            ),
            worked="(0 × 0 + 2 × 2) / 2 = {answer}: it was 1, and has risen.",
            slips=(
                Slip(
                    answer=lambda: run_of(TWO, 1).problem.loss(run_of(TWO, 1).weights, (0,)),
                    says="0 is the loss of row 0, which was in the batch. Row 1 counts too.",
                ),
                Slip(
                    answer=lambda: losses_of(TWO, 0)[0],
                    says="1 was the loss before. At weight 1 the errors are 0 and 2.",
                ),
                Slip(
                    answer=lambda: run_of(TWO, 1).problem.loss(run_of(TWO, 1).weights, (1,)),
                    says="4 is the squared error of row 1. The loss is the mean over both rows.",
                ),
            ),
        ),
        Choice(
            id="smaller",
            prompt="Which batches make the way wobble most?",
            options=tuple(SIZES),
            answer=_wobbles_most,
            hints=(
                "Which mean depends most on which rows happen to be in it?",
                "All rows give the full slope, always. Fewer rows, a wilder guess.",
                "The smallest batch there is.",
            ),
            worked="{answer}: its slope is that of a single row, whichever it is.",
            because={
                "4 rows": "A mean over 4 rows varies, but less than the slope of a single row.",
                "All 12 rows": "All rows give the full slope each time: no wobble at all.",
            },
        ),
    )


def _another_order() -> str:
    one, other = (run_of(ROWS, 30, seed).weights for seed in (1, 2))
    apart = max(abs(a - b) for a, b in zip(one, other, strict=True))
    return ORDERS[0] if apart == 0 else ORDERS[1] if apart < 1 else ORDERS[2]


def _once_more() -> str:
    one, other = (run_of(ROWS, 30).weights for _ in range(2))
    return AGAIN[0] if one == other else AGAIN[1]


def _shuffling() -> tuple[Check, ...]:
    return (
        Choice(
            id="shuffle",
            prompt="Same rows, same start, another seed: which weights after 10 epochs?",
            options=ORDERS,
            answer=_another_order,
            hints=(
                "Do the two ways on the maps meet at every step?",
                "Other batches mean other slopes, and other steps.",
                "Run ten epochs and compare where the two ● are.",
            ),
            worked="{answer}: each order wobbles in its own way around the lowest loss.",
            because={
                ORDERS[0]: "Other batches make other steps: the two ways are not the same.",
                ORDERS[2]: "Both ways go down to the lowest loss and stay around it.",
            },
        ),
        Choice(
            id="again",
            prompt="Same rows, same start, same seed, run twice: which weights?",
            options=AGAIN,
            answer=_once_more,
            hints=(
                "What is different the second time?",
                "The seed decides every order, and the order decides every batch.",
                "Same batches, same slopes, same steps.",
            ),
            worked="{answer}: to the last digit. The seed decides all there is to draw.",
            because={
                AGAIN[1]: "Nothing differs by even a digit: the same batches come in turn.",
                AGAIN[2]: "The order only looks random. The same seed gives the same order.",
            },
        ),
    )
