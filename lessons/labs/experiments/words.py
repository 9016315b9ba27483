"""Where a number of the experiments lab comes from, in words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.labs.experiments.seen import NOISE, advice_after, loss_now, snapshot_of
from lessons.labs.experiments.state import Loss
from lessons.labs.experiments.trial import Trial
from lessons.learning.advice import WORDS
from lessons.numbers import operand, short

if TYPE_CHECKING:
    from lessons.labs.experiments.lab import ExperimentsLab

NAMES = ("parameters", "training loss", "validation loss", "gap", "epochs", "advice")
READING_NAMES = ("parameters", "advice")


def explain(name: str, lab: ExperimentsLab) -> Explanation:
    """Where one number of the lab comes from, with its values."""
    if name == "parameters":
        return _parameters(lab)
    if name == "advice":
        return _advice(lab)
    assert lab.trial is not None
    loss = loss_now(lab)
    match name:
        case "training loss":
            return _training(lab.trial, loss)
        case "validation loss":
            return _validation(lab.trial, loss)
        case "gap":
            return _gap(lab.trial, loss)
        case _:
            return _epochs(lab, lab.trial)


def parameters_line(inputs: int, hidden: tuple[int, ...], outputs: int = 1) -> str:
    """Weights and biases of each layer, added up: ``2 × 25 + 25 + 25 × 1 + 1``."""
    sizes = (inputs, *hidden, outputs)
    return " + ".join(f"{a} × {b} + {b}" for a, b in pairwise(sizes))


def _parameters(lab: ExperimentsLab) -> Explanation:
    meaning = (
        "Capacity in one number. Each layer has a weight for every pair of a value that comes in "
        "and a node, and one bias for each node."
    )
    formula = "parameters = for each layer: inputs × nodes + nodes"
    if lab.reading is not None:
        results = lab.reading.printed.results[: lab.position]
        if not results:
            return Explanation("parameters", meaning, formula, "no row has been read yet")
        last, inputs = results[-1], lab.reading.printed.inputs
        return Explanation(
            f"parameters of {last.name}",
            f"{meaning} The table does not say how many inputs it had: {inputs} are assumed.",
            formula,
            f"{parameters_line(inputs, last.hidden)} = {last.parameters}",
        )
    assert lab.trial is not None
    count = lab.trial.model.count_params()
    line = parameters_line(len(lab.trial.problem.features), lab.setup.recipe.hidden)
    return Explanation("parameters", meaning, formula, f"{line} = {count}")


def _training(trial: Trial, loss: Loss) -> Explanation:
    filled = _told("training loss", loss.train, trial)
    noise = NOISE.get(trial.problem.name)
    meaning = (
        f"Mean squared error over the {len(trial.problem.x_train)} rows that the network learns "
        "from, each at the moment when its batch was taken."
    )
    if noise is not None:
        meaning += (
            f" The noise alone makes {short(noise)}: what is below that, is noise learned by heart."
        )
    return Explanation("training loss", meaning, "loss = mean of (predicted - actual)²", filled)


def _validation(trial: Trial, loss: Loss) -> Explanation:
    return Explanation(
        "validation loss",
        f"Mean squared error over the {len(trial.problem.x_validation)} rows that were held out, "
        "after the epoch. No weight was ever moved for these rows.",
        "loss = mean of (predicted - actual)²",
        _told("validation loss", loss.validation, trial),
    )


def _gap(trial: Trial, loss: Loss) -> Explanation:
    meaning = (
        "How much worse it does on rows that it has not seen. A gap that grows while the training "
        "loss falls is the sign of overfitting."
    )
    formula = "gap = validation loss - training loss"
    if loss.gap is None:
        return Explanation("gap", meaning, formula, _told("gap", None, trial))
    assert loss.train is not None
    validation = loss.gap + loss.train
    filled = f"gap = {short(validation)} - {operand(loss.train)}, which is {short(loss.gap, 3)}"
    return Explanation("gap", meaning, formula, filled)


def _told(name: str, value: float | None, trial: Trial) -> str:
    if value is not None:
        return f"{name} = {short(value)}, after epoch {trial.epoch}"
    return f"{name} = ?" if trial.epoch else "no epoch has ended yet"


def _epochs(lab: ExperimentsLab, trial: Trial) -> Explanation:
    steps = trial.steps_per_epoch
    return Explanation(
        "epochs",
        "An experiment ends after a number of epochs that was fixed before. Only experiments of "
        "equal length can be compared.",
        "batches = epochs × batches in an epoch",
        f"{lab.setup.epochs} × {steps} = {lab.setup.epochs * steps}",
    )


def _advice(lab: ExperimentsLab) -> Explanation:
    meaning = (
        "Add capacity as long as the validation loss falls; go back a little when it does not. "
        "A difference that is smaller than the spread of the seeds says nothing: repeat."
    )
    formula = "next step: by the validation losses of the best network and of its neighbours"
    if lab.reading is not None:
        told = advice_after(lab, lab.position)
        filled = f"{WORDS[told.step]}: {told.says}" if told else "next step = ?"
    else:
        view = snapshot_of(lab)
        filled = f"{view.advice}: {view.says}"
    return Explanation("advice", meaning, formula, filled)
