"""From the ANSI text that plotext draws to runs of one colour.

plotext writes runs of `ESC[0m ESC[38;5;Nm text`. The plot gives it a role's number for N, so the
runs say which role is drawn where, and a theme only has to be applied afterwards.
"""

from __future__ import annotations

import re

Run = tuple[int, str]
"""A role number (-1 when none was set) and the text drawn in it."""

_RUN = re.compile(r"((?:\x1b\[[0-9;]*m)*)([^\x1b]*)")
_FOREGROUND = re.compile(r"\x1b\[38;5;(\d+)m")


def runs(line: str) -> list[Run]:
    """The runs of one line of ANSI text, in order; escape codes other than colours are dropped."""
    found: list[Run] = []
    number = -1
    for codes, text in _RUN.findall(line):
        if codes:
            color = _FOREGROUND.search(codes)
            number = int(color[1]) if color else -1
        if text:
            found.append((number, text))
    return found
