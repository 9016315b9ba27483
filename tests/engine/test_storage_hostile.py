"""Files that mean harm: one clear error, nothing run, nothing followed, no memory taken."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import engine.storage
from engine.storage import load_model, save_model, text
from tests.engine.stored_models import refusal, small

SOURCES = sorted(Path(engine.storage.__file__).parent.glob("*.py"))


@pytest.fixture
def keras_file(tmp_path):
    """A good .keras file, taken apart: (its members by name, a way to put them together)."""
    save_model(small(), tmp_path / "m.keras")
    with zipfile.ZipFile(tmp_path / "m.keras") as archive:
        members: dict[str, Any] = {name: archive.read(name) for name in archive.namelist()}

    def together(compression=zipfile.ZIP_STORED):
        with zipfile.ZipFile(tmp_path / "m.keras", "w", compression) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return tmp_path / "m.keras"

    return members, together


def with_config(keras_file, change):
    members, together = keras_file
    config = json.loads(members["config.json"])
    change(config)
    members["config.json"] = json.dumps(config)
    return together()


# -- code --------------------------------------------------------------------------------------


def test_nothing_in_the_package_can_run_what_a_file_says():
    forbidden = {
        "pickle",
        "marshal",
        "importlib",
        "subprocess",
        "shelve",
        "dill",
        "runpy",
        "ctypes",
    }
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert not {alias.name.split(".")[0] for alias in node.names} & forbidden
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.split(".")[0] not in forbidden
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__", "globals"}
            if isinstance(node, ast.keyword):
                assert node.arg != "allow_pickle"


def test_h5py_is_imported_when_a_file_is_opened_and_not_before():
    program = "import engine, engine.storage, sys; print('h5py' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"


LAMBDA = {"class_name": "__lambda__", "config": {"value": ["4wEAAAAA", None, None]}}
CODE = {"module": "os", "class_name": "system", "config": {"command": "touch hacked"}}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda layer: layer.update(class_name="Lambda"), "is a Lambda, which this engine"),
        (lambda layer: layer.update(CODE), "is a system of its own making"),
        (lambda layer: layer["config"].update(activation=LAMBDA), "never run"),
        (lambda layer: layer["config"].update(kernel_initializer=CODE), "initializer"),
        (lambda layer: layer["config"].update(name={"a": 1}), "name must be text"),
        (lambda layer: layer["config"].update(units=[[]]), "units"),
        (lambda layer: layer["config"].update(units=10**30), "needs weights of shapes"),
        (lambda layer: layer["config"].update(units=True), "units"),
        (lambda layer: layer["config"].update({"self": 1}), "self"),
        (lambda layer: layer.update(config=[1]), "no class_name and config"),
        (lambda layer: layer.update(class_name="x" * 10**6), "xxx ... xxx"),
    ],
)
def test_a_hostile_layer_is_refused(change, said, keras_file):
    message = refusal(with_config(keras_file, lambda config: change(config["config"]["layers"][1])))

    assert said in message


def test_hostile_objects_in_the_compile_settings(keras_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for setting in ("optimizer", "loss"):
        path = with_config(
            keras_file, lambda config, name=setting: config["compile_config"].update({name: CODE})
        )
        assert "its compile settings cannot be used" in refusal(path)
    assert not (tmp_path / "hacked").exists()


# -- JSON --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (b"[" * 100_000, "in each other"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "in each other"),
        (b"\xff\xfe", "not JSON"),
        (b"{", "not JSON"),
        (b'{"a": NaN}', "NaN stands where a number"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b"[1]", "is a list where an object"),
        (b"{}", "not a Sequential model"),
        (b'{"class_name": "Sequential", "config": {"layers": {}}}', "no list of layers"),
        (b" " * (text.LARGEST_JSON + 1), "unpacks to"),
    ],
)
def test_json_that_is_none(config, said, keras_file):
    members, together = keras_file
    members["config.json"] = config

    assert said in refusal(together())


def test_more_layers_than_anyone_has(keras_file):
    def change(config):
        config["config"]["layers"] *= 800

    assert "layers; more than 1000" in refusal(with_config(keras_file, change))


# -- zip archives ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["config.json", "model.weights.h5"])
def test_a_zip_bomb(name, keras_file):
    members, together = keras_file
    members[name] = b"\0" * 200_000_000

    assert f"{name} in it unpacks to 200,000,000 bytes" in refusal(together(zipfile.ZIP_DEFLATED))


def test_a_member_that_is_larger_than_it_says(keras_file):
    members, together = keras_file
    path = together()
    size, less = (n.to_bytes(4, "little") for n in (len(members["model.weights.h5"]), 300))
    content = path.read_bytes()
    assert content.count(size) >= 2
    path.write_bytes(content.replace(size, less))

    assert "damaged" in refusal(path)


def test_nothing_is_ever_unpacked_to_the_disk(keras_file, tmp_path):
    members, together = keras_file
    members |= {"../evil.txt": b"x", "/tmp/evil": b"x", "assets/../../evil": b"x"}
    before = set(os.listdir(tmp_path.parent))

    assert load_model(together()).built
    assert set(os.listdir(tmp_path.parent)) == before
    assert os.listdir(tmp_path) == ["m.keras"]


def test_an_archive_with_a_million_members(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}", b"")
    (tmp_path / "m.keras").write_bytes(content.getvalue())

    assert "list of members is too long" in refusal(tmp_path / "m.keras")


@pytest.mark.parametrize("missing", ["config.json", "metadata.json", "model.weights.h5"])
def test_a_member_is_missing(missing, keras_file):
    members, together = keras_file
    del members[missing]

    assert f"there is no {missing} in it" in refusal(together())


@pytest.mark.parametrize("content", [b"", b"PK", b"\x89HDF\r\n\x1a\n", b"MZ" * 50, b"PK\3\4" * 999])
@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_files_of_another_kind(content, ending, tmp_path):
    (tmp_path / f"m.{ending}").write_bytes(content)

    refusal(tmp_path / f"m.{ending}")


def test_a_file_that_is_mostly_hole_is_not_read(tmp_path):
    with (tmp_path / "m.keras").open("wb") as file:
        file.truncate(10**12)

    assert "bytes; more than 2,000,000,000 are not read" in refusal(tmp_path / "m.keras")
