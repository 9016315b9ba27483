"""Open every lesson of the installed dl-tutor without a terminal, from anywhere.

`python -I smoke.py LIST`, where LIST is what `dl-tutor lessons --json` printed. It must run outside
the source tree: what it proves is that styles, prose and data sets are in the wheel.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path


async def main(listed: list[dict[str, object]]) -> None:
    import tui
    from tui.app import DLTutor

    installed = Path(tui.__file__).parent
    if "site-packages" not in installed.parts:
        raise SystemExit(f"smoke: tui was found in {installed}, not where pip installs")

    for start in [None, *(str(lesson["id"]) for lesson in listed)]:
        app = DLTutor(start=start, seed=0)
        async with app.run_test(size=(120, 32)) as pilot:
            await pilot.pause()
            await pilot.press("space", "b")
            title = next((str(one["title"]) for one in listed if one["id"] == start), "")
            # The picture is drawn from the very cells a terminal would get; its spaces are special.
            picture = app.export_screenshot().replace("&#160;", " ")
            if title[:16] not in picture:  # a long one is cut in the title bar
                raise SystemExit(f"smoke: {title!r} is not on the screen of its lesson")
        print(f"opened {title or 'the contents'}")


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text())))
