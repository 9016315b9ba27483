"""Where a number of the training lab comes from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.base import Explanation
from lessons.numbers import operand, short

if TYPE_CHECKING:
    from lessons.labs.training.lab import TrainingLab


def unseen(lab: TrainingLab) -> str:
    """What is trained while other models are in sight; empty where the training is seen."""
    if lab.shows not in ("printed", "pair"):
        return ""
    if lab.position:
        return f"Your own network is at step {lab.position:,}: w shows its curves."
    return "This log is from a course. w turns to your network." if lab.shows == "printed" else ""


def explain(name: str, lab: TrainingLab) -> Explanation:
    """Where one number of the training lab comes from, with its values."""
    row, column = lab.cursor
    weights = lab.snapshot().weights
    edge = f"{weights.rows[row]} → {weights.columns[column]}"
    at = lab.cursor_in_parameters()
    optimizer = lab.optimizer
    value = float(lab.model.parameters[at])
    slope = float(lab.model.gradient[at])
    change = float(optimizer.change[at])
    if "change" in lab.hiding and name in ("weight", "change"):
        return _hidden_change(name, edge)
    match name:
        case "weight":
            if lab.position == 0:
                return _drawn(edge, value)
            return Explanation(
                f"weight {edge}",
                "The weight before this batch, plus the change that the optimizer made.",
                "weight = weight before + change",
                f"{short(value, 6)} = {short(value - change, 6)} + {operand(change, 6)}",
            )
        case "slope":
            meaning = (
                "How the loss of this batch changes when the weight grows by a little. It is the "
                "mean over the rows of the batch of: slope of the node × value that comes in."
            )
            if lab.last_rows and slope == 0:
                meaning += (
                    " Here it is 0: for every row of the batch the node was closed by its ReLU, "
                    "or the value that comes in was 0."
                )
            return Explanation(
                f"slope of {edge}",
                meaning,
                "slope = mean over the batch of (slope of the node × value that comes in)",
                f"slope = {short(slope, 6)}, over the last batch of {lab.last_rows} rows"
                if lab.last_rows
                else "no batch has been taken yet",
            )
        case "change":
            return _change(edge, slope, change, at, lab)
        case "loss":
            meaning, formula = LOSSES[lab.recipe.loss]
            return Explanation("loss of a batch", meaning, formula, _loss_line(lab))
        case "epoch":
            split = "split" in lab.hiding
            rows = "?" if split else str(len(lab.problem.x_train))
            batches = "?" if split or "batches" in lab.hiding else str(lab.steps_per_epoch)
            return Explanation(
                "epoch",
                "Once through all training rows. The last batch takes what is left.",
                "batches in an epoch = rows / batch size, rounded up",
                f"{batches} = {rows} rows / batches of {lab.recipe.batch_size}, rounded up",
            )
        case _:
            return _of_an_epoch(name, lab)


LOSSES = {
    "mean_squared_error": (
        "Mean squared error: square the errors of the rows of the batch, take their mean.",
        "loss = mean of (predicted - actual)²",
    ),
    "mean_absolute_error": (
        "Mean absolute error: how far off the prediction of each row is, up or down, and the mean "
        "of that. It has the unit of the target.",
        "loss = mean of |predicted - actual|",
    ),
    "categorical_crossentropy": (
        "Cross-entropy: minus the logarithm of the probability that the right class of each row "
        "was given, and the mean of that over the rows of the batch.",
        "loss = mean of -ln(probability of the right class)",
    ),
}
"""For each loss, what it is and its formula."""

NO_EPOCH = "no epoch is over yet"


def _of_an_epoch(name: str, lab: TrainingLab) -> Explanation:
    """A number of the log."""
    logs = lab.run.logs(last=1)
    log = logs[0] if logs else None
    if name == "training loss":
        value = None if log is None else log.loss
        return Explanation(
            name,
            "The mean of the losses of all batches of the epoch, each taken before its update. So "
            "it has the weights of the whole epoch in it, the worse ones of its start too.",
            "training loss = mean over the epoch of (loss of a batch)",
            NO_EPOCH if value is None else f"training loss = {short(value, 4)}",
        )
    if name == "validation loss":
        value = None if log is None else log.val_loss
        return Explanation(
            name,
            "When an epoch is over, the network predicts the rows that are held out. This is the "
            "loss over all of them, with the weights of that moment. No weight moves for it.",
            "validation loss = the loss over the held-out rows",
            NO_EPOCH if value is None else f"validation loss = {short(value, 4)}",
        )
    value, rows = None if log is None else log.val_accuracy, len(lab.problem.x_validation)
    filled = NO_EPOCH
    if value is not None:
        hidden = "split" in lab.hiding
        counts = "? / ?" if hidden else f"{round(value * rows)} / {rows}"
        filled = f"validation accuracy = {counts} = {short(value, 4)}"
    return Explanation(
        name,
        "The part of the held-out rows whose right class was given the highest probability. It "
        "does not ask how high.",
        "validation accuracy = right rows / rows",
        filled,
    )


def _hidden_change(name: str, edge: str) -> Explanation:
    """What can be said of a weight and its change while a question asks about the change."""
    return Explanation(
        f"weight {edge}" if name == "weight" else f"last change of {edge}",
        "The weight before this batch, plus the change that the optimizer made. "
        "The numbers stay hidden until you have answered the question.",
        "weight = weight before + change",
        "weight = ? + ?",
    )


def _drawn(edge: str, value: float) -> Explanation:
    """A weight before the first batch."""
    return Explanation(
        f"weight {edge}",
        "No batch has been taken yet: this is the random number that it starts with. "
        "ctrl+r draws another.",
        "weight = a small random number",
        f"weight = {short(value, 6)}",
    )


def _loss_line(lab: TrainingLab) -> str:
    last = lab.last_loss
    return "no batch has been taken yet" if last is None else f"loss = {short(last, 4)}"


def _factor(value: float) -> str:
    """Four digits, in parentheses when negative."""
    return f"({value:.4g})" if value < 0 else f"{abs(value):.4g}"


_ADAM = (
    "Adam divides the mean slope by the usual size of the slopes. What is left is about 1 or -1, "
    "so a step is about as long as the learning rate, whatever the slope. A 0.0000001 below the "
    "line keeps slopes of nearly 0 from being blown up."
)
_ADAM_FORMULA = "change = -rate × mean slope / size of the slopes"


def _change(edge: str, slope: float, change: float, at: int, lab: TrainingLab) -> Explanation:
    rate = short(lab.last_rate, 6)
    slots = lab.optimizer.slots
    if lab.recipe.optimizer == "adam":
        if lab.position == 0:
            return Explanation(f"last change of {edge}", _ADAM, _ADAM_FORMULA, "no batch yet")
        t = lab.position
        mean = float(slots["m"][at]) / (1 - 0.9**t)
        # As Keras does it: the 0.0000001 is added before the mean is corrected.
        size = (float(slots["v"][at]) ** 0.5 + 1e-7) / (1 - 0.999**t) ** 0.5
        return Explanation(
            f"last change of {edge}",
            _ADAM,
            _ADAM_FORMULA,
            f"{change + 0.0:.4g} = -{rate} × {_factor(mean)} / {size:.4g}",  # + 0.0: never -0
            where=(
                ("mean slope", f"{mean:.4g}, over the batches so far, the last ones most"),
                ("size of the slopes", f"{size:.4g}, the root of the mean of their squares"),
                ("rate", rate),
            ),
        )
    if "nesterov" in lab.recipe.optimizer:
        velocity = float(slots["velocity"][at])
        return Explanation(
            f"last change of {edge}",
            "The velocity keeps 0.9 of itself and takes in the new step. Nesterov's way goes "
            "one such step further, to where the velocity is about to lead.",
            "change = 0.9 × velocity - rate × slope",
            f"{short(change, 6)} = 0.9 × {operand(velocity, 6)} - {rate} × {operand(slope, 6)}",
        )
    if "momentum" in lab.recipe.optimizer:
        return Explanation(
            f"last change of {edge}",
            "Momentum keeps 0.9 of the last change and adds the new step to it.",
            "change = 0.9 × change before - rate × slope",
            f"{short(change, 6)}, with rate {rate} and slope {short(slope, 6)}",
        )
    return Explanation(
        f"last change of {edge}",
        "Gradient descent: against the slope, as far as the learning rate says.",
        "change = -rate × slope",
        f"{short(change, 6)} = -{rate} × {operand(slope, 6)}",
    )
