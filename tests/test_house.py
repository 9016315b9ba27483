"""The rules of the house that a program can check."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from lessons.course import lessons
from tui.commands import COMMANDS

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "lessons", "tui")
LONGEST = 320  # lines; the house says about 300

SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, capture_output=True, text=True, check=False
    )


def imported(path: Path) -> set[str]:
    """The top-level names of everything that `path` imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_the_import_contracts_hold():
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = run("-c", program, "--no-cache")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kept, 0 broken" in done.stdout


@pytest.mark.parametrize("package", ["engine", "lessons"])
def test_only_tui_knows_the_screen(package):
    screen = {"textual", "rich", "plotext", "tui"}
    offenders = {
        str(path.relative_to(ROOT)): imported(path) & screen
        for path in SOURCES
        if path.is_relative_to(ROOT / package) and imported(path) & screen
    }

    assert offenders == {}


def test_only_the_storage_reads_and_writes_hdf5():
    using = {path.parent.name for path in SOURCES if "h5py" in imported(path)}

    assert using == {"storage"}


def test_every_third_party_import_is_a_stated_dependency():
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    allowed = {line.split(">")[0].strip() for line in stated} | set(PACKAGES)
    allowed |= set(sys.stdlib_module_names)

    unstated = {
        str(path.relative_to(ROOT)): imported(path) - allowed
        for path in SOURCES
        if imported(path) - allowed
    }

    assert unstated == {}


def test_no_file_outgrows_one_idea():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in SOURCES}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_importing_tui_imports_nothing():
    program = "import sys; before = set(sys.modules); import tui; print(set(sys.modules) - before)"

    assert run("-c", program).stdout.strip() == "{'tui'}"


def test_no_emoji():
    def emoji(text: str) -> list[str]:
        return [sign for sign in text if ord(sign) >= 0x1F000 or sign == "\ufe0f"]

    texts = [*SOURCES, ROOT / "README.md"]
    for package in PACKAGES:
        texts += (ROOT / package).rglob("*.md")
        texts += (ROOT / package).rglob("*.tcss")

    assert {str(path): found for path in texts if (found := emoji(path.read_text()))} == {}


def test_no_code_outside_the_houses_folders():
    folders = {path.parent.name for path in ROOT.glob("[!.]*/*.py")}
    loose = {path.name for path in ROOT.glob("*.py")}

    assert folders - {"tests"} == set(PACKAGES)
    assert loose == set()


def test_the_readme_knows_every_lesson_and_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    missing = [one.number for one in lessons() if f"| {one.number} | {one.title} |" not in readme]
    missing += [name for name in COMMANDS if f"| `dl-tutor {name}" not in readme]

    assert missing == []
