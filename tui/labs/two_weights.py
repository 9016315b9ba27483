"""The two-weights lab: the network or the map of the loss, tables of errors, the arithmetic."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.two_weights.state import Foot, Place, RowState, TwoWeightsSnapshot
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.render.columns import fitted
from tui.render.diagram_view import Diagram, DiagramEdge, DiagramNode
from tui.theme import palette
from tui.widgets.cells import Cells, Column, Record
from tui.widgets.contour import Contour, ContourFigure
from tui.widgets.lines import Lines
from tui.widgets.network import Network

PATH = 40
"""Places of the path that are drawn on the map."""

LOW = 17
"""Rows below which the tables give way to the map."""

DECIMALS = 4

STEP, NARROWEST, WIDEST = 5, 9, 12
"""Cells of the number of a step, and of the other columns of the places."""

BREAKS = (" = ", " - ")
"""Where a line of arithmetic that is too long goes on below."""


class TwoWeightsView(LabView):
    """Paints a TwoWeightsSnapshot."""

    def compose(self) -> ComposeResult:
        """Network, map, tables and arithmetic; styles say which of them are in sight."""
        yield Network(id="network")
        yield Contour(id="map")
        yield Static(id="verdict", markup=False)
        yield Cells(id="rows")
        yield Cells(id="places")
        yield Lines("space computes the first line", id="lines")

    def on_resize(self) -> None:
        """Where there is little room the picture goes before the tables; columns follow."""
        self.set_class(self.size.height < LOW, "low")
        self.paint()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, TwoWeightsSnapshot):
            return
        worn = {f"of-{name}": snapshot.shows == name for name in ("network", "table", "map")}
        worn |= {"by-line": snapshot.by_line, "descends": snapshot.descends}
        dress(self, {**worn, "several": len(snapshot.rows) > 1})
        if snapshot.layers:
            self.query_one(Network).diagram = self._diagram(snapshot)
        if snapshot.map is not None:
            self.query_one(Contour).figure = _figure(snapshot)
        width = max(self.size.width, 40)
        self.query_one("#rows", Cells).show(*_rows_table(snapshot, width))
        self.query_one("#places", Cells).show(*_places_table(snapshot, width))
        self.query_one(Lines).lines = _folded(snapshot.lines, width - 2)
        verdict = self._verdict(snapshot)
        # Only a verdict that is too long for one line takes one from the picture.
        self.set_class(verdict.cell_len > width, "long-verdict")
        self.query_one("#verdict", Static).update(verdict, layout=False)

    def _verdict(self, snapshot: TwoWeightsSnapshot) -> Text:
        colors = palette(self.app)
        text = Text()
        if snapshot.rate:
            text.append(f"rate {snapshot.rate}  ", colors.style("accent", bold=True))
        text.append(snapshot.verdict, colors.style("node"))
        return text

    def _diagram(self, snapshot: TwoWeightsSnapshot) -> Diagram:
        nodes = tuple(
            tuple(DiagramNode(node.name, node.value, state=node.state) for node in layer)
            for layer in snapshot.layers
        )
        edges = tuple(
            DiagramEdge(
                edge.layer,
                edge.source,
                edge.target,
                edge.weight,
                state=edge.state,
                selected=bool(edge.field) and edge.field == self.selected,
            )
            for edge in snapshot.edges
        )
        return Diagram(layers=nodes, edges=edges)


def _folded(lines: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The lines, each that is too long cut before a sign of its arithmetic."""
    found: list[str] = []
    for line in lines:
        rest = line
        while len(rest) > room:
            at = next((at for sign in BREAKS if (at := rest.rfind(sign, 3, room)) > 0), 0)
            if not at:
                break
            found.append(rest[:at])
            rest = f"  {rest[at + 1 :]}"
        found.append(rest)
    return tuple(found)


def _figure(snapshot: TwoWeightsSnapshot) -> ContourFigure:
    assert snapshot.map is not None
    known = [place.weights for place in snapshot.places if "weights" not in place.hidden]
    return ContourFigure(
        xs=snapshot.map.xs,
        ys=snapshot.map.ys,
        values=snapshot.map.losses,
        x_label="weight 0",
        y_label="weight 1",
        title="lines: loss",
        path=tuple(known[-PATH:]),
        place=known[-1] if known else None,
        lowest=snapshot.map.lowest,
        valley=snapshot.map.valley,
    )


# -- the table of rows ----------------------------------------------------------------------


