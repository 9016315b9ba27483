"""Several labs behind one: the view of the one in front, made when it first comes."""

from __future__ import annotations

from tui.labs import view_of_kind
from tui.labs.base import LabView


class SeveralView(LabView):
    """Shows one view of those it holds, and hands it every snapshot."""

    DEFAULT_CSS = """
    SeveralView > LabView { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._views: dict[str, LabView] = {}

    def paint(self) -> None:
        """Bring the right view to the front, and give it the snapshot within."""
        if self.snapshot is None:
            return
        kind = self.snapshot.kind
        if kind not in self._views:
            self._views[kind] = view_of_kind(kind)
            self.mount(self._views[kind])
        for name, view in self._views.items():
            view.display = name == kind
        front = self._views[kind]
        front.selected = self.selected
        front.snapshot = self.snapshot.snapshot
