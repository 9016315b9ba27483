"""Scenes worth seeing, each with a question, and what there is to be found."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.playground.play import Play


@dataclass(frozen=True)
class Exhibit:
    """A scene of the gallery: what is asked, what to do, and what comes out of it."""

    id: str
    title: str
    question: str
    find: str
    """What the engine shows, in a sentence or two, for after the look."""
    play: Play
    shows: str = "all"
    """The panel it opens with."""


GALLERY = (
    Exhibit(
        "one-edge",
        "A ring and a single edge",
        "Run it. Why does this never learn?",
        "Without a hidden layer there is one straight edge, and no straight edge parts a disc from "
        "the ring around it. Add a hidden layer of three nodes.",
        Play(data="circle", hidden=(), rate=0.03),
    ),
    Exhibit(
        "squares",
        "The same ring, other inputs",
        "No hidden layer here either. Why does it learn now?",
        "x1² + x2² is the squared distance from the middle: with these inputs one edge is enough. "
        "Somebody who knows the answer can put it into the inputs.",
        Play(data="circle", hidden=(), features=("x1²", "x2²"), rate=0.1),
    ),
    Exhibit(
        "three-nodes",
        "Three edges make a corner",
        "How few hidden nodes are enough for the ring? Try 2.",
        "Three edges can close around the disc, two cannot. The network finds out by itself where "
        "to put them.",
        Play(data="circle", hidden=(3,), rate=0.03),
        shows="network",
    ),
    Exhibit(
        "deep-and-straight",
        "Deep, and still straight",
        "Four layers of eight nodes. Why is the edge straight?",
        "Without a bend between them, layers of sums are one sum: look at the activation, and turn "
        "it to tanh.",
        Play(data="circle", hidden=(8, 8, 8, 8), activation="linear", rate=0.01),
    ),
    Exhibit(
        "product",
        "XOR in one product",
        "Which single input makes XOR easy?",
        "x1·x2 is above 0 exactly in two facing corners. Take it away and a hidden layer has to "
        "build it.",
        Play(data="xor", hidden=(), features=("x1·x2",), rate=0.1),
    ),
    Exhibit(
        "spiral",
        "The spiral",
        "How many epochs until both arms are told apart?",
        "Some hundred. Many nodes make many edges, and a bend is made of many edges.",
        Play(data="spiral", noise=0.05, hidden=(8, 8), optimizer="adam", rate=0.02),
    ),
    Exhibit(
        "twins",
        "All weights start at 0",
        "Why are all maps of a layer the same?",
        "Nodes that start alike get the same slopes and stay alike for ever. Random weights are "
        "there to make them different.",
        Play(data="xor", hidden=(6,), initializer="zeros", rate=0.1),
        shows="network",
    ),
    Exhibit(
        "too-fast",
        "A rate that kills",
        "Run it for a few epochs. Where have the nodes gone?",
        "One step was so long that most ReLU nodes are 0 for every point: they have no slope any "
        "more and never come back.",
        Play(data="xor", hidden=(8, 8), activation="relu", optimizer="sgd", rate=3.0),
        shows="slopes",
    ),
    Exhibit(
        "fading",
        "Six layers of sigmoid",
        "Compare the slopes of the first layer and the last. Will the first one learn?",
        "Each layer takes at most a quarter of the slope further back. The first layers hardly "
        "move. Turn the activation to tanh.",
        Play(data="circle", hidden=(6, 6, 6, 6, 6, 6), activation="sigmoid", rate=0.03),
        shows="slopes",
    ),
    Exhibit(
        "by-heart",
        "Learned by heart",
        "The training loss falls. Why does the test loss rise?",
        "There are few points and much noise, and nodes enough to learn each point by heart. That "
        "does not help with points it has never seen. Try dropout, l2, or fewer nodes.",
        Play(
            data="gaussians",
            noise=1.1,
            points=60,
            held_out=0.5,
            hidden=(8, 8, 8),
            optimizer="adam",
            rate=0.02,
        ),
        shows="curves",
    ),
    Exhibit(
        "few-inputs",
        "Which inputs does it need?",
        "Seven inputs and a price on every weight. Which ones are left?",
        "l1 takes the same amount off every weight, however small: the useless ones end near 0. "
        "For the ring the two squares remain.",
        Play(
            data="circle",
            hidden=(),
            features=("x1", "x2", "x1²", "x2²", "x1·x2", "sin x1", "sin x2"),
            regularizer="l1",
            strength=0.02,
            rate=0.03,
        ),
        shows="network",
    ),
    Exhibit(
        "hills",
        "Hills and hollows",
        "Here a height is to be met, no class. How many nodes does a hill need?",
        "A hill has to be closed in from all sides: with 4 nodes the network gets some of them, "
        "with 8 and 8 all five.",
        Play(data="hills", hidden=(8, 8), optimizer="adam", rate=0.01, noise=0.05),
    ),
)


def exhibit(name: str) -> Exhibit | None:
    """The scene of that id, or None."""
    return next((one for one in GALLERY if one.id == name), None)
