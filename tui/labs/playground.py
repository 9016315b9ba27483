"""The playground: the network with its maps, curves, slopes and results, one of them or all."""

from __future__ import annotations

import numpy as np
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from lessons.datasets import plane
from lessons.labs.maps.state import NodeMap, Points
from lessons.labs.playground.state import PANELS, PlaySnapshot
from lessons.numbers import percent, short
from tui.dress import dress
from tui.labs.base import LabView
from tui.labs.playground_panels import (
    accuracies_figure,
    curves_figure,
    fit_figure,
    results_table,
    rows_counted,
    slopes_table,
)
from tui.render.heat import Dots
from tui.render.numbers import loss_text
from tui.theme import palette
from tui.widgets.cells import Cells
from tui.widgets.plain_map import PlainMap
from tui.widgets.play_net import PlayNet, PlayNetView
from tui.widgets.plot import Figure, Plot
from tui.widgets.texts import Texts

WIDE, TALL = 96, 20
"""Columns and rows from which the curves stand beside the network."""


class PlaygroundView(LabView):
    """Paints a PlaySnapshot."""

    _question = ""

    def compose(self) -> ComposeResult:
        """Where it stands; the network beside curves and slopes; the node that is pointed at."""
        yield Static(id="question", markup=False)
        yield Texts(id="standing")
        with Horizontal(id="panels"):
            yield PlayNet(id="net")
            yield PlainMap(id="map")
            with Vertical(id="beside"):
                yield Plot(id="curves")
                yield Plot(id="accuracies")
                yield Cells(id="slopes")
                yield Cells(id="results")
                yield Plot(id="fit")
        yield Texts(id="pointed")

    def on_resize(self) -> None:
        """Curves stand beside the network where there is room."""
        dress(self, {"narrow": self.size.width < WIDE, "low": self.size.height < TALL})
        self.paint()  # the line on top takes as many words as there is room for

    @property
    def shows_network_alone(self) -> bool:
        """Whether there is room for the network only where all is asked for."""
        return self.has_class("narrow")

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, PlaySnapshot):
            return
        self._dress(snapshot)
        self.query_one("#standing", Texts).show(self._standing(snapshot))
        self.query_one("#pointed", Texts).show(self._pointed(snapshot))
        if snapshot.wires:
            self.query_one(PlayNet).view = _net(snapshot)
        if snapshot.decision is not None and snapshot.points is not None:
            self.query_one(PlainMap).shown = (snapshot.decision, _dots(snapshot.points))
        else:
            self.query_one(PlainMap).shown = None
        self._ask(snapshot.question)
        self._show_curves("#curves", curves_figure(snapshot))
        self._show_curves("#accuracies", accuracies_figure(snapshot))
        if snapshot.slopes:
            self.query_one("#slopes", Cells).show(*slopes_table(snapshot))
        if snapshot.confusion is not None:
            self.query_one("#results", Cells).show(*results_table(snapshot.confusion))
        if snapshot.fit is not None:
            self.query_one("#fit", Plot).figure = fit_figure(snapshot.fit)

    def _show_curves(self, plot: str, figure: Figure) -> None:
        """Draw curves; beside the network, which changes faster, only now and then."""
        shown = self.query_one(plot, Plot)
        beside = self.hurried and self.snapshot.shows == "all"
        if not (beside and figure.goes_on_from(shown.figure)):
            shown.figure = figure

    def _dress(self, snapshot: PlaySnapshot) -> None:
        """Bring panels to the front."""
        worn = {f"of-{panel}": snapshot.shows == panel for panel in PANELS}
        worn |= {"with-fit": snapshot.fit is not None, "classifies": snapshot.classifies}
        dress(self, {**worn, "asked": bool(snapshot.question)})

    def _ask(self, question: str) -> None:
        """Write the question of a scene, once: the screen is laid out anew for it."""
        if question != self._question:
            self._question = question
            self.query_one("#question", Static).update(question)

    def _standing(self, snapshot: PlaySnapshot) -> Text:
        colors, play = palette(self.app), snapshot.play
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(play.data, colors.style("accent", bold=True))
        for word in _settings(snapshot):
            if 0 < self.size.width < text.cell_len + len(word) + 2:
                break
            text.append(f"  {word}", colors.style("dim") if word.startswith("seed") else "")
        text.append("\n")
        if snapshot.arriving:
            text.append(f"on the way: {snapshot.arriving:,} steps left", colors.style("mark"))
            return text
        text.append(f"epoch {snapshot.epoch:,}", colors.style("mark", bold=True))
        text.append(f"  step {snapshot.position:,}", colors.style("dim"))
        scores = snapshot.scores
        if scores.epoch:  # more rows than there is time for in every picture
            text.append(f"  after epoch {scores.epoch:,}:", colors.style("dim"))
        for name, role, loss, accuracy in (
            ("training", "train", scores.train_loss, scores.accuracy),
            ("test", "validation", scores.val_loss, scores.val_accuracy),
        ):
            if loss is not None:
                text.append(f"  {name} {loss_text(loss, 4)}", colors.style(role))
            if accuracy is not None:
                text.append(f" {percent(accuracy)}", colors.style(role, bold=True))
        if scores.train_loss is None and snapshot.loss is not None:
            text.append(f"  batch loss {loss_text(snapshot.loss, 4)}", colors.style("train"))
        return text

    def _pointed(self, snapshot: PlaySnapshot) -> Text:
        colors = palette(self.app)
        text = Text(no_wrap=True, overflow="ellipsis")
        if counted := rows_counted(snapshot):
            text.append(counted, colors.style("dim"))
            return text
        layer, node = snapshot.cursor
        name = snapshot.names[layer + 1][node]
        if layer < len(snapshot.play.hidden):
            name = f"layer {layer + 1} {name}"
        text.append(name, colors.style("accent", bold=True))
        text.append(f"  {snapshot.told}", colors.style("weight"))
        return text

    @on(PlayNet.CursorMoved)
    def _moved(self, event: PlayNet.CursorMoved) -> None:
        event.stop()
        self.post_message(self.Pointed(event.layer - 1, event.node))


