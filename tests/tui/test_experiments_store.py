"""The log of experiments: what is kept, and what happens when the disk or the file is bad."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.lessons.experiments import experiment
from tui import storage
from tui.experiments import FULL, MOST, ExperimentLog

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))


def log_with(folder: Path, *losses: float) -> ExperimentLog:
    log = ExperimentLog.load(folder)
    for seed, loss in enumerate(losses, start=1):
        log.add(experiment(val_loss=loss, seed=seed))
    return log


# what is kept


def test_a_new_learner_has_none_and_looking_is_not_a_change(tmp_path):
    log = ExperimentLog.load(tmp_path)
    assert log.all == ()
    assert log.notice is None
    assert names(tmp_path) == []


def test_all_of_an_experiment_is_there_again(tmp_path):
    one = experiment((50, 25), 0.61, seed=3, accuracy=0.5, val_accuracy=0.25, diverged=True)
    ExperimentLog.load(tmp_path).add(one, NOON)
    (again,) = ExperimentLog.load(tmp_path).all
    assert datetime.fromisoformat(again.when) == NOON
    assert len(again.id) == 8
    assert again == replace(one, id=again.id, when=again.when)


def test_what_never_came_to_a_loss_is_kept_too(tmp_path):
    ExperimentLog.load(tmp_path).add(experiment(val_loss=None, epochs=0, diverged=True))
    (again,) = ExperimentLog.load(tmp_path).all
    assert (again.loss, again.val_loss, again.best_epoch, again.curve.epochs) == (None,) * 3 + ((),)


def test_the_file_is_readable_and_versioned(tmp_path):
    log = log_with(tmp_path, 0.5)
    text = log.path.read_text()
    content = json.loads(text)
    assert (content["format"], content["version"]) == ("dl-tutor experiments", 1)
    assert '"hidden": [5]' in text  # a list of numbers takes one line
    assert '      "data": "hills",\n' in text


def test_removed_ones_come_back_to_their_place(tmp_path):
    log = log_with(tmp_path, 0.5, 0.6, 0.7)
    gone = log.remove({log.all[1].id})
    assert [one.val_loss for one in ExperimentLog.load(tmp_path).all] == [0.5, 0.7]
    log.restore(gone)
    log.restore(gone)  # twice does no harm
    assert [one.val_loss for one in ExperimentLog.load(tmp_path).all] == [0.5, 0.6, 0.7]


def test_a_full_log_says_so_and_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tui.experiments.MOST", 2)
    log = log_with(tmp_path, 0.5, 0.6, 0.7)
    assert [one.val_loss for one in log.all] == [0.5, 0.6]
    assert log.notice == FULL
    log.remove({log.all[0].id})
    log.add(experiment(val_loss=0.7))
    assert [one.val_loss for one in log.all] == [0.6, 0.7]
    assert log.notice is None


def test_a_full_log_can_be_read_again(tmp_path):
    log = ExperimentLog.load(tmp_path)
    curve = {"epochs": list(range(60)), "loss": [1 / 3] * 60, "val_loss": [2 / 3] * 60}
    log.add(experiment())
    content = json.loads(log.path.read_text())
    (one,) = content["experiments"]
    content["experiments"] = [{**one, "id": f"{at:08}", "curve": curve} for at in range(MOST)]
    log.path.write_text(storage.written(content))
    assert len(ExperimentLog.load(tmp_path).all) == MOST


# two apps


def test_two_apps_at_once_keep_what_both_add(tmp_path):
    first, second = ExperimentLog.load(tmp_path), ExperimentLog.load(tmp_path)
    first.add(experiment(val_loss=0.1))
    second.add(experiment(val_loss=0.2))
    first.remove({second.all[0].id})
    second.add(experiment(val_loss=0.3))
    assert [one.val_loss for one in ExperimentLog.load(tmp_path).all] == [0.2, 0.3]
    assert first.refresh() == second.all


def test_processes_that_write_at_the_same_time_lose_nothing(tmp_path):
    program = (
        "import sys; from pathlib import Path; from tests.lessons.experiments import experiment; "
        "from tui.experiments import ExperimentLog; log = ExperimentLog.load(Path(sys.argv[1])); "
        "[log.add(experiment(seed=int(sys.argv[2]) + at)) for at in range(15)]"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(start)], cwd=ROOT)
        for start in (0, 100)
    ]
    assert [process.wait() for process in running] == [0, 0]
    seeds = {one.recipe.seed for one in ExperimentLog.load(tmp_path).all}
    assert seeds == {*range(15), *range(100, 115)}


# damage


GOOD = {"format": "dl-tutor experiments", "version": 1}


def with_one(tmp_path: Path, **changes: object) -> str:
    """A file with one experiment that has something changed."""
    content = json.loads(log_with(tmp_path / "good", 0.5).path.read_text())
    content["experiments"][0].update(changes)
    return json.dumps(content)


@pytest.mark.parametrize(
    "changes",
    [
        {"epochs": "many"},
        {"epochs": -1},
        {"val_loss": "low"},
        {"val_loss": float("nan")},
        {"recipe": None},
        {"recipe": {"hidden": 5}},
        {"recipe": {"hidden": [5, -1]}},
        {"recipe": {"hidden": [5], "seed": "one"}},
        {"curve": {"epochs": [1, 2], "loss": [1.0], "val_loss": [1.0]}},
        {"id": ""},
        {"data": None},
        {"diverged": "no"},
    ],
    ids=str,
)
def test_a_damaged_file_is_set_aside_and_told(tmp_path, changes):
    path = tmp_path / "experiments.json"
    path.write_text(text := with_one(tmp_path, **changes))
    log = ExperimentLog.load(tmp_path)
    assert log.all == ()
    assert "experiments.damaged-1.json" in str(log.notice)
    assert (tmp_path / "experiments.damaged-1.json").read_text() == text
    log.add(experiment(val_loss=0.9))
    assert [one.val_loss for one in ExperimentLog.load(tmp_path).all] == [0.9]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", json.dumps({**GOOD, "experiments": 5}), json.dumps({"format": "other"})],
)
def test_what_is_no_log_is_set_aside(tmp_path, text):
    (tmp_path / "experiments.json").write_text(text)
    assert "set aside" in str(ExperimentLog.load(tmp_path).notice)
    assert names(tmp_path) == ["experiments.damaged-1.json"]


def test_two_of_one_id_are_damage(tmp_path):
    content = json.loads(log_with(tmp_path, 0.5).path.read_text())
    content["experiments"] *= 2
    (tmp_path / "experiments.json").write_text(json.dumps(content))
    assert "two experiments have the same id" in str(ExperimentLog.load(tmp_path).notice)


def test_the_file_of_a_newer_version_is_kept_under_another_name(tmp_path):
    newer = json.dumps({**GOOD, "version": 99, "experiments": ["what we do not know"]})
    (tmp_path / "experiments.json").write_text(newer)
    log = ExperimentLog.load(tmp_path)
    log.add(experiment())
    assert (tmp_path / "experiments.newer-1.json").read_text() == newer
    assert "newer dl-tutor" in str(log.notice)


def test_what_is_damaged_under_a_running_app_does_not_take_its_log_away(tmp_path):
    log = log_with(tmp_path, 0.5)
    log.path.write_text("not a log at all")
    log.add(experiment(val_loss=0.6))
    assert [one.val_loss for one in ExperimentLog.load(tmp_path).all] == [0.5, 0.6]
    assert (tmp_path / "experiments.damaged-1.json").read_text() == "not a log at all"


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path, monkeypatch):
    log = log_with(tmp_path, 0.5)
    before = log.path.read_text()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        log.add(experiment(val_loss=0.6))
    assert log.path.read_text() == before
    assert names(tmp_path) == ["experiments.json"]
    assert "no space left on device" in str(log.notice)
    assert (log.saved, len(log.all)) == (False, 2)  # the app goes on with it
    log.add(experiment(val_loss=0.7))
    assert [one.val_loss for one in ExperimentLog.load(tmp_path).all] == [0.5, 0.6, 0.7]


# how JSON is written


def test_lists_of_plain_values_take_one_line_and_all_else_is_indented():
    value = {"a": [1, 2.5, None], "b": {"c": [], "d": {}}, "e": [{"f": "[\n1\n]"}], "g": True}
    text = storage.written(value)
    assert json.loads(text) == value
    assert text.splitlines() == [
        "{",
        '  "a": [1, 2.5, null],',
        '  "b": {',
        '    "c": [],',
        '    "d": {}',
        "  },",
        '  "e": [',
        "    {",
        '      "f": "[\\n1\\n]"',
        "    }",
        "  ],",
        '  "g": true',
        "}",
    ]
