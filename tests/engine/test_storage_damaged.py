"""Files cut off anywhere, with bits turned over, or with anything in place of a value.

Each of them either loads or gives one StorageError; no other error, no crash, no long wait.
"""

from __future__ import annotations

import copy
import json
import random
import time
import zipfile
from contextlib import suppress
from typing import Any

import h5py
import pytest

from engine.storage import StorageError, load_model, save_model
from tests.engine.stored_models import SECONDS, small, written_by

NUMBERS: list[Any] = [True, -1, 0, 10**18, 1e300]
JUNK: list[Any] = [*NUMBERS, None, "", "x", "\x1b[2J", [], {}, [[]], {"class_name": "x"}]


def outcome(path):
    """Whether it loads; anything but a StorageError goes on to the test."""
    began = time.process_time()
    loads = False
    with suppress(StorageError):
        load_model(path)
        loads = True
    assert time.process_time() - began < SECONDS
    return loads


@pytest.fixture(params=["keras", "h5", "Keras's h5"])
def good(request, tmp_path):
    """The path and the bytes of a good file."""
    if request.param == "Keras's h5":
        path = written_by("keras3", "nadam.h5", tmp_path)
    else:
        path = tmp_path / f"m.{request.param}"
        save_model(small(), path)
    return path, path.read_bytes()


def test_a_file_that_ends_too_early_never_loads(good):
    path, content = good
    for part in range(60):
        path.write_bytes(content[: len(content) * part // 60])
        assert not outcome(path)
    path.write_bytes(content[:-1])
    assert not outcome(path)
    path.write_bytes(content)
    assert outcome(path)


def test_bits_that_were_turned_over(good):
    path, content = good
    chance = random.Random(5)
    places = [place for place, byte in enumerate(content) if byte]
    results = []
    for _ in range(80):
        damaged = bytearray(content)
        for place in chance.sample(places, chance.choice([1, 1, 2, 8])):
            damaged[place] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        results.append(outcome(path))
    assert results.count(False) > 25


def test_bits_that_were_turned_over_inside_of_an_archive(tmp_path):
    """There the archive's own check sums do not help: whoever means harm computes them again."""
    save_model(small(), tmp_path / "good.keras")
    chance = random.Random(6)
    with zipfile.ZipFile(tmp_path / "good.keras") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    results = []
    for _ in range(120):
        name = chance.choice(["config.json", "model.weights.h5"])
        damaged = bytearray(members[name])
        for place in chance.sample([i for i, byte in enumerate(damaged) if byte], 2):
            damaged[place] ^= 1 << chance.randrange(8)
        with zipfile.ZipFile(tmp_path / "m.keras", "w") as archive:
            for each, content in (members | {name: bytes(damaged)}).items():
                archive.writestr(each, content)
        results.append(outcome(tmp_path / "m.keras"))
    assert results.count(False) > 30


def places_in(value, path=()):
    """The path of every value in JSON."""
    yield path
    if isinstance(value, list):
        value = dict(enumerate(value))
    for key, each in value.items() if isinstance(value, dict) else ():
        yield from places_in(each, (*path, key))


def put(value, path, junk):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = junk


@pytest.mark.parametrize("name", ["every_layer.keras", "functional.keras"])
def test_anything_in_place_of_any_value_of_a_config(name, tmp_path):
    path = written_by("keras3", name, tmp_path)
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    config = json.loads(members["config.json"])
    places = [place for place in places_in(config) if place]
    chance = random.Random(7)
    results = []
    for _ in range(200):
        changed = copy.deepcopy(config)
        put(changed, chance.choice(places), chance.choice(JUNK))
        members["config.json"] = json.dumps(changed).encode()
        with zipfile.ZipFile(path, "w") as archive:
            for each, content in members.items():
                archive.writestr(each, content)
        results.append(outcome(path))
    assert results.count(False) > 80


@pytest.mark.parametrize("attribute", ["model_config", "training_config"])
def test_anything_in_place_of_any_value_of_a_config_of_keras_2(attribute, tmp_path):
    path = written_by("keras2", "every_layer.h5", tmp_path)
    with h5py.File(path) as file:
        config = json.loads(file.attrs[attribute])
    places = [place for place in places_in(config) if place]
    chance = random.Random(8)
    results = []
    for _ in range(80):
        changed = copy.deepcopy(config)
        put(changed, chance.choice(places), chance.choice(JUNK))
        with h5py.File(path, "r+") as file:
            file.attrs[attribute] = json.dumps(changed)
        results.append(outcome(path))
    assert results.count(False) > 30
