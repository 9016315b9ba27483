"""HDF5 files that mean harm: links, shapes with nothing behind them, heaps that never end."""

from __future__ import annotations

import io
import zipfile

import h5py
import numpy as np
import pytest

from engine.storage import StorageError, load_model, load_weights, save_model
from tests.engine.stored_models import refusal, small


@pytest.fixture
def h5_file(tmp_path):
    """The path of a good .h5 file."""
    save_model(small(), tmp_path / "m.h5")
    return tmp_path / "m.h5"


def replaced(path, make):
    """The .h5 file with the kernel of its first layer replaced by what `make` puts there."""
    with h5py.File(path, "r+") as file:
        group = file["model_weights/dense"]
        del group["dense/kernel"]
        make(group)
    return path


def virtual(group):
    layout = h5py.VirtualLayout((3, 4), "f4")
    layout[:] = h5py.VirtualSource("/etc/hostname", "x", (3, 4))
    group.create_virtual_dataset("dense/kernel", layout)


HOSTILE = {
    "external link": (
        lambda group: group.__setitem__("dense/kernel", h5py.ExternalLink("/etc/passwd", "/x")),
        "a link to somewhere else",
    ),
    "soft link": (
        lambda group: group.__setitem__("dense/kernel", h5py.SoftLink("/model_weights/dense_1")),
        "a link to somewhere else",
    ),
    "virtual": (virtual, "does not lie in the file"),
    "external": (
        lambda group: group.create_dataset(
            "dense/kernel", (3, 4), "f4", external=[("/etc/passwd", 0, 48)]
        ),
        "does not lie in the file",
    ),
    "huge": (lambda group: group.create_dataset("dense/kernel", (10**9, 10**9), "f4"), "more than"),
    "compressed": (
        lambda group: group.create_dataset(
            "dense/kernel", (20_000, 20_000), "f4", chunks=(20_000, 20_000), compression="gzip"
        ),
        "does not lie in the file",
    ),
    "never written": (
        lambda group: group.create_dataset("dense/kernel", (3, 4), "f4"),
        "more than the file holds",
    ),
    "another shape": (
        lambda group: group.create_dataset("dense/kernel", data=np.ones((4, 3))),
        r"layer 'dense' needs weights of shapes (3, 4), (4,), but the file has (4, 3), (4,)",
    ),
    "text": (
        lambda group: group.create_dataset("dense/kernel", data=np.full((3, 4), b"x")),
        "does not hold numbers",
    ),
    "objects": (
        lambda group: group.create_dataset(
            "dense/kernel", (3, 4), dtype=h5py.special_dtype(ref=h5py.Reference)
        ),
        "does not",
    ),
    "group": (lambda group: group.create_group("dense/kernel"), "is not an array"),
    "infinite": (
        lambda group: group.create_dataset("dense/kernel", data=np.full((3, 4), np.inf)),
        "layer 'dense' has weights that are NaN, infinity",
    ),
    "too large for float32": (
        lambda group: group.create_dataset("dense/kernel", data=np.full((3, 4), 1e300)),
        "too large for float32",
    ),
    "missing": (lambda group: None, "there is no array 'dense/kernel'"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_array_that_is_not_what_keras_writes(kind, h5_file):
    make, said = HOSTILE[kind]

    assert said in refusal(replaced(h5_file, make))


BFLOAT16 = np.array([0x3F80, 0xC040, 0x4248], np.uint16).view("V2")  # 1, -3, 50


@pytest.mark.parametrize(
    "values", [np.array([1, -3, 50], "float16"), np.array([1, -3, 50], ">f8"), BFLOAT16]
)
def test_numbers_of_another_width_are_those_numbers(values, h5_file):
    path = replaced(
        h5_file, lambda group: group.create_dataset("dense/kernel", data=np.tile(values, (4, 1)).T)
    )

    kernel = load_model(path).get_weights()[0]

    np.testing.assert_array_equal(kernel, np.tile([1, -3, 50], (4, 1)).T)
    assert kernel.dtype == "float32"


def references(content, length):
    """Where texts of this length are referred to: their length, a heap's address, a number."""
    heaps = [at for at in range(len(content)) if content.startswith(b"GCOL", at)]
    starts = tuple(length.to_bytes(4, "little") + heap.to_bytes(8, "little") for heap in heaps)
    return [at for at in range(len(content)) if content.startswith(starts, at)]


def test_many_names_that_share_one_enormous_text(tmp_path):
    """A reference takes 16 bytes, and nothing keeps thousands of them from meaning one text."""
    path = tmp_path / "m.h5"
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = "x" * 40_000
        file.create_group("model_weights").attrs["layer_names"] = ["abcdefg"] * 2000
    content = bytearray(path.read_bytes())
    big, *_ = references(content, 40_000)
    for at in references(content, 7):
        content[at : at + 16] = content[big : big + 16]
    path.write_bytes(content)

    assert "layer_names in it is too long" in refusal_of_weights(path)


def refusal_of_weights(path):
    with pytest.raises(StorageError) as caught:
        load_weights(small(), path)
    return str(caught.value)


def test_a_text_that_says_it_is_longer_than_it_is(h5_file):
    """The HDF5 library would take that much memory first and then see that it is wrong."""
    content = bytearray(h5_file.read_bytes())
    with h5py.File(h5_file) as file:
        length = len(file.attrs["model_config"].encode())
    at, *_ = references(content, length)
    content[at : at + 4] = b"\xff\xff\xff\x7f"
    h5_file.write_bytes(content)

    assert "a text is longer than its place" in refusal(h5_file)


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("model_config", np.zeros(3), "not text"),
        ("model_config", ["a", "b"], "not a text"),
        ("model_config", "{", "not JSON"),
        ("training_config", b"[]", "is a list"),
        ("training_config", "{}", None),
    ],
)
def test_an_attribute_that_is_not_what_keras_writes(attribute, value, said, h5_file):
    with h5py.File(h5_file, "r+") as file:
        del file.attrs[attribute]
        file.attrs[attribute] = value

    if said is None:
        assert not load_model(h5_file).compiled
    else:
        assert said in refusal(h5_file)


def test_the_state_of_another_optimizer(h5_file):
    with h5py.File(h5_file, "r+") as file:
        names = list(file["optimizer_weights"].attrs["weight_names"])
        file["optimizer_weights"].attrs["weight_names"] = names[:-1]

    assert "its optimizer has 7 arrays where 8 belong" in refusal(h5_file)


def test_a_heap_of_texts_that_never_ends(h5_file):
    """The HDF5 library itself goes round for ever in a heap whose texts take no room."""
    content = bytearray(h5_file.read_bytes())
    heap = content.index(b"GCOL")
    content[heap + 24 : heap + 32] = b"\xf0" + b"\xff" * 7
    h5_file.write_bytes(content)

    assert "a text is longer than its heap" in refusal(h5_file)


def test_an_archive_whose_weights_are_no_hdf5_file(tmp_path):
    content = io.BytesIO()
    save_model(small(), tmp_path / "good.keras")
    with zipfile.ZipFile(tmp_path / "good.keras") as good, zipfile.ZipFile(content, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, b"PK" * 99 if name.endswith("h5") else good.read(name))
    (tmp_path / "m.keras").write_bytes(content.getvalue())

    assert "the beginning is missing" in refusal(tmp_path / "m.keras")
