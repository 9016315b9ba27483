"""StorageError: the one kind of error for a file that cannot be read or must not be written."""

from __future__ import annotations

#: how much of a reason is shown; a hostile file can make a name as long as it likes
LONGEST_REASON = 600


class StorageError(ValueError):
    """A model file cannot be read, or a model cannot be written as asked.

    The message says which file, what was expected, what came, and what to do where that is known.
    Nothing has been changed: neither the model nor a file that was there before.
    """


def shorten(text: object) -> str:
    """`text` with its middle left out when it is very long."""
    words = str(text)
    if len(words) <= LONGEST_REASON:
        return words
    half = LONGEST_REASON // 2
    return f"{words[:half]} ... {words[-half:]}"
