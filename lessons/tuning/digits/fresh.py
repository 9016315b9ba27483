"""The questions of 4.6 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from lessons.labs.digits.scene import DigitsScene
from lessons.labs.digits.seen import chance
from lessons.spec import Number, Numbers, Variant
from lessons.tuning.digits.measures import parameters

CLASSES = (
    (26, "letters of the English alphabet"),
    (7, "days of the week"),
    (12, "months"),
    (52, "cards of a pack"),
    (5, "vowels"),
)
SMALL, LARGE = (5, 6, 7, 9, 12), (14, 16, 20, 24, 32)


def inputs(rng: Random) -> Variant:
    """Inputs of images of two other sizes."""
    large, small = rng.choice(LARGE), rng.choice(SMALL)
    check = Numbers(
        id="inputs",
        prompt="How many inputs are the pixels of the large image, and of the small one?",
        answer=lambda: (float(large * large), float(small * small)),
        hints=(
            "Every pixel becomes one input.",
            "Rows times pixels in a row, for the one and for the other.",
            f"{large} × {large}, and {small} × {small}.",
        ),
        worked=f"{large} × {large} = {large * large}, and {small} × {small} = {small * small}.",
    )
    text = (
        f"Images of {large} rows of {large} pixels are flattened, and others of {small} rows of "
        f"{small}."
    )
    return Variant(check=check, scene=DigitsScene(view="inputs", conceal=("inputs",)), text=text)


def outputs(rng: Random) -> Variant:
    """Output nodes for other classes."""
    count, name = rng.choice(CLASSES)
    check = Number(
        id="outputs",
        prompt="How many nodes does the last layer need?",
        answer=lambda: float(count),
        hints=(
            "A softmax has one node for each class.",
            f"Count the {name}.",
            f"As many nodes as there are {name}.",
        ),
        worked=f"One node for each of the {name}: {{answer}}.",
    )
    text = f"A network is to tell the {name} apart, with a softmax as its last layer."
    return Variant(check=check, scene=_scene("outputs"), text=text)


def weights(rng: Random) -> Variant:
    """Weights and biases of another network."""
    sizes = (rng.choice((64, 100, 196)), rng.choice((20, 30, 40)), rng.choice((10, 20)), 10)
    pairs = pairwise(sizes)
    terms = " + ".join(f"{ins} × {outs} + {outs}" for ins, outs in pairs)
    check = Number(
        id="parameters",
        prompt="How many weights and biases does it have?",
        answer=lambda: float(parameters(*sizes)),
        hints=(
            "Layer by layer: inputs × nodes, and a bias for each node.",
            f"The first layer: {sizes[0]} × {sizes[1]} + {sizes[1]}. The others the same way.",
            f"{terms}.",
        ),
        worked=f"{terms} = {{answer}}",
    )
    text = (
        f"A dense network has {sizes[0]} inputs, hidden layers of {sizes[1]} and {sizes[2]} nodes, "
        f"and {sizes[3]} outputs."
    )
    return Variant(check=check, scene=_scene("parameters"), text=text)


def chance_of(rng: Random) -> Variant:
    """The loss of equal guesses between other classes."""
    count, name = rng.choice(CLASSES)
    check = Number(
        id="chance",
        prompt=f"{count} classes, all equally likely: what is the loss?",
        answer=lambda: chance(count)[0],
        decimals=4,
        hints=(
            "Which probability does the right class get, when all get the same?",
            f"Minus the logarithm of 1/{count}. That is the logarithm of {count}.",
            f"ln {count}: in Python, import math and math.log({count}).",
        ),
        worked=f"-ln(1/{count}) = ln {count} = {{answer}}",
    )
    text = f"An untrained network calls all {name}, {count} classes, equally likely."
    return Variant(check=check, scene=_scene("chance"), text=text)


def _scene(asked: str) -> DigitsScene:
    return DigitsScene(view="training", untrained=True, conceal=(asked,))
