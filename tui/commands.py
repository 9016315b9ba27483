"""What the commands of `dl-tutor` do. Each function takes what was typed, returns an exit code.

Imports of NumPy, Textual and the lessons stay inside the functions: see `tui.cli`.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from tui.command import Arguments, Command, Mistake
from tui.launching import launch, prepare_process
from tui.own.commands import OWN_COMMANDS

if TYPE_CHECKING:
    from lessons.spec import Lesson
    from tui.progress import Progress


def start(arguments: Arguments) -> int:
    """Open the app on its contents."""
    return launch(arguments)


def open_lesson(arguments: Arguments) -> int:
    """Open the app on one lesson."""
    if not arguments.lesson:
        raise Mistake("open needs a lesson, such as 2.4; dl-tutor lessons lists them")
    prepare_process()  # before the lessons bring NumPy in
    return launch(arguments, start=find_lesson(" ".join(arguments.lesson)).id)


def list_lessons(arguments: Arguments) -> int:
    """Print the lessons with what is done, for people or as JSON for programs."""
    from lessons.course import chapters, lessons

    progress = _progress()
    if arguments.json:
        print(json.dumps([_as_json(lesson, progress) for lesson in lessons()], indent=2))
        return 0
    marks = _Marks(ascii_only=arguments.ascii)
    width = max(len(lesson.title) for lesson in lessons())
    for chapter in chapters():
        print(f"{chapter.number} {chapter.title}")
        for lesson in chapter.lessons:
            mark = marks.of(lesson, progress)
            questions = _count(len(lesson.checks), "question")
            print(f"  {mark} {lesson.number:<4} {lesson.title:<{width}}  {questions}".rstrip())
    finished = sum(progress.done(lesson.id) for lesson in lessons())
    print(f"\n{finished} of {len(lessons())} done   ({marks.done} done, {marks.begun} begun)")
    return 0


def check(arguments: Arguments) -> int:
    """Go over the whole course and print what is wrong, each with file and line."""
    prepare_process()  # before the lessons bring NumPy in
    from tui.checking import check_course

    return check_course()


def reset(arguments: Arguments) -> int:
    """Forget the progress in one lesson, or in all of them after asking."""
    if not arguments.lesson:
        return _reset_all(sure=arguments.yes)
    lesson = find_lesson(" ".join(arguments.lesson))
    progress = _progress()
    if not progress.started(lesson.id):
        print(f"There is no progress in {lesson.number} {lesson.title}.")
        return 0
    progress.reset(lesson.id)
    return _report(progress, f"Forgot the progress in {lesson.number} {lesson.title}.")


def _reset_all(*, sure: bool) -> int:
    progress = _progress()
    begun = _count(len(progress.touched), "lesson")
    if progress.empty:
        print("There is no progress to forget.")
        return 0
    if not sure and not sys.stdin.isatty():
        raise Mistake(f"reset would forget the progress in {begun}; add --yes if that is wanted")
    if not sure and not _confirmed(f"Forget the progress in {begun}?"):
        print("Nothing was changed.")
        return 1
    progress.reset()
    return _report(progress, f"Forgot the progress in {begun}.")


def _report(progress: Progress, done: str) -> int:
    if not progress.saved:
        print(f"dl-tutor: {progress.notice}", file=sys.stderr)
        return 1
    print(done)
    return 0


def _confirmed(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        print()
        return False


def find_lesson(text: str) -> Lesson:
    """Return the lesson with this number, id or title words; raise `Mistake` if there is none."""
    from lessons.course import UnknownLesson, find

    try:
        return find(text)
    except UnknownLesson as unknown:
        raise Mistake(" ".join(str(unknown).split())) from None  # a name may hold a line break


def _progress() -> Progress:
    """Return the user's progress; what is wrong with its file goes to stderr."""
    from tui.progress import Progress

    progress = Progress.load()
    if progress.notice:
        print(f"dl-tutor: {progress.notice}", file=sys.stderr)
    return progress


class _Marks:
    """The signs for done and begun, in characters that the output can hold."""

    def __init__(self, *, ascii_only: bool) -> None:
        self.done, self.begun = "✓", "·"
        try:
            (self.done + self.begun).encode(sys.stdout.encoding or "ascii")
        except UnicodeEncodeError:
            ascii_only = True
        if ascii_only:
            self.done, self.begun = "x", "."

    def of(self, lesson: Lesson, progress: Progress) -> str:
        if progress.done(lesson.id):
            return self.done
        return self.begun if progress.started(lesson.id) else " "


def _as_json(lesson: Lesson, progress: Progress) -> dict[str, object]:
    return {
        "chapter": lesson.chapter,
        "number": lesson.number,
        "id": lesson.id,
        "title": lesson.title,
        "checks": len(lesson.checks),
        "done": progress.done(lesson.id),
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _lesson_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "lesson", nargs="*", metavar="LESSON", help="its number, id or words of its title"
    )


def _reset_arguments(parser: argparse.ArgumentParser) -> None:
    _lesson_argument(parser)
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask")


def _lessons_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for programs")


def experiments(arguments: Arguments) -> int:
    """Print the learner's experiments, or save them as CSV."""
    if arguments.json and arguments.csv is not None:
        raise Mistake("experiments takes --json or --csv, not both")
    prepare_process()  # before the experiments bring NumPy in
    from tui import logged

    return logged.experiments(arguments)


def _experiments_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--csv", metavar="FILE", help="write a new file of comma-separated values")


COMMANDS = {
    "open": Command(
        "open LESSON",
        "Open a lesson: its number, id or words of its title.",
        _lesson_argument,
        open_lesson,
    ),
    "lessons": Command(
        "lessons [--json]",
        "List the lessons and what is done.",
        _lessons_arguments,
        list_lessons,
    ),
    "experiments": Command(
        "experiments [--csv FILE]",
        "List your experiments, or save them as CSV.",
        _experiments_arguments,
        experiments,
    ),
    "check": Command(
        "check",
        "Validate the whole course: pages, labs, questions.",
        lambda parser: None,
        check,
    ),
    "reset": Command(
        "reset [LESSON] [--yes]",
        "Forget the progress in one lesson, or in all.",
        _reset_arguments,
        reset,
    ),
    **OWN_COMMANDS,
}
