"""Make the picture in the README from the app itself: `python tests/pictures/make.py`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

PICTURE = Path(__file__).with_name("lesson.svg")
LESSON = "calculating-slopes"
SIZE = (120, 32)
STEPS = 6


async def picture() -> str:
    """Return an SVG of the lesson after a few steps of gradient descent."""
    from tui.app import DLTutor

    app = DLTutor(start=LESSON, seed=0)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press(*["space"] * STEPS)
        await pilot.pause()
        return app.export_screenshot(title="dl-tutor")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["DL_TUTOR_HOME"] = home
        PICTURE.write_text(asyncio.run(picture()), encoding="utf-8")
    print(f"wrote {PICTURE.name}")
