"""What every test gets: a data folder of its own, so that no test touches the user's progress."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest

from tui.launching import keep_to_one_thread

keep_to_one_thread()  # as the app does; workers side by side would wait for each other's threads


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """What is written is there at once for whoever reads it; only a power cut would show more."""
    with patch("os.fsync"):
        yield


@pytest.fixture(scope="session")
def data_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths that nothing is at yet. `tmp_path` looks through all others to find a new one."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def data_home(data_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for this test alone, not made yet; `DL_TUTOR_HOME` points to it."""
    home = next(data_homes)
    monkeypatch.setenv("DL_TUTOR_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def garbage_is_collected() -> Iterator[None]:
    """A command that starts the app puts that off until all is loaded, which a test may not do."""
    yield
    gc.enable()
    gc.unfreeze()
