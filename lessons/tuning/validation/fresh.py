"""The questions of 4.3 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

from lessons.fresh import drawn
from lessons.labs.training.pair import Pair, judge
from lessons.learning.printed import PRINTED
from lessons.numbers import short
from lessons.spec import Choice, Number, Numbers, Variant
from lessons.tuning.validation import facts
from lessons.tuning.validation.scenes import PAIR, READING, SPLIT_PAGE, replaced

PARTS = (0.1, 0.2, 0.25, 0.4, 0.5)


def split(rng: Random) -> Variant:
    """Another table and another part that is held out."""
    rows, part = rng.randrange(1_000, 90_000), rng.choice(PARTS)
    train, held_out = facts.split_of(rows, part)
    exact = short(rows * (1 - part), 2)
    check = Numbers(
        id="split",
        prompt=f"With validation_split={part}: how many rows for training, how many held out?",
        answer=lambda: (train, held_out),
        hints=(
            f"{part} of the rows are held out. The rest is for training.",
            f"{short(1 - part)} × {rows} is {exact}. A row is not cut in two.",
            f"{short(train)} rows for training. {rows} - {short(train)} are held out.",
        ),
        worked=f"{short(1 - part)} × {rows} = {exact}, rounded down; the rest held out: {{answer}}",
    )
    text = f"A table has **{rows}** rows. What is left for training is rounded down."
    return Variant(check=check, scene=SPLIT_PAGE, text=text)


def coin(rng: Random) -> Variant:
    """Another line of the printed log."""
    log = rng.choice(PRINTED[1:-1])
    loss, no_idea = short(log.val_loss or 0), short(facts.coin())
    check = Number(
        id="coin",
        prompt=f"By how much is {loss} below ln 2?",
        answer=lambda: facts.below_coin(log),
        decimals=4,
        hints=(
            f"How far is it from {no_idea} down to the loss?",
            "Take the validation loss off ln 2.",
            f"{no_idea} - {loss}.",
        ),
        worked=f"{no_idea} - {loss} = {{answer}}",
    )
    text = (
        f"Epoch {log.epoch} of the printed log has a validation loss of **{loss}**. A network that "
        f"gives 0.5 to each of two classes has ln 2 = **{no_idea}**."
    )
    return Variant(check=check, scene=READING, text=text)


def pair(rng: Random) -> Variant:
    """Two other models on two shots."""
    options = ("A has the better accuracy", "B has the better accuracy")
    found = drawn(rng, _pair, _disagree)
    (loss_a, right_a), (loss_b, right_b) = (judge(given) for given in found)
    words = {
        name: f"{short(given[0])} and {short(given[1])}"
        for name, given in zip("AB", found, strict=True)
    }
    losses = f"{short(loss_a, 3)} for A and {short(loss_b, 3)} for B"
    both = tuple(f"{one}, {'B' if one[0] == 'A' else 'A'} the lower loss" for one in options)
    check = Choice(
        id="pair",
        prompt="Which of the two models is better?",
        options=(*both, "A is better in both", "B is better in both"),
        answer=lambda: both[0] if right_a > right_b else both[1],
        hints=(
            "Accuracy first: how many of the two shots got more than 0.5?",
            "Now -ln of each probability, and the mean of both.",
            f"The losses are {losses}.",
        ),
        worked=f"{{answer}}: the losses are {losses}.",
    )
    text = (
        "What two models gave to the right class of the same two shots: "
        f"A **{words['A']}**, B **{words['B']}**."
    )
    return Variant(check=check, scene=replaced(PAIR, found), text=text)


def _pair(rng: Random) -> Pair:
    low, just = rng.randrange(30, 50) / 100, rng.randrange(51, 56) / 100
    sure, other = rng.randrange(85, 98) / 100, rng.randrange(51, 62) / 100
    one, two = (sure, low), (other, just)
    return (one, two) if rng.random() < 0.5 else (two, one)


def _disagree(found: Pair) -> bool:
    (loss_a, right_a), (loss_b, right_b) = (judge(given) for given in found)
    return (right_a > right_b) != (loss_a < loss_b) and abs(loss_a - loss_b) > 0.02
