"""A picture and what there is to say about it: the worst mistakes, and what nodes look for."""

from __future__ import annotations

import numpy as np
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from lessons.labs.digits.state import Confusion, DigitsSnapshot, Mistakes, Nodes
from tui.dress import dress
from tui.labs.base import LabView
from tui.labs.digits.pictures import SIDE, Part, Pictures
from tui.theme import palette
from tui.widgets.confusion import ConfusionTable
from tui.widgets.images import Images, ImagesView, Picture
from tui.widgets.shares import Share, Shares

LARGE = (100, 42)
"""Columns and rows from which the chosen picture is drawn at twice its size."""

SMALL = 15
"""Rows below which the chosen picture is small, and words are all that stands beside it."""


class BrowsingPart(Part):
    """The chosen picture large, bars and words beside it, the others small below."""

    def compose(self) -> ComposeResult:
        """The chosen one, what is said about it, the row of all."""
        with Horizontal(id="chosen-row"):
            yield Images(id="chosen")
            with Vertical():
                yield Shares(id="shares")
                yield Static(id="words", markup=False)
        yield Images(id="strip")

    def on_mount(self) -> None:
        """Only the large picture takes the keyboard: its arrow keys go through all."""
        self.query_one("#strip", Images).can_focus = False

    def on_resize(self) -> None:
        """On a large terminal the chosen picture is twice as large."""
        large = self.size.width >= LARGE[0] and self.size.height >= LARGE[1]
        dress(self, {"large": large, "small": self.size.height < SMALL})

    def browse(self, pictures: Pictures, cursor: int, empty: str) -> None:
        """Show these pictures with one of them chosen."""
        chosen, strip = (self.query_one(name, Images) for name in ("#chosen", "#strip"))
        chosen.view = ImagesView(pictures, cursor, largest=2, empty=empty)
        strip.view = ImagesView(pictures, cursor, largest=0.5)


class MistakesPart(BrowsingPart):
    """The held-out images with the largest loss, and the ten probabilities of one."""

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Mistakes) or not self.is_new(part.results, part.cursor):
            return
        results = part.results

        def picture(rank: int) -> Picture:
            at = results.worst[rank]
            caption = f"a {results.labels[at]}, called {results.said[at]}"
            return Picture(part.images[rank].reshape(SIDE, SIDE), caption, "node")

        pictures = Pictures(len(part.images), picture)
        self.browse(pictures, part.cursor, "no mistake on the held-out images")
        colors, text = palette(self.app), Text()
        shares = self.query_one(Shares)
        if not len(pictures):
            shares.shares = ()
            self.write("words", text)
            return
        at = int(results.worst[part.cursor])
        label, given = int(results.labels[at]), results.probabilities[at]
        shares.heading = f"mistake {part.cursor + 1} of {len(results.worst)}: what it said"
        shares.shares = probabilities(given, label)
        text.append(f"It is a {label}. ", colors.style("accent", bold=True))
        text.append(f"Loss {results.losses[at]:.2f}", colors.style("train"))
        self.write("words", text)


def probabilities(given: np.ndarray, label: int | None = None) -> tuple[Share, ...]:
    """A bar for the probability of each digit; the largest is marked, the right one named."""
    said = int(given.argmax())
    return tuple(
        Share(
            name=str(digit),
            length=float(one),
            text=f"{100 * one:.1f} %",
            marked=digit == said,
            note="" if label is None else "it is" if digit == label else "",
        )
        for digit, one in enumerate(given)
    )


class NodesPart(BrowsingPart):
    """The weights of the first layer's nodes as pictures, and for which digits one is active."""

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Nodes):
            return
        largest = np.maximum(np.abs(part.kernel).max(axis=0), 1e-12)

        def picture(node: int) -> Picture:
            weights = part.kernel[:, node].reshape(SIDE, SIDE) / largest[node]
            return Picture(weights, part.names[node], "node", signed=True)

        self.browse(Pictures(part.kernel.shape[1], picture), part.cursor, "")
        shares, most = self.query_one(Shares), float(np.abs(part.activity).max())
        shares.heading = "its mean value for each digit"
        shares.shares = tuple(
            Share(str(digit), float(one) / max(most, 1e-12), f"{one:.2f}", bool(one == most))
            for digit, one in enumerate(part.activity)
        )
        self.write("words", self._words(part, float(largest[part.cursor])))

    def _words(self, part: Nodes, largest: float) -> Text:
        colors, text = palette(self.app), Text()
        plain = self.query_one("#chosen", Images).ink == "blocks"
        above, below = ("▀", "▀") if plain else ("#+", "=-")
        text.append(above, colors.style("positive"))
        text.append(" above 0  ", colors.style("dim"))
        text.append(below, colors.style("negative"))
        text.append(f" below, to {largest:.2f}\n", colors.style("dim"))
        corner, middle = part.moved
        shown = "?" if part.hides_corner else f"{corner:.4f}"
        text.append("moved since the start, at most\n", colors.style("dim"))
        text.append(f"corner {shown}  middle {middle:.4f}", colors.style("weight"))
        return text


class ConfusionPart(Part):
    """The matrix, and the images in the chosen cell."""

    def compose(self) -> ComposeResult:
        """The matrix above the images."""
        yield ConfusionTable(id="table")
        yield Images(id="inside")

    def show(self, snapshot: DigitsSnapshot) -> None:
        part = snapshot.part
        if not isinstance(part, Confusion):
            return
        if not self.is_new(part.results, part.cell, part.hidden):
            return
        table, images = self.query_one(ConfusionTable), self.query_one(Images)
        images.can_focus = False
        table.secret, table.cell = part.hidden, part.cell
        table.counts = part.results.confusion
        written, said = part.cell
        secret = part.hidden and written != said

        def picture(at: int) -> Picture:
            return Picture(part.images[at].reshape(SIDE, SIDE))

        empty = "which ones: once you have answered" if secret else f"no {written} called {said}"
        pictures = Pictures(0 if secret else len(part.images), picture)
        images.view = ImagesView(pictures, at_once=3, empty=empty)

    @on(ConfusionTable.CursorMoved)
    def _moved(self, event: ConfusionTable.CursorMoved) -> None:
        event.stop()
        self.post_message(LabView.Wanted("touch", ("cell", event.column, event.row)))
