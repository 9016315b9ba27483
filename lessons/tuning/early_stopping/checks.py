"""The questions of the lesson; the engine's EarlyStopping answers them."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.labs.stopping.setup import EPOCHS, LOSSES, PATIENCE, Settings, StoppingScene
from lessons.labs.stopping.source import Listed
from lessons.labs.stopping.watch import Watched, watch
from lessons.spec import Check, Choice, Number, Numbers, Slip
from lessons.tuning.early_stopping import fresh

DELTA = 0.015
LAST, BEST, FIRST, MEAN = (
    "Of the last epoch, 6",
    "Of the best epoch, 4",
    "Of the first epoch",
    "The mean over all epochs",
)


def watched(settings: Settings, losses: Sequence[float] = LOSSES) -> Watched:
    """What EarlyStopping with these settings makes of a list of losses."""
    source = Listed(tuple(losses))
    for _ in losses:
        source.forward()
    return watch(source.model, source.epochs, settings.callback())


def stop_after(settings: Settings, losses: Sequence[float] = LOSSES) -> int:
    """The epoch after which training ends, early or not."""
    return len(watched(settings, losses).verdicts)


def enough_for(epoch: int) -> int:
    """The least patience with which that epoch is still seen."""
    low, high = PATIENCE
    return next(one for one in range(low, high + 1) if stop_after(Settings(one)) >= epoch)


def _kept() -> str:
    kept = watched(Settings()).kept_epoch
    return {stop_after(Settings()): LAST, 1: FIRST}.get(kept, BEST)


def limits_of(epochs: int, patience: int) -> tuple[float, float]:
    """How many epochs run at most and at least: with losses that only fall, or only rise."""
    falling = [1 - at / 100 for at in range(epochs)]
    most, least = (stop_after(Settings(patience), one) for one in (falling, falling[::-1]))
    return float(most), float(least)


def scene(settings: Settings, name: str) -> StoppingScene:
    """The list with these settings, and the question's name hidden."""
    return StoppingScene(settings=settings, conceal=(name,))


def checks() -> dict[str, Check]:
    """The questions, by the page that asks them."""
    found = (*_of_patience(), *_of_more())
    return {check.id: check for check in found}


def _of_patience() -> tuple[Check, ...]:
    return (
        Number(
            id="patience",
            variant=fresh.patience,
            prompt="Training ends after epoch…",
            answer=lambda: float(stop_after(Settings())),
            hints=(
                "Go through the list and note the best so far. Count from there.",
                "Epoch 2 is a best, epoch 3 is not: counter 1. Epoch 4 is a best again: counter 0.",
                "The best is 0.65 in epoch 4, and 0.66 does not beat it, twice.",
            ),
            worked="Best in epoch 4, then twice 0.66 without a new best: after epoch {answer}.",
            slips=(
                Slip(
                    answer=lambda: 2.0,
                    says="Patience counts epochs without a new best. Epoch 2 is a new best.",
                ),
                Slip(
                    answer=lambda: float(stop_after(Settings(1))),
                    says="Epoch 3 is the first without a new best. Patience 2 bears one more.",
                ),
                Slip(
                    answer=lambda: float(len(LOSSES)),
                    says="To see epoch 7 it would have to bear two epochs without a new best.",
                ),
            ),
        ),
        Number(
            id="impatient",
            variant=fresh.impatient,
            prompt="Training ends after epoch…",
            answer=lambda: float(stop_after(Settings(1))),
            hints=(
                "The first epoch without a new best ends it.",
                "0.70, then 0.66: a new best. Then?",
                "0.67 does not beat 0.66.",
            ),
            worked="0.67 does not beat 0.66: after epoch {answer}. 0.65 and 0.64 are never seen.",
            slips=(
                Slip(
                    answer=lambda: float(stop_after(Settings())),
                    says="That is with patience 2. Patience 1 stops at the first miss.",
                ),
                Slip(
                    answer=lambda: 2.0,
                    says="Epoch 2 is a new best, 0.66 below 0.70. It goes on.",
                ),
            ),
        ),
        Number(
            id="enough",
            prompt="The smallest patience with which epoch 7 is seen?",
            answer=lambda: float(enough_for(len(LOSSES))),
            hints=(
                "After the best in epoch 4, how many come that are no better?",
                "Two come that are no better. At patience 2 the second of them ends it.",
                "The counter may come to 2 and must not end it there.",
            ),
            worked="Epochs 5 and 6 bring the counter to 2. With patience {answer} it goes on.",
            slips=(
                Slip(
                    answer=lambda: 2.0,
                    says="With patience 2 the counter comes to 2 after epoch 6, and it ends.",
                ),
            ),
        ),
    )


def _of_more() -> tuple[Check, ...]:
    return (
        Number(
            id="delta",
            prompt="Training ends after epoch…",
            answer=lambda: float(stop_after(Settings(min_delta=DELTA))),
            hints=(
                "0.66 is 0.04 below 0.70: that counts. What has to be beaten now?",
                "To count, a loss has to be below 0.66 - 0.015, which is 0.645.",
                "0.67 does not count, and 0.65 does not either.",
            ),
            worked="Neither 0.67 nor 0.65 is below 0.645. That is two: after epoch {answer}.",
            slips=(
                Slip(
                    answer=lambda: float(stop_after(Settings())),
                    says="Without min_delta. With it, 0.65 is no new best: it is above 0.645.",
                ),
            ),
        ),
        Choice(
            id="kept",
            prompt="Whose weights does the model have then?",
            options=(BEST, LAST, FIRST, MEAN),
            answer=_kept,
            because={
                BEST: "To go back to them somebody must have kept a copy. Has anything said so?",
                FIRST: "Those were changed by the first batch of epoch 2.",
                MEAN: "Nobody has added them up. A model holds one set of weights.",
            },
            hints=(
                "A model holds one set of weights: those after the last update.",
                "When was the last update?",
                "In the last epoch that was trained.",
            ),
            worked="{answer}: fit leaves the weights as they are, with a loss of 0.66.",
        ),
        Numbers(
            id="limits",
            prompt="epochs=30, patience=2: how many epochs can it run at most, at least?",
            answer=lambda: limits_of(EPOCHS, Settings().patience),
            variant=fresh.limits,
            hints=(
                "At most: it may never stop early.",
                "At least: the first epoch is a best. Suppose that all others are worse.",
                "All of epochs=30, and 1 best with 2 that are worse.",
            ),
            worked="At most all 30. At least 3: 1 best and 2 that are no better.",
        ),
    )
