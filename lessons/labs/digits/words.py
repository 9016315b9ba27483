"""Where the numbers of the digits lab come from, in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from lessons.labs.base import Explanation
from lessons.labs.digits import seen
from lessons.labs.digits.drawing import BOX, MOST_GROWTH, SIDE, centred
from lessons.labs.digits.results import LEAST
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.digits.lab import DigitsLab

NAMES: dict[str, tuple[str, ...]] = {
    "images": ("pixel", "inputs"),
    "inputs": ("inputs", "place", "pixel"),
    "training": ("held-out loss", "accuracy", "chance", "parameters"),
    "confusion": ("count", "share", "accuracy"),
    "mistakes": ("loss of the image", "held-out loss", "accuracy"),
    "nodes": ("activity", "movement", "parameters"),
    "shuffled": ("difference", "parameters"),
    "drawing": ("probability", "scale", "parameters"),
}
"""What can be explained in each view, the most asked for first."""


def explainable(lab: DigitsLab) -> tuple[str, ...]:
    """Names of the numbers in this view that can be explained."""
    return NAMES[lab.view]


def current(lab: DigitsLab) -> str:
    """The number that is asked about first."""
    return NAMES[lab.view][0]


def explain(name: str, lab: DigitsLab) -> Explanation:
    """Where one number comes from, with its values."""
    return TOLD[name](lab)


def _pixel(lab: DigitsLab) -> Explanation:
    image = seen.image_at(lab.images.position)
    row, column = np.unravel_index(int(image.argmax()), image.shape)
    value = int(image[row, column])
    return Explanation(
        "pixel",
        "Each pixel is a whole number from 0, paper, to 255, full ink. Divided by 255 it lies "
        f"between 0 and 1. This is the darkest one, in row {row + 1}, column {column + 1}.",
        "input = pixel / 255",
        f"{short(value / 255)} = {value} / 255",
    )


def _inputs(lab: DigitsLab) -> Explanation:
    count = "?" if "inputs" in lab.hiding else str(len(lab.problem.features))
    return Explanation(
        "inputs",
        "The rows of the image, laid end to end: every pixel is one input.",
        "inputs = rows × pixels in a row",
        f"{count} = {SIDE} × {SIDE}",
    )


def _place(lab: DigitsLab) -> Explanation:
    row = max(lab.rows.position, 1)
    first = "?" if "inputs" in lab.hiding else str((row - 1) * SIDE + 1)
    return Explanation(
        "place in the line",
        f"Where the first pixel of row {row} goes: all rows above it come before. The pixel below "
        f"a pixel is {SIDE} places further on, and nothing tells the network so.",
        "place = rows above × pixels in a row + 1",
        f"{first} = {row - 1} × {SIDE} + 1",
    )


def _held_out_loss(lab: DigitsLab) -> Explanation:
    hidden = "chance" in lab.hiding
    loss = "?" if hidden else short(lab.results().loss)
    return Explanation(
        "held-out loss",
        "For each held-out image minus the logarithm of the probability that the network gives "
        "to the right digit, and of these the mean. Sure and right costs nearly nothing, sure "
        "and wrong costs a lot.",
        "loss = mean of -ln(probability of the right digit)",
        f"loss = {loss}, over {len(lab.problem.x_validation)} images",
    )


def _accuracy(lab: DigitsLab) -> Explanation:
    results = lab.results()
    count = len(results.labels)
    return Explanation(
        "accuracy",
        "The network's answer is the digit with the largest probability. This is the share of "
        "the held-out images for which that is the right one.",
        "accuracy = right / images",
        f"{short(results.accuracy)} = {results.right} / {count}",
    )


def _chance(lab: DigitsLab) -> Explanation:
    outputs = lab.problem.outputs
    loss, _ = seen.chance(outputs)
    asked = {"chance", "outputs"} & set(lab.hiding)
    return Explanation(
        "loss of equal guesses",
        "A network that knows nothing does best to call every digit equally likely.",
        "loss = -ln(1 / digits) = ln(digits)",
        "loss = ?" if asked else f"loss = ln({outputs}) = {loss:.4f}",
    )


def _parameters(lab: DigitsLab) -> Explanation:
    model = (lab.pair.plain if lab.track == "pair" else lab.training).model
    known = not {"inputs", "outputs", "parameters"} & set(lab.hiding)
    layers = [layer.kernel.shape for layer in model.layers]
    terms = " + ".join(f"{ins} × {outs} + {outs}" for ins, outs in layers)
    return Explanation(
        "weights and biases",
        "Between two layers every node of the one has a weight to every node of the other; each "
        "node but an input has one bias.",
        "inputs × nodes + nodes, layer by layer",
        f"{model.count_params()} = {terms}" if known else "? = inputs × nodes + nodes + ...",
    )


def _count(lab: DigitsLab) -> Explanation:
    written, said = lab.cell
    count = int(lab.results().confusion[written, said])
    hidden = "confusion" in lab.hiding and written != said
    right = "These it got right." if written == said else "Each of them is a mistake."
    return Explanation(
        f"written {written}, called {said}",
        f"How many held-out images of a {written} the network called a {said}. {right}",
        f"count = images of a {written} whose largest probability is that of {said}",
        f"count = {'?' if hidden else count}",
    )


def _share(lab: DigitsLab) -> Explanation:
    written, _ = lab.cell
    row = lab.results().confusion[written]
    right, total = int(row[written]), int(row.sum())
    return Explanation(
        f"accuracy on {written}",
        f"Of the held-out images of a {written}, the share that was called a {written}.",
        "accuracy on a digit = right / images of that digit",
        f"{short(right / total)} = {right} / {total}",
    )


def _image_loss(lab: DigitsLab) -> Explanation:
    results = lab.results()
    name = "loss of the image"
    meaning = "Minus the logarithm of the probability that the network gives to the right digit."
    formula = "loss = -ln(probability of the right digit)"
    if len(results.worst) == 0:
        return Explanation(name, meaning, formula, "there is no mistake")
    at = int(results.worst[lab.mistake])
    label = int(results.labels[at])
    given = float(max(results.probabilities[at, label], LEAST))
    return Explanation(
        name,
        f"{meaning} This is a {label}.",
        formula,
        f"loss = -ln({given:.3g}) = {short(-math.log(given), 2)}",
    )


def _activity(lab: DigitsLab) -> Explanation:
    means = seen.activity(lab)
    name = seen.node_names(lab)[lab.node]
    most, least = int(means.argmax()), int(means.argmin())
    return Explanation(
        f"activity of {name}",
        "Its value on every held-out image: input × weight for each pixel, all added up, plus the "
        f"bias, then {'ReLU' if lab.training.recipe.hidden else 'softmax'}. Of these the mean for "
        f"each digit. Most for the {most}, least for the {least}.",
        "activity for a digit = mean of the node's values over its images",
        f"activity for {most} = {short(float(means[most]), 3)}",
    )


def _movement(lab: DigitsLab) -> Explanation:
    corner, middle = (seen.moved(lab, pixel) for pixel in (seen.CORNER, seen.MIDDLE))
    hidden = "corner" in lab.hiding
    return Explanation(
        "movement of a pixel's weights",
        "How far the weights that leave a pixel have moved since the start: of all nodes the one "
        f"that moved most. For the pixel in the middle it is {short(middle)}.",
        "slope of a weight = slope of the node × value that comes in",
        f"movement for the corner = {'?' if hidden else short(corner)}",
    )


def _difference(lab: DigitsLab) -> Explanation:
    name, formula = "difference", "difference = accuracy, shuffled - accuracy, as they are"
    meaning = (
        "Both networks start with the same weights and take the same images in the same order. "
        "Shuffled, a weight of one pixel does the work of another, so they end up a little apart: "
        "as two seeds do."
    )
    plain, mixed = (seen.last_log(run) for run in (lab.pair.plain, lab.pair.shuffled))
    if plain is None or mixed is None or plain.val_accuracy is None or mixed.val_accuracy is None:
        return Explanation(name, meaning, formula, "no epoch is finished yet")
    if "shuffled" in lab.hiding:
        return Explanation(name, meaning, formula, "difference = ?")
    a, b = round(mixed.val_accuracy, 4), round(plain.val_accuracy, 4)
    return Explanation(name, meaning, formula, f"{short(a - b)} = {short(a)} - {short(b)}")


def _probability(lab: DigitsLab) -> Explanation:
    name, formula = "probability", "probability = e^score / sum of e^score over all digits"
    meaning = (
        "The last layer's softmax: the score of a digit compared with the scores of all. However "
        "strange the drawing is, the probabilities add up to 1: there is no answer “none”."
    )
    drawn = seen.PARTS["drawing"](lab)
    given = getattr(drawn, "probabilities", None)
    if given is None:
        return Explanation(name, meaning, formula, "nothing is drawn yet")
    most = int(given.argmax())
    return Explanation(
        name, meaning, formula, f"probability of {most} = {short(float(given[most]))}"
    )


def _scale(lab: DigitsLab) -> Explanation:
    given = centred(lab.sheet.ink)
    side = max(given.columns, given.rows)
    filled = f"{short(given.scale)} = {BOX} / {side}"
    if lab.sheet.is_empty:
        filled = "nothing is drawn yet"
    elif given.scale == MOST_GROWTH:
        filled = f"scale = {short(MOST_GROWTH)}, for a side of {side} pixels"
    return Explanation(
        "scale",
        f"The drawing is made larger or smaller until its longer side is {BOX} pixels, but never "
        "more than twice as large. Then it is moved until its ink balances in the middle. "
        "MNIST's own images were made so.",
        f"scale = {BOX} / longer side",
        filled,
    )


TOLD: dict[str, Callable[[DigitsLab], Explanation]] = {
    "pixel": _pixel,
    "inputs": _inputs,
    "place": _place,
    "held-out loss": _held_out_loss,
    "accuracy": _accuracy,
    "chance": _chance,
    "parameters": _parameters,
    "count": _count,
    "share": _share,
    "loss of the image": _image_loss,
    "activity": _activity,
    "movement": _movement,
    "difference": _difference,
    "probability": _probability,
    "scale": _scale,
}
