"""The panels that a lesson opens over itself, by name."""

from __future__ import annotations

from lessons.labs.base import Lab
from tui.screens.modal import Panel


def panel_for(name: str, lab: Lab) -> Panel | None:
    """A new panel of that name for this lab; None where it would have nothing to show."""
    match name:
        case "explain" if lab.explainable():
            from tui.screens.explain import ExplainPanel

            return ExplainPanel(lab)
        case "code" if listings := lab.code():
            from tui.screens.code import CodePanel

            return CodePanel(listings)
        case "data" if lab.dataset:
            from tui.screens.data import DataPanel

            return DataPanel(lab)
    return None
