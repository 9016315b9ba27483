"""What every test gets: a data folder of its own, so that no test touches the user's progress."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.launching import keep_to_one_thread

keep_to_one_thread()  # as the app does; workers side by side would wait for each other's threads


@pytest.fixture(autouse=True)
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder for this test alone; `DL_TUTOR_HOME` points to it."""
    home = tmp_path / "dl-tutor-home"
    monkeypatch.setenv("DL_TUTOR_HOME", str(home))
    return home
