"""The questions of 4.5 with other numbers, for a recap."""

from __future__ import annotations

from random import Random

from lessons.fresh import drawn
from lessons.labs.experiments.scene import ExperimentsScene, Printed
from lessons.labs.experiments.words import parameters_line
from lessons.learning.advice import Result
from lessons.learning.experiment import network_name
from lessons.spec import Choice, Number, Numbers, Variant
from lessons.tuning.capacity import printed

Losses = tuple[float, float]
"""Training and validation loss of one network."""


def better(a: Losses, b: Losses) -> str:
    """The network that does better on rows that it has not learned from: "A" or "B"."""
    return "A" if a[1] < b[1] else "B"


def capacity(rng: Random) -> Variant:
    """The parameters of other networks."""
    inputs, nodes = rng.choice((3, 4, 6, 8)), rng.choice((5, 10, 20))
    networks = ((nodes,), (2 * nodes,), (2 * nodes, 2 * nodes))
    first, second, third = map(network_name, networks)
    lines = [parameters_line(inputs, hidden) for hidden in networks]
    check = Numbers(
        id="capacity",
        prompt=f"How many parameters have {first}, {second} and {third}?",
        answer=lambda: tuple(float(printed.parameters(hidden, inputs)) for hidden in networks),
        hints=(
            "A layer has a weight for every pair of an input and a node, and a bias for each node.",
            f"{first}: {inputs} × {nodes} + {nodes} for the hidden layer.",
            f"{first}: {lines[0]}. {third}: {lines[2]}.",
        ),
        worked="{answer}: weights and biases of each layer, added up.",
    )
    text = f"A network has {inputs} inputs and 1 output, and these hidden layers."
    return Variant(check=check, scene=ExperimentsScene(), text=text)


def overfitting(rng: Random) -> Variant:
    """Two other networks: one knows its rows by heart, the other is better on new ones."""
    held_out = [rng.randint(30, 60) / 100 for _ in range(2)]
    a, b = drawn(
        rng,
        lambda rng: tuple((rng.randint(5, 25) / 100, loss) for loss in held_out),
        lambda pair: pair[0][0] != pair[1][0],
    )
    if a[1] == b[1]:
        b = (b[0], b[1] + 0.05)
    told = " ".join(
        f"{name}: training loss {pair[0]:.2f}, validation loss {pair[1]:.2f}."
        for name, pair in (("A", a), ("B", b))
    )
    right = better(a, b)
    wrong, low, high = "B" if right == "A" else "A", min(a[1], b[1]), max(a[1], b[1])
    check = Choice(
        id="overfitting",
        prompt=f"{told} Which one to use?",
        options=("A", "B"),
        answer=lambda: better(a, b),
        hints=(
            "It will be used on rows that it has never seen.",
            "Which of the two losses is of rows that it has never seen?",
            f"Compare {a[1]:.2f} with {b[1]:.2f}.",
        ),
        worked=f"{low:.2f} is less than {high:.2f}, on rows not learned from: {{answer}}.",
        because={wrong: "The validation losses decide: they are of rows not learned from."},
    )
    text = "Two networks were trained on the same rows."
    return Variant(check=check, scene=ExperimentsScene(), text=text)


def looks(rng: Random) -> Variant:
    """How often another table has looked at its validation rows."""
    count, seeds = rng.randint(3, 4), rng.randint(2, 4)
    results = tuple(
        Result((nodes,), printed.parameters((nodes,)), (round(6 - nodes / 100, 2),))
        for nodes in (50, 100, 150, 200)[:count]
    )
    check = Number(
        id="looks",
        prompt=f"{count} networks, {seeds} seeds of each: how many looks at the validation rows?",
        answer=lambda: float(sum(len(one.losses) for one in results) * seeds),
        hints=(
            "Each training that ends is one validation loss, and one look.",
            "Count the trainings, not the networks.",
            f"{count} × {seeds}.",
        ),
        worked=f"{count} × {seeds} = {{answer}}: one look for each training.",
    )
    scene = ExperimentsScene(printed=Printed(results, "made up", printed.INPUTS), rows=count)
    return Variant(check=check, scene=scene, text="Each training ends with a validation loss.")
