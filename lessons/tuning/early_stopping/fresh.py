"""The questions of the lesson with other numbers."""

from __future__ import annotations

from random import Random

from lessons.labs.stopping.setup import Settings, StoppingScene
from lessons.numbers import short
from lessons.spec import Number, Numbers, Variant


def patience(rng: Random) -> Variant:
    """Other losses, patience 2 or 3; training ends before the list does."""
    return _stop(rng, "patience", (2, 3))


def impatient(rng: Random) -> Variant:
    """Other losses, patience 1."""
    return _stop(rng, "impatient", (1,))


def _stop(rng: Random, name: str, choices: tuple[int, ...]) -> Variant:
    from lessons.tuning.early_stopping.checks import stop_after, watched

    while True:
        losses = tuple(round(rng.uniform(0.5, 0.8), 2) for _ in range(8))
        settings = Settings(patience=rng.choice(choices))
        stop = stop_after(settings, losses)
        best = watched(settings, losses).verdicts[-1]
        if settings.patience + 1 < stop < len(losses) and best.stops:
            break
    said = ", ".join(f"{loss:.2f}" for loss in losses)
    check = Number(
        id=name,
        prompt="Training ends after epoch…",
        answer=lambda: float(stop_after(settings, losses)),
        hints=(
            "Go through the list and note the best so far. Count from there.",
            "Each new best sets the counter to 0. Anything else adds 1.",
            f"The best that is seen is {short(best.best)}, in epoch {best.best_epoch}.",
        ),
        worked=f"Best in epoch {best.best_epoch}, then {settings.patience} without a new best: "
        "after epoch {answer}.",
    )
    hidden = "patience" if settings.patience > 1 else "no patience"
    scene = StoppingScene(losses=losses, settings=settings, conceal=(hidden,))
    text = (
        f"The validation losses of {len(losses)} epochs: {said}. "
        f"Patience is **{settings.patience}**."
    )
    return Variant(check=check, scene=scene, text=text)


def limits(rng: Random) -> Variant:
    """Another number of epochs, and another patience."""
    from lessons.tuning.early_stopping.checks import limits_of

    epochs, bears = rng.choice((20, 40, 50)), rng.choice((1, 3, 4, 5))
    check = Numbers(
        id="limits",
        prompt=f"epochs={epochs}, patience={bears}: how many epochs at most, at least?",
        answer=lambda: limits_of(epochs, bears),
        hints=(
            "At most: it may never stop early.",
            "At least: the first epoch is a best. Suppose that all others are worse.",
            f"All of epochs={epochs}; and 1 best with {bears} after it.",
        ),
        worked=f"At most all {epochs}. At least 1 + {bears} = {1 + bears}.",
    )
    text = (
        "With a new best every few epochs, EarlyStopping never ends the training. And the first "
        "epoch is always a best."
    )
    return Variant(check=check, scene=StoppingScene(settings=Settings(bears)), text=text)
