"""The questions of 3.3 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from random import Random

from lessons.building.classification import asked
from lessons.building.classification.asked import written
from lessons.fresh import drawn
from lessons.labs.classify.classes import CLASSES, counts
from lessons.labs.classify.lab import ClassifyScene
from lessons.labs.classify.softmax import Scores
from lessons.numbers import short
from lessons.spec import Variant


def one_hot(rng: Random) -> Variant:
    """Other classes of the first two rows."""
    targets = (*rng.choice(((0, 1), (0, 0), (1, 1))), *(rng.randrange(2) for _ in "12"))
    text = (
        "One column for each class; the column of the row's class holds 1, every other 0. Shot 1 "
        f"has the class **{targets[0]}**, shot 2 the class **{targets[1]}**."
    )
    scene = ClassifyScene(targets=targets, conceal=("one-hot",))
    return Variant(check=asked.one_hot(targets), scene=scene, text=text)


def softmax(rng: Random) -> Variant:
    """Three other scores."""
    scores = _scores(rng)
    powers = written([round(one, 3) for one in scores.powers])
    text = (
        f"Three classes have the scores **{written(scores.all)}**. e to each of them is {powers}. "
        "Softmax divides each by their sum."
    )
    scene = ClassifyScene(
        shows="softmax", scores=scores.single, conceal=(f"softmax {_pattern(scores)}",)
    )
    return Variant(check=asked.softmax(scores), scene=scene, text=text)


def shift(rng: Random) -> Variant:
    """Other scores, and something else added to all of them."""
    before = _scores(rng)
    scores = Scores(before.single, float(rng.choice((50, 100, 200))))
    first = short(before.probabilities[0], 3)
    text = (
        f"The scores {written(before.all)} gave the first class **{first}**. Now "
        f"**{short(scores.added)}** is added to each of them."
    )
    scene = ClassifyScene(
        shows="softmax",
        scores=scores.single,
        added=scores.added,
        conceal=(f"shifted {_pattern(before)}",),
    )
    return Variant(check=asked.shift(scores), scene=scene, text=text)


def loss(rng: Random) -> Variant:
    """Another probability."""
    share = rng.choice((0.1, 0.2, 0.25, 0.4, 0.8))
    text = (
        f"The true class of a row was given **{short(share)}**. Its cross-entropy is minus the "
        "natural logarithm of that."
    )
    scene = ClassifyScene(
        shows="loss", given=(share,), truths=(1,), conceal=(f"loss {short(share)}",)
    )
    return Variant(check=asked.loss(share), scene=scene, text=text)


def same(rng: Random) -> Variant:
    """Two other probabilities above a half."""
    shares = (rng.choice((0.85, 0.95, 0.8)), rng.choice((0.52, 0.55, 0.6)))
    text = (
        f"The true class of row 1 was given **{short(shares[0])}**, that of row 2 "
        f"**{short(shares[1])}**. Both rows are right."
    )
    scene = ClassifyScene(
        shows="loss",
        given=shares,
        truths=(1, 0),
        conceal=tuple(f"loss {short(share)}" for share in shares),
    )
    return Variant(check=asked.same(shares), scene=scene, text=text)


def base_rate(rng: Random) -> Variant:
    """Other data, or the other class."""
    data, always = rng.choice((("titanic", 1), ("shots", 0), ("shots", 1)))
    rows = counts(data)
    listed = ", ".join(f"{n:,} {name}" for n, name in zip(rows, CLASSES[data], strict=True))
    text = f"The rows of **{data}**: {listed}. A model says the same class of every row."
    scene = ClassifyScene(shows="base rate", data=data, always=always, conceal=("base rate",))
    return Variant(check=asked.base_rate(data, always), scene=scene, text=text)


def _scores(rng: Random) -> Scores:
    """Three different scores, not far apart."""

    def make(rng: Random) -> Scores:
        return Scores(tuple(rng.randrange(-10, 31) / 10 for _ in "123"), 0.0)

    def good(scores: Scores) -> bool:
        return len(set(scores.single)) == 3 and 0.1 < scores.probabilities[0] < 0.9

    return drawn(rng, make, good)


def _pattern(scores: Scores) -> str:
    return " ".join(short(one) for one in scores.single)
