"""The questions of the lesson with other numbers."""

from __future__ import annotations

from random import Random

from lessons.labs.stopping.setup import Settings, StoppingScene
from lessons.numbers import short
from lessons.spec import Number, Variant


def patience(rng: Random) -> Variant:
    """Other losses, patience 2 or 3; training ends before the list does."""
    from lessons.tuning.early_stopping.checks import stop_after, watched

    while True:
        losses = tuple(round(rng.uniform(0.5, 0.8), 2) for _ in range(8))
        settings = Settings(patience=rng.choice((2, 3)))
        stop = stop_after(settings, losses)
        best = watched(settings, losses).verdicts[-1]
        if settings.patience + 1 < stop < len(losses) and best.stops:
            break
    said = ", ".join(short(loss) for loss in losses)
    check = Number(
        id="patience",
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
    scene = StoppingScene(
        losses=losses, settings=settings, conceal=(f"patience {settings.patience}",)
    )
    text = (
        f"The validation losses of {len(losses)} epochs: {said}. "
        f"Patience is **{settings.patience}**."
    )
    return Variant(check=check, scene=scene, text=text)
