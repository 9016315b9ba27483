"""The commands for your own data: how they are typed. What they do stands beside this file.

Nothing slow is imported here: see `tui.cli`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tui.command import Command

LARGEST_LAYER = 10_000
NO_LAYER = ("none", "0")
"""How one writes that there is no hidden layer."""
MOST_LAYERS = 20
LARGEST_EPOCHS = 1_000_000
MOST_DIGITS = 12
"""Digits of a number that is looked at before it is said what is too much."""


def train(arguments: argparse.Namespace) -> int:
    """Train a network on a table: on the screen, or in lines where nobody is to look on."""
    from tui.own.train import train_on_screen, train_plain

    terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout))
    wants_lines = arguments.plain or arguments.save or arguments.history
    return _told(train_plain if wants_lines or not terminal else train_on_screen, arguments)


def play(arguments: argparse.Namespace) -> int:
    """Open the playground."""
    from tui.launching import launch
    from tui.own.play import scene_of

    return launch(arguments, play=lambda: scene_of(arguments))


def predict(arguments: argparse.Namespace) -> int:
    """Predict every row of a table."""
    from tui.own.predict import predict_table

    return _told(predict_table, arguments)


def show(arguments: argparse.Namespace) -> int:
    """Show what a saved network is."""
    from tui.own.show import show_model

    return _told(show_model, arguments)


def _told(run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Run a command; what is wrong with a file is one line and the exit code 1."""
    from engine import StorageError
    from engine.table import DataError
    from lessons.tables.errors import TableError

    try:
        return run(arguments)
    except (TableError, DataError, StorageError) as problem:
        said = str(problem)
    except BrokenPipeError:  # not a fault of the file: whoever read the output has gone
        raise
    except OSError as problem:
        said = f"{problem.strerror}: {problem.filename}" if problem.filename else str(problem)
    print(f"dl-tutor: {' '.join(said.split())}", file=sys.stderr)
    return 1


def _table_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the table: a CSV file or the like")
    names = parser.add_mutually_exclusive_group()
    names.add_argument(
        "--header", action="store_true", default=None, help="the first line names the columns"
    )
    names.add_argument(
        "--no-header", dest="header", action="store_false", help="the first line is a row"
    )


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    add = parser.add_argument
    parser.epilog = (
        "--seed draws the rows that are held out and the first weights; it is 0 unless you say "
        "otherwise. On the screen a training ends where --epochs or --patience says, and can go "
        "on; without them it runs until you pause it."
    )
    add(
        "--target",
        metavar="COLUMN",
        help="the column to predict; needed with --plain or over a pipe",
    )
    add("--task", choices=("regression", "classification"), help="instead of the guess")
    add("--drop", action="append", default=[], metavar="COLUMN", help="leave a column out")
    add("--one-hot", action="append", default=[], metavar="COLUMN", help="a column for each value")
    add("--number", action="append", default=[], metavar="COLUMN", help="use it as a number")
    add(
        "--layers",
        type=_layers,
        default=(100, 100),
        metavar="N,N",
        help="hidden layers: 100,100; none or 0 for no hidden layer",
    )
    add("--activation", default="relu", metavar="NAME", help="of the hidden layers: relu")
    add("--loss", metavar="NAME", help="Keras's name; the usual one of the task")
    add("--optimizer", default="adam", metavar="NAME", help="adam, sgd and others")
    add("--rate", type=_rate, metavar="R", help="learning rate")
    add("--epochs", type=_whole, metavar="N", help="at most so many; in lines 30")
    add("--batch", type=_whole, default=32, metavar="N", help="rows in a batch: 32")
    add("--split", type=_share, default=0.3, metavar="PART", help="part that is held out: 0.3")
    add("--patience", type=_whole, metavar="N", help="stop after N epochs without a better one")
    add("--no-scaling", dest="scaling", action="store_false", help="take the inputs as they are")
    add("--save", metavar="FILE", help="write the network: .keras or .h5")
    add("--history", metavar="FILE", help="write the losses of each epoch, from 1: .csv")
    add("--force", action="store_true", help="write over files that are there")
    add(
        "--plain",
        action="store_true",
        help="lines, not a screen; so with --save, --history",
    )


def _play_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be set; how far, `lessons.labs.playground.limits` says when it is known."""
    add = parser.add_argument
    add("what", nargs="?", metavar="WHAT", help="data, a scene of the gallery, or a code")
    add("--hidden", type=_nodes, metavar="N,N", help="hidden layers: 8,8")
    add("--activation", metavar="NAME", help="tanh, relu, sigmoid, linear and others")
    add("--features", metavar="NAMES", help="inputs, such as x1,x2,x1·x2")
    add("--rate", type=_number, metavar="R", help="learning rate")
    add("--optimizer", metavar="NAME", help="adam, sgd and others")
    add("--batch", type=_digits, metavar="N", help="points in a batch")
    add("--noise", type=_number, metavar="PART", help="how far points are thrown: 0 to 2")
    add("--points", type=_digits, metavar="N", help="how many points: 20 to 2000")
    add("--dropout", type=_number, metavar="PART", help="part of the nodes that is left out")
    add("--regularizer", metavar="NAME", help="a penalty on weights: none, l1, l2")
    add("--strength", type=_number, metavar="S", help="how large the penalty is")


def _predict_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL", help="written by dl-tutor train --save")
    _table_arguments(parser)
    parser.add_argument("--out", metavar="FILE", help="write the predictions there")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL", help="a file of Keras: .keras or .h5")


def _layers(text: str) -> tuple[int, ...]:
    if text.strip().casefold() in NO_LAYER:
        return ()
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and 0 < int(part[:MOST_DIGITS]) <= LARGEST_LAYER for part in parts):
        raise argparse.ArgumentTypeError(
            f"takes nodes of each layer, 1 to {LARGEST_LAYER:,}, as 100,100, or none for no "
            f"hidden layer, not “{text}”"
        )
    if len(parts) > MOST_LAYERS:
        raise argparse.ArgumentTypeError(f"takes {MOST_LAYERS} layers at most, not {len(parts)}")
    return tuple(map(int, parts))


def _whole(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) <= LARGEST_EPOCHS):
        raise argparse.ArgumentTypeError(f"takes a whole number from 1 up, not “{text}”")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(
            f"takes the part of the rows that is held out, between 0 and 1, such as 0.3, "
            f"not “{text}”"
        )
    return share


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"takes a number, not “{text}”") from None


def _digits(text: str) -> int:
    if not (text.isdecimal() and len(text) <= MOST_DIGITS):
        raise argparse.ArgumentTypeError(f"takes a whole number, not “{text}”")
    return int(text)


def _nodes(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and len(part) <= MOST_DIGITS for part in parts):
        raise argparse.ArgumentTypeError(f"takes nodes of each layer as 8,8, not “{text}”")
    return tuple(map(int, parts))


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 < rate < float("inf"):
        raise argparse.ArgumentTypeError(f"takes a number above 0, not “{text}”")
    return rate


OWN_COMMANDS = {
    "play": Command(
        "play [WHAT]",
        "Open the playground: at data, a scene or a code.",
        _play_arguments,
        play,
    ),
    "train": Command(
        "train FILE",
        "Train a network on a table of yours.",
        _train_arguments,
        train,
    ),
    "predict": Command(
        "predict MODEL FILE",
        "Predict the rows of a table.",
        _predict_arguments,
        predict,
    ),
    "show": Command(
        "show MODEL",
        "Show layers and weights of a saved network.",
        _show_arguments,
        show,
    ),
}
