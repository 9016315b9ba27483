"""What is seen of the experiments lab, made from where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lessons.datasets import hills
from lessons.labs.experiments.state import ExperimentsSnapshot, LogRow, Loss
from lessons.learning.advice import WORDS, Advice, advise, results_of
from lessons.learning.curves import Curves, no_points
from lessons.learning.experiment import (
    Experiment,
    Spread,
    comparable,
    family_of,
    network_name,
    summaries,
)

if TYPE_CHECKING:
    from lessons.labs.experiments.lab import ExperimentsLab
    from lessons.labs.experiments.scene import Setup
    from lessons.labs.experiments.trial import Reading, Trial

NOISE = {"hills": hills.NOISE**2}
"""For data that are generated with noise: its variance, below which no model gets on new rows."""


def snapshot_of(lab: ExperimentsLab) -> ExperimentsSnapshot:
    """All that is to be seen of the lab now."""
    if lab.reading is not None:
        return _of_reading(lab, lab.reading)
    assert lab.trial is not None
    return _of_trial(lab, lab.trial)


def _of_trial(lab: ExperimentsLab, trial: Trial) -> ExperimentsSnapshot:
    recipe = lab.setup.recipe
    network = network_name(recipe.hidden)
    hidden = tuple(what for what in ("train", "validation") if lab.hides(what, network))
    log, advice = lab.seen_log()
    return ExperimentsSnapshot(
        position=lab.position,
        end=lab.end,
        epoch=trial.epoch,
        epochs=lab.setup.epochs,
        batch=trial.trainer.batch_in_epoch,
        steps_per_epoch=trial.steps_per_epoch,
        data=lab.setup.data,
        rows=len(trial.problem.x_train),
        held_out=len(trial.problem.x_validation),
        inputs=len(trial.problem.features),
        parameters=trial.model.count_params(),
        recipe=recipe,
        loss=loss_now(lab),
        curves=_seen(trial.curves(), hidden),
        hidden=hidden,
        noise=NOISE.get(lab.setup.data),
        log=log,
        advice=WORDS[advice.step],
        says=advice.says,
        shows=lab.shows,
        log_axis=lab.axis == "logarithmic",
        plan=tuple(network_name(one) for one in lab.plan),
        printed="",
        said=lab.said or lab.stopped,
    )


def _of_reading(lab: ExperimentsLab, reading: Reading) -> ExperimentsSnapshot:
    results = reading.printed.results[: lab.position]
    rows = tuple(_printed_row(lab, reading, at) for at in range(1, len(results) + 1))
    advice = advice_after(lab, len(results))
    return ExperimentsSnapshot(
        position=lab.position,
        end=lab.end,
        epoch=0,
        epochs=0,
        batch=0,
        steps_per_epoch=1,
        data="",
        rows=0,
        held_out=0,
        inputs=0,
        parameters=results[-1].parameters if results else 0,
        recipe=lab.setup.recipe,
        loss=Loss(None, None),
        curves=Curves(no_points(), no_points(), no_points()),
        hidden=(),
        noise=None,
        log=rows,
        advice=WORDS[advice.step] if advice else "",
        says=advice.says if advice else "The advice comes with your answer.",
        shows="capacity",
        log_axis=False,
        plan=(),
        printed=reading.printed.source,
        said=lab.said,
    )


def _printed_row(lab: ExperimentsLab, reading: Reading, at: int) -> LogRow:
    result = reading.printed.results[at - 1]
    advice = advice_after(lab, at)
    return LogRow(
        result.name,
        result.parameters,
        1,
        None,
        Spread.of(result.losses),
        newest=at == lab.position,
        advice=WORDS[advice.step] if advice else "?",
    )


def advice_after(lab: ExperimentsLab, rows: int) -> Advice | None:
    """What the rule says after so many rows of a printed table; None while it is asked for."""
    assert lab.reading is not None
    printed = lab.reading.printed
    if f"advice:{rows}" in lab.hiding or (printed.spread is not None and "luck" in lab.hiding):
        return None
    return advise(printed.results[:rows], printed.spread)


def loss_now(lab: ExperimentsLab) -> Loss:
    """Both losses after the last epoch that is finished where the lab stands."""
    trial = lab.trial
    if trial is None or not (logs := trial.logs(last=1)):
        return Loss(None, None)
    network = network_name(lab.setup.recipe.hidden)
    return Loss(
        None if lab.hides("train", network) else logs[-1].loss,
        None if lab.hides("validation", network) else logs[-1].val_loss,
    )


def log_of(
    log: tuple[Experiment, ...], setup: Setup, hiding: tuple[str, ...]
) -> tuple[tuple[LogRow, ...], Advice]:
    """What of a log can be compared with an experiment of this setup, by size, and the advice."""
    family = family_of(setup.data, setup.recipe, len(setup.problem.x_train))
    same = comparable(log, family, setup.epochs)
    rows = []
    for summary in summaries(same):
        row = LogRow.of(summary, same[-1])
        if f"train:{row.network}" in hiding:
            row = replace(row, loss=None)
        if f"validation:{row.network}" in hiding:
            row = replace(row, val_loss=None)
        rows.append(row)
    known = [one for one in results_of(same) if f"validation:{one.name}" not in hiding]
    return tuple(sorted(rows, key=lambda row: row.parameters)), advise(known)


def _seen(curves: Curves, hidden: tuple[str, ...]) -> Curves:
    """The curves without those that a question hides."""
    if "train" in hidden:
        curves = replace(curves, train=no_points(), batches=no_points())
    if "validation" in hidden:
        curves = replace(curves, validation=no_points())
    return curves
