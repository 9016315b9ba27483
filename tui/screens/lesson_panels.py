"""The panels that a lesson opens over itself, by name."""

from __future__ import annotations

import re

from textual.screen import Screen

from lessons.labs.base import Lab
from lessons.learning.outlets import Outlet
from tui.screens.modal import Panel

# Textual's picture asks a server for its font; ours works offline.
WEB_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)


def panel_for(name: str, lab: Lab, screen: Screen[None]) -> Panel | None:
    """A new panel of that name for this lab; None where it would have nothing to show.

    `screen` is the one that the panel opens over.
    """
    match name:
        case "explain" if lab.explainable():
            from tui.screens.explain import ExplainPanel

            return ExplainPanel(lab)
        case "code" if listings := lab.code():
            from tui.screens.code import CodePanel

            return CodePanel(listings)
        case "data" if lab.has_data:
            from tui.screens.data import DataPanel

            return DataPanel(lab)
        case "out":
            from tui.screens.out import OutPanel

            return OutPanel((*lab.outlets(), *pictures(screen, lab.file_stem)))
    return None


def pictures(screen: Screen[None], stem: str) -> tuple[Outlet, ...]:
    """The screen as it is now, as a drawing and as plain text."""
    drawing = WEB_FONTS.sub("", screen.app.export_screenshot(title="dl-tutor"))
    strips = screen._compositor.render_strips()
    text = "\n".join(strip.text.rstrip() for strip in strips) + "\n"
    return (
        Outlet("svg", "a picture of this screen (.svg)", stem, ".svg", lambda: drawing),
        Outlet("txt", "this screen as plain text (.txt)", stem, ".txt", lambda: text),
    )
