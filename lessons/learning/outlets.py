"""What can be taken out of a training: the network, its history, the program that does the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lessons.labs.parts import Code
from lessons.learning.curves import NAMES
from lessons.learning.run import Run
from lessons.tables.writing import as_csv


@dataclass(frozen=True)
class Outlet:
    """One thing to take out.

    `text` makes what is written, for what is text; `write` writes a new file that is none, and
    raises OSError or StorageError.
    """

    id: str
    title: str
    stem: str
    """A file name to suggest, without its ending."""
    ending: str
    text: Callable[[], str] | None = None
    write: Callable[[Path], None] | None = None


def stem_of(data: str) -> str:
    """What files about this data set are called: houses, of houses.csv and of houses.csv.gz."""
    stem = Path(data.removesuffix(".gz")).stem
    return stem or data


def outlets_of(
    run: Run, stem: str, listings: Sequence[Code], *, history_stem: str = ""
) -> tuple[Outlet, ...]:
    """The network as it stands in both of Keras's formats, its history, and its programs.

    The history is called otherwise where a table already has the name that it would get.
    """
    save = partial(run.model.save, overwrite=False)
    return (
        Outlet("keras", "the network, Keras 3 (.keras)", stem, ".keras", write=save),
        Outlet("h5", "the network, older format (.h5)", stem, ".h5", write=save),
        Outlet(
            "history",
            "the history, epoch by epoch (.csv)",
            history_stem or stem,
            ".csv",
            lambda: history(run),
        ),
        *(_outlet_of(f"code {at}", one, stem) for at, one in enumerate(listings)),
    )


def _outlet_of(id: str, code: Code, stem: str) -> Outlet:
    if code.program:
        return Outlet(id, f"the program: {code.title}", stem, ".py", _source(code))
    name = f"{stem}-{code.title.replace(' ', '-')}"
    lines = [line.removeprefix("# ") for line in code.source.splitlines()]
    return Outlet(id, f"the {code.title} (.txt)", name, ".txt", lambda: "\n".join([*lines, ""]))


def _source(code: Code) -> Callable[[], str]:
    return lambda: f"{code.source}\n"


def history(run: Run) -> str:
    """The losses and accuracies of the finished epochs, as comma-separated values."""
    epochs = run.logs(run.epoch)
    names = [name for name in NAMES if any(getattr(one, name) is not None for one in epochs)]
    rows = [[one.epoch, *(getattr(one, name) for name in names)] for one in epochs]
    return as_csv([["epoch", *(names or ["loss"])], *rows])
