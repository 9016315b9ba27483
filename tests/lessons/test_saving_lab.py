"""The saving lab: real files, predictions equal to the bit, and problems told in one line."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from engine import Dense, Input, Sequential, load_model
from lessons.building.save_reload_predict.checks import GIVEN
from lessons.labs.base import Refused
from lessons.labs.saving.lab import SavingLab
from lessons.labs.saving.network import Trained
from lessons.labs.saving.setup import FILE, FORGOTTEN, RAW, RELOADED, SHOWS, SavingScene
from lessons.learning.problems import titanic
from lessons.learning.run import Run
from tests.lessons.test_listings import engine_as_keras, run  # noqa: F401

SEEDS = range(4)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app was started in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lab(seed: int = 1, **scene: object) -> SavingLab:
    return SavingLab(titanic(), seed, SavingScene(**scene))  # type: ignore[arg-type]


def refusal(one: SavingLab, act: str) -> str:
    with pytest.raises(Refused) as told:
        one.act(act)
    assert "\n" not in str(told.value)
    return str(told.value)


# the network


def test_after_any_epoch_it_is_what_training_makes_it() -> None:
    straight = Run(titanic(), lab().network.recipe)
    jumping = Trained(titanic(), 1)
    for epochs in (2, 5, 1):
        jumping.go(epochs)
        while straight.epoch < epochs:
            straight.forward()
        straight.go(epochs * straight.steps_per_epoch)
        np.testing.assert_array_equal(jumping.model.parameters, straight.model.parameters)
        assert jumping.epochs == epochs


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_pages_tell_holds_for_every_seed(seed: int) -> None:
    one = lab(seed)
    died = int((one.actual == 0).sum())
    at_half, at_low = (int(one.right_at(threshold).sum()) for threshold in (0.5, 0.15))
    assert at_half > died + 50
    assert at_low < at_half - 30
    assert one.right_at(np.array([[0.0], [1.0]])).sum(axis=1).tolist() == [len(one.actual) - died,
                                                                          died]  # fmt: skip
    raw = (one.network.of_raw_rows[:, 1] > 0.5) == one.actual
    assert raw.sum() < died + 30


# saving and loading


@pytest.mark.parametrize("ending", [".keras", ".h5"])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_reloaded_network_predicts_the_same_bit_for_bit(ending: str, seed: int) -> None:
    one = lab(seed)
    one.set("path", f"mine{ending}")
    one.act("save")
    one.act("load")
    assert one.loaded is not None
    assert one.loaded.predictions.tobytes() == one.network.predictions.tobytes()
    view = one.snapshot()
    assert (view.largest, view.loaded, view.settings.shows) == ("0", f"mine{ending}", RELOADED)
    one.step()
    row = one.snapshot().rows[0]
    assert row.other == row.one
    assert row.difference == 0


def test_the_file_is_listed_with_its_layers_its_scaler_and_no_rows(folder: Path) -> None:
    one = lab()
    one.act("save")
    view = one.snapshot()
    assert view.settings.shows == FILE
    assert view.saved
    assert view.file.size == (folder / "model_file.keras").stat().st_size
    assert [layer.shapes for layer in view.file.layers] == ["10×50, 50", "50×50, 50", "50×2, 2"]
    assert [layer.parameters for layer in view.file.layers] == [550, 2550, 102]
    assert view.file.scaled_columns == 10
    assert "6,404" in view.file.optimizer
    assert view.rows_in_file == "0"


def test_learning_on_leaves_the_file_and_what_came_from_it_alone() -> None:
    one = lab()
    one.act("save")
    one.act("load")
    one.set("epochs", "11")
    assert float(one.snapshot().largest) > 0
    one.set("epochs", "10")
    assert one.snapshot().largest == "0"


def test_a_network_without_its_scaler_has_to_take_raw_rows() -> None:
    one = lab()
    one.set("scaler", FORGOTTEN)
    one.act("save")
    assert load_model("model_file.keras").scaler is None
    one.act("load")
    assert one.loaded is not None
    np.testing.assert_array_equal(one.loaded.predictions, one.network.of_raw_rows)
    assert float(one.snapshot().largest) > 0.1
    assert one.network.model.scaler is not None


def test_what_was_loaded_stays_from_page_to_page() -> None:
    one = lab()
    one.set("path", "mine.h5")
    one.act("save")
    one.act("load")
    one.show(SavingScene(given=GIVEN))
    assert one.snapshot().largest == ""
    one.show(SavingScene(shows=RELOADED))
    assert one.snapshot().largest == "0"
    assert one.settings.path == "mine.h5"


def test_loading_can_be_undone_and_the_file_stays(folder: Path) -> None:
    one = lab()
    one.act("save")
    one.act("load")
    one.undo()
    assert one.loaded is None
    assert (folder / "model_file.keras").is_file()


# where it is saved


def test_a_file_is_replaced_only_when_it_is_said_twice(folder: Path) -> None:
    file = folder / "model_file.keras"
    file.write_text("mine")
    one = lab()
    assert "S once more" in refusal(one, "save")
    assert file.read_text() == "mine"
    one.step()
    assert "S once more" in refusal(one, "save")
    one.act("save")
    assert load_model(file).count_params() == 3202


def test_the_path_may_begin_with_a_tilde(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    (folder / "models").mkdir()
    one = lab()
    one.set("path", "~/models/mine.keras")
    one.act("save")
    assert (folder / "models" / "mine.keras").is_file()
    one.act("load")


def test_the_format_follows_the_ending() -> None:
    one = lab()
    one.set("ending", ".h5")
    assert one.settings.path == "model_file.h5"
    one.act("save")
    assert Path("model_file.h5").read_bytes().startswith(b"\x89HDF")
    assert "older" in one.snapshot().file.format


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing/model.keras", "there is no folder"),
        ("folder.keras", "is a folder"),
        ("model.txt", "is saved as .keras"),
        ("model", "is saved as .keras"),
        ("a" * 300 + ".keras", "too long"),
        ("~nobody-here/model.keras", "there is no folder"),
        (".", "is saved as .keras"),
    ],
)
def test_a_path_that_cannot_be_saved_to_is_told_in_a_line(
    folder: Path, path: str, says: str
) -> None:
    (folder / "folder.keras").mkdir()
    one = lab()
    one.set("path", path)
    assert says in refusal(one, "save")
    assert [each.name for each in folder.iterdir()] == ["folder.keras"]


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.EACCES, "does not let you"), (errno.ENOSPC, "disk is full"), (errno.EIO, "error")],
)
def test_what_the_system_refuses_is_told_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    one = lab()
    monkeypatch.setattr("os.fsync", refuse)
    assert says in refusal(one, "save")
    assert list(folder.iterdir()) == []


def test_an_empty_name_is_refused() -> None:
    one = lab()
    with pytest.raises(Refused, match="needs a name"):
        one.set("path", "  ")


# what is loaded


def test_a_file_that_is_not_there_is_told() -> None:
    one = lab()
    one.set("path", "my_model.h5")
    assert "there is no file my_model.h5" in refusal(one, "load")
    assert one.loaded is None


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 and more", b"\x89HDF\r\n\x1a\n"])
def test_a_file_that_is_no_model_is_told_and_what_was_loaded_stays(content: bytes) -> None:
    one = lab()
    one.act("save")
    one.act("load")
    before = one.loaded
    Path("other.keras").write_bytes(content)
    one.set("path", "other.keras")
    assert "cannot be loaded" in refusal(one, "load")
    assert one.loaded is before


@pytest.mark.parametrize("sizes", [(9, 2), (10, 1), (784, 10)])
def test_a_network_for_other_rows_is_not_taken(sizes: tuple[int, int]) -> None:
    Sequential([Input((sizes[0],)), Dense(sizes[1])]).save("other.keras")
    one = lab()
    one.set("path", "other.keras")
    assert "need (10,) to (2,)" in refusal(one, "load")


def test_given_predictions_have_no_network_to_save_or_load() -> None:
    one = lab(given=GIVEN)
    for act in ("save", "load"):
        assert "no network" in refusal(one, act)
    with pytest.raises(Refused):
        one.redraw()


# rows, thresholds, and what is hidden


def test_rows_are_predicted_one_by_one_and_back() -> None:
    one = lab(given=GIVEN)
    one.step()
    one.step()
    assert [(row.zero, row.one, row.label) for row in one.snapshot().rows] == [
        (0.3, 0.7, "1"),
        (0.8, 0.2, "0"),
    ]
    with pytest.raises(Refused, match="All rows"):
        one.step()
    one.back()
    assert (one.position, one.end) == (1, 2)


@pytest.mark.parametrize(("threshold", "labels"), [("0.5", "10"), ("0.15", "11"), ("0.7", "00")])
def test_a_label_is_1_above_the_threshold(threshold: str, labels: str) -> None:
    one = lab(given=GIVEN, rows=2)
    one.set("threshold", threshold)
    assert "".join(row.label for row in one.snapshot().rows) == labels


@pytest.mark.parametrize("text", ["-0.1", "1.1", "nan", "much", ""])
def test_a_threshold_is_a_probability(text: str) -> None:
    one = lab(given=GIVEN)
    with pytest.raises(Refused):
        one.set("threshold", text)


@pytest.mark.parametrize("shows", SHOWS)
def test_nothing_of_what_is_asked_for_is_in_sight(shows: str) -> None:
    one = lab(shows=shows, rows=3)
    one.act("save")
    one.act("load")
    one.set("shows", shows)
    one.hide(("difference", "raw", "rows in the file"))
    view = one.snapshot()
    assert (view.largest, view.raw_right, view.rows_in_file) == ("?", "?", "?")
    assert all(row.other is None for row in view.rows) or shows not in (RELOADED, RAW)
    assert one.explain("difference").filled.endswith(": ?")


def test_new_weights_are_another_network_and_undo_brings_the_old_one_back() -> None:
    one = lab()
    before = one.predictions
    one.redraw()
    assert (one.predictions != before).any()
    one.undo()
    assert one.predictions is before


# code


@pytest.mark.usefixtures("engine_as_keras")
@pytest.mark.parametrize("title", ["Keras", "this engine"])
def test_the_program_saves_loads_and_counts_as_the_lab_does(title: str, folder: Path) -> None:
    one = lab()
    one.set("ending", ".h5")
    (source,) = (code.source for code in one.code() if code.title == title)
    names, printed = run(source)
    lines = printed.strip().splitlines()
    assert lines[-2] == "0.0"
    assert list(folder.iterdir()) == []
    if title == "this engine":
        np.testing.assert_array_equal(names["predictions"], one.predictions)
        assert lines[-1] == str(one.right_at(0.5).sum())
