"""The command `dl-tutor`: what can be typed after it, and what a mistake gets.

Nothing slow is imported here. `--version` and `--help` must answer at once, so NumPy, Textual and
the lessons are imported by the commands that need them, inside their functions.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from tui import __version__, commands
from tui.commands import Mistake

USAGE_ERROR = 2  # what shells and argparse use
INTERRUPTED = 130  # 128 + SIGINT
BROKEN_PIPE = 141  # 128 + SIGPIPE

CLOSE = 0.6  # how alike two words must be, 0 to 1, for one to be called near the other


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises `Mistake` instead of printing its usage and exiting."""

    def __init__(self, **settings: Any) -> None:
        self.options: list[str] = []
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self.add_argument("-h", "--help", action="help", help="show this help and exit")
        self.add_argument(
            "--seed", type=_seed, metavar="N", help="seed of the random weights and the shuffling"
        )
        self.add_argument("--ascii", action="store_true", help="draw with ASCII characters only")

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        action = super().add_argument(*names, **settings)
        self.options += action.option_strings
        return action

    def error(self, message: str) -> NoReturn:
        words = message.removeprefix("argument ").replace(": ", " ", 1)
        words = words.replace("expected one argument", "needs a value")
        words = words.replace("ignored explicit argument", "takes no value, but got")
        raise Mistake(words)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Return what `words` say; raise `Mistake` for anything this command does not know."""
        known, rest = self.parse_known_intermixed_args(words)
        for word in rest:
            if word.startswith("-"):
                option = word.partition("=")[0]
                raise Mistake(f"no option {option}; {nearest(option, self.options)}")
            raise Mistake(f"{self.prog.split()[-1]} takes nothing more, but got “{word}”")
        return known


def nearest(word: str, names: Iterable[str]) -> str:
    """Return "the nearest is NAME", or where to look when nothing is near."""
    near = difflib.get_close_matches(word, list(names), n=1, cutoff=CLOSE)
    return f"the nearest is {near[0]}" if near else "dl-tutor --help lists what there is"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code. 0 is well, 1 a failure, 2 a mistake in the words."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        try:
            code = _run(words)
        except SystemExit as finished:  # argparse has printed the help or the version
            code = int(finished.code or 0)
        sys.stdout.flush()
    except Mistake as mistake:
        return _complain(str(mistake), USAGE_ERROR)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`dl-tutor lessons | head -1`). Python flushes once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        from tui.crash import explain

        return _complain(explain(error), 1)
    return code


def _complain(line: str, code: int) -> int:
    print(f"dl-tutor: {line}", file=sys.stderr)
    return code


def _run(words: list[str]) -> int:
    name, rest = _split(words)
    if name is None:
        return commands.start(_top_parser().read(rest))
    command = commands.COMMANDS.get(name)
    if command is None:
        raise Mistake(_unknown_command(name))
    parser = Parser(
        prog=f"dl-tutor {name}",
        usage=f"dl-tutor {command.form} [--seed N] [--ascii]",
        description=command.summary,
    )
    command.arguments(parser)
    return command.run(parser.read(rest))


def _split(words: list[str]) -> tuple[str | None, list[str]]:
    """Take the command out of `words`, so that --seed and --ascii may stand on either side."""
    expects_value = False
    for place, word in enumerate(words):
        if not word.startswith("-") and not expects_value:
            return word, words[:place] + words[place + 1 :]
        expects_value = word == "--seed"
    return None, words


def _top_parser() -> Parser:
    width = max(len(command.form) for command in commands.COMMANDS.values())
    table = "\n".join(
        f"  {command.form:<{width}}  {command.summary}" for command in commands.COMMANDS.values()
    )
    parser = Parser(
        prog="dl-tutor",
        usage="dl-tutor [COMMAND] [--seed N] [--ascii]",
        description="A deep-learning course in a terminal. Without a command: the contents.",
        epilog=f"commands:\n{table}\n\nIn the app, press ? for the keys.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"dl-tutor {__version__}",
        help="show the version and exit",
    )
    return parser


def _unknown_command(word: str) -> str:
    if not difflib.get_close_matches(word, commands.COMMANDS, n=1, cutoff=CLOSE):
        with contextlib.suppress(Mistake):
            lesson = commands.find_lesson(word)
            return f"no command “{word}”; the nearest is dl-tutor open {lesson.number}"
    return f"no command “{word}”; {nearest(word, commands.COMMANDS)}"


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"takes a whole number from 0 up, not “{text}”")
    return int(text)
