"""1.5 Representation learning: what each hidden node responds to, while the network finds it."""

from __future__ import annotations

from pathlib import Path

from lessons.basics.representation_learning import measures
from lessons.datasets import plane
from lessons.labs.maps.lab import MapsLab
from lessons.labs.maps.setup import MapsScene
from lessons.pages import read_pages
from lessons.spec import Check, Choice, Lesson, Number, Slip


def lesson() -> Lesson:
    """The lesson, for the course."""
    return Lesson(
        number="1.5",
        id="representation-learning",
        title="Representation learning",
        summary="Watch hidden nodes find out by themselves what to look for, map by map.",
        minutes=14,
        pages=read_pages(Path(__file__).with_name("pages.md"), _scenes(), _checks()),
        make_lab=lambda seed: MapsLab(seed, MapsScene()),
        facts=measures.facts,
    )


def _scenes() -> dict[str, MapsScene]:
    ring = MapsScene(data="ring", hidden=(4,))
    xor = MapsScene(data="XOR", hidden=(4,), rate=0.01)
    return {
        "plane": ring,
        "before": MapsScene(data="ring", hidden=(4,), conceal=("maps",)),
        "form": ring,
        "nobody": MapsScene(data="ring", hidden=(4,), epochs=measures.RING_EPOCHS),
        "clouds": MapsScene(data="XOR", hidden=(1,), rate=0.1),
        "seeds": xor,
        "swap": MapsScene(data="XOR", hidden=(4,), epochs=measures.XOR_EPOCHS),
        "straight": MapsScene(data="XOR", activation="linear", conceal=("linear",)),
        "cut": MapsScene(data="XOR", activation="linear", epochs=measures.LINEAR_EPOCHS),
        "deeper": MapsScene(data="ring", hidden=(4, 4)),
        "representations": MapsScene(data="ring", hidden=(4, 4), epochs=measures.RING_EPOCHS),
        "spiral": MapsScene(data="spiral", hidden=(8, 8), pace=10.0),
        "recap": MapsScene(data="spiral", hidden=(8, 8), pace=10.0),
    }


def _checks() -> dict[str, Check]:
    names = tuple(plane.SHAPES)
    return {
        "before": Choice(
            id="before",
            prompt="What does the map of node 0 look like before training?",
            options=(measures.EMPTY, measures.SPECKLES, measures.EDGE_THROUGH_MIDDLE),
            answer=measures.look_before_training,
            hints=(
                "Its weights are random, but they are the same two at every place.",
                "Where is weight × x + weight × y exactly 0? The middle has x = 0 and y = 0.",
                "A line on which the sum is 0, and the middle of the plane is on it.",
            ),
            worked="The sum is 0 along a line, and at x = 0, y = 0: {answer}.",
            because={
                measures.EMPTY: "Only if all weights were 0. Random ones give every place a value.",
                measures.SPECKLES: "The two weights are drawn once, not anew for each place.",
            },
        ),
        "nobody": Number(
            id="nobody",
            prompt="How many columns of the data say what a hidden node should answer?",
            answer=lambda: float(measures.targets_for_hidden_nodes()),
            hints=(
                "Three columns: x, y and class. What is each of them for?",
                "Two are inputs, and one is what the output should say.",
                "3 - 2 - 1.",
            ),
            worked="3 - 2 - 1 = {answer}: two inputs, one target, and that belongs to the output.",
            slips=(
                Slip(
                    answer=lambda: 1.0,
                    says="The class is what the output should say. No hidden node is asked for it.",
                ),
                Slip(
                    answer=lambda: 4.0,
                    says="There are 4 hidden nodes, but no column of the data belongs to them.",
                ),
            ),
        ),
        "clouds": Number(
            id="clouds",
            prompt="How many straight cuts does it take at least to part the classes?",
            answer=lambda: float(measures.cuts_for_xor()),
            hints=(
                "Clouds of one class face each other across the middle.",
                "Fence in two opposite clouds, so that the other two stay outside.",
                "One cut on each side of a slanting band.",
            ),
            worked="A slanting band holds one class: {answer} cuts, one on each side of it.",
            slips=(
                Slip(
                    answer=lambda: 1.0,
                    says="One cut leaves a cloud on the wrong side, wherever it goes: 3 of 4.",
                ),
                Slip(
                    answer=lambda: 4.0,
                    says="A cut around each cloud would do. A band across the middle takes less.",
                ),
            ),
        ),
        "swap": Number(
            id="swap",
            prompt="By how much does the prediction change at most?",
            answer=measures.change_by_swapping,
            hints=(
                "What does the output node do with what comes in?",
                "The output adds up products. Two of them trade places in the sum.",
                "A sum does not depend on the order of what is added.",
            ),
            worked="The same products, added in another order: {answer}, at every place.",
        ),
        "straight": Choice(
            id="straight",
            prompt="Which of them can this network learn?",
            options=(*names, "all of them"),
            answer=measures.learned_without_activation,
            hints=(
                "One straight cut has to do.",
                "Which data set has one class on one side of a line?",
                "No surrounding, no facing each other, no winding.",
            ),
            worked="One straight cut parts {answer}, and none of the others.",
            because={
                "ring": "A straight cut leaves parts of the ring on both of its sides.",
                "XOR": "One cut gets 3 clouds of 4 at best.",
                "spiral": "Both arms wind around the middle: any straight cut meets both.",
                "all of them": "Sums of sums are one sum: only one straight cut is left.",
            },
        ),
        "deeper": Choice(
            id="deeper",
            prompt="Which edges are straight once it is trained, and which bend?",
            options=(measures.BOTH_STRAIGHT, measures.BOTH_BENT, measures.STRAIGHT_EDGE),
            answer=measures.edges_of_two_layers,
            hints=(
                "Train it and look, or ask what each layer gets.",
                "Layer 1 gets x and y: weight × x + weight × y + bias = 0 is a line.",
                "Layer 2 adds up several edges that lie in different directions.",
            ),
            worked="A sum of x and y has a straight edge, a sum of edges need not: {answer}.",
            because={
                measures.BOTH_STRAIGHT: "Layer 2 adds up maps that have edges of their own.",
                measures.BOTH_BENT: "In layer 1, weight × x + weight × y + bias = 0 is a line.",
            },
        ),
    }
