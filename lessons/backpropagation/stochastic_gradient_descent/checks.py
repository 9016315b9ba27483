"""The questions of the lesson; the engine answers them."""

from __future__ import annotations

from itertools import pairwise

from lessons.backpropagation.stochastic_gradient_descent.scenes import (
    BATCH,
    EPOCHS,
    FOUR,
    MANY,
    ROWS,
    TABLE,
    TWO,
    losses_of,
    run_of,
    slope_of,
    updates_of,
    wobble,
)
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
    found = (*_counting(), *_four_rows(), *_wobbling(), *_shuffling())
    return {check.id: check for check in found}


def _counting() -> tuple[Check, ...]:
    rows = len(ROWS.inputs)
    return (
        Number(
            id="batch",
            prompt="How many updates make an epoch here?",
            answer=lambda: updates_of(rows, ROWS.size),
            hints=(
                "How often do 4 rows have to be taken until all of them were used?",
                "12 rows, 4 at a time.",
                "12 / 4.",
            ),
            worked="12 / 4 = {answer}",
            slips=(
                Slip(
                    answer=lambda: 1,
                    says="One update uses 4 rows. An epoch goes on until all 12 were used.",
                ),
                Slip(
                    answer=lambda: rows,
                    says="12 updates would be one for each row. Here 4 rows share one.",
                ),
                Slip(
                    answer=lambda: ROWS.size,
                    says="4 is how many rows an update uses. How many such batches are there?",
                ),
            ),
        ),
        Number(
            id="left-over",
            prompt="89,648 rows, batch size 32: updates in an epoch?",
            answer=lambda: updates_of(MANY),
            hints=(
                "Rows / batch size, and what does a rest do?",
                "89648 / 32 is 2801.5: there are 2801 full batches and a rest.",
                "2801 full batches hold 89632 rows. The other 16 make one more batch.",
            ),
            worked="89648 / 32 = 2801.5, rounded up: {answer}. The last batch has 16 rows.",
            slips=(
                Slip(
                    answer=lambda: 1,
                    says="An epoch is not one update: each batch of 32 rows makes one.",
                ),
                Slip(
                    answer=lambda: MANY // BATCH,
                    says="2801 batches are full. 16 rows are left, and they make an update too.",
                ),
                Slip(
                    answer=lambda: MANY,
                    says="89648 would be one update for each row. 32 rows share one.",
                ),
                Slip(answer=lambda: BATCH, says="32 is how many rows an update uses."),
            ),
        ),
        Number(
            id="count",
            prompt="374 rows, batch size 32, 10 epochs: updates in all?",
            answer=lambda: EPOCHS * updates_of(TABLE),
            hints=(
                "First one epoch, with the batch that is not full.",
                "374 / 32 is 11.7: 11 full batches, and one with the 22 rows that are left.",
                "12 updates in an epoch, and 10 epochs: 10 × 12.",
            ),
            worked="374 / 32 is 11.7, so an epoch has 12 updates: 10 × 12 = {answer}",
            slips=(
                Slip(
                    answer=lambda: EPOCHS,
                    says="10 epochs are not 10 updates: each epoch has one for every batch.",
                ),
                Slip(
                    answer=lambda: EPOCHS * (TABLE // BATCH),
                    says="110 leaves out the last batch of each epoch: 22 rows, one update.",
                ),
                Slip(
                    answer=lambda: updates_of(EPOCHS * TABLE),
                    says="117 is for 3740 rows in one go. Each epoch ends with its own rest.",
                ),
                Slip(
                    answer=lambda: updates_of(TABLE),
                    says="12 is one epoch. There are 10 of them.",
                ),
            ),
        ),
    )


def _four_rows() -> tuple[Check, ...]:
    everyone, first, second = (0, 1, 2, 3), (0, 1), (2, 3)
    return (
        Number(
            id="full",
            prompt="The slope over all four rows?",
            answer=lambda: slope_of(FOUR, everyone),
            hints=(
                "The mean of the four slopes in the table.",
                "The four are -2, -8, -18 and -32.",
                "Their sum is -60. Divide by 4.",
            ),
            worked="(-2 - 8 - 18 - 32) / 4 = {answer}",
            slips=(
                Slip(
                    answer=lambda: len(everyone) * slope_of(FOUR, everyone),
                    says="-60 is the sum of the four. The slope is their mean: -60 / 4.",
                ),
                Slip(
                    answer=lambda: slope_of(FOUR, everyone) / 2,
                    says="-7.5 leaves out the 2 of 2 × error × input.",
                ),
                Slip(
                    answer=lambda: -slope_of(FOUR, everyone),
                    says="The size is right. The errors are negative, so the slope is too.",
                ),
            ),
        ),
        Number(
            id="part",
            prompt="The slope over the batch of the rows 0 and 1?",
            answer=lambda: slope_of(FOUR, first),
            hints=(
                "The mean over the rows of the batch, and over no others.",
                "Rows 0 and 1 have the slopes -2 and -8.",
                "-10 divided by 2.",
            ),
            worked="(-2 - 8) / 2 = {answer}",
            slips=(
                Slip(
                    answer=lambda: slope_of(FOUR, everyone),
                    says="-15 is the slope of all four rows. A batch knows only its own two.",
                ),
                Slip(
                    answer=lambda: 2 * slope_of(FOUR, first),
                    says="-10 is the sum of the two. The slope is their mean.",
                ),
                Slip(
                    answer=lambda: 2 * slope_of(FOUR, first) / len(everyone),
                    says="-2.5 divides by all 4 rows. The batch has 2.",
                ),
                Slip(
                    answer=lambda: -slope_of(FOUR, first),
                    says="The size is right. Both errors are negative, so the slope is too.",
                ),
            ),
        ),
        Number(
            id="other",
            prompt="The slope over the batch of the rows 2 and 3?",
            answer=lambda: slope_of(FOUR, second),
            hints=(
                "Again the mean over the rows of this batch.",
                "Rows 2 and 3 have the slopes -18 and -32.",
                "-50 divided by 2.",
            ),
            worked="(-18 - 32) / 2 = {answer}",
            slips=(
                Slip(
                    answer=lambda: slope_of(FOUR, everyone),
                    says="-15 is the slope of all four rows. These two rows alone have another.",
                ),
                Slip(
                    answer=lambda: slope_of(FOUR, first),
                    says="-5 was the other batch. These rows have larger inputs and errors.",
                ),
                Slip(
                    answer=lambda: 2 * slope_of(FOUR, second),
                    says="-50 is the sum of the two. The slope is their mean.",
                ),
                Slip(
                    answer=lambda: -slope_of(FOUR, second),
                    says="The size is right. Both errors are negative, so the slope is too.",
                ),
            ),
        ),
    )


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
