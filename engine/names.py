"""Looking things up by name, and saying which name was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

T = TypeVar("T")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `name`, or None when nothing comes close."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[found[0]] if found else None


def look_up(kind: str, name: str, known: Mapping[str, T]) -> T:
    """The entry of `known` called `name`; capitals do not matter.

    Raises:
        ValueError: the name is not known. The message names the nearest match and all names.
    """
    for candidate, entry in known.items():
        if candidate.casefold() == name.casefold():
            return entry
    guess = nearest(name, known)
    hint = f" Did you mean {guess!r}?" if guess else ""
    names = ", ".join(sorted(known))
    raise ValueError(f"There is no {kind} called {name!r}.{hint} Known: {names}.")


def snake_case(name: str) -> str:
    """Keras's names for layers: BatchNormalization becomes batch_normalization."""
    words = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()
