"""Puts together what is to be seen of the two-weights lab."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine import Diverged
from lessons.labs.forward.state import EdgeState, NodeState, State
from lessons.labs.two_weights.outlook import (
    of_the_error,
    of_the_loss,
    of_the_rate,
    of_the_squares,
)
from lessons.labs.two_weights.state import (
    Foot,
    LossMap,
    Place,
    RowState,
    TwoWeightsSnapshot,
)
from lessons.labs.two_weights.surface import Standing
from lessons.labs.two_weights.words import Words
from lessons.numbers import short

if TYPE_CHECKING:
    from lessons.labs.two_weights.lab import TwoWeightsLab

PLACES = 64
"""Places that a snapshot holds: more than any table or path shows."""

IN_SIGHT = 12
"""Places that the map has to be large enough for."""


def snapshot(lab: TwoWeightsLab) -> TwoWeightsSnapshot:
    """All that a view paints."""
    scene, standing = lab.setup, lab.standing
    places = _places(lab)
    layers, edges = _network(lab, standing)
    return TwoWeightsSnapshot(
        shows=scene.shows,
        by_line=scene.by_line,
        descends=lab._descends,
        layers=layers,
        edges=edges,
        rows=_rows(lab, standing),
        feet=_feet(lab, standing),
        now=scene.plan[lab._line - 1] if scene.by_line and lab._line else (-1, ""),
        places=places,
        map=_map(lab, places) if scene.shows == "map" else None,
        lines=_lines(lab),
        verdict=_verdict(lab, standing),
        rate=short(lab._rate, 6) if lab._descends else "",
        said=lab.said or lab._stopped,
    )


def words(lab: TwoWeightsLab, step: int) -> Words:
    """Writes out the place at `step`, or the table of a scene by line."""
    surface, scene, path, veil = lab._surface, lab.setup, lab._path, lab._veil
    weights = path.at(step)
    rows = range(len(scene.rows))
    hidden: frozenset[str] = frozenset()
    hidden_rows = {}
    if scene.by_line:
        hidden_rows = {row: veil.of_cell(row, weights) for row in (*rows, -1)}
    else:
        hidden = veil.of_place(path, step)
    after = None
    if lab._descends:
        try:
            after = surface.descend(weights, lab._rate).weights
        except Diverged:
            after = (math.inf, math.inf)
    sources = ("node 0", "node 1") if scene.hidden else ("input 0", "input 1")
    return Words(
        values=tuple(tuple(map(float, row)) for row in surface.values),
        targets=surface.data.targets,
        sources=sources,
        standing=surface.at(weights),
        rate=lab._rate,
        after=after,
        hidden=hidden,
        hidden_rows=hidden_rows,
        inputs=scene.rows,
        matrix=scene.hidden[-1] if scene.hidden else (),
    )


def _places(lab: TwoWeightsLab) -> tuple[Place, ...]:
    """The newest places; by line there is only the present one."""
    path, veil = lab._path, lab._veil
    found = []
    for step in range(max(path.position - PLACES + 1, 0), path.position + 1):
        at = lab._surface.at(path.at(step))
        hidden = veil.of_place(path, step) if not lab.setup.by_line else frozenset()
        found.append(
            Place(
                step,
                path.how(step),
                at.weights,
                at.predictions[0],
                at.errors[0],
                at.loss,
                at.slopes,
                hidden,
            )
        )
    return tuple(found)


def _rows(lab: TwoWeightsLab, standing: Standing) -> tuple[RowState, ...]:
    scene = lab.setup
    done = set(scene.plan[: lab._line]) if scene.by_line else set(scene.plan)
    found = []
    for row, values in enumerate(lab._surface.values):
        hidden = _hidden(lab, row)
        known = {
            "prediction": standing.predictions[row],
            "error": standing.errors[row],
            "squared error": standing.squares[row],
        }
        prediction, error, squared = (
            number if (row, name) in done else None for name, number in known.items()
        )
        target = lab._surface.data.targets[row]
        numbers = tuple(map(float, values))
        found.append(RowState(numbers, target, prediction, error, squared, hidden))
    return tuple(found)


def _hidden(lab: TwoWeightsLab, row: int) -> frozenset[str]:
    """Names hidden in a row of the table."""
    if lab.setup.by_line:
        return lab._veil.of_cell(row, lab.weights)
    return lab._veil.of_place(lab._path, lab._path.position)


def _feet(lab: TwoWeightsLab, standing: Standing) -> tuple[Foot, ...]:
    """Totals and means below several rows."""
    scene = lab.setup
    count = len(scene.rows)
    if count == 1 or not scene.squares:
        return ()
    hidden = _hidden(lab, -1)
    done = (
        {name for _, name in scene.plan[: lab._line]} if scene.by_line else {"mean error", "loss"}
    )
    errors = sum(standing.errors) if "mean error" in done else None
    squares = sum(standing.squares) if "loss" in done else None
    return (
        Foot("total", errors, squares, hidden),
        Foot(
            "mean",
            None if errors is None else errors / count,
            None if squares is None else standing.loss,
            hidden,
        ),
    )


def _network(
    lab: TwoWeightsLab, standing: Standing
) -> tuple[tuple[tuple[NodeState, ...], ...], tuple[EdgeState, ...]]:
    """The network at its first row, drawn where the scene shows it."""
    scene = lab.setup
    if scene.shows != "network":
        return (), ()
    hidden = _hidden(lab, 0)
    done = {name for _, name in (scene.plan[: lab._line] if scene.by_line else scene.plan)}
    known = "prediction" in done
    output = short(standing.predictions[0]) if known else ""
    names = ["input", *["node"] * len(scene.hidden)]
    layers = [
        tuple(_node(f"{name} {i}", float(value), done) for i, value in enumerate(values[0]))
        for name, values in zip(names, lab._surface.layers, strict=True)
    ]
    shown = "?" if "prediction" in hidden and known else output
    layers.append((NodeState("output", shown, "active" if known else "pending"),))
    edges = [
        EdgeState(layer, source, node, short(weight), "done", "")
        for layer, matrix in enumerate(scene.hidden)
        for node, weights in enumerate(matrix)
        for source, weight in enumerate(weights)
    ]
    before = lab._path.at(max(lab._path.position - 1, 0))
    turned: list[State] = [
        "done" if new == old else "active" for new, old in zip(lab.weights, before, strict=True)
    ]
    edges += [
        EdgeState(len(scene.hidden), i, 0, short(weight), turned[i], f"weight {i}")
        for i, weight in enumerate(lab.weights)
    ]
    return tuple(layers), tuple(edges)


def _node(name: str, value: float, done: set[str]) -> NodeState:
    if name.startswith("node") and name not in done and "prediction" not in done:
        return NodeState(name, "", "pending")
    return NodeState(name, short(value), "done")


def _map(lab: TwoWeightsLab, places: tuple[Place, ...]) -> LossMap:
    """The map, doubled in width and height until the newest places are on it."""
    scene = lab.setup
    ranges = (scene.x_range, scene.y_range)
    middles = [(low + high) / 2 for low, high in ranges]
    halves = [(high - low) / 2 for low, high in ranges]
    seen = [one.weights for one in places[-IN_SIGHT:] if "weights" not in one.hidden]
    far = max(
        (
            abs(weight - middle) / half
            for weights in seen
            for weight, middle, half in zip(weights, middles, halves, strict=True)
        ),
        default=0.0,
    )
    size = 2.0 ** max(math.ceil(math.log2(far)), 0) if far > 1 else 1.0
    x_range, y_range = (
        (middle - half * size, middle + half * size)
        for middle, half in zip(middles, halves, strict=True)
    )
    return lab._surface.map(x_range, y_range)


def _lines(lab: TwoWeightsLab) -> tuple[str, ...]:
    scene = lab.setup
    told = words(lab, lab._explained_step)
    if scene.by_line:
        return tuple(told.line(name, row) for row, name in scene.plan[: lab._line])
    lines = [told.line(name) for name in ("prediction", "error")] if len(scene.rows) == 1 else []
    if not lab._descends:
        return (*lines, told.line("loss", -1)) if scene.shows == "map" else tuple(lines)
    if lab._just_updated:
        lines += [told.slopes_line(), told.update_line()]
    return tuple(lines)


def _verdict(lab: TwoWeightsLab, standing: Standing) -> str:
    """One line on where it stands, or on what the learning rate will do."""
    if lab._veil.anything and not lab.setup.by_line:
        return ""
    if lab._descends:
        try:
            after = lab._surface.descend(lab.weights, lab._rate)
        except Diverged:
            return "Diverges: the next loss is too large to be held."
        return of_the_rate(standing, after, lab._surface.lowest_loss)
    if len(standing.errors) == 1 and (not lab.setup.by_line or lab._line == len(lab.setup.plan)):
        if "error" in _hidden(lab, 0):
            return ""
        return of_the_error(standing.errors[0])
    if lab.setup.shows != "map":
        return ""
    before = lab._surface.at(lab._path.at(lab.position - 1)).loss if lab.position > 0 else None
    if len(standing.errors) > 1:
        return of_the_squares(before, standing)
    return "" if before is None else of_the_loss(before, standing.loss)
