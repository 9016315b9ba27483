"""The words of the early stopping lab: what an epoch means, and where a number comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.labs.stopping.watch import Verdict
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.stopping.lab import StoppingLab

NAMES = ("counter", "best so far", "weights kept")

HIDDEN = "A question asks about it: it stays hidden until you have answered."


def reason(lab: StoppingLab) -> str:
    """What EarlyStopping makes of the present epoch; empty before the first or while hidden."""
    if lab.position == 0:
        return "No epoch is over yet: space takes one."
    if lab.hides_verdicts:
        return "A question asks about it: counter, best and stop are hidden until it is answered."
    watched = lab.watched
    loss = lab.source.epochs[lab.position - 1].val_loss
    if lab.position > len(watched.verdicts):
        return _unseen(watched.verdicts[-1], loss, lab)
    verdict = watched.verdicts[-1]
    if verdict.improved:
        return _improved(verdict, watched.verdicts[:-1], lab)
    not_better = f"{_n(loss)} does not beat {_n(verdict.best)} of epoch {verdict.best_epoch}"
    if lab.settings.min_delta and loss < verdict.best:
        not_better = (
            f"{_n(loss)} is below {_n(verdict.best)}, but not by more than min_delta "
            f"({short(lab.settings.min_delta)})"
        )
    if not verdict.stops:
        return f"{not_better}: {verdict.waited} without a new best. {_left(verdict, lab)}"
    again = "" if verdict.waited == 1 else f". {_nth(verdict.waited).capitalize()} in a row"
    return (
        f"It stops here, after epoch {verdict.epoch}: {not_better}{again}, and patience is "
        f"{lab.settings.patience}."
    )


def _improved(verdict: Verdict, before: tuple[Verdict, ...], lab: StoppingLab) -> str:
    if not before:
        return f"The first epoch: {_n(verdict.best)} is the best so far. The counter is at 0."
    last = before[-1]
    return (
        f"{_n(verdict.best)} beats {_n(last.best)} of epoch {last.best_epoch}: a new best. "
        "The counter goes back to 0."
    )


def _left(verdict: Verdict, lab: StoppingLab) -> str:
    left = max(lab.settings.patience - verdict.waited, 0)
    return f"{left} more, and it stops." if left else "One more, and it stops."


def _unseen(stop: Verdict, loss: float, lab: StoppingLab) -> str:
    told = f"EarlyStopping ended the training after epoch {stop.epoch}: it never saw this."
    if loss + lab.settings.min_delta < stop.best:
        return f"{told} {_n(loss)} would have been a new best."
    return f"{told} {_n(loss)} is no better than {_n(stop.best)} of epoch {stop.best_epoch}."


def _nth(count: int) -> str:
    words = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    return words.get(count, f"{count}th")


def _n(loss: float) -> str:
    return short(loss, 4)


def explain(name: str, lab: StoppingLab) -> Explanation:
    """Where one number of the lab comes from, with its values."""
    hidden = lab.hides_kept if name == "weights kept" else lab.hides_verdicts
    formula = {
        "counter": "counter = epochs since the best one",
        "best so far": "best = the lowest validation loss so far, by more than min_delta",
        "weights kept": "restore_best_weights off: those of the last epoch; on: of the best",
    }[name]
    if hidden:
        return Explanation(name, HIDDEN, formula, "hidden")
    verdicts = lab.watched.verdicts
    if not verdicts:
        return Explanation(name, _MEANINGS[name], formula, "no epoch is over yet")
    last = verdicts[-1]
    filled = {
        "counter": f"counter = {last.waited}: epoch {last.epoch}, and the best is epoch "
        f"{last.best_epoch}",
        "best so far": f"best = {_n(last.best)}, of epoch {last.best_epoch}",
        "weights kept": f"those of epoch {lab.watched.kept_epoch}, were the training over now",
    }[name]
    return Explanation(name, _MEANINGS[name], formula, filled)


_MEANINGS = {
    "counter": (
        "After each epoch EarlyStopping compares the validation loss with the best so far. A new "
        "best sets the counter to 0, anything else adds 1. When the counter has come to patience, "
        "training ends."
    ),
    "best so far": (
        "What the next epoch has to beat. With min_delta it has to be lower by more than that."
    ),
    "weights kept": (
        "What the model holds when fit returns. The counter had to run up first, so the last epoch "
        "is never the best one when EarlyStopping ended the training."
    ),
}