def _rows_table(
    snapshot: TwoWeightsSnapshot, width: int
) -> tuple[tuple[Column, ...], tuple[Record, ...]]:
    of_nodes = len(snapshot.layers) > 2
    column = min(max((width - 24) // 4, 9), 13)
    columns = [
        Column("row", "dim", 6),
        Column("nodes" if of_nodes else "values", "node", 10),
        Column("prediction", "node", max(column, 11)),
        Column("target", "node", 8),
        Column("error", "node", column),
    ]
    squares = bool(snapshot.feet) or any(row.squared is not None for row in snapshot.rows)
    if squares:
        columns.append(Column("error²", "train", column))
    fresh = {"prediction": 2, "error": 4, "squared error": 5, "mean error": 4, "loss": 5}
    at, name = snapshot.now
    records = [
        _row(row, index, squares, fresh.get(name, -1) if at == index else -1, at == index)
        for index, row in enumerate(snapshot.rows)
    ]
    if squares:
        below = at < 0 and bool(name)
        records += [_foot(foot, fresh.get(name, -1) if below else -1) for foot in snapshot.feet]
    return tuple(columns), tuple(records)


def _row(row: RowState, index: int, squares: bool, fresh: int, marked: bool) -> Record:
    texts = [
        str(index),
        " ".join(short(value, 2) for value in row.values),
        _text(row.prediction, "prediction" in row.hidden),
        short(row.target, DECIMALS),
        _text(row.error, "error" in row.hidden),
    ]
    if squares:
        texts.append(_text(row.squared, "squared error" in row.hidden))
    return Record(tuple(texts), marked, fresh if fresh >= 0 else -1)


def _foot(foot: Foot, fresh: int) -> Record:
    texts = (
        foot.name,
        "",
        "",
        "",
        _text(foot.error, "mean error" in foot.hidden),
        _text(foot.squared, "loss" in foot.hidden),
    )
    return Record(texts, foot.name == "mean" and fresh >= 0, fresh, dim=True)


def _text(number: float | None, hidden: bool) -> str:
    if number is None:
        return "·"
    return "?" if hidden else short(number, DECIMALS)


# -- the table of places --------------------------------------------------------------------


def _places_table(
    snapshot: TwoWeightsSnapshot, width: int
) -> tuple[tuple[Column, ...], tuple[Record, ...]]:
    one_row = len(snapshot.rows) == 1
    names = ["weight 0", "weight 1"]
    names += ["prediction"] if snapshot.shows == "network" else []
    names += ["error"] if one_row else []
    names += ["slope ∂0", "slope ∂1"] if snapshot.descends else []
    names += ["loss"] if snapshot.shows == "map" else []
    if len(names) * NARROWEST > width - STEP - 1:
        # Numbers need their digits: the slopes are in the arithmetic below as well.
        names = [name for name in names if not name.startswith("slope")]
    column = min((width - STEP - 1) // len(names), WIDEST)
    roles = {
        "prediction": "node",
        "error": "node",
        "slope ∂0": "slope",
        "slope ∂1": "slope",
        "loss": "train",
    }
    columns = (
        Column("step" if snapshot.descends else "try", "dim", STEP),
        *(Column(name, roles.get(name, "weight"), column) for name in names),
    )
    last = len(snapshot.places) - 1
    decimals = DECIMALS if snapshot.descends else _decimals(snapshot.places, names)
    records = tuple(
        Record((str(place.step), *_numbers(place, names, column, decimals)), at == last)
        for at, place in enumerate(snapshot.places)
    )
    return columns, records


def _values(place: Place) -> dict[str, tuple[str, float]]:
    """For each heading the name under which the number is hidden, and the number."""
    return {
        "weight 0": ("weights", place.weights[0]),
        "weight 1": ("weights", place.weights[1]),
        "prediction": ("prediction", place.prediction),
        "error": ("error", place.error),
        "slope ∂0": ("slopes", place.slopes[0]),
        "slope ∂1": ("slopes", place.slopes[1]),
        "loss": ("loss", place.loss),
    }


def _decimals(places: tuple[Place, ...], names: list[str]) -> int:
    """The decimals that the numbers of a table turned by hand need: often none."""
    numbers = [_values(place)[name][1] for place in places for name in names]
    return max(len(short(number, DECIMALS).partition(".")[2]) for number in numbers)


def _numbers(place: Place, names: list[str], width: int, decimals: int) -> tuple[str, ...]:
    texts = []
    for name in names:
        key, value = _values(place)[name]
        texts.append("?" if key in place.hidden else fitted(value, width - 1, decimals))
    return tuple(texts)
