"""Where a number of the training comes from, in words, and the programs that do this training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lessons.labs.base import Code, Explanation
from lessons.labs.classify.code import softmax_listings
from lessons.learning.listing import program
from lessons.numbers import operand, percent, short

if TYPE_CHECKING:
    from lessons.labs.classify.training import ClassTrainingLab

EPOCHS = 10
"""Of the program, until more have been trained."""


def explain_training(name: str, lab: ClassTrainingLab) -> Explanation:
    """Where one number of the training comes from, with its values."""
    match name:
        case "batch loss":
            return _loss(lab)
        case "accuracy":
            return _accuracy(lab)
        case "base rate":
            return _base(lab)
        case _:
            return _row(name, lab)


def _row(name: str, lab: ClassTrainingLab) -> Explanation:
    at = next(at for at, row in enumerate(lab.rows) if row.name == name)
    row, classes = lab.rows[at], lab.problem.classes
    scores, shares = lab.scores()[at], lab.probabilities()[at]
    said = classes[int(np.argmax(shares))]
    meaning = (
        "The last layer computes a score for each class, and softmax turns scores into shares."
    )
    if row.truth is None:
        meaning += " Nobody knows what became of this row: the network can still be asked."
    else:
        loss = -np.log(max(float(shares[row.truth]), 1e-7))
        meaning += (
            f" The true class is {classes[row.truth]}, so this row would add {short(loss)} to the "
            "loss. It is not among the rows that are learned from."
        )
    powers = [f"e^{operand(float(one))}" for one in scores]
    share = short(float(shares[1]))
    return Explanation(
        f"{name}: says {said}",
        meaning,
        f"p of {classes[1]} = e^score 1 / (e^score 0 + e^score 1)",
        f"p of {classes[1]} = {powers[1]} / ({' + '.join(powers)}) = {share}",
        where=tuple(zip(lab.problem.features, map(short, row.values), strict=True)),
    )


def _loss(lab: ClassTrainingLab) -> Explanation:
    loss = lab.run.trainer.last_loss
    return Explanation(
        "loss of a batch",
        "Cross-entropy: for each row of the batch -ln of the probability that its true class was "
        "given, and the mean of them. It is measured before the weights move.",
        "loss = mean of -ln(p of the true class)",
        "no batch has been taken yet" if loss is None else f"loss = {short(loss)}",
    )


def _accuracy(lab: ClassTrainingLab) -> Explanation:
    (log,) = lab.run.logs(1) or (None,)
    filled = "the first epoch is not finished yet"
    if log is not None and log.val_accuracy is not None:
        count = len(lab.problem.x_validation)
        right = round(log.val_accuracy * count)
        filled = f"validation accuracy = {right} / {count} = {short(right / count)}"
    return Explanation(
        "accuracy",
        "The part of the rows whose true class got the largest probability. Validation accuracy "
        "is measured after each epoch on the rows that are held out.",
        "accuracy = rows that are right / rows",
        filled,
    )


def _base(lab: ClassTrainingLab) -> Explanation:
    base = lab.base
    return Explanation(
        "base rate",
        "What a model reaches that looks at no column: the accuracy of always saying the larger "
        "class, and the loss of giving every row the shares of the classes.",
        "accuracy = rows of the largest class / all rows",
        "hidden until the question is answered"
        if base is None
        else f"accuracy {percent(base[0])}, loss {short(base[1])}",
    )


def training_listings(lab: ClassTrainingLab) -> tuple[Code, ...]:
    """The training as a program for Keras and for this engine, and softmax of one row in NumPy."""
    epochs = max(lab.run.epoch, EPOCHS)
    problem, recipe = lab.problem, lab.run.recipe
    numpy = softmax_listings(tuple(map(float, lab.scores()[lab.chosen])))[0].source
    return (
        Code("Keras", program(problem, recipe, "keras", epochs=epochs)),
        Code("this engine", program(problem, recipe, "engine", epochs=epochs)),
        Code(f"NumPy: the probabilities of {lab.rows[lab.chosen].name}", numpy),
    )
