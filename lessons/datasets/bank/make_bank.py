"""Make bank.csv: customers of a bank that does not exist, drawn at random from a seed.

    python -m lessons.datasets.bank.make_bank

How many transactions follow from the rest is written below, in `transactions`.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from lessons.datasets.making import put_in_place

TARGET_FILE = Path(__file__).with_name("bank.csv")
SEED, ROWS = 11, 200
NAMES = ("children", "accounts", "balance", "working", "transactions")

BASE = 2.0
PER_ACCOUNT = 1.0
PER_CHILD = 0.4
PER_BALANCE = {0: 0.02, 1: 0.2}
"""What a thousand more in the bank adds for the retired (0) and for the working (1)."""
NOISE = 1.5


def transactions(
    children: np.ndarray, accounts: np.ndarray, balance: np.ndarray, working: np.ndarray
) -> np.ndarray:
    """What is expected of a customer: the effect of the balance depends on whether they work."""
    per_balance = np.where(working == 1, PER_BALANCE[1], PER_BALANCE[0])
    per_year = BASE + PER_ACCOUNT * accounts + PER_CHILD * children + per_balance * balance
    return np.asarray(per_year)


def rows(seed: int = SEED, count: int = ROWS) -> list[tuple[str, ...]]:
    """The customers, each as the texts of its columns."""
    rng = np.random.default_rng(seed)
    children = rng.integers(0, 5, count)
    accounts = rng.integers(1, 6, count)
    balance = np.round(rng.uniform(0, 100, count), 1)
    working = rng.integers(0, 2, count)
    made = transactions(children, accounts, balance, working) + rng.normal(0, NOISE, count)
    made = np.maximum(np.rint(made), 0).astype(int)
    columns = (children, accounts, balance, working, made)
    return [tuple(f"{value:g}" for value in row) for row in zip(*columns, strict=True)]


def make(target: Path = TARGET_FILE) -> None:
    """Write the whole file beside `target`, then put it in its place."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows(rows())
    put_in_place(text.getvalue().encode(), target)


if __name__ == "__main__":
    make()
    print(f"{TARGET_FILE.name}: {ROWS} rows")
