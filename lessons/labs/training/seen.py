"""What is to be seen of a training lab, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.labs.training import pair
from lessons.labs.training.setup import TABLES
from lessons.labs.training.state import Compiling, Rows, TrainingSnapshot, Weights, names_of
from lessons.labs.training.words import unseen
from lessons.learning.curves import value_at

if TYPE_CHECKING:
    from lessons.labs.training.lab import TrainingLab


def snapshot_of(lab: TrainingLab) -> TrainingSnapshot:
    """All that is to be seen, frozen."""
    run, problem = lab.run, lab.problem
    trainer, hiding = run.trainer, lab.hiding
    reported = trainer.epoch - trainer.evaluates
    return TrainingSnapshot(
        position=lab.position,
        end=lab.end,
        epoch=trainer.epoch,
        batch=trainer.batch_in_epoch,
        steps_per_epoch=trainer.steps_per_epoch,
        rows=len(problem.x_train),
        held_out=len(problem.x_validation),
        parameters=lab.model.count_params(),
        recipe=lab.recipe,
        loss=lab.last_loss,
        validation_loss=value_at(run.timeline.val_loss, reported * trainer.steps_per_epoch),
        log_axis=lab.axis == "logarithmic",
        curves=run.curves(),
        before=lab.before,
        asks_batches=bool({"batches", "split"} & set(hiding)),
        shows=lab.shows,
        logs=() if lab.shows in TABLES else run.logs(),
        logged=tuple(run.timeline.logs),
        weights=_weights(lab),
        compiling=_compiling(lab),
        split=_rows(lab) if lab.setup.splits else None,
        pair=pair.judged(lab.pair, "pair" in hiding) if "pair" in lab.looks else (),
        stopped=bool(lab.stopped),
        said=lab.said or lab.stopped or unseen(lab),
    )


def _weights(lab: TrainingLab) -> Weights:
    layer = lab.model.layers[lab.layer]
    shape, place = layer.kernel.shape, layer.kernel_slice
    shows = lab.shows if lab.shows in TABLES else TABLES[0]
    values = {
        "value": lab.model.parameters,
        "slope": lab.model.gradient,
        "change": lab.optimizer.change,
    }[shows]
    rows, columns = names_of(lab.problem, lab.hidden, lab.layer)
    return Weights(
        layer=lab.layer,
        shows=shows,
        values=values[place].reshape(shape).copy(),
        rows=rows,
        columns=columns,
        hidden=shows in lab.hiding,
        cursor=lab.cursor,
    )


def _compiling(lab: TrainingLab) -> Compiling | None:
    if lab.setup.compiled:
        return None
    changed = None if "compiled" in lab.hiding else lab.changed_by_compiling()
    return Compiling(lab.compiled, changed)


def _rows(lab: TrainingLab) -> Rows:
    trainer = lab.run.trainer
    used = min(trainer.batch_in_epoch * trainer.batch_size, trainer.rows)
    over = bool(trainer.epoch) and not trainer.batch_in_epoch
    used = trainer.rows if over else used
    # A moment longer than it takes, so that it can be seen while training runs.
    just = bool(trainer.epoch) and trainer.batch_in_epoch <= trainer.steps_per_epoch // 20
    return Rows(
        used=used,
        waiting=trainer.rows - used,
        held_out=len(lab.problem.x_validation),
        looked_at=just,
        hidden="split" in lab.hiding,
    )
