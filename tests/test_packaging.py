"""What an installation would contain: built here, and looked at from outside the source tree."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hatchling import build

from tui import __version__

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "lessons", "tui")
JUNK = ("__pycache__", ".pytest_cache", ".mypy_cache")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as `pip install .` would build it."""
    return built(build.build_wheel, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(build.build_sdist, tmp_path_factory.mktemp("sdist"))


def built(how: Callable[[str], str], folder: Path) -> Path:
    here = os.getcwd()
    os.chdir(ROOT)  # PEP 517: a backend is called in the root of the source tree
    try:
        return folder / how(str(folder))
    finally:
        os.chdir(here)


def source_files() -> set[str]:
    """Every file of the three packages, as git would take it in."""
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not set(path.parts) & set(JUNK)
    }


def test_the_wheel_holds_every_file_of_the_packages(wheel):
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert inside == source_files()


def test_the_sdist_holds_the_packages_and_what_is_needed_to_test_them(sdist):
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}

    assert source_files() <= inside
    assert {"pyproject.toml", "README.md", "LICENSE", ".ci/run", "tests/conftest.py"} <= inside
    assert not [name for name in inside if set(name.split("/")) & set(JUNK)]


def test_the_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
        scripts = archive.read(name.replace("METADATA", "entry_points.txt")).decode()
        for licence in ("LICENSE", "lessons/datasets/digits/LICENSE.txt"):
            assert name.replace("METADATA", f"licenses/{licence}") in archive.namelist()

    assert metadata["Name"] == "dl-tutor"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT AND CC-BY-SA-3.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert set(metadata.get_all("Provides-Extra", [])) == {"test", "dev", "keras", "peers"}
    assert "dl-tutor = tui.cli:main" in scripts


def test_the_course_loads_from_the_wheel_alone(wheel, tmp_path):
    """Styles, prose and data sets are found where they are installed, not in the source tree."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-m", "tui", "lessons", "--json"],
        cwd=tmp_path / "site",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert '"number": "3.2"' in done.stdout
