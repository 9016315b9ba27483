"""What the user prefers: theme, frame rate, plain ASCII. Kept in `settings.json`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui.home import data_folder
from tui.storage import Document, Unusable, expect

VERSION = 1

SLOWEST, FASTEST = 1, 60  # frames a second; Textual itself paints at most 60 times


@dataclass
class Settings:
    """The user's settings. Change the fields, then `save`; nothing here raises for the disk."""

    theme: str = "dl-dark"
    """Name of the Textual theme; the app falls back to its own when the name is unknown."""
    frame_rate: int = 25
    """How many times a second the screen is repainted while training runs, 1 to 60."""
    ascii: bool = False
    """Draw with ASCII characters only, as with the flag `--ascii`."""
    document: Document = field(default_factory=lambda: _document(None), repr=False, compare=False)

    @classmethod
    def load(cls, folder: Path | None = None) -> Settings:
        """Read the settings kept in `folder` (default: the user's data folder).

        A missing file means the defaults. A damaged one is set aside; `notice` tells.
        """
        document = _document(folder)
        return cls(**(document.load(_parse) or {}), document=document)

    @property
    def notice(self) -> str | None:
        """A sentence for the user when the file was set aside or cannot be saved, else None."""
        return self.document.notice

    def save(self) -> None:
        """Write the settings; a failure ends up in `notice`."""
        self.document.save(
            {"theme": self.theme, "frame_rate": self.frame_rate, "ascii": self.ascii}
        )


def _document(folder: Path | None) -> Document:
    path = (data_folder() if folder is None else folder) / "settings.json"
    return Document(path, kind="settings", version=VERSION)


def _parse(content: dict[str, Any]) -> dict[str, Any]:
    """Return the fields present in a JSON object; raise `Unusable` naming the first wrong one."""
    kinds: dict[str, type] = {"theme": str, "frame_rate": int, "ascii": bool}
    fields: dict[str, Any] = {
        name: expect(name, content[name], kind) for name, kind in kinds.items() if name in content
    }
    if not SLOWEST <= fields.get("frame_rate", SLOWEST) <= FASTEST:
        raise Unusable(f"frame_rate should be {SLOWEST} to {FASTEST}")
    return fields
