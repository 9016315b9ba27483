"""What the tests of the app have in common."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def fewer_collections() -> Iterator[None]:
    """Look for garbage less often: among hundreds of apps that takes a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    yield
    gc.set_threshold(*before)
