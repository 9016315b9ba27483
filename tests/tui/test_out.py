"""Taking things along: what is written, what is refused, what runs elsewhere."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from textual.widgets import Input

from engine import load_model
from lessons.labs.playground.play import Play
from tests.tui.driving import NARROW, TRAINING, WIDE, running, size_id
from tests.tui.test_playground import playing
from tui.files import NotWritten, free_name, save_as, save_text
from tui.screens.out import OutPanel


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app was started in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def take(player, outlet: str, name: str = "") -> str:
    """Open the panel, choose, write; what is said of it then."""
    await player.press("O")
    panel = player.app.screen
    assert isinstance(panel, OutPanel)
    for _ in panel._outlets:
        if panel.chosen.id == outlet:
            break
        await player.press("down")
    assert panel.chosen.id == outlet
    if name:
        await player.burst(*["backspace"] * 40)
        await player.write(name)
    await player.press("enter")
    said = str(panel.query_one("#outcome").render())
    await player.press("escape")
    return said


@pytest.mark.parametrize("ending", ["keras", "h5"])
async def test_the_network_predicts_the_same_elsewhere(here, ending):
    async with playing(Play(data="moons", hidden=(5,))) as player:
        await player.press(*["space"] * 5)
        assert f"moons.{ending}" in await take(player, ending)
        run = player.lab.run
        mine = run.model.predict(run.problem.x_validation, verbose=0)
    theirs = load_model(here / f"moons.{ending}").predict(run.problem.x_validation, verbose=0)
    assert np.array_equal(mine, theirs)


async def test_the_history_has_a_line_for_each_epoch(here):
    async with playing() as player:
        player.lab.set("stride", "epoch")
        await player.press("space", "space", "space")
        await take(player, "history")
        logs = player.lab.run.logs()
    rows = list(csv.DictReader((here / "circle.csv").read_text().splitlines()))
    assert [int(row["epoch"]) for row in rows] == [1, 2, 3]
    assert [float(row["val_loss"]) for row in rows] == [one.val_loss for one in logs]


async def test_the_program_runs_and_ends_with_these_weights(here):
    async with playing(Play(data="xor", hidden=(3,), dropout=0.2, regularizer="l2")) as player:
        player.lab.set("stride", "epoch")
        await player.press(*["space"] * 10)
        await take(player, "code 1", "mine.py")
        weights = player.lab.run.model.get_weights()
    names: dict[str, object] = {}
    exec(compile((here / "mine.py").read_text(), "mine.py", "exec"), names)
    model = names["model"]
    for mine, theirs in zip(weights, model.get_weights(), strict=True):  # type: ignore[attr-defined]
        assert mine == pytest.approx(theirs, abs=1e-6)


async def test_pictures_are_of_the_screen_below_and_work_offline(here):
    async with playing() as player:
        await player.press("space")
        await take(player, "svg")
        await take(player, "txt")
    svg, text = (here / "playground.svg").read_text(), (here / "playground.txt").read_text()
    assert svg.startswith("<svg")
    assert "url(http" not in svg
    assert "@import" not in svg
    assert "circle" in text
    assert "Take it along" not in text
    assert len(text.splitlines()) == WIDE[1]


async def test_a_file_that_is_there_stays(here):
    (here / "circle.csv").write_text("precious")
    async with playing() as player:
        assert "circle-2.csv" in await take(player, "history")
        assert "is there already" in await take(player, "history", "circle.csv")
    assert (here / "circle.csv").read_text() == "precious"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Give the name of a file"),
        (" ", "Give the name of a file"),
        (".", "Give the name of a file"),
        ("none/x.csv", "no such folder"),
        ("~nobody-is-called-so/x.csv", "no such folder"),
        ("x" * 300, "could not be written"),
        ("a\0b.csv", "No file can have the name"),
    ],
)
def test_what_cannot_be_written_is_one_line(here, name, says):
    with pytest.raises(NotWritten, match=says) as problem:
        save_text(name, "1,2\n")
    assert "\n" not in str(problem.value)
    assert list(here.iterdir()) == []


async def test_a_network_wants_one_of_two_endings():
    async with playing() as player:
        assert ".keras" in await take(player, "keras", "model.txt")


@pytest.mark.parametrize(
    ("outlet", "name", "ending"),
    [
        ("history", "houses.csv.csvE", ".csv"),
        ("code 1", "mine", ".py"),
        ("svg", "picture.png", ".svg"),
        ("h5", "model.keras", ".h5"),
    ],
)
async def test_a_name_with_another_ending_is_refused(here, outlet, name, ending):
    async with playing() as player:
        await player.press("space")
        assert f"ends in {ending}," in await take(player, outlet, name)
    assert list(here.iterdir()) == []


async def test_after_writing_the_next_free_name_stands_there(here):
    async with playing() as player:
        await player.press("space", "O", "enter")
        panel = player.app.screen
        assert "Wrote circle.keras." in str(panel.query_one("#outcome").render())
        assert panel.query_one(Input).value == "circle-2.keras"
        await player.press("E", "enter")
        assert "ends in .keras" in str(panel.query_one("#outcome").render())
    assert [path.name for path in here.iterdir()] == ["circle.keras"]


def test_a_full_disk_leaves_nothing_behind(here, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match="no space left"):
        save_text("x.csv", "1,2\n")
    assert list(here.iterdir()) == []


def test_names_that_are_free(here):
    assert free_name("a", ".csv") == "a.csv"
    (here / "a.csv").touch()
    (here / "a-2.csv").symlink_to(here / "nowhere")
    assert free_name("a", ".csv") == "a-3.csv"
    with pytest.raises(NotWritten, match="already"):
        save_as("a-2.csv", lambda path: path.write_text("1"))


async def test_text_can_be_copied_and_a_network_cannot():
    async with playing() as player:
        await player.press("O", "ctrl+y")
        assert "Only text can be copied" in player.text
        await player.press("down", "down", "ctrl+y")
        assert player.app.clipboard.startswith("epoch,")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
async def test_it_is_there_in_lessons_too(here, size):
    async with running(TRAINING, size, page="run") as driver:
        await driver.press("space", "O")
        assert isinstance(driver.app.screen, OutPanel)
        assert "the network, Keras 3" in driver.text
        await driver.press("enter", "escape")
    assert (here / "wages.keras").exists()
