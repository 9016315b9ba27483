"""4.6 Handwritten digits: a network that reads them, and a sheet to draw one on."""

from __future__ import annotations

from pathlib import Path

from lessons.labs.digits.lab import DigitsLab
from lessons.labs.digits.scene import DigitsScene
from lessons.labs.digits.seen import chance, gallery
from lessons.labs.digits.setup import RECIPE
from lessons.learning.problems import digits
from lessons.pages import read_pages
from lessons.spec import Lesson
from lessons.tuning.digits.checks import checks
from lessons.tuning.digits.measures import EPOCHS, fresh_lab, parameters, untrained_loss


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="4.6",
        id="handwritten-digits",
        title="Handwritten digits",
        summary="Train a network to read digits, look inside it, and draw one for it.",
        minutes=20,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), checks()),
        make_lab=lambda seed: DigitsLab(digits(), seed, DigitsScene()),
        facts=_facts,
    )


def _scenes() -> dict[str, DigitsScene]:
    def untrained(asked: str) -> DigitsScene:
        return DigitsScene(view="training", untrained=True, conceal=(asked,))

    def trained(view: str, *asked: str) -> DigitsScene:
        return DigitsScene(view=view, epochs=EPOCHS, conceal=asked)

    return {
        "look": DigitsScene(),
        "inputs": DigitsScene(view="inputs", conceal=("inputs",)),
        "outputs": untrained("outputs"),
        "parameters": untrained("parameters"),
        "chance": untrained("chance"),
        "train": DigitsScene(view="training"),
        "confusion": trained("confusion", "confusion"),
        "mistakes": trained("mistakes"),
        "nodes": trained("nodes"),
        "corner": trained("nodes", "corner"),
        "shuffled": DigitsScene(view="shuffled", conceal=("shuffled",)),
        "draw": trained("drawing"),
        "given": trained("drawing"),
        "recap": trained("drawing"),
    }


def _facts() -> dict[str, str]:
    problem, lab = digits(), fresh_lab()
    sizes = (len(problem.features), *RECIPE.hidden, problem.outputs)
    units = RECIPE.hidden[0]
    return {
        "images": f"{len(gallery().images):,}",
        "pixels": str(len(problem.features)),
        "units": str(units),
        "example": f"{parameters(100, units):,}",
        "train": f"{len(problem.x_train):,}",
        "held_out": f"{len(problem.x_validation):,}",
        "steps": str(lab.training.steps_per_epoch),
        "chance": f"{chance(problem.outputs)[0]:.4f}",
        "untrained": f"{untrained_loss():.2f}",
        "parameters": f"{parameters(*sizes):,}",
    }
