"""A playground as it is to be painted now; what the panel in front does not need is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.playground import seen
from lessons.labs.playground.state import PlaySnapshot
from lessons.labs.playground.words import layer_names

if TYPE_CHECKING:
    from lessons.labs.playground.lab import PlaygroundLab


def _opening(lab: PlaygroundLab) -> str:
    """What to do first, until the first step is taken."""
    if lab.end or lab.arriving:
        return ""
    if lab.question:
        return "r runs it, e changes it; h says what there is to be found."
    return "e edits data, network, training. G: scenes to explore. ?: all keys."


def picture(lab: PlaygroundLab) -> PlaySnapshot:
    """All that a view paints."""
    run, shows = lab.run, lab.shows
    mapped = lab.play.on_the_plane and shows in ("all", "network", "map")
    layers, decision = seen.node_maps(run) if mapped else ((), None)
    wired = shows in ("all", "network")
    confusion, fit = seen.results(run) if shows == "results" else (None, None)
    judged = shows == "results" and len(run.problem.x_validation) <= seen.MOST_ROWS
    return PlaySnapshot(
        position=lab.position,
        end=lab.end,
        epoch=run.epoch,
        steps_per_epoch=run.steps_per_epoch,
        play=lab.play,
        rate=run.trainer.learning_rate,
        shows=shows,
        stride=lab.stride,
        classifies=run.problem.classifies,
        rows=len(run.problem.x_train),
        held_out=len(run.problem.x_validation),
        parameters=run.model.count_params(),
        loss=run.trainer.last_loss,
        scores=seen.scores(run),
        names=layer_names(run),
        inputs=seen.input_maps(run.recipe.features) if mapped and wired else (),
        layers=layers,
        decision=decision,
        points=seen.plane_points(run) if mapped else None,
        wires=seen.wires(run) if wired else (),
        curves=run.curves(),
        before=lab._before,
        slopes=seen.layer_slopes(run) if shows in ("all", "slopes") else (),
        confusion=confusion,
        fit=fit,
        verdict=seen.verdict(run) if judged else "",
        cursor=lab.cursor,
        told=seen.node_in_a_line(run, *lab.cursor),
        arriving=lab.arriving,
        question=lab.question,
        stopped=bool(lab.stopped),
        said=lab.said or lab.stopped or _opening(lab),
    )
