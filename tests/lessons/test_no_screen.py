"""The course runs without a screen: nothing that draws is ever imported by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys
from lessons.course import lessons
for lesson in lessons():
    lab = lesson.make_lab(1)
    for page in lesson.pages:
        lab.show(page.scene)
        if lab.can("step"):
            lab.step()
        lab.snapshot()
        if page.check:
            page.check.judge(page.check.model_answer)
print(len(lessons()), *sorted({"textual", "rich", "plotext", "tui"} & set(sys.modules)))
"""


def test_the_whole_course_is_worked_through_without_importing_a_screen() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    count, *drawing = done.stdout.split()
    assert int(count) >= 3
    assert drawing == []
