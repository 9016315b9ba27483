"""What a learner can read off the classification lab, in whichever view is open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.labs.classify.base_rate import BaseRateSnapshot
from lessons.labs.classify.lab import ClassifyLab
from lessons.labs.classify.loss import LossSnapshot
from lessons.labs.classify.one_hot import OneHotSnapshot
from lessons.labs.classify.softmax import SoftmaxSnapshot
from lessons.labs.classify.training import ClassTrainingSnapshot

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def shown(lab: ClassifyLab) -> Iterator[str]:
    """All numbers that are shown as the result of something."""
    view = lab.snapshot().view
    told = [lab.explain(name).filled for name in lab.explainable()]
    match view:
        case OneHotSnapshot():
            yield from (cell for row in view.rows for cell in row.columns)
            for line in (*view.lines, *told):  # "row 1, class 1: missed 0, made 1"
                yield from NUMBER.findall(line.partition(": ")[2])
            return
        case SoftmaxSnapshot():
            for one in view.classes:
                yield from (one.power, one.probability)
                yield "" if one.share is None else repr(one.share)
            yield from (view.sum, view.total)
        case LossSnapshot():
            for row in view.rows:
                yield row.loss
                yield "" if row.place is None else repr(row.place[1])
            yield from (view.mean, view.accuracy)
        case BaseRateSnapshot():
            shares = [(one.rows, one.share) for one in view.classes]
            for text in (*(part for pair in shares for part in pair), view.accuracy, view.loss):
                yield text.removesuffix(" %")
            parts = [one.part for one in view.classes]
            yield from (repr(100 * part) for part in parts if part is not None)
        case ClassTrainingSnapshot():
            yield from (repr(share) for row in view.watched for share in row.shares)
            yield from () if view.base is None else (repr(100 * view.base[0]), repr(view.base[1]))
            return
    for line in (*view.lines, *told):
        found = line.rpartition(" = ")[2]
        yield found
        if NUMBER.fullmatch(found):
            yield repr(100 * float(found))  # a part of 1 gives away the percent
