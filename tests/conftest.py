"""What every test gets: a data folder of its own, so that no test touches the user's progress."""

from __future__ import annotations

import gc
from collections.abc import Iterator
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


@pytest.fixture(autouse=True)
def garbage_is_collected() -> Iterator[None]:
    """A command that starts the app puts that off until all is loaded, which a test may not do."""
    yield
    gc.enable()
    gc.unfreeze()
