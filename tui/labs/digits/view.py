"""The digits lab: where it stands, and the part of the view that is chosen."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from lessons.labs.digits.state import (
    Confusion,
    DigitsSnapshot,
    Drawn,
    Gallery,
    Laying,
    Mistakes,
    Nodes,
    Shuffled,
    Training,
)
from lessons.numbers import short
from tui.dress import dress
from tui.labs.base import LabView
from tui.labs.digits.browsing import ConfusionPart, MistakesPart, NodesPart
from tui.labs.digits.drawing import DrawingPart
from tui.labs.digits.looking import GalleryPart, LayingPart
from tui.labs.digits.pictures import Part
from tui.labs.digits.training import ShuffledPart, TrainingPart
from tui.theme import palette

LOW = 22
"""Rows below which the settings give way to what is looked at."""
DESK = 28
"""Rows below which drawing leaves one line for where it stands."""

LOWEST = 12
"""Rows below which not even one line can be spared for where it stands."""

LARGE = 36
"""Rows from which all pictures of digits are large."""

PARTS: dict[type, type[Part]] = {
    Gallery: GalleryPart,
    Laying: LayingPart,
    Training: TrainingPart,
    Confusion: ConfusionPart,
    Mistakes: MistakesPart,
    Nodes: NodesPart,
    Shuffled: ShuffledPart,
    Drawn: DrawingPart,
}
"""What paints each part of a snapshot."""


class DigitsView(LabView):
    """Paints a DigitsSnapshot."""

    def compose(self) -> ComposeResult:
        """A line or two on where it stands, then the parts, of which one is seen."""
        yield Static(id="standing", markup=False)
        for part in PARTS.values():
            yield part()

    def on_resize(self) -> None:
        """On a low terminal one line has to do."""
        height = self.size.height
        below = {"low": LOW, "tight": DESK, "lowest": LOWEST}
        worn = {name: height < least for name, least in below.items()}
        dress(self, {**worn, "large": height >= LARGE})
        self.paint()

    def paint(self) -> None:
        """Draw the snapshot."""
        snapshot = self.snapshot
        if not isinstance(snapshot, DigitsSnapshot):
            return
        shown = PARTS[type(snapshot.part)]
        self.set_class(shown is DrawingPart, "drawing")
        for part in self.query(Part):
            seen = type(part) is shown
            if part.display != seen:
                part.display = seen
        self.query_one("#standing", Static).update(self._standing(snapshot), layout=False)
        self.query_one(shown).show(snapshot)

    def _standing(self, snapshot: DigitsSnapshot) -> Text:
        text, drawing = Text(no_wrap=True, overflow="ellipsis"), snapshot.view == "drawing"
        if isinstance(snapshot.part, Gallery | Laying):
            self._image(text, snapshot.part)
        else:
            self._training(text, snapshot)
        one_line = self.has_class("low") or (drawing and self.has_class("tight"))
        if not one_line:
            text.append("\n")
            self._settings(text, snapshot)
        return text

    def _image(self, text: Text, part: Gallery | Laying) -> None:
        colors = palette(self.app)
        if isinstance(part, Laying):
            text.append(f"a {part.label}, row by row", colors.style("mark", bold=True))
            return
        count = len(part.images)
        text.append(f"image {part.cursor + 1:,}", colors.style("mark", bold=True))
        text.append(f" of {count:,}", colors.style("node"))
        held = "held out" if part.cursor >= part.rows else "to learn from"
        text.append(f"   {held}", colors.style("dim"))

    def _training(self, text: Text, snapshot: DigitsSnapshot) -> None:
        colors, part = palette(self.app), snapshot.part
        text.append(f"epoch {snapshot.epoch}", colors.style("mark", bold=True))
        text.append(f"  batch {snapshot.batch}/{snapshot.steps_per_epoch}", colors.style("node"))
        if not isinstance(part, Training | Confusion | Mistakes):
            return
        text.append("   held out: ", colors.style("dim"))
        text.append(f"accuracy {100 * part.results.accuracy:.1f} %", colors.style("validation"))
        hidden = isinstance(part, Training) and part.hides_loss
        loss = "?" if hidden else f"{part.results.loss:.3f}"
        text.append(f"  loss {loss}", colors.style("validation"))

    def _settings(self, text: Text, snapshot: DigitsSnapshot) -> None:
        colors, recipe = palette(self.app), snapshot.recipe
        if "?" in snapshot.sizes:
            text.append(f"network {'-'.join(snapshot.sizes)}", colors.style("accent"))
            return
        text.append("-".join(snapshot.sizes), colors.style("accent", bold=True))
        count = "?" if snapshot.parameters is None else f"{snapshot.parameters:,}"
        text.append(f"  {count} weights and biases", colors.style("node"))
        text.append(f"  rate {short(recipe.rate, 6)}  seed {recipe.seed}", colors.style("dim"))
