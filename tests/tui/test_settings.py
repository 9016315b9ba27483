"""Settings: defaults, saving, files with wrong values, and where the folder is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.home import data_folder
from tui.settings import Settings


def settings_file(folder: Path, **values: object) -> None:
    whole = {"format": "dl-tutor settings", "version": 1, **values}
    (folder / "settings.json").write_text(json.dumps(whole))


def test_the_defaults(tmp_path):
    settings = Settings.load(tmp_path)

    assert (settings.theme, settings.frame_rate, settings.ascii) == ("dl-dark", 25, False)
    assert settings.notice is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_comes_back(tmp_path):
    settings = Settings.load(tmp_path)
    settings.theme, settings.frame_rate, settings.ascii = "dl-light", 10, True
    settings.save()

    assert Settings.load(tmp_path) == Settings(theme="dl-light", frame_rate=10, ascii=True)


def test_a_setting_that_is_missing_has_its_default(tmp_path):
    settings_file(tmp_path, theme="dl-light")

    assert Settings.load(tmp_path) == Settings(theme="dl-light", frame_rate=25, ascii=False)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"theme": 3}, "theme should be a text, not 3"),
        ({"frame_rate": "20"}, 'frame_rate should be a whole number, not "20"'),
        ({"frame_rate": True}, "frame_rate should be a whole number, not true"),
        ({"frame_rate": 0}, "frame_rate should be 1 to 60"),
        ({"frame_rate": 61}, "frame_rate should be 1 to 60"),
        ({"ascii": 1}, "ascii should be true or false, not 1"),
    ],
)
def test_a_wrong_value_sets_the_file_aside(tmp_path, values, why):
    settings_file(tmp_path, **values)

    settings = Settings.load(tmp_path)

    assert settings == Settings()
    assert why in (settings.notice or "")
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.damaged-1.json"]


def test_a_progress_file_is_no_settings_file(tmp_path):
    settings_file(tmp_path, format="dl-tutor progress")

    assert "it is not a settings file of dl-tutor" in (Settings.load(tmp_path).notice or "")


def test_a_failing_save_is_a_notice():
    settings = Settings.load(Path("/dev/null"))
    settings.save()

    assert "not a directory" in (settings.notice or "")


def test_dl_tutor_home_names_the_folder(data_home):
    Settings.load().save()

    assert (data_home / "settings.json").exists()


def test_the_folder_without_dl_tutor_home(monkeypatch, tmp_path):
    monkeypatch.setenv("DL_TUTOR_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    assert data_folder().is_relative_to(tmp_path)
    assert data_folder().name == "dl-tutor"


def test_a_tilde_and_a_relative_folder_are_understood(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DL_TUTOR_HOME", "~/course")
    assert data_folder() == tmp_path / "course"

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DL_TUTOR_HOME", "course")
    assert data_folder() == tmp_path / "course"
