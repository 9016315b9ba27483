"""Whether a question can be answered, and whether all that is said about it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from lessons.labs.base import Refused
from lessons.numbers import exact, short
from lessons.spec import Check, Choice, Lesson, NotAnAnswer, Number, Numbers, Page
from lessons.validation.finding import Finding, on_check

LONGEST = 120
"""Characters of a line that can be read at a glance."""
SEEDS = range(5)
"""With which a question is tried that comes with other numbers."""


def findings_in(lesson: Lesson, page: Page, check: Check) -> Iterator[Finding]:
    """What is wrong with the question of a page."""
    try:
        wrong = [*faults(check), *_faults_of_variants(lesson, check)]
    except Exception as problem:
        wrong = [f"cannot be asked: {type(problem).__name__}: {problem}"]
    yield from (on_check(lesson, page, check, says) for says in wrong)


def faults(check: Check) -> Iterator[str]:
    """What is wrong with a question by itself."""
    try:
        if not check.judge(check.model_answer).right:
            yield f"is not solved by its own answer, {check.model_answer}"
    except NotAnAnswer as problem:
        yield f"cannot read its own answer, {check.model_answer}: {problem}"
    if len({hint for hint in check.hints if hint.strip()}) != 3:
        yield "has no three different hints"
    if not check.worked.strip():
        yield "has no worked line"
    elif "{answer}" in check.solution or not all(
        names(plain(check.solution), a) for a in answers(check)
    ):
        yield f"has a worked line without its answer: {check.solution}"
    if check.hints and all(names(check.hints[0], answer) for answer in answers(check)):
        yield f"names its answer in the first hint: {check.hints[0]}"
    yield from _faults_of_slips(check)
    for line in written(check):
        if len(line) > LONGEST:
            yield f"has a line of {len(line)} characters; {LONGEST} can be read: {line[:40]}…"


def _faults_of_slips(check: Check) -> Iterator[str]:
    for slip in getattr(check, "slips", ()):
        for text in (short(slip.answer(), 6), exact(slip.answer())):
            try:
                verdict = check.judge(text)
            except NotAnAnswer as problem:
                yield f"cannot read its slip {text}: {problem}"
                continue
            if verdict.right:
                yield f"takes its slip {text} as right"
            elif verdict.says != slip.says:
                yield f"answers its slip {text} with another line: {verdict.says}"


def _faults_of_variants(lesson: Lesson, check: Check) -> Iterator[str]:
    if check.variant is None:
        return
    for seed in SEEDS:
        other = check.variant(Random(seed))
        if other.check.id != check.id:
            yield f"is called {other.check.id} with other numbers"
        if not other.text.strip() or "{{" in other.text:
            yield f"has no whole text with the numbers of seed {seed}"
        yield from (f"{says} (with the numbers of seed {seed})" for says in faults(other.check))
        lab = lesson.make_lab(seed)
        try:
            lab.show(other.scene, other.scene.conceal)
            lab.snapshot()
        except Refused as problem:
            yield f"has a scene that the lab refuses with the numbers of seed {seed}: {problem}"


def plain(text: str) -> str:
    """A text with its whole numbers as a learner types them: 11,201 is 11201."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def names(text: str, answer: str) -> bool:
    """Whether `answer` stands in `text` as a word of its own: 2 is not in 2.4, nor in -2."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(answer)}(?![\w]|\.\d)", text))


def answers(check: Check) -> tuple[str, ...]:
    """The answer as it would stand in a sentence: a number, each of several, the option."""
    if isinstance(check, Choice):
        return (check.options[check.right_option - 1],)
    if isinstance(check, Numbers):
        return tuple(check.model_answer.split())
    return (check.model_answer,)


def written(check: Check) -> Iterator[str]:
    """Every line that a learner may read about a question."""
    yield check.prompt
    yield from check.hints
    yield check.solution
    if isinstance(check, Number):
        yield from (slip.says for slip in check.slips)
    if isinstance(check, Choice):
        yield from check.because.values()
