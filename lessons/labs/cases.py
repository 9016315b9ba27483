"""Names of hidden numbers that count in one case only: ``output@swapped``.

A question about another network than the page before it names that case, so that the numbers of
the other pages stay in sight while it is open.
"""

from __future__ import annotations


def of_case(names: tuple[str, ...], case: str) -> tuple[str, ...]:
    """The names that count in `case`, without its name. Those of the plain case name none."""
    split = [name.partition("@") for name in names]
    return tuple(name for name, _, where in split if where == case)
