"""5,000 handwritten digits of MNIST, 500 of each: images of 28 by 28 pixels and what they show.

`load()` is the images and their labels. CREDITS.md says where they are from and under which licence
(not the one of the code), make_digits.py how the file was made.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception

import numpy as np

from engine.data import DataError
from lessons.datasets import Column

SIDE = 28
"""Pixels along each side of an image."""
PIXELS = SIDE * SIDE
CLASSES = tuple(str(digit) for digit in range(10))
COLUMNS = (
    *(
        Column(f"pixel_{place}", "0 to 255", "how bright: 0 is the paper, 255 the ink")
        for place in range(PIXELS)
    ),
    Column("digit", "0 to 9", "the digit that was written"),
)
TARGET = COLUMNS[-1].name
FEATURES = tuple(column.name for column in COLUMNS[:-1])

ABOUT = """\
5,000 handwritten digits, 500 of each, from the MNIST collection: written by census workers and \
school pupils in the United States. Each row is one image of 28 by 28 pixels, row by row from the \
top, 784 numbers from 0 (paper) to 255 (ink). Images are in no order."""
ASKED = "Which digit was written, from its pixels."
CREDIT = """\
Real. MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges; CC BY-SA 3.0."""

FILE = Path(__file__).with_name("digits.npz")


class Digits(NamedTuple):
    """Images uint8 (5000, 784), 0 paper to 255 ink, and labels uint8 (5000,), 0 to 9."""

    images: np.ndarray
    labels: np.ndarray


@cache
def load() -> Digits:
    """All 5,000 images and their labels, which cannot be written to.

    Raises DataError when the file that came with the course is missing or damaged.
    """
    try:
        with FILE.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            digits = Digits(file["images"], file["labels"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, ZlibError) as error:
        raise DataError(
            f"{FILE.name} cannot be read ({error}). Install the course again."
        ) from error
    for array in digits:
        array.flags.writeable = False
    return digits
