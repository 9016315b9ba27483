"""Questions on how many updates there are."""

from __future__ import annotations

from lessons.backpropagation.stochastic_gradient_descent.scenes import (
    BATCH,
    EPOCHS,
    MANY,
    ROWS,
    TABLE,
    updates_of,
)
from lessons.spec import Check, Number, Slip


def counting() -> tuple[Check, ...]:
    """Updates in an epoch, and in several."""
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
                "89,648 / 32 is 2,801.5: there are 2,801 full batches and a rest.",
                "2,801 full batches hold 89,632 rows. The other 16 make one more batch.",
            ),
            worked="89,648 / 32 = 2,801.5, rounded up: {answer}. The last batch has 16 rows.",
            slips=(
                Slip(
                    answer=lambda: 1,
                    says="An epoch is not one update: each batch of 32 rows makes one.",
                ),
                Slip(
                    answer=lambda: MANY // BATCH,
                    says="2,801 batches are full. 16 rows are left, and they make an update too.",
                ),
                Slip(
                    answer=lambda: MANY,
                    says="89,648 would be one update for each row. 32 rows share one.",
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
