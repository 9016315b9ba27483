"""Numbers that pages quote and that take a while: each is computed when it is first quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class Lazily(Mapping[str, str]):
    """Facts by name, made by functions; what is not quoted is not computed."""

    def __init__(self, makers: Mapping[str, Callable[[], str]]) -> None:
        self._makers = makers

    def __getitem__(self, name: str) -> str:
        return self._makers[name]()

    def __contains__(self, name: object) -> bool:
        return name in self._makers  # without computing it

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