def _settings(snapshot: PlaySnapshot) -> list[str]:
    """What is set, in a few words each, the most telling first: a narrow line takes fewer."""
    play = snapshot.play
    sizes = "-".join(str(len(names)) for names in snapshot.names)
    names = {play.activation_of(at) for at in range(len(play.hidden))}
    words = [" ".join([sizes, "mixed" if len(names) > 1 else "".join(names)]).strip()]
    words.append(f"{play.optimizer} rate {short(snapshot.rate, 6)}")
    if play.loss:
        words.append(play.loss.replace("_", " "))
    if play.schedule != "constant":
        words.append(play.schedule)
    if play.regularizer != "none":
        words.append(f"{play.regularizer} {short(play.strength, 6)}")
    if play.dropout:
        words.append(f"dropout {short(play.dropout)}")
    if play.initializer != "glorot_uniform":
        words.append(play.initializer)
    words.append(f"batch {play.batch_size}")
    if play.on_the_plane:
        words.append(f"noise {short(play.noise)}")
    return [*words, f"seed {play.seed}"]


def _net(snapshot: PlaySnapshot) -> PlayNetView:
    layer, node = snapshot.cursor
    maps: tuple[tuple[NodeMap, ...], ...] = ()
    if snapshot.decision is not None:
        maps = (snapshot.inputs, *snapshot.layers, (snapshot.decision,))
    dots = _dots(snapshot.points) if snapshot.points is not None else None
    return PlayNetView(
        snapshot.names, maps, snapshot.wires, dots, (layer + 1, node), snapshot.classifies
    )


def _dots(points: Points) -> Dots:
    span = 2 * plane.EDGE
    return Dots(
        across=(points.x + plane.EDGE) / span,
        up=(points.y + plane.EDGE) / span,
        kind=np.asarray(points.kind),
        stressed=~points.right,
    )
