"""The questions of the lesson; the engine answers them."""

from __future__ import annotations

import math

from lessons.labs.race.lane import on_problem
from lessons.labs.race.setup import Entry
from lessons.learning.problems import titanic
from lessons.spec import Check, Choice, Number, Numbers, Slip
from lessons.tuning.learning_rates import fresh
from lessons.tuning.learning_rates.measures import (
    FAST,
    FEW,
    FIRST_SEED,
    GOOD,
    SLOW,
    dead_nodes,
    guess_loss,
    loss_of,
    nodes,
    on_the_rows,
    on_the_weight,
    share,
)

STEPS = 1000

SLOWEST, MIDDLE, FASTEST, ALIKE = "0.000001", "0.01", "1", "None: all three have the same"
BEST, TINY, DEAD, NOISY = (
    "It has found the minimum",
    "Its steps have become too small to see",
    "Nearly all hidden nodes give 0: it says the same to everybody",
    "It jumps about so fast that only the mean is seen",
)
LEARNS, AGAIN, NAN = (
    "It learns, and gets lower than rate 0.01",
    "It lies flat over dead nodes, as before",
    "It ends in nan within ten epochs",
)
FAIR, MEMORY, QUICKER, NO_MATTER = (
    "Else each rate goes on where the one before ended",
    "Else the computer runs out of memory",
    "A new model trains faster",
    "It makes no difference",
)


def checks() -> dict[str, Check]:
    """The questions, by the page that asks them."""
    found = (*_on_the_weight(), *_on_the_rows(), *_about_races())
    return {check.id: check for check in found}


def _fast_step() -> tuple[float, float]:
    lane = on_the_weight(FAST, 1)
    return lane.weights[-1], lane.losses[-1]


def _lowest_at_first() -> str:
    first = {name: on_the_rows(rate, FEW).batches[0] for name, rate in RATES.items()}
    lowest = min(first, key=lambda name: first[name])
    return ALIKE if len(set(first.values())) == 1 else lowest


RATES = {SLOWEST: SLOW, MIDDLE: GOOD, FASTEST: FAST}


def _plain_mean() -> float:
    """What somebody gets who takes both losses as equally frequent."""
    return -(math.log(share()) + math.log(1 - share())) / 2


def _why_flat() -> str:
    lane = on_the_rows(FAST, FEW)
    if min(dead_nodes()) > 0.9 * nodes() and loss_of(lane) > loss_of(on_the_rows(GOOD, FEW)) - 1:
        return DEAD
    return BEST


def _scaled() -> str:
    lane = on_the_rows(FAST, FEW, scaling=True)
    if lane.fall is not None:
        return NAN
    return LEARNS if loss_of(lane) < loss_of(on_the_rows(GOOD, FEW, scaling=True)) else AGAIN


def _handed_on() -> str:
    lanes = (Entry(FAST), Entry(GOOD), Entry(GOOD, after=0))
    new, old = (on_problem(titanic(), lanes, place, False, FIRST_SEED) for place in (1, 2))
    return NO_MATTER if new.first_loss == old.first_loss else FAIR


def _on_the_weight() -> tuple[Check, ...]:
    return (
        Number(
            id="slow",
            variant=fresh.slow,
            prompt="Where is the weight of the lane with rate 0.000001 now?",
            answer=lambda: on_the_weight(SLOW, STEPS).weights[-1],
            decimals=3,
            hints=(
                "One step is rate × slope, up here. The slope hardly changes on so short a way.",
                "One step is 0.000001 × 24 = 0.000024. A thousand of them were taken.",
                "2 + 1000 × 0.000024.",
            ),
            worked="2 + 1000 × 0.000024 = {answer}. It is on its way to 3.3333.",
            slips=(
                Slip(
                    answer=lambda: on_the_weight(SLOW, 1).weights[-1],
                    says="2.000024 is the weight after one step. A thousand were taken.",
                ),
                Slip(
                    answer=lambda: on_the_weight(GOOD, 1).weights[-1],
                    says="2.24 is one step at rate 0.01. This rate is 10,000 times smaller.",
                ),
            ),
        ),
        Numbers(
            id="fast",
            variant=fresh.fast,
            prompt="After one step at rate 1: which weight, and which loss?",
            answer=_fast_step,
            hints=(
                "new weight = 2 - 1 × (-24). The loss is the squared error with that weight.",
                "The weight goes up by 24. Predict with it: 3 × weight. How far is that from 10?",
                "2 + 24, and then the square of 78 - 10.",
            ),
            worked="2 + 24 = 26, and that predicts 3 × 26 = 78. The loss is 68 × 68 = 4624.",
        ),
    )


