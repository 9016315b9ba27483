"""3.1 Specify a model: inputs, layers and nodes, and how many numbers there are to learn."""

from __future__ import annotations

from pathlib import Path

from lessons.building.specify_a_model.checks import WIDER, questions
from lessons.datasets import wages
from lessons.labs.builder.lab import BuilderLab
from lessons.labs.builder.network import LISTING, LayerSpec, NetworkSpec, count, counts
from lessons.labs.builder.scene import BuilderScene
from lessons.pages import read_pages
from lessons.spec import Lesson

WIDE = NetworkSpec(9, (LayerSpec(1000, "relu"), LayerSpec(1)))
HIDDEN_ONLY = LISTING.first(2)


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="3.1",
        id="specify-a-model",
        title="Specify a model",
        summary="Build a network layer by layer; its diagram, its code and its count follow.",
        minutes=12,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), questions()),
        make_lab=lambda seed: BuilderLab(BuilderScene(), dataset="wages"),
        facts=_facts,
    )


def _scenes() -> dict[str, BuilderScene]:
    hidden = tuple(LayerSpec(nodes, "relu") for nodes in (5, 4, 2))
    small = NetworkSpec(3, (*hidden, LayerSpec(1)))
    return {
        "steps": BuilderScene(network=small),
        "inputs": BuilderScene(conceal=("9 inputs",)),
        "dense": BuilderScene(network=LISTING.first(1), whole=False, conceal=("9×100", "9-100")),
        "output": BuilderScene(network=HIDDEN_ONLY, layers=2, whole=False),
        "listing": BuilderScene(conceal=(f"depth of {LISTING.name}",)),
        "count": BuilderScene(
            layers=3, conceal=(LISTING.name, HIDDEN_ONLY.name, "100×100", "100×1")
        ),
        "wider": BuilderScene(network=WIDER, layers=3, conceal=("200×200", WIDER.name)),
        "activation": BuilderScene(layers=1, conceal=("activation",)),
        "build": BuilderScene(layers=3, compares=True),
        "code": BuilderScene(layers=3, compares=True),
        "choose": BuilderScene(network=WIDE, layers=2, compares=True),
        "recap": BuilderScene(layers=3, compares=True),
    }


def _facts() -> dict[str, str]:
    first, second, _ = counts(LISTING)
    return {
        "rows": str(len(wages.load())),
        "columns": str(len(wages.COLUMNS)),
        "features": {9: "nine"}[len(wages.FEATURES)],
        "first": f"{first:,}",
        "second": f"{second:,}",
        "wide": f"{count(WIDE):,}",
        "listing": f"{count(LISTING):,}",
    }
