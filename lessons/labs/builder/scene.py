"""Where a page of the building lesson wants its lab to be."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.labs.base import Scene
from lessons.labs.builder.network import LISTING, NetworkSpec


@dataclass(frozen=True)
class BuilderScene(Scene):
    """A network to be built, and how many of its layers are there when the page opens.

    `conceal` takes names of what is counted, each for one size only, so that other networks show
    their numbers while a question is open: "9×100" is the count of a layer of 100 nodes that reads
    9 values, "9-100-100-1" that of a network, "depth of 9-100-100-1" how many of its layers are
    hidden ones, "9 inputs" how many inputs there are.
    """

    network: NetworkSpec = LISTING
    layers: int = 0
    compares: bool = False
    """Whether the listing's count stands below that of the network."""
    whole: bool = True
    """Whether the last layer is meant as the output; else one is still to come."""
