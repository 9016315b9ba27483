"""One view per kind of lab, under the same names as in lessons/labs."""

from __future__ import annotations

from lessons.labs.base import Lab
from tui.labs.base import LabView


def view_of(lab: Lab) -> LabView:
    """A new view for this kind of lab. Views are imported when a lesson first needs them."""
    if lab.kind == "forward":
        from tui.labs.forward import ForwardView

        return ForwardView(id="lab-view")
    if lab.kind == "one_weight":
        from tui.labs.one_weight import OneWeightView

        return OneWeightView(id="lab-view")
    from tui.labs.training import TrainingView

    return TrainingView(id="lab-view")
