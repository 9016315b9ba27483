"""The saving lab as it is seen: the newest rows, the file, and what holds for all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lessons.labs.saving.setup import INPUTS, RAW, RELOADED
from lessons.labs.saving.state import SHOWN_ROWS, InputView, RowView, SavingSnapshot
from lessons.numbers import exact

if TYPE_CHECKING:
    from lessons.labs.saving.lab import SavingLab

THRESHOLDS = np.linspace(0.0, 1.0, 101)


def seen(lab: SavingLab) -> SavingSnapshot:
    """All that a view paints, with what is asked for left out."""
    threshold = lab.settings.threshold
    right, ones = lab.right_at(threshold), lab.predictions[:, 1].astype(float) > threshold
    first = max(lab.position - SHOWN_ROWS, 0)
    return SavingSnapshot(
        position=lab.position,
        end=lab.end,
        count=lab.count,
        rows=tuple(_row(lab, at) for at in range(first, lab.position)),
        inputs=_inputs(lab),
        settings=lab.settings,
        given=bool(lab.setup.given),
        seed=lab.network.seed,
        file=lab.file,
        rows_in_file="?" if "rows in the file" in lab.hiding else "0",
        saved=lab.file.size > 0,
        loaded=lab.loaded.name if lab.loaded is not None else "",
        right_so_far=int(right[: lab.position].sum()),
        right=int(right.sum()),
        found=int(right[ones].sum()),
        alarms=int((~right[ones]).sum()),
        raw_right=_raw_right(lab),
        largest=_largest(lab),
        thresholds=THRESHOLDS,
        right_at=lab.right_at(THRESHOLDS[:, None]).sum(axis=1),
        said=lab.said,
    )


def _row(lab: SavingLab, at: int) -> RowView:
    zero = float(lab.predictions[at, 0])
    one, label = lab.probability(at), lab.label_text(at)
    other, difference = _other(lab, at)
    if lab.setup.given:
        return RowView(at, "", zero, one, label, None)
    right = None if label == "?" else label == str(lab.actual[at])
    actual = lab.problem.classes[lab.actual[at]]
    return RowView(at, actual, zero, one, label, right, other, difference)


def _other(lab: SavingLab, at: int) -> tuple[float | None, float | None]:
    """The same probability from another side, and how far it is off."""
    one = float(lab.predictions[at, 1])
    if lab.settings.shows == RELOADED and lab.loaded is not None and "difference" not in lab.hiding:
        other = float(lab.loaded.predictions[at, 1])
        return other, abs(other - one)
    if lab.settings.shows == RAW and "raw" not in lab.hiding:
        other = float(lab.network.of_raw_rows[at, 1])
        return other, abs(other - one)
    return None, None


def _inputs(lab: SavingLab) -> tuple[InputView, ...]:
    if lab.setup.given or lab.settings.shows != INPUTS:
        return ()
    problem, scaler = lab.problem, lab.problem.scaler
    raw = problem.x_validation[max(lab.position - 1, 0)]
    asked = {"age"} if "scaled age" in lab.hiding else set()
    columns = (problem.features, raw, scaler.mean_, scaler.scale_, scaler.transform([raw])[0])
    return tuple(
        InputView(
            name,
            float(value),
            float(mean),
            float(deviation),
            None if name in asked else float(scaled),
        )
        for name, value, mean, deviation, scaled in zip(*columns, strict=True)
    )


def _raw_right(lab: SavingLab) -> str:
    if lab.setup.given or "raw" in lab.hiding:
        return "?"
    labels = lab.network.of_raw_rows[:, 1] > lab.settings.threshold
    return str(int((labels == lab.actual).sum()))


def _largest(lab: SavingLab) -> str:
    """Exactly: 0 says that every prediction has the same bits."""
    if lab.loaded is None or lab.setup.given:
        return ""
    if "difference" in lab.hiding:
        return "?"
    apart = np.abs(lab.loaded.predictions.astype(float) - lab.predictions.astype(float))
    return exact(float(apart.max()))