def _on_the_rows() -> tuple[Check, ...]:
    return (
        Choice(
            id="titanic",
            prompt="On the first batch, which rate has the lowest loss?",
            options=(SLOWEST, MIDDLE, FASTEST, ALIKE),
            answer=_lowest_at_first,
            because={
                SLOWEST: "A rate acts when weights are updated. Has there been an update yet?",
                MIDDLE: "It may be the best rate, but before the first update nobody knows.",
                FASTEST: "A large rate makes a large first step, after this loss is measured.",
            },
            hints=(
                "The loss of a batch is measured before the update.",
                "Which weights does each lane have at that moment?",
                "The weights are the same in all lanes, and so is the batch.",
            ),
            worked="Same weights, same batch, no update yet. {answer}.",
        ),
        Number(
            id="race",
            prompt="What is the mean loss of that guess?",
            answer=guess_loss,
            decimals=2,
            hints=(
                "Not all rows count alike: more died than survived.",
                "Weigh each of the two losses with the share of the rows that has it.",
                "0.385 × 0.954 + 0.615 × 0.487.",
            ),
            worked="0.385 × 0.954 + 0.615 × 0.487 = 0.6668, so {answer}.",
            slips=(
                Slip(
                    answer=_plain_mean,
                    says="That is the plain mean of the two. But more rows died than survived.",
                ),
            ),
        ),
        Choice(
            id="flat",
            prompt="Why does the loss at rate 1 lie still?",
            options=(BEST, TINY, DEAD, NOISY),
            answer=_why_flat,
            because={
                BEST: "The lane with rate 0.01 is lower, so there is a better place.",
                TINY: "A step is rate × slope, and the rate is 1 all the time. So it is the slope.",
                NOISY: "Press w: batch for batch it stays near the guess. It says one thing.",
            },
            hints=(
                "Compare it with the simplest guess.",
                "The guess uses no column. What has to happen inside for columns not to matter?",
                "A hidden node that gives 0 for every row passes nothing on.",
            ),
            worked="{answer}. Their slope is 0, so no batch can change that.",
        ),
    )


def _about_races() -> tuple[Check, ...]:
    return (
        Choice(
            id="scaled",
            prompt="With scaled columns, what does the lane with rate 1 do?",
            options=(AGAIN, LEARNS, NAN),
            answer=_scaled,
            because={
                AGAIN: "Scaled inputs are mostly between -2 and 2, so the slopes are far smaller.",
                NAN: "For that the steps have to grow. Here the slopes are far smaller.",
            },
            hints=(
                "A slope has the value that comes in as a factor.",
                "A fare of 100 pounds becomes about 1.3.",
                "Smaller slopes: the same rate makes shorter steps.",
            ),
            worked="{answer}. Press r: rate 1 was too high for raw columns, not for these.",
        ),
        Choice(
            id="loop",
            prompt="Why does the loop build a new model for each rate?",
            options=(MEMORY, FAIR, QUICKER, NO_MATTER),
            answer=_handed_on,
            because={
                MEMORY: "A model of this size takes a few hundred kilobytes.",
                QUICKER: "A step takes as long with either model.",
                NO_MATTER: "fit goes on from the weights that the model has.",
            },
            hints=(
                "Where does fit start?",
                "fit goes on from the weights that the model has. Whose are those, at rate two?",
                "The second rate would get the weights that the first one has trained or ruined.",
            ),
            worked="{answer}. That is no fair race.",
        ),
    )
