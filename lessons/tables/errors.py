"""The error of tables that cannot be used."""

from __future__ import annotations


class TableError(ValueError):
    """A table cannot be used; the message is one line: what was expected, what came, what to do."""
