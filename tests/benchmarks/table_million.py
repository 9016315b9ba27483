"""How long a large table takes to read, and how much memory. It prints tables, asserts nothing.

    python tests/benchmarks/table_million.py
    python tests/benchmarks/table_million.py --rows 100000

Two tables of ten columns are written to a temporary folder: one of numbers, and one that also has
texts, dates, yes and no and missing values. Each is read in a process of its own, in the four
steps that `dl-tutor train` takes: the file into cells, what the columns are, which of them are odd,
and the problem that a network trains on. The peak is that of the process, less what stood there
before, with pandas imported. It is compared with the inputs and targets of the finished problem,
and with the file.
Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

TARGET = "target"
PIECE = 50_000
TOWNS = ("Lyon", "Bergen", "Porto", "Graz")
ROW = "{:<26}{:>9}{:>11}{:>11}{:>15}{:>13}"


def write_numbers(path: Path, rows: int) -> None:
    """Nine columns of numbers and a target that hangs together with two of them."""
    rng = np.random.default_rng(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join([*(f"x{at}" for at in range(1, 10)), TARGET]) + "\n")
        for start in range(0, rows, PIECE):
            x = rng.normal(size=(min(PIECE, rows - start), 9))
            y = x[:, 0] - 2 * x[:, 1]
            np.savetxt(file, np.column_stack([x, y]), fmt="%.6g", delimiter=",")


def write_mixed(path: Path, rows: int) -> None:
    """Numbers with gaps, two columns of texts, a date, yes and no, and three classes to tell."""
    rng = np.random.default_rng(2)
    heads = [*(f"x{at}" for at in range(1, 6)), "town", "size", "day", "member", TARGET]
    days = np.arange("2000-01-01", "2020-01-01", dtype="datetime64[D]").astype(str)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(heads) + "\n")
        for start in range(0, rows, PIECE):
            count = min(PIECE, rows - start)
            x = rng.normal(size=(count, 5))
            cells = np.char.mod("%.6g", x)
            cells[rng.random(cells.shape) < 0.05] = ""
            words = [
                rng.choice(TOWNS, count),
                rng.choice(("s", "m", "l", "xl", ""), count),
                rng.choice(days, count),
                rng.choice(("yes", "no"), count),
                np.array(("low", "mid", "high"))[np.digitize(x[:, 0], (-0.5, 0.5))],
            ]
            lines = zip(*cells.T, *words, strict=True)
            file.writelines(",".join(line) + "\n" for line in lines)


TABLES = {"ten columns of numbers": write_numbers, "texts, dates, gaps": write_mixed}


def memory(what: str) -> float:
    """VmRSS or VmHWM of this process, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


def measure(path: Path) -> None:
    """Read the table, and print a row of the table of results for each step."""
    from tui.launching import prepare_process

    prepare_process()
    import pandas  # noqa: F401 - imported before, as it is no part of the table

    from lessons.tables.columns import understand
    from lessons.tables.problem import make_problem
    from lessons.tables.reading import read_table
    from lessons.tables.suspects import suspects
    from lessons.tables.target import choose_target

    before, began = memory("VmRSS"), time.perf_counter()
    steps: list[tuple[str, float, float]] = []

    def done(name: str) -> None:
        steps.append((name, time.perf_counter() - began, memory("VmHWM") - before))

    table = read_table(path)
    done("read")
    columns = understand(table.frame)
    done("understood")
    target = choose_target(table.frame, columns, TARGET)
    suspects(table.frame, columns, target)
    done("looked twice")
    own = make_problem(table, columns, target, 0.3, 0)
    done("made a problem")
    problem = own.problem
    arrays = (problem.x_train, problem.x_validation, problem.y_train, problem.y_validation)
    size = sum(array.nbytes for array in arrays) / 2**20
    file = path.stat().st_size / 2**20
    for name, seconds, peak in steps:
        times = (f"{peak / size:.2f}", f"{peak / file:.2f}")
        print(ROW.format("  " + name, f"{seconds:.2f}", f"{peak:.0f}", f"{size:.0f}", *times))
    shape = (len(problem.x_train) + len(problem.x_validation), problem.x_train.shape[1])
    print(f"  {shape[0]:,} rows, {shape[1]} inputs, {problem.x_train.dtype}, file {file:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    print(ROW.format("", "s so far", "peak, MB", "table, MB", "peak / table", "peak / file"))
    with tempfile.TemporaryDirectory() as folder:
        for name, write in TABLES.items():
            path = Path(folder) / "table.csv"
            write(path, options.rows)
            print(name, flush=True)
            subprocess.run([sys.executable, __file__, "--measure", str(path)], check=True)


if __name__ == "__main__":
    main()
