"""What the tests of storage share: the files that real Keras wrote, and small models of ours."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import Dense, Input, Sequential
from engine.storage import StorageError, load_model

#: bytes, and seconds of the processor
MEMORY, SECONDS = 30e6, 5.0

ARCHIVES = Path(__file__).parent / "saved_models"


def names_of(keras: str, *endings: str) -> list[str]:
    """The names of the files that this Keras ("keras2" or "keras3") wrote."""
    with zipfile.ZipFile(ARCHIVES / f"{keras}.zip") as archive:
        return [name for name in archive.namelist() if name.endswith(endings)]


def written_by(keras: str, name: str, folder: Path) -> Path:
    """One of these files, in `folder`."""
    with zipfile.ZipFile(ARCHIVES / f"{keras}.zip") as archive:
        return Path(archive.extract(name, folder))


def expected(keras: str) -> dict[str, Any]:
    """What that Keras itself does with them; see the make_*.py that wrote them."""
    with zipfile.ZipFile(ARCHIVES / f"{keras}.zip") as archive:
        return dict(np.load(io.BytesIO(archive.read("expected.npz"))))


def loaded(path: Any, **options: Any) -> Any:
    """`load_model`, for tests that look into the optimizer without asking whether there is one."""
    return load_model(path, **options)


def refusal(path: Path) -> str:
    """What loading the file says, within bounds of time and memory that no small file needs."""
    began = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(StorageError) as caught:
            load_model(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY, f"{peak:,.0f} bytes"
    assert time.process_time() - began < SECONDS
    message = str(caught.value)
    assert str(path) in message
    assert len(message) < 2000
    return message


def small(optimizer: Any = "adam", loss: Any = "mse", **options: Any) -> Any:
    """A 3-4-2 network, compiled and trained for two epochs."""
    metrics = options.pop("metrics", ["mae"])
    model = Sequential([Input((3,)), Dense(4, "tanh"), Dense(2)], seed=1, **options)
    model.compile(optimizer, loss, metrics=metrics)
    model.fit(*data(), epochs=2, batch_size=4, verbose=0)
    return model


def data() -> tuple[Any, Any]:
    """12 rows of 3 inputs, and 2 targets each."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(12, 3))
    return x, np.eye(2)[(x[:, 0] > x[:, 1] * x[:, 2]).astype(int)]
