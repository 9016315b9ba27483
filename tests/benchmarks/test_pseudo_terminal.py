"""The measuring tools measure: what the screen understands, and a program of known slowness."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.benchmarks.key_timer import KeyTimer, changed
from tests.benchmarks.pseudo_terminal import Chunk, PseudoTerminal, Screen

# Paints a counter that runs by itself, and 60 ms after a key another one.
SLOW = """
import os, select, sys, termios, tty
tty.setraw(0)
def paint(row, text):
    os.write(1, f"\\x1b[?2026h\\x1b[{row};1H{text}\\x1b[?2026l".encode())
paint(1, "ready")
keys = ticks = 0
while True:
    ticks += 1
    paint(2, ticks)
    if select.select([0], [], [], 0.02)[0]:
        os.read(0, 1)
        select.select([], [], [], 0.06)
        keys += 1
        paint(3, keys)
"""


def text(screen: Screen) -> list[str]:
    return ["".join(character for character, _ in row).rstrip() for row in screen.grid]


def feed(screen: Screen, *parts: str) -> int:
    """Feed the parts; returns how many frames they finished."""
    return sum(len(list(screen.feed(Chunk(0.0, part.encode())))) for part in parts)


def test_text_goes_where_the_cursor_is() -> None:
    screen = Screen(8, 3)
    feed(screen, "\x1b[2J\x1b[2;3Hab\r\nc\x1b[1;1Hde\x1b[1;8Hxyz")
    assert text(screen) == ["de     x", "  ab", "c"]
    feed(screen, "\x1b[1;2H\x1b[K")
    assert text(screen)[0] == "d"
    feed(screen, "\x1b[2J")
    assert text(screen) == ["", "", ""]


def test_a_style_is_part_of_a_cell() -> None:
    screen = Screen(4, 1)
    feed(screen, "\x1b[1;1H\x1b[1;31ma\x1b[0mb\x1b[0;32mc\x1b[7md")
    assert screen.grid[0] == [("a", "1;31"), ("b", ""), ("c", "32"), ("d", "32;7")]


def test_sequences_may_arrive_in_pieces() -> None:
    screen = Screen(4, 2)
    feed(screen, "\x1b", "[2;", "1Ha\x1b]0;title", "\x07b")
    assert text(screen) == ["", "ab"]
    list(screen.feed(Chunk(0.0, "é".encode()[:1])))
    list(screen.feed(Chunk(0.0, "é".encode()[1:])))
    assert text(screen) == ["", "abé"]


def test_frames_are_what_stands_between_the_marks() -> None:
    screen = Screen(4, 1)
    assert feed(screen, "a", "b") == 2  # without marks, every chunk is one
    assert feed(screen, "\x1b[?2026h\x1b[1;1Hc", "d\x1b[?2026l", "\x1b[?2026h") == 1
    assert text(screen) == ["cd"]


def test_differences_are_places() -> None:
    screen = Screen(3, 2)
    before = screen.copy()
    feed(screen, "\x1b[2;2Hx")
    assert changed(before, screen.grid) == {(1, 1)}


@pytest.mark.parametrize("learn", [False, True])
def test_the_answer_to_a_key_is_told_from_other_repaints(tmp_path: Path, learn: bool) -> None:
    program = tmp_path / "slow.py"
    program.write_text(SLOW)
    with PseudoTerminal([sys.executable, str(program)], 20, 4, os.environ) as terminal:
        while "ready" not in text(terminal.screen):
            assert terminal.frames(10, quiet=0.001), "the program did not start"
        timer = KeyTimer(terminal, presses=3)
        assert timer.watch(0.3)
        answers = timer.measure("space", learn=learn)
    assert (len(answers.last), answers.unanswered) == (3, 0)
    assert all(time >= 0.06 for time in answers.last)
