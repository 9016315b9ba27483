"""The command `dl-tutor check`: goes over the whole course and prints what is wrong with it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

from lessons import course
from lessons.validation import Finding, findings
from tui.fitting import pages_too_long


def check_course() -> int:
    """Print each finding with file and line, then a summary; 1 if there was any, else 0."""
    count = 0
    for count, finding in enumerate(all_findings(), start=1):  # noqa: B007
        print(shown(finding), flush=True)
    if count:
        print(f"\n{count} {'thing' if count == 1 else 'things'} to mend")
        return 1
    lessons = course.lessons()
    pages = sum(len(lesson.pages) for lesson in lessons)
    questions = sum(len(lesson.checks) for lesson in lessons)
    print(f"{len(lessons)} lessons, {pages} pages, {questions} questions: nothing to mend")
    return 0


def all_findings() -> Iterator[Finding]:
    """What can be told without a screen, then what needs one: pages longer than it."""
    found = False
    for finding in findings():
        found = True
        yield finding
    if found:
        return  # a lesson that cannot be loaded or shown would stop the screen
    for lesson in course.lessons():
        yield from asyncio.run(pages_too_long(lesson))


def shown(finding: Finding) -> str:
    """The finding with its file as seen from here, where that is shorter."""
    near = os.path.relpath(finding.file)
    file = near if len(near) < len(finding.file) else finding.file
    return str(Finding(file, finding.line, finding.says))
