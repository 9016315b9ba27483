"""Experiments as CSV, in a file where the learner says, and on the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.lessons.experiments import experiment
from tui.cli import main
from tui.experiments import ExperimentLog
from tui.export import HEADER, log_csv


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def run(capsys):
    """Call `dl-tutor experiments`; its exit code, output and errors."""

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["experiments", *words])
        return code, *capsys.readouterr()

    return call


def test_a_line_for_each_experiment_with_everything_that_names_it():
    first, second = rows(log_csv([experiment((50, 25), 0.61, seed=3), experiment(val_loss=None)]))
    assert set(first) == set(HEADER)
    assert (first["hidden_layers"], first["seed"], first["learning_rate"]) == ("50-25", "3", "0.01")
    assert (float(first["training_loss"]), float(first["validation_loss"])) == (0.305, 0.61)
    assert (second["validation_loss"], second["training_accuracy"]) == ("", "")


def test_the_command_lists_a_line_for_each_setting(run):
    assert run() == (
        0,
        "There is no experiment yet: lesson 4.5 makes them, dl-tutor open 4.5.\n",
        "",
    )
    log = ExperimentLog.load()
    for seed, loss in ((1, 0.6), (2, 0.7)):
        log.add(experiment(val_loss=loss, seed=seed))
    log.add(experiment((25,), 0.5))
    code, output, errors = run()
    heads, first, second = output.splitlines()
    assert (code, errors) == (0, "")
    assert heads.split()[:3] == ["data", "network", "settings"]
    assert "1×5" in first
    assert "0.650 (0.600–0.700)" in first
    assert "1×25" in second


def test_the_command_gives_json_and_csv(run, tmp_path):
    ExperimentLog.load().add(experiment(val_loss=0.6))
    assert json.loads(run("--json")[1])[0]["val_loss"] == 0.6
    file = str(tmp_path / "out.csv")
    assert run("--csv", file) == (0, f"Saved 1 experiment in {file}.\n", "")
    assert len(rows((tmp_path / "out.csv").read_text())) == 1
    code, output, errors = run("--csv", file)
    assert (code, output) == (1, "")
    assert errors == f"dl-tutor: {file} is there already: choose another name.\n"


def test_the_command_takes_one_format(run):
    code, _, errors = run("--json", "--csv", "x.csv")
    assert code == 2
    assert "not both" in errors


def test_a_damaged_log_is_told_on_the_command_line(run):
    log = ExperimentLog.load()
    log.path.parent.mkdir(parents=True, exist_ok=True)
    log.path.write_text("{")
    code, output, errors = run()
    assert code == 0
    assert output.startswith("There is no experiment yet")
    assert "set aside" in errors
