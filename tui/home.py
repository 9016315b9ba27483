"""Where dl-tutor keeps what belongs to the user: progress, settings, the log of a crash."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the folder for the user's files; it need not exist yet.

    `DL_TUTOR_HOME` names it; without that it is the platform's place for user data
    (`~/.local/share/dl-tutor` on Linux).
    """
    chosen = os.environ.get("DL_TUTOR_HOME")
    if chosen:
        return Path(os.path.abspath(os.path.expanduser(chosen)))
    from platformdirs import user_data_dir  # only here: `--version` must not pay for it

    return Path(user_data_dir("dl-tutor", appauthor=False))
