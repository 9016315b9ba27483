"""The questions of the lesson; the engine answers them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine import activations
from lessons.labs.activity.setup import RAW
from lessons.spec import Check, Choice, Number, Numbers, Slip
from lessons.tuning.dying_neurons import fresh
from lessons.tuning.dying_neurons.scenes import (
    ALIVE,
    DEAD,
    EPOCHS,
    LOW_RATE,
    SEED,
    SIGMOID,
    TANH,
    deaths,
    deaths_in_layer_1,
    trained,
)

VERDICTS = (
    "Dead: it is 0 on three of the four rows",
    "Dead: the mean of its z is below 0",
    "Not dead: one row still passes a slope",
)
HOW_MANY = ("As many as at the start", "About half", "Nearly all, or all")
WAYS = (
    "More epochs",
    "A lower rate from here on",
    "New weights, with scaled columns",
)
PRODUCTS = ("About 0.7", "About 0.007", "About 0.000000000003", "Exactly 0")


def checks() -> dict[str, Check]:
    """The questions, by the page that asks them."""
    found = (*_by_hand(), *_trained(), *_vanishing())
    return {check.id: check for check in found}


def _verdict() -> str:
    return VERDICTS[2] if ALIVE.passing() else VERDICTS[0]


def _by_hand() -> tuple[Check, ...]:
    return (
        Number(
            id="flat",
            variant=fresh.flat,
            prompt="The slope of weight 0 over these four rows?",
            answer=lambda: DEAD.mean_slopes(0)[0],
            hints=(
                "First the sum z of each row. Is it positive or negative?",
                "Every z is below 0. How steep is ReLU there?",
                "Each row gives 2 × error × gate × input, and each gate is 0.",
            ),
            worked="Every z is below 0, every gate is shut: the mean of four zeros is {answer}.",
            slips=(
                Slip(
                    answer=lambda: replace(DEAD, activation="linear").mean_slopes(0)[0],
                    says="That is without ReLU. Here the gate of every row is shut.",
                ),
                Slip(
                    answer=_as_if_open,
                    says="-6 would come from open gates. z is below 0 on every row: they are shut.",
                ),
            ),
        ),
        Choice(
            id="one-row",
            variant=fresh.one_row,
            prompt="Is this node dead?",
            options=VERDICTS,
            answer=_verdict,
            hints=(
                "What does a node need so that its weights get a slope?",
                "The slope of a weight is a mean over rows. Is every row 0?",
                "Look at the row whose z is 0.5.",
            ),
            worked="{answer}: z is 0.5 there, and 0.5 is above 0.",
            because={
                VERDICTS[0]: "Three zeros and one slope have a mean that is not 0: it can learn.",
                VERDICTS[1]: "ReLU works on each row by itself. The mean of z goes into nothing.",
            },
        ),
    )


def _as_if_open() -> float:
    """The mean slope if every gate let the error of the value 0 through."""
    inputs = np.array(DEAD.rows)[:, 0]
    errors = np.array([DEAD.over(0, row).error for row in range(len(inputs))])
    return float((2 * errors * inputs).mean())


def _how_many() -> str:
    run = trained(replace(RAW, seed=SEED), EPOCHS)
    share = sum(deaths(run)) / sum(run.recipe.hidden)
    return HOW_MANY[0] if share < 0.35 else HOW_MANY[1] if share < 0.75 else HOW_MANY[2]


def _what_revives() -> str:
    left = (
        deaths_in_layer_1(then=RAW.rate),
        deaths_in_layer_1(then=LOW_RATE),
        deaths_in_layer_1(then=None, scaling=True),
    )
    return WAYS[left.index(min(left))]


def _trained() -> tuple[Check, ...]:
    return (
        Choice(
            id="rate",
            prompt=f"How many of the 200 hidden nodes are dead after {EPOCHS} epochs?",
            options=HOW_MANY,
            answer=_how_many,
            hints=(
                "How long is a step at rate 1, where inputs run up to 500?",
                "One long step can push a sum below 0 for every row at once.",
                "A node pushed that far never comes back, and the next step pushes others.",
            ),
            worked="{answer}. Press r and see.",
            because={
                HOW_MANY[0]: "The steps are far longer than the weights: nodes are thrown about.",
                HOW_MANY[1]: "That is after the first few batches. Dying goes on from there.",
            },
        ),
        Choice(
            id="revive",
            prompt="Which of these gives layer 1 living nodes again?",
            options=WAYS,
            answer=_what_revives,
            hints=(
                "Try them: r goes on, [ lowers the rate, e changes a setting.",
                "A step is rate × slope. What is it when the slope is 0?",
                "Only what does not need the slopes of dead nodes can help.",
            ),
            worked="{answer}. The slopes of dead nodes are 0: no step, long or short, moves them.",
            because={
                WAYS[0]: "Rate × 0 is 0, in this epoch and in all others: the weights stand still.",
                WAYS[1]: "A lower rate makes shorter steps. Rate × 0 is 0 at every rate.",
            },
        ),
    )


def _tanh_slopes() -> tuple[float, ...]:
    tanh, z = activations.get("tanh"), np.array([0.0, 2.0, 5.0])
    return tuple(map(float, tanh.slope(z, tanh.value(z))))


def _product() -> str:
    left = TANH.product(TANH.layers)
    sizes = (0.7, 0.007, 3e-12)
    return PRODUCTS[min(range(3), key=lambda at: abs(np.log(sizes[at] / left)))]


def _vanishing() -> tuple[Check, ...]:
    return (
        Numbers(
            id="tanh",
            variant=fresh.tanh,
            prompt="The slope of tanh at z = 0, at 2 and at 5?",
            answer=_tanh_slopes,
            decimals=4,
            hints=(
                "Slide with space and read the value. The slope is 1 - value × value.",
                "tanh of 0 is 0, of 2 it is 0.9640, of 5 it is 0.9999.",
                "1 - 0 × 0, then 1 - 0.9640 × 0.9640, then 1 - 0.9999 × 0.9999.",
            ),
            worked="1 - value × value gives {answer}: hardly anything is left at 5.",
        ),
        Choice(
            id="ten",
            variant=fresh.ten,
            prompt="What is the product of the ten slopes?",
            options=PRODUCTS,
            answer=_product,
            hints=(
                "Slopes on the way back are not added.",
                "Two layers: 0.07065 × 0.07065 is about 0.005. Eight more to go.",
                "Each layer takes more than a factor of ten away. Ten times.",
            ),
            worked="{answer}: 0.07065 as a factor, ten times.",
            because={
                PRODUCTS[0]: "0.7 is ten times 0.07065. The slopes are multiplied, not added.",
                PRODUCTS[1]: "0.007 is a tenth of one slope. Each layer takes such a part away.",
                PRODUCTS[3]: "Small, but not 0: a product of numbers above 0 is above 0.",
            },
        ),
        Number(
            id="sigmoid",
            variant=fresh.sigmoid,
            prompt="What is left of a slope of 1 behind 8 layers of sigmoid, at best?",
            answer=lambda: SIGMOID.product(SIGMOID.layers),
            decimals=6,
            hints=(
                "What is the largest slope that sigmoid has?",
                "It is 0.25, at z = 0. Each of the 8 layers multiplies by it.",
                "0.25 × 0.25 × 0.25 × 0.25 is 0.003906. That is four layers; then four more.",
            ),
            worked="0.25 as a factor, 8 times: {answer}.",
            slips=(
                Slip(
                    answer=lambda: 0.5**SIGMOID.layers,
                    says="0.003906 is 0.5 as a factor, 8 times. Sigmoid's slope is 0.25 at best.",
                ),
                Slip(
                    answer=lambda: SIGMOID.slope * SIGMOID.layers,
                    says="2 is 8 × 0.25. Slopes on the way back are multiplied.",
                ),
                Slip(
                    answer=lambda: SIGMOID.slope / SIGMOID.layers,
                    says="0.03125 is 0.25 / 8. Each layer multiplies by 0.25.",
                ),
            ),
        ),
    )
