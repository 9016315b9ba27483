"""One JSON file that outlives crashes, full disks and other people's edits.

Progress and settings are each kept in a `Document`. It promises three things:

- a reader sees the old file or the new one, never half of one: the text is written aside in the
  same folder, forced to the disk and renamed over the old file;
- a file that cannot be used is never overwritten: it is set aside under another name, and
  `Document.notice` says so;
- nothing here raises for what is on the disk. What went wrong is a sentence in `notice`.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

Parsed = TypeVar("Parsed")

LARGEST = 8 * 1024 * 1024  # bytes; years of progress take a few kilobytes
LEFTOVER_AGE = 3600.0  # seconds; a younger temporary file may belong to a running dl-tutor
LONGEST_WAIT = 0.5  # seconds for another dl-tutor to finish its writing, which takes milliseconds

_NESTED = (dict, list, tuple)


class Unusable(ValueError):
    """What a file holds cannot be used; the message says why and follows "because"."""


class Newer(Unusable):
    """The file was written by a later version of dl-tutor."""


class Document:
    """A JSON object in one file, with the kind of thing it is and a version number inside.

    `kind` is a word such as "progress"; the file holds `{"format": "dl-tutor progress",
    "version": 1, ...}`, so that a foreign file is never taken for ours.
    """

    def __init__(self, path: Path, *, kind: str, version: int) -> None:
        self.path = path
        self.kind = kind
        self.version = version
        self.load_problem: str | None = None
        self.save_problem: str | None = None
        self._protected = False  # something unusable sits at `path` and could not be moved
        self._seen: tuple[int, int, int] | None = None

    @property
    def notice(self) -> str | None:
        """What the user should know about this file, or None when all is well."""
        return " ".join(filter(None, (self.load_problem, self.save_problem))) or None

    def load(self, parse: Callable[[dict[str, Any]], Parsed]) -> Parsed | None:
        """Return what `parse` makes of the file; None when there is no usable file.

        `parse` gets the JSON object and raises `Unusable` for content it cannot accept.
        """
        try:
            os.lstat(self.path)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._protect(f"because {_reason(error)}")
            return None
        try:
            content = self._read()
            parsed = parse(content)
        except (OSError, Unusable) as error:
            self._set_aside(error)
            return None
        self._seen = self._fingerprint()
        return parsed

    @property
    def saved(self) -> bool:
        """Whether saving works: the last change is on the disk, or the first one may be tried."""
        return self.save_problem is None and not self._protected

    def changed_elsewhere(self) -> bool:
        """Tell whether another process has written the file since we last read or wrote it."""
        now = self._fingerprint()
        return now is not None and now != self._seen

    def save(self, content: dict[str, Any]) -> None:
        """Write `content` with the format and version; a failure ends up in `notice`."""
        if self._protected:
            return
        whole = {"format": self._format, "version": self.version, **content}
        text = written(whole) + "\n"
        try:
            self._replace(text)
        except OSError as error:
            self.save_problem = (
                f"Your {self.kind} could not be saved in {self.path.parent}: {_reason(error)}. "
                "dl-tutor goes on without saving."
            )
            return
        self.save_problem = None
        self._seen = self._fingerprint()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other dl-tutor change the file between reading and writing it.

        Where the system has no locks, or another one holds on to its lock, it goes on without.
        """
        with contextlib.ExitStack() as held:
            with contextlib.suppress(OSError, ImportError):
                held.enter_context(_locked(self.path.with_name(f".{self.path.name}.lock")))
            yield

    @property
    def _format(self) -> str:
        return f"dl-tutor {self.kind}"

    def _read(self) -> dict[str, Any]:
        """Return the JSON object in the file, or raise OSError or `Unusable`."""
        status = os.stat(self.path)
        if not stat.S_ISREG(status.st_mode):  # a pipe here would make open() wait for ever
            raise Unusable("it is not a file")
        if status.st_size > LARGEST:
            raise Unusable(f"it is larger than {LARGEST // 1024**2} MB")
        try:
            content = json.loads(self.path.read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError):
            raise Unusable("it is not valid JSON") from None
        if not isinstance(content, dict) or content.get("format") != self._format:
            raise Unusable(f"it is not a {self.kind} file of dl-tutor")
        version = content.get("version")
        if not is_count(version) or version < 1:
            raise Unusable(f"its version is {version!r}, not a whole number")
        if version > self.version:
            raise Newer(
                f"a newer dl-tutor wrote it (version {version}; this one reads {self.version})"
            )
        return content

    def _set_aside(self, error: Exception) -> None:
        """Move the unusable file to a free name, so that nothing of the user's is lost."""
        why = f"because {_reason(error) if isinstance(error, OSError) else error}"
        label = "newer" if isinstance(error, Newer) else "damaged"
        try:
            for number in count(1):
                aside = self.path.with_name(f"{self.path.stem}.{label}-{number}{self.path.suffix}")
                if not os.path.lexists(aside):
                    os.rename(self.path, aside)
                    break
        except OSError:
            self._protect(why)
            return
        self.load_problem = (
            f"{self.path.name} could not be used, {why}. "
            f"It was set aside as {aside.name}, and your {self.kind} starts afresh."
        )

    def _protect(self, why: str) -> None:
        """Leave what cannot be read where it is and never write over it."""
        self._protected = True
        self.load_problem = (
            f"Your {self.kind} in {self.path} could not be used, {why}. "
            "dl-tutor goes on without saving."
        )

    def _fingerprint(self) -> tuple[int, int, int] | None:
        try:
            status = os.stat(self.path)
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _replace(self, text: str) -> None:
        """Put `text` in the file's place in one step: all of it or nothing."""
        # A progress file may be a symbolic link into a synchronised folder: keep the link.
        target = Path(os.path.realpath(self.path))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=".tmp", dir=target.parent, text=True
        )
        try:
            with open(handle, "w", encoding="utf-8") as aside:
                aside.write(text)
                aside.flush()
                os.fsync(aside.fileno())
            os.replace(name, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        _remove_leftovers(target)


def written(value: object, indent: str = "") -> str:
    """JSON for people: indented, but for lists of plain values, which take one line each."""
    inner = f"{indent}  "
    if isinstance(value, dict) and value:
        parts = [f"{json.dumps(key)}: {written(one, inner)}" for key, one in value.items()]
        opening, closing = "{}"
    elif isinstance(value, list | tuple) and any(isinstance(one, _NESTED) for one in value):
        parts = [written(one, inner) for one in value]
        opening, closing = "[]"
    else:
        return json.dumps(value)
    lines = f",\n{inner}".join(parts)
    return f"{opening}\n{inner}{lines}\n{indent}{closing}"


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock in `path`, waiting for another holder at most LONGEST_WAIT. Raises OSError."""
    import fcntl  # Windows has none

    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as file:
        given_up = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > given_up:
                    raise
                time.sleep(0.005)
        yield


def _remove_leftovers(target: Path) -> None:
    """Delete what a dl-tutor killed in the middle of a write has left beside `target`."""
    oldest = time.time() - LEFTOVER_AGE
    with contextlib.suppress(OSError):
        for leftover in target.parent.glob(f".{target.name}.*.tmp"):
            if leftover.stat().st_mtime < oldest:
                leftover.unlink()


def _reason(error: OSError) -> str:
    """Return the system's words for `error` ("permission denied"), without numbers and paths."""
    return (error.strerror or type(error).__name__).lower()


def is_count(value: object) -> TypeGuard[int]:
    """Tell whether `value` is a whole number of zero or more (True and False are not)."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def expect(place: str, value: object, kind: type[Parsed]) -> Parsed:
    """Return `value` if it is a `kind`, else raise `Unusable` naming the `place` in the file."""
    if not isinstance(value, kind) or (kind is int and not is_count(value)):
        words = {str: "a text", bool: "true or false", int: "a whole number", dict: "an object"}
        raise Unusable(f"{place} should be {words[kind]}, not {json.dumps(value)[:40]}")
    return value
