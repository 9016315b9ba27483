"""2.2 Loss: squared errors over several rows, and the loss surface over two weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lessons.backpropagation.loss.checks import checks
from lessons.backpropagation.loss.networks import (
    BANK,
    FIRST,
    IN_VALLEY,
    SECOND,
    THREE,
    half_errors,
    start,
)
from lessons.labs.two_weights.lab import TwoWeightsLab
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.numbers import short
from lessons.pages import read_pages
from lessons.spec import Lesson


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="2.2",
        id="loss",
        title="Loss",
        summary="One number for many errors, and the map of it over two weights.",
        minutes=15,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), checks()),
        make_lab=lambda seed: TwoWeightsLab(THREE),
        facts=_facts,
    )


def _scenes() -> dict[str, TwoWeightsScene]:
    count = len(THREE.plan)
    return {
        "rows": THREE,
        "mean-error": replace(THREE, lines=count - 2, conceal=("three:mean error",)),
        "squares": replace(THREE, lines=count - 1, conceal=("three:loss",)),
        "share": replace(THREE, lines=-1),
        "halve": replace(THREE, lines=-1),
        "rmse": replace(THREE, lines=-1),
        "four": replace(FIRST, conceal=("first:loss",)),
        "compare": replace(SECOND, lines=-1),
        "map": replace(BANK, conceal=("bank:loss@0",)),
        "valley": replace(BANK, weights=IN_VALLEY, tag="in valley"),
        "bowl": replace(FIRST, by_line=False, shows="map", tag="bowl"),
        "recap": replace(FIRST, lines=-1, tag="recap"),
    }


def _facts() -> dict[str, str]:
    three, bank = start(THREE), start(BANK)
    return {
        "three_weights": _and(THREE.weights),
        "errors": _list(three.errors),
        "squares": _list(three.squares),
        "total": short(sum(three.squares)),
        "mse": short(three.loss),
        "halved": _list(half_errors()),
        "first_weights": _and(FIRST.weights),
        "first_loss": short(start(FIRST).loss, 6),
        "second_loss": short(start(SECOND).loss, 6),
        "bank_weights": _and(BANK.weights),
        "bank_prediction": short(bank.predictions[0]),
        "found": _and(IN_VALLEY),
    }


def _and(numbers: tuple[float, ...]) -> str:
    return " and ".join(short(number) for number in numbers)


def _list(numbers: tuple[float, ...]) -> str:
    *first, last = (short(number) for number in numbers)
    return f"{', '.join(first)} and {last}"
