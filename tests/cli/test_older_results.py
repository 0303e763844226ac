"""What earlier choices left goes when new results come, but for what a person made or changed."""

from __future__ import annotations

import json

from blurstudio.cli import one_photo
from blurstudio.session.finished import NOTE


def names(folder):
    """Files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_files_of_earlier_choices_go(process_photo, home):
    assert process_photo("--parts", "sharp,video,frames", "--video", "gif").code == 0
    assert "frames/0003.png" in names(home)
    assert process_photo("--parts", "sharp,video", "--video", "webp", "--still", "jpg").code == 0
    assert names(home) == {"sharp.jpg", "video.webp", NOTE}
    assert not (home / "frames").exists(), "an empty folder tells nothing"


def test_what_a_person_changed_or_added_stays(process_photo, home):
    assert process_photo("--parts", "sharp,frames").code == 0
    (home / "frames" / "0002.png").write_bytes(b"retouched")
    (home / "frames" / "mine.png").write_bytes(b"kept")
    assert process_photo("--parts", "flow").code == 0
    assert names(home) == {"flow.flo", "frames/0002.png", "frames/mine.png", NOTE}


def test_a_run_that_was_stopped_leaves_the_list_to_the_next(process_photo, home, monkeypatch):
    assert process_photo("--parts", "sharp").code == 0
    write = one_photo.write

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(one_photo, "write", stop)
    assert process_photo("--parts", "flow").code == 130
    monkeypatch.setattr(one_photo, "write", write)
    assert process_photo("--parts", "paths").code == 0
    assert names(home) == {"path.npz", NOTE}


def test_a_note_leads_to_nothing_outside_its_folder(process_photo, home, photo):
    assert process_photo("--parts", "sharp").code == 0
    note = json.loads((home / NOTE).read_text("utf-8"))
    found = photo.stat()
    note["files"] = {"../../photo.png": [found.st_size, found.st_mtime_ns]}
    (home / NOTE).write_text(json.dumps(note))
    assert process_photo("--parts", "flow").code == 0
    assert photo.exists()
