"""Questions on the slope over all rows, and over the rows of a batch."""

from __future__ import annotations

from lessons.backpropagation.stochastic_gradient_descent.scenes import (
    FOUR,
    slope_of,
)
from lessons.spec import Check, Number, Slip


def slopes() -> tuple[Check, ...]:
    """Four rows, and the two batches that they make."""
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
