"""What a command of `dl-tutor` is, and the mistake that one makes in typing it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

Arguments = argparse.Namespace


class Mistake(Exception):
    """What was typed cannot be done; the message is one line and names the nearest thing."""


class Command(NamedTuple):
    """A word that may follow `dl-tutor`, how it is written, and what it does."""

    form: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], object]
    run: Callable[[Arguments], int]
