"""Make the picture in the README from the app itself: `python tests/pictures/make.py`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

PICTURE = Path(__file__).with_name("lesson.svg")
LESSON, PAGE = "calculating-slopes", "update"
SIZE = (120, 32)
ANSWER = ("2", "full_stop", "2", "4", "enter")
FASTER = ("right_square_bracket",)
KEYS = (*ANSWER, *FASTER, *["space"] * 22)

# Textual's picture asks a server for its font. This project works offline, and so does its README.
WEB_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)


async def picture() -> str:
    """Return an SVG of a lesson with its question answered and a few steps taken."""
    from tui.app import DLTutor
    from tui.progress import Progress

    Progress.load().set_page(LESSON, PAGE)
    app = DLTutor(start=LESSON, seed=0)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press(*KEYS)
        await pilot.pause()
        return WEB_FONTS.sub("", app.export_screenshot(title="dl-tutor"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["DL_TUTOR_HOME"] = home
        PICTURE.write_text(asyncio.run(picture()), encoding="utf-8")
    print(f"wrote {PICTURE.name}")
