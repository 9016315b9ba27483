"""Saving and loading: what comes back, what a path may be, and files that stay whole."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine.storage
from engine import Activation, Dense, Input, Precision, Sequential, StandardScaler
from engine.storage import StorageError, load_weights, paths, save_model, save_weights
from engine.storage.writing import keys_of
from tests.engine.stored_models import data, loaded, small

ENDINGS = pytest.mark.parametrize("ending", ["keras", "h5"])
SOURCES = sorted(Path(engine.storage.__file__).parent.glob("*.py"))


# -- what comes back ---------------------------------------------------------------------------


@ENDINGS
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_everything_comes_back_to_the_bit(ending, dtype, tmp_path):
    model = small(dtype=dtype, metrics=["accuracy", Precision(name="exact")])
    save_model(model, tmp_path / f"m.{ending}")

    back = loaded(tmp_path / f"m.{ending}")

    assert back.get_config() == model.get_config()
    assert back.optimizer.get_config() == model.optimizer.get_config()
    assert back.loss.get_config() == model.loss.get_config()
    assert back.metrics_given[0] == "accuracy"
    for each in (model, back):
        each.fit(*data(), epochs=2, batch_size=5, shuffle=False, verbose=0)
    np.testing.assert_array_equal(back.parameters, model.parameters)
    for slot, values in model.optimizer.slots.items():
        np.testing.assert_array_equal(back.optimizer.slots[slot], values)
    assert back.evaluate(*data(), verbose=0) == model.evaluate(*data(), verbose=0)


@ENDINGS
def test_one_model_gives_the_same_bytes_twice(ending, tmp_path):
    model = small()
    for name in "ab":
        save_model(model, tmp_path / f"{name}.{ending}")

    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


@ENDINGS
def test_a_model_without_weights(ending, tmp_path):
    save_model(Sequential([Input((3,)), Activation("relu")]), tmp_path / f"m.{ending}")

    assert loaded(tmp_path / f"m.{ending}").predict([[-1, 0, 2]]).tolist() == [[0, 0, 2]]


@ENDINGS
def test_the_scaler_comes_back(ending, tmp_path):
    model = small()
    model.scaler = StandardScaler().fit(data()[0])
    save_model(model, tmp_path / f"m.{ending}")

    scaler = loaded(tmp_path / f"m.{ending}").scaler

    np.testing.assert_array_equal(scaler.transform(data()[0]), model.scaler.transform(data()[0]))
    assert loaded_without_scaler(tmp_path, ending).scaler is None


def loaded_without_scaler(tmp_path, ending):
    save_model(small(), tmp_path / f"plain.{ending}")
    return loaded(tmp_path / f"plain.{ending}")


@ENDINGS
def test_a_scaler_that_has_seen_nothing_is_not_saved(ending, tmp_path):
    model = small()
    model.scaler = StandardScaler()

    with pytest.raises(StorageError, match="scaler cannot be saved"):
        save_model(model, tmp_path / f"m.{ending}")
    assert not (tmp_path / f"m.{ending}").exists()


@ENDINGS
def test_names_in_any_language(ending, tmp_path):
    model = Sequential([Input((2,)), Dense(1, name="größe 層 😀")], name="модель")
    path = tmp_path / f"ключ ü.{ending}"
    save_model(model, str(path))

    back = loaded(path)

    assert (back.name, back.layers[0].name) == ("модель", "größe 層 😀")


def test_hundreds_of_layers_are_more_names_than_one_attribute_holds(tmp_path):
    model = Sequential([Dense(1, name=f"{number:03}" + "x" * 240) for number in range(260)])
    model.build((1,))
    model.compile("adam", "mse")
    save_model(model, tmp_path / "m.h5")

    back = loaded(tmp_path / "m.h5")

    np.testing.assert_array_equal(back.parameters, model.parameters)
    assert back.optimizer.slots["m"].size == 520


def test_weights_go_into_a_model_of_the_same_shapes_only(tmp_path):
    model, other = small(), Sequential([Input((3,)), Dense(5), Dense(2)])
    save_weights(model, tmp_path / "m.weights.h5")
    before = other.get_weights()

    with pytest.raises(
        StorageError, match=r"layer 'dense' needs weights of shapes \(3, 5\), \(5,\)"
    ):
        load_weights(other, tmp_path / "m.weights.h5")
    for weight, was in zip(other.get_weights(), before, strict=True):
        np.testing.assert_array_equal(weight, was)
    with pytest.raises(
        StorageError, match=r"weights only: make the model and call its load_weights"
    ):
        loaded(tmp_path / "m.weights.h5")


def test_the_optimizers_state_goes_with_the_weights_where_it_fits(tmp_path):
    trained, fresh, other = small("adam"), small("adam"), small("sgd")
    save_weights(trained, tmp_path / "m.weights.h5")

    for model in (fresh, other):
        model.fit(*data(), verbose=0)
        load_weights(model, tmp_path / "m.weights.h5")
        np.testing.assert_array_equal(model.parameters, trained.parameters)
    assert fresh.optimizer.iterations == trained.optimizer.iterations
    np.testing.assert_array_equal(fresh.optimizer.slots["v"], trained.optimizer.slots["v"])
    assert other.optimizer.iterations == 7


@pytest.mark.parametrize("ending", ["keras", "h5", "weights.h5"])
def test_a_diverged_model_is_not_saved_over_a_good_one(ending, tmp_path):
    path = tmp_path / f"m.{ending}"
    save = save_weights if "weights" in ending else save_model
    save(small(), path)
    good = path.read_bytes()
    diverged = small()
    diverged.parameters[3] = np.nan

    with pytest.raises(StorageError, match=r"layer 'dense' has weights that are NaN or infinity"):
        save(diverged, path)
    assert path.read_bytes() == good


@pytest.mark.parametrize("name", ["a/b", ".", "a\0b", "top_level_model_weights"])
def test_names_that_files_cannot_have(name, tmp_path):
    with pytest.raises(StorageError, match=r"A layer called .* cannot be saved"):
        save_model(Sequential([Input((1,)), Dense(1, name=name)]), tmp_path / "m.h5")


def test_groups_are_named_as_keras_names_them():
    classes = ["Dense", "LeakyReLU", "Dense", "BatchNormalization", "ReLU", "ELU", "Dense"]

    assert keys_of(classes) == [
        "dense",
        "leaky_re_lu",
        "dense_1",
        "batch_normalization",
        "re_lu",
        "elu",
        "dense_2",
    ]


# -- paths -------------------------------------------------------------------------------------


def test_the_ending_says_the_format(tmp_path):
    for name, start in (("m.keras", b"PK"), ("m.h5", b"\x89HDF"), ("M.HDF5", b"\x89HDF")):
        save_model(small(), tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)
        os.rename(tmp_path / name, tmp_path / "no ending")
        assert loaded(tmp_path / "no ending").built  # the content says it too

    for name in ("m.pkl", "m", "m.weights.h5"):
        with pytest.raises(StorageError, match=r"saved as \.keras, or as \.h5"):
            save_model(small(), tmp_path / name)
    with pytest.raises(StorageError, match=r"ends in \.weights\.h5"):
        save_weights(small(), tmp_path / "m.h5")


def test_a_path_is_text_or_path_like(tmp_path):
    with (tmp_path / "m.keras").open("wb") as file:
        wrong: list[Any] = [file, 3, None]
        for given in wrong:
            with pytest.raises(TypeError, match="A file is given by its path"):
                save_model(small(), given)
            with pytest.raises(TypeError, match="A file is given by its path"):
                loaded(given)
    for given in ("", "a\0b.keras"):
        with pytest.raises(StorageError, match="not the path of a file"):
            save_model(small(), given)


def test_errors_of_the_system_keep_their_kinds(tmp_path):
    with pytest.raises(FileNotFoundError, match="There is no such file"):
        loaded(tmp_path / "none.keras")
    with pytest.raises(IsADirectoryError, match="This is a folder"):
        loaded(tmp_path)
    (tmp_path / "folder.keras").mkdir()
    with pytest.raises(IsADirectoryError, match="give the name of a file in it"):
        save_model(small(), tmp_path / "folder.keras")
    with pytest.raises(FileNotFoundError, match="make it first"):
        save_model(small(), tmp_path / "none" / "m.keras")
    with pytest.raises(OSError, match="File name too long"):
        save_model(small(), tmp_path / ("x" * 300 + ".keras"))


def test_a_name_as_long_as_the_system_allows(tmp_path):
    path = tmp_path / ("x" * 249 + ".keras")
    save_model(small(), path)

    assert loaded(path).built


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "m.keras")

    for act in (
        lambda: loaded(tmp_path / "m.keras"),
        lambda: save_model(small(), tmp_path / "m.keras"),
    ):
        with pytest.raises(StorageError, match="not an ordinary file"):
            act()


def test_overwriting_is_the_default_and_can_be_refused(tmp_path):
    path = tmp_path / "m.keras"
    path.write_text("mine")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        save_model(small(), path, overwrite=False)
    assert path.read_text() == "mine"

    save_model(small(), path)
    assert loaded(path).built
    os.unlink(path)
    save_model(small(), path, overwrite=False)
    assert loaded(path).built


# -- all or nothing ----------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["keras", "h5"])
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(
    call, error, ending, tmp_path, monkeypatch
):
    path = tmp_path / f"m.{ending}"
    path.write_text("old")

    def fail(*args):
        raise error

    if call == "write":
        monkeypatch.setattr(paths.os, "fdopen", lambda handle, mode: Full(handle, error))
    else:
        monkeypatch.setattr(paths.os, call, fail)
    with pytest.raises(type(error)):
        save_model(small(), path)
    monkeypatch.undo()

    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [path.name]


class Full:
    """A file on a disk that is full after ten bytes."""

    def __init__(self, handle, error):
        self._handle, self._error = handle, error

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._handle)

    def write(self, content):
        os.write(self._handle, content[:10])
        raise self._error


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    def refuse(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    # The tests may run as root, whom no permission holds up.
    monkeypatch.setattr(paths.os, "open", refuse)
    with pytest.raises(PermissionError, match=r"Cannot write in this folder \(Permission denied\)"):
        save_model(small(), tmp_path / "m.keras")


@pytest.mark.skipif(os.name != "posix", reason="links and permissions of POSIX")
def test_a_link_stays_a_link_and_permissions_stay(tmp_path):
    (tmp_path / "inner").mkdir()
    target = tmp_path / "inner" / "real.keras"
    target.write_text("old")
    target.chmod(0o640)
    (tmp_path / "link.keras").symlink_to(target)

    save_model(small(), tmp_path / "link.keras")

    assert (tmp_path / "link.keras").is_symlink()
    assert loaded(target).built
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
