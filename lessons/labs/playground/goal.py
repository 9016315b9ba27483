"""Where a training ends by itself, as fit ends it; in a playground it can go on from there."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.playground.run import PlayRun
from lessons.labs.playground.seen import verdict

GOES_ON = "r goes on."


@dataclass(frozen=True)
class Goal:
    """After so many epochs, or so many without a better test loss; None: not for that reason."""

    epochs: int | None = None
    patience: int | None = None

    @property
    def anywhere(self) -> bool:
        """Whether there is any reason to stop."""
        return bool(self.epochs or self.patience)

    def reached(self, run: PlayRun) -> str:
        """Why the epoch that has just ended is the last one, in words; empty where it is not.

        A patience starts anew with each new best, and is over once: whoever goes on goes on.
        """
        best = run.best() if self.patience else None
        waited = run.epoch - best[0] // run.steps_per_epoch if best is not None else 0
        if self.patience and waited == self.patience:
            epochs = "epoch" if waited == 1 else f"{waited} epochs"
            return f"Stopped after epoch {run.epoch:,}: no better for {epochs}."
        if run.epoch == self.epochs:
            epochs = "1 epoch" if run.epoch == 1 else f"{run.epoch:,} epochs"
            return f"Stopped after {epochs}, as you asked."
        return ""


class Finish:
    """Sees a run take steps, and ends it where its goal says. Steps taken again count no more."""

    def __init__(self, run: PlayRun, goal: Goal) -> None:
        self._run, self._goal = run, goal
        self._end = run.end
        self._due: int | None = None
        """The newest step that had never been taken, until it is asked about."""

    def begin(self) -> str:
        """Before a step, and where no more is taken: what has not been said yet, else nothing.

        An edit or its undo has moved the end, and that is no step.
        """
        self._end = self._run.end
        return self.look()

    def look(self) -> str:
        """A step was taken, or a part of one: what to say where that was the last, else nothing.

        With a patience the run is at its best epoch then, as EarlyStopping leaves a model.
        """
        run = self._run
        if run.end > self._end:
            self._due = self._end = run.end
        over = run.position == run.end and run.end % run.steps_per_epoch == 0
        if not (run.end == self._due and over) or run.trainer.evaluates:
            return ""
        self._due = None
        words = self._goal.reached(run)
        best = run.best() if words and self._goal.patience else None
        if best is not None:
            run.go(best[0])
            words += f" Here is epoch {run.epoch:,}, the best one."
        return " ".join(filter(None, [words, verdict(run), GOES_ON])) if words else ""
