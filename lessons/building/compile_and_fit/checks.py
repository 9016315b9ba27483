"""The questions of the lesson; the engine answers them."""

from __future__ import annotations

from lessons.building.compile_and_fit import facts, fresh
from lessons.datasets import wages
from lessons.labs.training.setup import TrainingScene
from lessons.learning import problems
from lessons.spec import Check, Number, Slip


def checks() -> dict[str, Check]:
    return {
        "compile": Number(
            id="compile",
            prompt="How many of the weights does compiling change?",
            answer=facts.changed,
            hints=(
                "Compiling makes two choices. Are any rows of data in them?",
                "Slopes need predictions, and predictions need data.",
                "No data, no slopes, no steps.",
            ),
            worked="No data, no slopes, no steps: {answer} weights change. It only chooses.",
            slips=(
                Slip(
                    answer=lambda: float(facts.lab(TrainingScene()).model.count_params()),
                    says="All of them change when it learns. Compiling only chooses how.",
                ),
            ),
        ),
        "data": Number(
            id="data",
            prompt="What is the mean squared error of that guess?",
            answer=facts.guess_the_mean,
            decimals=2,
            hints=(
                "The standard deviation is the square root of the variance.",
                "Square the standard deviation.",
                "5.1343 × 5.1343.",
            ),
            worked="5.1343 × 5.1343 = {answer}. A network has to do better than that.",
            slips=(
                Slip(
                    answer=lambda: float(wages.load().column(wages.TARGET).std()),
                    says="5.13 is the standard deviation, in dollars. The loss is its square.",
                ),
            ),
        ),
        "batch": Number(
            id="batch",
            prompt="How many batches make an epoch?",
            answer=lambda: float(facts.lab(TrainingScene()).steps_per_epoch),
            hints=(
                "How often does 32 go into 373, and is anything left?",
                "11 batches of 32 are 352 rows.",
                "The last 21 rows are a batch too.",
            ),
            worked="11 × 32 = 352 rows, and a last batch of 21: {answer} batches.",
            slips=(
                Slip(
                    answer=lambda: float(len(problems.wages().x_train) // 32),
                    says="11 × 32 = 352. The 21 rows that are left are a batch too.",
                ),
            ),
        ),
        "inside": Number(
            id="inside",
            prompt="How far will Adam's first step move a weight?",
            answer=facts.first_change,
            decimals=3,
            hints=(
                "Adam divides the slope by its own size.",
                "What is left of the slope is its sign.",
                "A sign times the learning rate.",
            ),
            worked="0.001 × 1 = {answer}, up or down, unless the slope is tiny. Press space.",
        ),
        "absolute": Number(
            id="absolute",
            prompt="What is the mean absolute error of these three rows?",
            answer=lambda: facts.loss_of_errors("mean_absolute_error"),
            hints=(
                "How far off is each row, whatever its sign?",
                "1, 1 and 10. Take their mean.",
                "12 / 3.",
            ),
            worked="(1 + 1 + 10) / 3 = {answer}: off by 4 dollars on average.",
            slips=(
                Slip(
                    answer=lambda: sum(facts.ERRORS),
                    says="10 is the sum with signs. Each size counts, and it is a mean.",
                ),
                Slip(
                    answer=lambda: facts.loss_of_errors("mean_squared_error"),
                    says="34 is the mean squared error. Leave the squares out.",
                ),
                Slip(
                    answer=lambda: sum(map(abs, facts.ERRORS)),
                    says="12 is the sum of the sizes. Divide by 3 rows.",
                ),
            ),
            variant=fresh.absolute,
        ),
        "one-weight": Number(
            id="one-weight",
            prompt="How far does Adam's first step move that weight?",
            answer=facts.moved_by_adam,
            decimals=2,
            hints=(
                "Adam divides the slope by its own size. What is left of -24?",
                "-24 / 24 is -1.",
                "0.01 × 1.",
            ),
            worked="0.01 × 1 = {answer}. With a slope of -0.024 it would be the same.",
            slips=(
                Slip(
                    answer=facts.moved_by_sgd,
                    says="0.24 is the step of sgd. Adam's does not grow with the slope.",
                ),
            ),
            variant=fresh.one_weight,
        ),
        "scaling": Number(
            id="scaling",
            prompt="How many times larger is the slope of the second weight?",
            answer=facts.slope_ratio,
            hints=(
                "slope = 2 × error × input, for both, with the same error.",
                "Only the input differs.",
                "1,000 / 1.",
            ),
            worked="1,000 / 1 = {answer}: the inputs are 1 and 1,000, the error is the same.",
        ),
    }
