"""The questions of 2.1 with other numbers, for a recap; the engine computes them anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from lessons.fresh import product
from lessons.labs.two_weights.scene import TwoWeightsScene
from lessons.labs.two_weights.surface import Surface
from lessons.numbers import operand, short
from lessons.spec import Number, Variant

BANK = TwoWeightsScene(
    hidden=(((1.0, 1.0), (-1.0, 1.0)),), shows="network", tag="bank", squares=False, nudge=1.0
)


def error(rng: Random) -> Variant:
    """How far off another customer's prediction is."""
    scene = replace(_place(rng), by_line=True, lines=3, conceal=("bank:error@0",))
    at = Surface(scene.data).at(scene.weights)
    prediction, target = short(at.predictions[0]), scene.targets[0]
    difference = f"{prediction} - {operand(target)}"
    check = Number(
        id="error",
        prompt="What is the error?",
        answer=lambda: at.errors[0],
        hints=(
            "Prediction minus target, in this order.",
            f"The prediction is {prediction}, the target {short(target)}.",
            f"{difference}.",
        ),
        worked=f"{difference} = {{answer}}",
    )
    text = f"The prediction is **{prediction}**, the target **{short(target)}**."
    return Variant(check=check, scene=scene, text=text)


def raised(rng: Random) -> Variant:
    """The output when weight 1 is one more."""
    scene = _place(rng)
    surface, (weight_0, weight_1) = Surface(scene.data), scene.weights
    node_0, node_1 = _nodes(surface)
    after = surface.at((weight_0, weight_1 + 1))
    parts = f"{product(node_0, weight_0)} + {operand(node_1)} × {operand(weight_1 + 1)}"
    check = Number(
        id="raise",
        prompt=f"Weight 1 goes from {short(weight_1)} to {short(weight_1 + 1)}. "
        "What is the output?",
        answer=lambda: after.predictions[0],
        hints=(
            "Which value does each weight multiply?",
            f"Node 1 is {short(node_1)}: that is what one more weight brings.",
            f"{parts}.",
        ),
        worked=f"{parts} = {{answer}}: up by the value of node 1",
    )
    text = (
        f"{_network(scene)} Weight 1 is raised to **{short(weight_1 + 1)}**, weight 0 stays "
        "where it is."
    )
    return Variant(check=check, scene=scene, text=text)


def one_weight(rng: Random) -> Variant:
    """The weight 0 that gives the target beside a given weight 1."""
    scene = _place(rng, reached=True)
    surface, (_, weight_1), target = Surface(scene.data), scene.weights, scene.targets[0]
    node_0, node_1 = _nodes(surface)
    brings, more = (surface.at((one, weight_1)).predictions[0] for one in (0.0, 1.0))
    asked = (target - brings) / (more - brings)
    check = Number(
        id="one-weight",
        prompt=f"Weight 1 is {short(weight_1)}. Which weight 0 gives {short(target)}?",
        answer=lambda: asked,
        hints=(
            "What does one node bring in, and what is left for the other to bring?",
            f"Node 1 brings {product(node_1, weight_1)}. Node 0 has to bring "
            f"{short(target - brings)} in all.",
            f"{short(target - brings)} / {short(node_0)}.",
        ),
        worked=f"{product(node_0, asked)} + {operand(node_1)} × {operand(weight_1)} = "
        f"{short(target)}, so weight 0 is {{answer}}",
    )
    text = (
        f"Node 0 is **{short(node_0)}**, node 1 is **{short(node_1)}**. Weight 1 is "
        f"**{short(weight_1)}** and stays. The target is **{short(target)}**."
    )
    return Variant(check=check, scene=scene, text=text)


def _place(rng: Random, *, reached: bool = False) -> TwoWeightsScene:
    """Another customer and other weights; `reached`: a whole weight 0 gives the target."""
    children = rng.randint(1, 3)
    row = float(children), float(children + rng.randint(1, 3))
    weight_0, weight_1 = float(rng.randint(2, 4)), float(rng.choice((-3, -2, 2, 3)))
    surface = Surface(replace(BANK, rows=(row,)).data)
    sizes = [one for one in (2, 3, 4, 5) if one not in _nodes(surface)]
    off = float(rng.choice(sizes) * rng.choice((-1, 1)))
    target = surface.at((weight_0, weight_1)).predictions[0] + off
    if reached:
        target = surface.at((weight_0 + rng.choice((-1, 1, 2)), weight_1)).predictions[0]
    return replace(BANK, rows=(row,), targets=(target,), weights=(weight_0, weight_1))


def _nodes(surface: Surface) -> tuple[float, float]:
    node_0, node_1 = (float(one) for one in surface.values[0])
    return node_0, node_1


def _network(scene: TwoWeightsScene) -> str:
    node_0, node_1 = _nodes(Surface(scene.data))
    weight_0, weight_1 = scene.weights
    return (
        f"Node 0 is **{short(node_0)}**, node 1 is **{short(node_1)}**. Weight 0 is "
        f"**{short(weight_0)}**, weight 1 is **{short(weight_1)}**."
    )
