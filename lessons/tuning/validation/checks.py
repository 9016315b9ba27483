"""The questions of the lesson; the engine answers them."""

from __future__ import annotations

from lessons.datasets.shots.draw import ROWS
from lessons.labs.training.pair import judge
from lessons.learning.printed import PRINTED
from lessons.numbers import short
from lessons.spec import Check, Choice, Number, Numbers, Slip
from lessons.tuning.validation import facts, fresh
from lessons.tuning.validation.facts import A, B

AVERAGED = "No: the training loss is a mean over the epoch, while weights still change"
REASONS = (
    "Yes: validation loss is always the higher one",
    AVERAGED,
    "No: the network learns from the validation rows too",
)

BOTH_A, BOTH_B = "A has the better accuracy and the lower loss", "B is better in both"
SPLIT = "B has the better accuracy, A the lower loss"
PAIRS = (BOTH_A, BOTH_B, SPLIT)


def checks() -> dict[str, Check]:
    """The questions, by the page that asks them."""
    found = (_split(), _look(), _log(), _coin(), _below(), _pair())
    return {check.id: check for check in found}


def _split() -> Check:
    return Numbers(
        id="split",
        prompt="With validation_split=0.3: how many rows for training, how many held out?",
        answer=lambda: facts.split_of(ROWS),
        hints=(
            "0.3 of the rows are held out. The rest is for training.",
            "0.7 × 128,069 is 89,648.3. A row is not cut in two.",
            "89,648 rows for training. 128,069 - 89,648 are held out.",
        ),
        worked="0.7 × 128,069 = 89,648.3, rounded down, and what is left is held out: {answer}",
        variant=fresh.split,
    )


def _look() -> Check:
    return Number(
        id="look",
        prompt="How many weights does the look at the held-out rows change?",
        answer=facts.changed_by_validating,
        hints=(
            "What changes weights: predicting, or an update?",
            "Predicting is the forward pass. No slopes are computed.",
            "No slopes, no updates.",
        ),
        worked="Predicting is the forward pass and no more: {answer} weights change.",
    )


def _log() -> Check:
    return Number(
        id="log",
        prompt="Which of the printed epochs has the lowest validation loss?",
        answer=facts.best_printed_epoch,
        hints=(
            "Look down the column val_loss, not down loss.",
            "The five numbers are 0.6969, 0.6580, 0.6594, 0.6568 and 0.6557.",
            "The lowest of them stands in the last line.",
        ),
        worked="0.6557 is the lowest val_loss: epoch {answer}.",
        slips=(
            Slip(
                answer=lambda: 1,
                says="Epoch 1 has the highest validation loss: 0.6969. Lower is better.",
            ),
        ),
    )


def _coin() -> Check:
    last = PRINTED[-1]
    return Number(
        id="coin",
        prompt=f"By how much is {short(last.val_loss or 0)} below ln 2?",
        answer=lambda: facts.below_coin(last),
        decimals=4,
        hints=(
            "How far is it from 0.6931 down to the loss?",
            "Take the validation loss off ln 2.",
            "0.6931 - 0.6557.",
        ),
        worked="0.6931 - 0.6557 = {answer}: in terms of loss, little better than a coin.",
        slips=(
            Slip(
                answer=lambda: last.val_loss or 0.0,
                says="0.6557 is the loss itself. How far below ln 2 is it?",
            ),
            Slip(
                answer=lambda: -facts.below_coin(last),
                says="The size is right. It is below ln 2, so the difference is positive.",
            ),
        ),
        variant=fresh.coin,
    )


def _below() -> Check:
    return Choice(
        id="below",
        prompt="A validation loss below the training loss: is that a bug?",
        options=REASONS,
        answer=lambda: AVERAGED if facts.mean_is_above_the_end() else REASONS[0],
        hints=(
            "When in the epoch is each of the two worked out?",
            "The first batches of an epoch meet weights that have still to learn.",
            "The validation loss has only the weights of the end, which are the best.",
        ),
        worked="{answer}. Validation comes after it.",
        because={
            REASONS[0]: "It often is, later on. In the first epochs the weights still move a lot.",
            REASONS[2]: "It never does: validation moves no weight.",
        },
    )


def _pair() -> Check:
    loss_a, loss_b = (short(judge(one)[0], 3) for one in (A, B))
    return Choice(
        id="pair",
        prompt="Which of the two models is better?",
        options=PAIRS,
        answer=_better,
        hints=(
            "Accuracy first: how many of the two shots got more than 0.5?",
            "A has one of two right, B both. Now -ln of each probability, and the mean.",
            f"The losses are {loss_a} for A and {loss_b} for B.",
        ),
        worked=f"{{answer}}: accuracy 1 of 2 against 2 of 2, loss {loss_a} against {loss_b}.",
        because={
            BOTH_A: "A has one shot of two right: 0.4 is below 0.5. B has both.",
            BOTH_B: "B has both shots right, one of them just so. A was very sure of its 0.9.",
        },
        variant=fresh.pair,
    )


def _better() -> str:
    (loss_a, right_a), (loss_b, right_b) = judge(A), judge(B)
    if (right_a > right_b) == (loss_a < loss_b):
        return BOTH_A if right_a > right_b else BOTH_B
    return SPLIT
