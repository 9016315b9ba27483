"""The questions of the lesson with other numbers."""

from __future__ import annotations

from random import Random

from lessons.labs.race.setup import ONE_WEIGHT, Entry, RaceScene, rate_text
from lessons.numbers import short
from lessons.spec import Number, Numbers, Variant
from lessons.tuning.learning_rates.measures import GOOD, on_the_weight


def slow(rng: Random) -> Variant:
    """Another small rate, and other steps."""
    rate = rng.choice((0.000001, 0.00001))
    steps = rng.choice((200, 300, 400, 500))
    step = rate * 24
    told = f"{step:.6f}" if rate < 1e-5 else f"{step:.5f}"
    decimals = 3
    check = Number(
        id="slow",
        prompt=f"Where is the weight of the lane with rate {rate_text(rate)} now?",
        answer=lambda: on_the_weight(rate, steps).weights[-1],
        decimals=decimals,
        hints=(
            "One step is rate × slope, up here. The slope hardly changes on so short a way.",
            f"One step is {rate_text(rate)} × 24 = {told}. {steps} of them were taken.",
            f"2 + {steps} × {told}, a little less.",
        ),
        worked=f"About 2 + {steps} × {told}, a little less as the slope shrinks: {{answer}}",
    )
    lanes = (Entry(rate), Entry(GOOD))
    scene = RaceScene(
        track=ONE_WEIGHT,
        lanes=lanes,
        steps=steps,
        log_axis=True,
        conceal=("small rate",),
    )
    text = (
        f"Two lanes start at weight {short(2.0)}, where the slope is -24. One has rate "
        f"{rate_text(GOOD)}, the other **{rate_text(rate)}**. **{steps} steps** are taken."
    )
    return Variant(check=check, scene=scene, text=text)


def fast(rng: Random) -> Variant:
    """Another large rate, whose first step ends at a whole number."""
    rate = rng.choice((0.25, 0.5, 2.0))
    lane = on_the_weight(rate, 1)
    weight, loss = (short(one[-1]) for one in (lane.weights, lane.losses))
    step, told = short(24 * rate), rate_text(rate)
    error = short(3 * lane.weights[-1] - 10)
    check = Numbers(
        id="fast",
        prompt=f"After one step at rate {told}: which weight, and which loss?",
        answer=lambda: (lane.weights[-1], lane.losses[-1]),
        hints=(
            f"new weight = 2 - {told} × (-24). The loss is the squared error with that weight.",
            f"The weight goes up by {step}. Predict with it: 3 × weight. How far from 10?",
            f"2 + {step}, and then the square of what is left to 10.",
        ),
        worked=f"2 + {step} = {weight}, which is {error} off: {error} × {error} = {loss}.",
    )
    scene = RaceScene(track=ONE_WEIGHT, lanes=(Entry(GOOD), Entry(rate)), conceal=("large rate",))
    text = (
        f"Input 3, target 10. Both lanes stand at weight 2, where the slope is -24. One has rate "
        f"{rate_text(GOOD)}, the other **{told}**."
    )
    return Variant(check=check, scene=scene, text=text)
