"""Progress: what is remembered, and what happens when the disk or the file is bad."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.progress import ChapterRecord, CheckRecord, Progress

LESSON = "calculating-slopes"
NOBODY = 65534


def written(progress: Progress) -> Any:
    return json.loads(progress.path.read_text())


def file_with(folder: Path, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "progress.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def strangers_folder() -> Iterator[Path]:
    """A folder that only its owner may enter, seen by another user: tests often run as root."""
    folder = Path(tempfile.mkdtemp())
    file_with(folder, '{"format": "dl-tutor progress", "version": 1}')
    was = os.geteuid()
    try:
        if was == 0:
            os.seteuid(NOBODY)
        else:
            folder.chmod(0)
        yield folder
    finally:
        os.seteuid(was)
        folder.chmod(0o700)
        (folder / "progress.json").unlink()
        folder.rmdir()


# --- what is remembered


def test_a_new_learner_has_no_progress(tmp_path):
    progress = Progress.load(tmp_path)

    assert progress.notice is None
    assert progress.last is None
    assert progress.touched == ()
    assert not progress.started(LESSON)
    assert not progress.done(LESSON)
    assert progress.page(LESSON) is None
    assert progress.check(LESSON, "slope") == CheckRecord("open", tries=0, hints=0)
    assert names(tmp_path) == []  # looking is not a change


def test_every_change_is_on_the_disk_at_once(tmp_path):
    progress = Progress.load(tmp_path)

    progress.set_page(LESSON, "three-factors")
    assert Progress.load(tmp_path).page(LESSON) == "three-factors"
    assert Progress.load(tmp_path).last == LESSON

    progress.record(LESSON, "slope", tries=2)
    progress.record(LESSON, "slope", hints=1)
    progress.record(LESSON, "slope", status="solved")
    assert Progress.load(tmp_path).check(LESSON, "slope") == CheckRecord("solved", 2, 1)

    assert not Progress.load(tmp_path).done(LESSON)
    progress.mark_done(LESSON)
    assert Progress.load(tmp_path).done(LESSON)
    assert Progress.load(tmp_path).page(LESSON) == "three-factors"


def test_the_last_lesson_is_the_one_whose_page_was_turned_last(tmp_path):
    progress = Progress.load(tmp_path)
    progress.set_page("a", "one")
    progress.set_page("b", "one")
    progress.set_page("a", "one")  # the page is known already, the lesson is another

    assert Progress.load(tmp_path).last == "a"
    assert Progress.load(tmp_path).touched == ("a", "b")


def test_no_write_without_a_change(tmp_path):
    progress = Progress.load(tmp_path)
    progress.set_page(LESSON, "one")
    progress.record(LESSON, "slope", tries=1)
    progress.mark_done(LESSON)
    before = progress.path.stat().st_ino  # every write puts another file in its place

    progress.set_page(LESSON, "one")
    progress.record(LESSON, "slope", tries=1)
    progress.mark_done(LESSON)

    assert progress.path.stat().st_ino == before


def test_the_file_is_readable_and_versioned(tmp_path):
    progress = Progress.load(tmp_path)
    progress.set_page(LESSON, "one")
    progress.record(LESSON, "slope", status="shown", tries=3)

    assert written(progress) == {
        "format": "dl-tutor progress",
        "version": 2,
        "last": LESSON,
        "lessons": {
            LESSON: {
                "page": "one",
                "done": False,
                "checks": {"slope": {"status": "shown", "tries": 3, "hints": 0}},
            }
        },
        "chapters": {},
    }
    assert len(progress.path.read_text().splitlines()) > 10  # indented, for people


def test_what_became_of_a_test_out_is_kept(tmp_path):
    progress = Progress.load(tmp_path)
    progress.record_test(2, 5, passed=True)
    progress.record_test(2, 1, passed=False)

    assert Progress.load(tmp_path).chapter(2) == ChapterRecord(known=True, tests=2, best=5)
    assert written(progress)["chapters"] == {"2": {"known": True, "tests": 2, "best": 5}}
    assert Progress.load(tmp_path).chapter(1) == ChapterRecord()
    progress.reset()
    assert Progress.load(tmp_path).empty


def test_a_question_missed_is_one_that_has_not_been_recalled(tmp_path):
    progress = Progress.load(tmp_path)
    assert not progress.check(LESSON, "slope").missed
    progress.record(LESSON, "slope", status="solved", tries=1)
    progress.record(LESSON, "error", status="solved")
    assert progress.check(LESSON, "slope").missed
    assert not progress.check(LESSON, "error").missed

    progress.record(LESSON, "slope", recalled=True)

    assert not Progress.load(tmp_path).check(LESSON, "slope").missed
    assert Progress.load(tmp_path).check(LESSON, "slope").tries == 1


def test_a_file_of_version_1_is_read_as_it_is(tmp_path):
    file_with(tmp_path, GOOD)

    progress = Progress.load(tmp_path)

    assert progress.notice is None
    assert progress.done(LESSON)
    assert not progress.chapter(1).known


def test_reset_of_one_lesson_leaves_the_others(tmp_path):
    progress = Progress.load(tmp_path)
    progress.mark_done("a")
    progress.set_page("b", "one")

    progress.reset("b")

    again = Progress.load(tmp_path)
    assert (again.done("a"), again.started("b"), again.last) == (True, False, None)


def test_reset_of_all(tmp_path):
    progress = Progress.load(tmp_path)
    progress.mark_done("a")
    progress.set_page("b", "one")

    progress.reset()

    assert written(progress)["lessons"] == {}
    assert Progress.load(tmp_path).last is None


def test_an_unknown_status_is_the_programmers_error(tmp_path):
    with pytest.raises(ValueError, match="'right'"):
        Progress.load(tmp_path).record(LESSON, "slope", status="right")  # type: ignore[arg-type]


def test_two_running_copies_do_not_undo_each_other(tmp_path):
    mine, other = Progress.load(tmp_path), Progress.load(tmp_path)
    mine.mark_done("a")
    other.mark_done("b")
    mine.set_page("c", "one")

    again = Progress.load(tmp_path)
    assert again.touched == ("a", "b", "c")
    assert again.done("b")


def test_a_reset_elsewhere_is_not_undone(tmp_path):
    app = Progress.load(tmp_path)
    app.mark_done("a")
    Progress.load(tmp_path).reset()
    app.set_page("b", "one")

    assert Progress.load(tmp_path).touched == ("b",)


def test_the_default_folder_is_the_users(data_home):
    Progress.load().mark_done(LESSON)

    assert names(data_home) == ["progress.json"]


# --- damaged and foreign files


GOOD = json.dumps(
    {
        "format": "dl-tutor progress",
        "version": 1,
        "last": LESSON,
        "lessons": {
            LESSON: {
                "page": "one",
                "done": True,
                "checks": {"slope": {"status": "solved", "tries": 1, "hints": 0}},
            }
        },
    }
)


def changed(**values: object) -> str:
    return json.dumps({**json.loads(GOOD), **values})


def with_lesson(lesson: object) -> str:
    return changed(lessons={LESSON: lesson})


def with_check(check: object) -> str:
    return with_lesson({"checks": {"slope": check}})


BAD = {
    "empty": "",
    "zeros": b"\0" * 300,
    "truncated": GOOD[:-20],
    "not text": b"\xff\xfe\x00\x80",
    "a list": "[1, 2]",
    "deeply nested": "[" * 100_000,
    "enormous number": '{"version": ' + "9" * 5000 + "}",
    "foreign": '{"name": "package", "version": 1}',
    "settings": changed(format="dl-tutor settings"),
    "version a text": changed(version="1"),
    "version true": changed(version=True),
    "version 0": changed(version=0),
    "no version": json.dumps({"format": "dl-tutor progress"}),
    "last a number": changed(last=4),
    "lessons a list": changed(lessons=[]),
    "lesson null": with_lesson(None),
    "page a number": with_lesson({"page": 3}),
    "done a number": with_lesson({"done": 1}),
    "checks a list": with_lesson({"checks": ["slope"]}),
    "check a text": with_check("solved"),
    "unknown status": with_check({"status": "right"}),
    "status a list": with_check({"status": []}),
    "tries a text": with_check({"tries": "1"}),
    "tries true": with_check({"tries": True}),
    "tries negative": with_check({"tries": -1}),
    "tries a fraction": with_check({"tries": 1.5}),
    "hints NaN": with_check({"hints": float("nan")}),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_a_damaged_file_is_set_aside_and_the_app_starts_afresh(tmp_path, text):
    file_with(tmp_path, text)
    before = (tmp_path / "progress.json").read_bytes()

    progress = Progress.load(tmp_path)

    assert progress.touched == ()
    assert names(tmp_path) == ["progress.damaged-1.json"]
    assert (tmp_path / "progress.damaged-1.json").read_bytes() == before
    assert progress.notice is not None
    assert "set aside as progress.damaged-1.json" in progress.notice
    assert "\n" not in progress.notice

    progress.mark_done("a")
    assert Progress.load(tmp_path).done("a")
    assert Progress.load(tmp_path).notice is None


def test_the_notice_says_what_is_wrong_and_where(tmp_path):
    file_with(tmp_path, with_check({"tries": "two"}))

    notice = Progress.load(tmp_path).notice

    assert notice == (
        "progress.json could not be used, because calculating-slopes, slope, tries should be "
        'a whole number, not "two". It was set aside as progress.damaged-1.json, '
        "and your progress starts afresh."
    )


def test_a_file_from_a_newer_version_keeps_its_own_name(tmp_path):
    file_with(tmp_path, changed(version=3, lessons="another shape"))

    progress = Progress.load(tmp_path)

    assert names(tmp_path) == ["progress.newer-1.json"]
    assert "a newer dl-tutor wrote it (version 3; this one reads 2)" in (progress.notice or "")


def test_what_is_not_known_is_no_damage(tmp_path):
    file_with(tmp_path, changed(colour="blue"))

    progress = Progress.load(tmp_path)

    assert progress.notice is None
    assert progress.done(LESSON)


def test_a_byte_order_mark_is_no_damage(tmp_path):
    file_with(tmp_path, GOOD.encode("utf-8-sig"))  # an editor on Windows may add one

    assert Progress.load(tmp_path).done(LESSON)


def test_two_damaged_files_in_a_row_are_both_kept(tmp_path):
    for text in ("first", "second"):
        file_with(tmp_path, text)
        Progress.load(tmp_path)

    assert names(tmp_path) == ["progress.damaged-1.json", "progress.damaged-2.json"]
    assert (tmp_path / "progress.damaged-1.json").read_text() == "first"
    assert (tmp_path / "progress.damaged-2.json").read_text() == "second"


def test_a_file_damaged_while_the_app_runs_costs_nothing(tmp_path):
    progress = Progress.load(tmp_path)
    progress.mark_done("a")
    file_with(tmp_path, "{")

    progress.mark_done("b")

    assert Progress.load(tmp_path).touched == ("a", "b")
    assert (tmp_path / "progress.damaged-1.json").read_text() == "{"
    assert "set aside" in (progress.notice or "")


def test_a_file_deleted_while_the_app_runs_is_written_again(tmp_path):
    progress = Progress.load(tmp_path)
    progress.mark_done("a")
    progress.path.unlink()
    progress.mark_done("b")

    assert Progress.load(tmp_path).touched == ("a", "b")


def test_a_directory_in_its_place_is_set_aside(tmp_path):
    (tmp_path / "progress.json").mkdir()
    (tmp_path / "progress.json" / "thesis.txt").write_text("mine")

    progress = Progress.load(tmp_path)
    progress.mark_done("a")

    assert (tmp_path / "progress.damaged-1.json" / "thesis.txt").read_text() == "mine"
    assert Progress.load(tmp_path).done("a")
    assert "it is not a file" in (progress.notice or "")


def test_a_pipe_in_its_place_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "progress.json")

    assert "it is not a file" in (Progress.load(tmp_path).notice or "")
    assert stat.S_ISFIFO((tmp_path / "progress.damaged-1.json").stat().st_mode)


def test_a_huge_file_is_not_read(tmp_path):
    with open(tmp_path / "progress.json", "wb") as file:
        file.truncate(2**40)  # sparse: a terabyte that takes no room

    assert "larger than 8 MB" in (Progress.load(tmp_path).notice or "")


def test_a_link_to_the_file_stays_a_link(tmp_path):
    synchronised = tmp_path / "cloud"
    file_with(synchronised, GOOD)
    home = tmp_path / "home"
    home.mkdir()
    (home / "progress.json").symlink_to(synchronised / "progress.json")

    Progress.load(home).mark_done("b")

    assert (home / "progress.json").is_symlink()
    assert Progress.load(synchronised).touched == (LESSON, "b")


def test_a_link_that_leads_nowhere_is_set_aside(tmp_path):
    (tmp_path / "progress.json").symlink_to(tmp_path / "progress.json")

    progress = Progress.load(tmp_path)
    progress.mark_done("a")

    assert "set aside" in (progress.notice or "")
    assert Progress.load(tmp_path).done("a")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(value=json_values, spot=st.sampled_from(["lessons", "lesson", "check", "last", "all"]))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_json_whatever_makes_it_raise(tmp_path, value, spot):
    text = {
        "lessons": changed(lessons=value),
        "lesson": with_lesson(value),
        "check": with_check(value),
        "last": changed(last=value),
        "all": json.dumps(value),
    }[spot]
    with tempfile.TemporaryDirectory(dir=tmp_path) as name:
        file_with(Path(name), text)
        progress = Progress.load(Path(name))
        progress.mark_done("a")

        assert progress.saved
        assert Progress.load(Path(name)).done("a")


# --- folders and disks that refuse


def test_a_folder_that_is_not_there_is_made(tmp_path):
    Progress.load(tmp_path / "some" / "where").mark_done("a")

    assert Progress.load(tmp_path / "some" / "where").done("a")


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "home").write_text("mine")

    progress = Progress.load(tmp_path / "home")
    progress.mark_done("a")

    assert progress.done("a")  # for this run
    assert "not a directory" in (progress.notice or "")
    assert (tmp_path / "home").read_text() == "mine"


def test_a_folder_that_nobody_can_make():
    progress = Progress.load(Path("/dev/null/dl-tutor"))
    progress.mark_done("a")

    assert progress.done("a")
    assert "without saving" in (progress.notice or "")


def test_a_folder_that_may_not_be_read(strangers_folder):
    progress = Progress.load(strangers_folder)
    progress.mark_done("a")

    assert progress.done("a")
    assert "permission denied" in (progress.notice or "")


def test_a_folder_that_may_not_be_written(strangers_folder):
    was = os.geteuid()
    if was == NOBODY:
        os.seteuid(0)
    strangers_folder.chmod(0o555)
    os.seteuid(was)
    progress = Progress.load(strangers_folder)
    assert progress.notice is None

    progress.mark_done("a")

    assert progress.done("a")
    assert not progress.saved
    assert "could not be saved" in (progress.notice or "")
    assert "permission denied" in (progress.notice or "")
    assert names(strangers_folder) == ["progress.json"]


def test_a_full_disk_keeps_the_old_file_and_heals(tmp_path, monkeypatch):
    progress = Progress.load(tmp_path)
    progress.mark_done("a")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        progress.mark_done("b")
    assert "no space left on device" in (progress.notice or "")
    assert Progress.load(tmp_path).touched == ("a",)
    assert names(tmp_path) == ["progress.json"]

    progress.mark_done("c")
    assert progress.saved
    assert progress.notice is None
    assert Progress.load(tmp_path).touched == ("a", "b", "c")


def test_what_cannot_be_set_aside_is_never_written_over(tmp_path, monkeypatch):
    file_with(tmp_path, "damaged, but mine")

    def refuse(*names: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "rename", refuse)
    progress = Progress.load(tmp_path)
    progress.mark_done("a")

    assert progress.done("a")
    assert not progress.saved
    assert "without saving" in (progress.notice or "")
    assert (tmp_path / "progress.json").read_text() == "damaged, but mine"


# --- killed in the middle of a write


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from tui.progress import ChapterRecord, Progress

progress = Progress.load(Path(sys.argv[1]))
progress.mark_done("a")
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
progress.mark_done("b")
"""


def test_killed_in_the_middle_of_a_write(tmp_path):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_WRITING, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    leftover = next(tmp_path.glob(".progress.json.*.tmp"))

    progress = Progress.load(tmp_path)
    assert progress.notice is None
    assert progress.touched == ("a",)

    progress.mark_done("c")
    assert leftover.exists()  # young: it might belong to a copy that is writing now

    os.utime(leftover, (time.time() - 7200,) * 2)
    progress.mark_done("d")
    assert names(tmp_path) == ["progress.json"]
