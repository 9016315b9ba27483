"""What is to be seen of the digits lab now: the snapshot, and the part for each view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from lessons.datasets import digits
from lessons.labs.digits.drawing import SIDE, centred
from lessons.labs.digits.setup import COMPARED_AT, MOST_MISTAKES
from lessons.labs.digits.state import (
    Confusion,
    DigitsSnapshot,
    Drawn,
    Gallery,
    Laying,
    Mistakes,
    Nodes,
    Part,
    Shuffled,
    Training,
)
from lessons.labs.digits.tracks import Pair, order_of_pixels

if TYPE_CHECKING:
    from lessons.labs.digits.lab import DigitsLab
    from lessons.learning.curves import EpochLog
    from lessons.learning.run import Run

CORNER, MIDDLE = 0, SIDE * SIDE // 2 + SIDE // 2


def snapshot(lab: DigitsLab) -> DigitsSnapshot:
    """All that a view paints."""
    run: Run | Pair = lab.pair if lab.track == "pair" else lab.training
    one = run.plain if isinstance(run, Pair) else run
    return DigitsSnapshot(
        view=lab.view,
        position=lab.position,
        end=lab.end,
        epoch=one.epoch,
        batch=one.trainer.batch_in_epoch,
        steps_per_epoch=one.steps_per_epoch,
        recipe=one.recipe,
        sizes=sizes(lab, one),
        parameters=None if "parameters" in lab.hiding else one.model.count_params(),
        part=PARTS[lab.view](lab),
        said=lab.said or lab.stopped,
    )


def sizes(lab: DigitsLab, run: Run) -> tuple[str, ...]:
    """Nodes of each layer, from the inputs to the outputs, as far as they may be known."""
    inputs = "?" if "inputs" in lab.hiding else str(len(lab.problem.features))
    outputs = "?" if "outputs" in lab.hiding else str(lab.problem.outputs)
    return (inputs, *map(str, run.recipe.hidden), outputs)


@cache
def gallery() -> Gallery:
    """All images, the first one chosen."""
    images, labels = digits.load()
    return Gallery(images, labels, rows=0, cursor=0)


def image_at(at: int) -> np.ndarray:
    """An image as rows of pixels, 0 paper to 255 ink."""
    image: np.ndarray = gallery().images[at].reshape(SIDE, SIDE)
    return image


def chance(outputs: int) -> tuple[float, float]:
    """Loss and accuracy of a network that thinks every class equally likely."""
    from engine import Dense, Sequential

    model = Sequential([Dense(outputs, activation="softmax", input_shape=(1,))], dtype="float64")
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    model.set_weights([np.zeros((1, outputs)), np.zeros(outputs)])
    loss = model.evaluate(np.zeros((outputs, 1)), np.eye(outputs), verbose=0)
    return float(loss), 1 / outputs


@cache
def _chance(outputs: int) -> tuple[float, float]:
    return chance(outputs)


def _gallery(lab: DigitsLab) -> Gallery:
    return replace(gallery(), rows=len(lab.problem.x_train), cursor=lab.images.position)


def _laying(lab: DigitsLab) -> Laying:
    at = lab.images.position
    return Laying(
        image=image_at(at),
        label=int(gallery().labels[at]),
        laid=lab.rows.position,
        hides_count="inputs" in lab.hiding,
    )


def _training(lab: DigitsLab) -> Training:
    loss, accuracy = _chance(lab.problem.outputs)
    return Training(
        curves=lab.training.curves(),
        held_out=(lab.training.held_out_loss, lab.training.held_out_accuracy),
        results=lab.results(),
        chance_loss=loss,
        chance_accuracy=accuracy,
        batch_loss=lab.training.trainer.last_loss,
        hides_loss="chance" in lab.hiding,
    )


def _confusion(lab: DigitsLab) -> Confusion:
    results = lab.results()
    return Confusion(
        results=results,
        cell=lab.cell,
        images=lab.problem.x_validation[results.images_in(lab.cell)],
        hidden="confusion" in lab.hiding,
    )


def _mistakes(lab: DigitsLab) -> Mistakes:
    results = lab.results()
    images = lab.problem.x_validation[results.worst[:MOST_MISTAKES]]
    return Mistakes(results=results, images=images, cursor=lab.mistake)


def moved(lab: DigitsLab, pixel: int) -> float:
    """How far the weights of a pixel have moved since the start, the one that moved most."""
    now = lab.training.model.layers[0].kernel[pixel]
    return float(np.abs(now - lab.training.start_kernel[pixel]).max())


def activity(lab: DigitsLab) -> np.ndarray:
    """The chosen node's mean value over the held-out images of each digit: (classes,)."""
    means: np.ndarray = lab.results().activity[:, lab.node]
    return means


def node_names(lab: DigitsLab) -> tuple[str, ...]:
    """What the nodes of the first layer are called: by digits where they are the outputs."""
    count = lab.training.start_kernel.shape[1]
    if not lab.training.recipe.hidden:
        return tuple(f"output {digit}" for digit in range(count))
    return tuple(f"node {at + 1}" for at in range(count))


def _nodes(lab: DigitsLab) -> Nodes:
    return Nodes(
        kernel=lab.training.model.layers[0].kernel.copy(),
        names=node_names(lab),
        cursor=lab.node,
        activity=activity(lab),
        moved=(moved(lab, CORNER), moved(lab, MIDDLE)),
        hides_corner="corner" in lab.hiding,
    )


def last_log(run: Run) -> EpochLog | None:
    """The log of the last finished epoch."""
    return next(iter(run.logs(last=1)), None)


def _shuffled(lab: DigitsLab) -> Shuffled:
    image, pair = image_at(lab.images.position) / 255, lab.pair
    order = order_of_pixels(SIDE * SIDE)
    settings = replace(pair.plain.recipe, seed=0)
    return Shuffled(
        plain=image,
        mixed=image.ravel()[order].reshape(SIDE, SIDE),
        curves=(pair.plain.held_out_accuracy, pair.shuffled.held_out_accuracy),
        logs=(last_log(pair.plain), last_log(pair.shuffled)),
        tried=tuple(
            (recipe.seed, *scores)
            for recipe, scores in lab.tried.items()
            if replace(recipe, seed=0) == settings
        ),
        compared_at=COMPARED_AT,
        hidden="shuffled" in lab.hiding,
    )


def _drawn(lab: DigitsLab) -> Drawn:
    ink = lab.sheet.ink
    given = centred(ink)
    seen = given.ink if lab.centring else ink
    probabilities = None
    if not lab.sheet.is_empty:
        row = seen.reshape(1, -1).astype(np.float32)
        probabilities = np.asarray(lab.training.model.predict(row, verbose=0))[0]
    return Drawn(
        ink=ink,
        given=given if lab.centring else replace(given, ink=ink),
        centring=lab.centring,
        probabilities=probabilities,
        trained=lab.training.position > 0,
    )


PARTS: dict[str, Callable[[DigitsLab], Part]] = {
    "images": _gallery,
    "inputs": _laying,
    "training": _training,
    "confusion": _confusion,
    "mistakes": _mistakes,
    "nodes": _nodes,
    "shuffled": _shuffled,
    "drawing": _drawn,
}
"""What makes the part of each view."""
