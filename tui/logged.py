"""`dl-tutor experiments`: the learner's experiments as text, as JSON, or as a CSV file."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from lessons.learning.experiment import Experiment, summaries
from tui.experiments import ExperimentLog
from tui.export import log_csv
from tui.files import NotWritten, save_text
from tui.render.numbers import loss_text, spread_text
from tui.screens.experiments_rows import settings_text, when_text

EMPTY = "There is no experiment yet: lesson 4.5 makes them, dl-tutor open 4.5."


def experiments(arguments: argparse.Namespace) -> int:
    """Print the log, or write it where the learner says."""
    log = ExperimentLog.load()
    if log.notice:
        print(f"dl-tutor: {log.notice}", file=sys.stderr)
    if arguments.csv is not None:
        return _save(log, arguments.csv)
    if arguments.json:
        print(json.dumps([asdict(one) for one in log.all], indent=2))
        return 0
    print("\n".join(table(log.all)) if log.all else EMPTY)
    return 0


def _save(log: ExperimentLog, name: str) -> int:
    try:
        path = save_text(name, log_csv(log.all))
    except NotWritten as problem:
        print(f"dl-tutor: {problem}", file=sys.stderr)
        return 1
    count = len(log.all)
    print(f"Saved {count} experiment{'' if count == 1 else 's'} in {path}.")
    return 0


def table(log: tuple[Experiment, ...]) -> list[str]:
    """A line for each setting, with its seeds summarised, under a line of headings."""
    heads = (
        *("data", "network", "settings", "seeds", "epochs"),
        *("training", "validation (low–high)", "ended"),
    )
    rows = [heads]
    for summary in summaries(log):
        one, loss, val_loss = summary.first, summary.spread("loss"), summary.spread("val_loss")
        rows.append(
            (
                *(one.data, one.network, settings_text(one.recipe)),
                *(str(summary.seeds), f"{one.epochs}{'!' if one.diverged else ''}"),
                "-" if loss is None else loss_text(loss.mean),
                "-" if val_loss is None else spread_text(val_loss),
                when_text(summary.newest.when),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
