"""The questions of 4.5."""

from __future__ import annotations

from lessons.learning.advice import WORDS
from lessons.spec import Check, Choice, Number, Numbers, Slip
from lessons.tuning.capacity import fresh, measures, printed
from lessons.tuning.capacity.measures import (
    ABOVE,
    AT,
    BELOW,
    BETTER,
    BETWEEN,
    FIRST,
    LARGER,
    REPEAT,
    SECOND,
    TRUST,
    WORSE,
)


def checks() -> dict[str, Check]:
    """Each under the id of its page."""
    found = (_capacity(), _large(), _overfitting(), _middle(), _table(), _seeds(), _looks())
    return {check.id: check for check in found}


def _capacity() -> Check:
    return Numbers(
        id="capacity",
        prompt="With 10 inputs and 1 output: how many parameters have 1×100, 1×250 and 2×250?",
        answer=lambda: tuple(
            float(printed.parameters(hidden)) for hidden in ((100,), (250,), (250, 250))
        ),
        variant=fresh.capacity,
        hints=(
            "A layer has a weight for every pair of an input and a node, and a bias for each node.",
            "1×100: 10 × 100 + 100 for the hidden layer. The output reads 100 nodes.",
            "1×100: 10 × 100 + 100 + 100 × 1 + 1. In 2×250 the second layer alone has "
            "250 × 250 + 250.",
        ),
        worked="{answer}. Twice the nodes: about twice as many. Twice the layers: many times more.",
    )


def _large() -> Check:
    return Choice(
        id="large",
        prompt="Where will the training loss of 3×50 end?",
        options=(ABOVE, AT, BELOW),
        answer=measures.training_against_noise,
        hints=(
            "5,301 numbers can be turned, and there are 64 points.",
            "Can a network that flexible pass close to every point, noise and all?",
            "Nothing stops it at the true height: it is graded on the noisy points.",
        ),
        worked="{answer}: it has learned the noise of these 64 points, which no other point has.",
        because={
            ABOVE: "With 5,301 parameters it can bend towards every one of 64 points.",
            AT: "It does not know which part of a height is noise. It goes on to the points.",
        },
    )


def _overfitting() -> Check:
    return Choice(
        id="overfitting",
        prompt="A: training loss 0.10, validation loss 0.60. B: 0.40 and 0.45. Which one to use?",
        options=(FIRST, SECOND),
        answer=lambda: fresh.better((0.10, 0.60), (0.40, 0.45)),
        variant=fresh.overfitting,
        hints=(
            "It will be used on rows that it has never seen.",
            "Which of the two losses is of rows that it has never seen?",
            "Compare 0.60 with 0.45.",
        ),
        worked="0.45 is less than 0.60, on rows that it has not learned from: {answer}.",
        because={
            FIRST: "0.10 is how well A knows the rows it has learned by heart. New rows cost 0.60."
        },
    )


def _middle() -> Check:
    return Choice(
        id="middle",
        prompt="Where will the validation loss of 1×25 end?",
        options=(BETTER, BETWEEN, WORSE),
        answer=measures.middle_against_both,
        hints=(
            "1×1 is too stiff for the hill, 3×50 bends to the noise. And 1×25?",
            "101 parameters are enough for one hill and one hollow.",
            "Flexible enough for the hill, too stiff for the noise.",
        ),
        worked="{answer}: flexible enough for the hill, not so flexible that it follows all noise.",
        because={
            BETWEEN: "The two ends fail for opposite reasons. In the middle neither is strong.",
            WORSE: "Neither reason to fail is strong in the middle.",
        },
    )


def _table() -> Check:
    return Choice(
        id="table",
        prompt="2×250 had 4.4, and now 3×250 has 4.5. What is the next step?",
        options=(WORDS["increase"], WORDS["decrease"], WORDS["done"]),
        answer=lambda: measures.next_step(4),
        hints=(
            "So far each step up lowered the loss. Did this one?",
            "4.5 is not lower than 4.4.",
            "The last step went too far: go back a little, to something in between.",
        ),
        worked="4.5 is more than 4.4: {answer}, between 2×250 and 3×250. Press space.",
        because={
            WORDS["increase"]: "A third layer made it worse. A fourth goes on in that direction.",
            WORDS["done"]: "Between 2×250 and 3×250 nothing has been tried yet.",
        },
    )


def _seeds() -> Check:
    return Choice(
        id="seeds",
        prompt="3×250 had 4.5, 3×200 has 4.3. What do the two numbers say?",
        options=(TRUST, REPEAT, LARGER),
        answer=measures.conclusion,
        hints=(
            "How far apart are the two numbers?",
            "4.5 - 4.3 = 0.2. And how far apart are two seeds of one and the same network?",
            "0.2 is less than 0.3: another seed could turn them round.",
        ),
        worked="4.5 - 4.3 = 0.2, less than 0.3. They say {answer}.",
        because={
            TRUST: "Two seeds of the same network can differ by 0.3. This is only 0.2.",
            LARGER: "3×200 is the smaller of the two.",
        },
    )


def _looks() -> Check:
    return Number(
        id="looks",
        prompt="How often did the printed table look at its validation rows?",
        answer=lambda: float(len(printed.EXPERIMENTS)),
        variant=fresh.looks,
        hints=(
            "Each experiment ends with a validation loss, and that decides what comes next.",
            "One look for each row of the table.",
            "1×100, 1×250, 2×250, 3×250, 3×200.",
        ),
        worked="{answer}: once for each experiment. Its choice is fitted to these rows.",
        slips=(
            Slip(
                answer=lambda: 1.0,
                says="The last loss is not the only one that was used: each decided the next step.",
            ),
        ),
    )
