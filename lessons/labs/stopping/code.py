"""EarlyStopping's rule in a few lines, and a training with it in Keras's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Code
from lessons.labs.stopping.setup import EPOCHS, REAL
from lessons.labs.stopping.source import Real
from lessons.learning.listing import program
from lessons.numbers import exact

if TYPE_CHECKING:
    from lessons.labs.stopping.lab import StoppingLab


def listings(lab: StoppingLab) -> tuple[Code, ...]:
    """The rule on the list, or the training as a program for Keras and for this engine."""
    if lab.setup.source == REAL:
        assert isinstance(lab.source, Real)
        recipe, callbacks = lab.source.recipe, f"[{lab.settings.call}]"
        keras, engine = (
            program(lab.problem, recipe, package, epochs=EPOCHS, callbacks=callbacks)
            for package in ("keras", "engine")
        )
        return Code("Keras", keras), Code("this engine", engine)
    return (Code("Python: the rule", _rule(lab)),)


def _rule(lab: StoppingLab) -> str:
    settings = lab.settings
    losses = ", ".join(exact(loss) for loss in lab.losses)
    return f"""\
val_losses = [{losses}]
patience = {settings.patience}
min_delta = {exact(settings.min_delta)}

best, best_epoch, counter = float("inf"), 0, 0
for epoch, loss in enumerate(val_losses, start=1):
    if loss + min_delta < best:
        best, best_epoch, counter = loss, epoch, 0
    else:
        counter += 1
        # a patience of 0 is taken as 1
        if counter >= max(patience, 1):
            break

print("last epoch", epoch, "best epoch", best_epoch)"""
