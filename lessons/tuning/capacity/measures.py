"""What the questions and facts of this lesson rest on: networks that the engine has trained."""

from __future__ import annotations

from functools import cache

from lessons.datasets import hills
from lessons.facts import Lazily
from lessons.labs.experiments.scene import USUAL, usual
from lessons.labs.experiments.trial import Trial
from lessons.learning.advice import WORDS, advise
from lessons.learning.experiment import Experiment, network_name
from lessons.numbers import short
from lessons.tuning.capacity import printed

SMALLEST, MIDDLE, LARGEST = (1,), (25,), (50, 50, 50)
PLAN = (SMALLEST, (5,), MIDDLE, (50, 50), LARGEST)
"""Networks of growing capacity: their validation losses fall, and rise again."""

NOISE = hills.NOISE**2

BELOW, AT, ABOVE = "well below 0.49", "at 0.49, where it stops", "well above 0.49"
BETTER, BETWEEN, WORSE = "lower than both", "between the two", "higher than both"
FIRST, SECOND = "A", "B"
TRUST, REPEAT, LARGER = (
    "that 3×200 is better",
    "nothing yet: repeat with other seeds",
    "that more capacity is needed",
)


@cache
def ended(hidden: tuple[int, ...], seed: int = 1, data: str = "hills") -> Experiment:
    """The experiment with this network, as the lab makes it."""
    trial = Trial(usual(data, hidden, seed))
    while not trial.ended:
        trial.forward()
    return trial.experiment("4.5")


def losses(hidden: tuple[int, ...], seed: int = 1, data: str = "hills") -> tuple[float, float]:
    """Training and validation loss at the end."""
    found = ended(hidden, seed, data)
    assert found.loss is not None
    assert found.val_loss is not None
    return found.loss, found.val_loss


def training_against_noise(seed: int = 1) -> str:
    """Where the training loss of the largest network ends, beside the loss of the noise."""
    loss, _ = losses(LARGEST, seed)
    if loss < 0.8 * NOISE:
        return BELOW
    return ABOVE if loss > 1.2 * NOISE else AT


def middle_against_both(seed: int = 1) -> str:
    """Where the validation loss of the middle network ends, beside the smallest and largest."""
    low, high = sorted((losses(SMALLEST, seed)[1], losses(LARGEST, seed)[1]))
    middle = losses(MIDDLE, seed)[1]
    if middle < low:
        return BETTER
    return WORSE if middle > high else BETWEEN


def next_step(rows: int) -> str:
    """What the rule says after so many rows of the printed table."""
    return WORDS[advise(printed.results()[:rows]).step]


def conclusion() -> str:
    """What the last two rows of the printed table say, if seeds lie so far apart."""
    (before, last) = printed.results()[-2:]
    told = advise((before, last), printed.SPREAD).step
    return {"repeat": REPEAT, "done": TRUST, "decrease": TRUST, "increase": LARGER}[told]


def facts() -> Lazily:
    """The numbers that the pages quote."""
    small, large = network_name(SMALLEST), network_name(LARGEST)
    return Lazily(
        {
            "points": lambda: str(hills.POINTS),
            "rows": lambda: str(ended(SMALLEST).rows),
            "held_out": lambda: str(ended(SMALLEST).held_out),
            "noise": lambda: short(hills.NOISE),
            "floor": lambda: short(NOISE),
            "epochs": lambda: str(USUAL["hills"][1]),
            "wages_epochs": lambda: str(USUAL["wages"][1]),
            "small": lambda: small,
            "large": lambda: large,
            "small_parameters": lambda: str(ended(SMALLEST).parameters),
            "large_parameters": lambda: f"{ended(LARGEST).parameters:,}",
            "small_loss": lambda: f"{losses(SMALLEST)[1]:.2f}",
            "large_loss": lambda: f"{losses(LARGEST)[1]:.2f}",
            "large_best": lambda: f"{ended(LARGEST).best_val_loss:.2f}",
            "large_best_epoch": lambda: str(ended(LARGEST).best_epoch),
            "spread": lambda: short(printed.SPREAD),
        }
    )
