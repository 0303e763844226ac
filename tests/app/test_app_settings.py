"""What survives a restart, and what a damaged file can't spoil."""

from __future__ import annotations

import errno
import os
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.app import settings_file as store
from blurstudio.app.settings import RECENT_PHOTOS, Settings


def test_without_a_file_there_are_defaults(tmp_path):
    assert store.load(tmp_path / "none.toml") == (Settings(), [])


def test_what_is_saved_is_read(tmp_path):
    kept = Settings(
        device="cpu", memory_limit_gb=2.5, frame_count=31, show_paths=True, export_still="png",
        recent=("/a/b.jpg", "/ü “x”\\y.png"),
    )  # fmt: skip
    store.save(kept, tmp_path / "new" / "settings.toml")
    assert store.load(tmp_path / "new" / "settings.toml") == (kept, [])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_file_name_can_be_remembered(tmp_path_factory, names):
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    kept = Settings(recent=tuple(names))
    store.save(kept, path)
    assert store.load(path) == (kept, [])


def test_a_name_in_an_unknown_encoding_does_not_stop_saving(tmp_path):
    path = tmp_path / "settings.toml"
    store.save(Settings(recent=("/caf\udce9.jpg",), device="cpu"), path)
    settings, warnings = store.load(path)
    assert settings.device == "cpu"
    assert warnings == []


@pytest.mark.parametrize(
    "line",
    [
        'device = "abacus"',
        "frame_count = 1",
        "frame_count = true",
        'frame_count = "15"',
        "frame_count = 15.0",
        "show_paths = 1",
        "recent = [1, 2]",
        'recent = "one.jpg"',
        'folded = ["motion", "sky"]',
        "memory_limit_gb = nan",
        "export_fps = 0",
        'queue_whose = "neighbour"',
        'queue_conflict = "burn"',
        "queue_below = 1",
        "queue_pattern = 7",
        "queue_folder = false",
        'queue_export = "all"',
    ],
)
def test_a_bad_value_is_dropped_with_a_warning_and_the_rest_is_kept(tmp_path, line):
    path = tmp_path / "settings.toml"
    path.write_text(f'{line}\nprecision = "bfloat16"\n', encoding="utf-8")
    settings, warnings = store.load(path)
    assert settings == Settings(precision="bfloat16")
    assert len(warnings) == 1
    assert line.split(" ")[0] in warnings[0]


def test_what_is_bad_in_the_export_of_a_queued_folder_is_as_it_is_by_default(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(
        'export_still = "jpg"\n'
        'queue_export = {export_still = "bmp", export_fps = 9, device = "cpu", export_x = 1}\n',
        encoding="utf-8",
    )
    settings, warnings = store.load(path)
    assert (settings.export_still, settings.device) == ("jpg", "auto")
    assert (settings.of_queue().export_still, settings.of_queue().export_fps) == ("tif", 9.0)
    assert [warning.split("“")[1].split("”")[0] for warning in warnings] == [
        "export_still", "device", "export_x",
    ]  # fmt: skip
    store.save(settings, path)
    assert store.load(path) == (settings, [])


def test_an_unknown_key_is_dropped_with_a_warning(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('colour_of_the_sky = "blue"\n', encoding="utf-8")
    settings, warnings = store.load(path)
    assert settings == Settings()
    assert "colour_of_the_sky" in warnings[0]


def test_a_whole_number_is_taken_for_a_float(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("export_fps = 30\n", encoding="utf-8")
    assert store.load(path) == (Settings(export_fps=30.0), [])


@pytest.mark.parametrize("content", [b"device = ", b"\xff\xfe\x00", b"[[["])
def test_a_damaged_file_is_set_aside_and_defaults_are_used(tmp_path, content):
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings, warnings = store.load(path)
    assert settings == Settings()
    assert "settings.toml.damaged" in warnings[0]
    assert (tmp_path / "settings.toml.damaged").read_bytes() == content


def test_recent_photos_are_few_and_each_is_listed_once():
    settings = Settings()
    for number in [*range(20), 15]:
        settings = settings.with_recent(Path(f"/photos/{number}.jpg"))
    assert len(settings.recent) == RECENT_PHOTOS
    assert settings.recent[0] == str(Path("/photos/15.jpg"))
    assert len(set(settings.recent)) == RECENT_PHOTOS


def test_the_engines_choices_are_handed_on():
    options = Settings(device="cpu", memory_limit_gb=1.5, motion_model="own").analysis_options()
    assert options.device == "cpu"
    assert options.memory_limit == 1_500_000_000
    assert options.motion_model == "own"
    assert options.deblur_model is None
    assert Settings().analysis_options().memory_limit is None


def test_every_setting_has_a_default_that_it_accepts(tmp_path):
    changed = {entry.name: entry.default for entry in fields(Settings)}
    store.save(Settings(**changed), tmp_path / "settings.toml")
    assert store.load(tmp_path / "settings.toml") == (Settings(), [])


def test_the_window_remembers_its_choices(make_window, engine, person, make_photo):
    window = make_window()
    person.opens_and_waits(window, make_photo())
    person.strikes(window, "T", "Tab")
    window.parts.timeline.set_frame_count(21)
    window.resize(760, 620)
    window.close()
    again = make_window()
    assert again.commands["view.paths"].isChecked()
    assert again.parts.canvas.motion.trajectories_visible
    assert not again.commands["view.panel"].isChecked()
    assert again.parts.timeline.frame_count == 21
    assert again.opening.recent.actions()[0].text() == "a photo.png"
    assert (again.width(), again.height()) == (760, 620)


def test_the_window_starts_with_a_damaged_file_and_says_so(make_window, settings_file):
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text("device = [", encoding="utf-8")
    window = make_window()
    assert len(window.parts.notices.texts) == 1
    assert window.settings == Settings()


def test_the_window_works_where_settings_cannot_be_written(
    make_window, engine, settings_file, monkeypatch, caplog
):
    replace_file = os.replace

    def refuse(source, place):
        if Path(place) == settings_file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        replace_file(source, place)

    monkeypatch.setattr(os, "replace", refuse)
    window = make_window()
    window.close()
    assert "settings can't be kept" in caplog.text
    assert list(settings_file.parent.iterdir()) == [], "neither settings nor a rest of them"


def test_settings_that_lie_elsewhere_stay_there(tmp_path):
    kept_apart = tmp_path / "dotfiles.toml"
    (tmp_path / "settings.toml").symlink_to(kept_apart)
    store.save(Settings(device="cpu"), tmp_path / "settings.toml")
    assert store.load(kept_apart) == (Settings(device="cpu"), [])
    assert (tmp_path / "settings.toml").is_symlink()


def test_damaged_geometry_is_ignored(make_window, settings_file):
    from blurstudio.locations import user_config_dir

    user_config_dir().mkdir(parents=True, exist_ok=True)
    (user_config_dir() / "window.ini").write_text("[General]\ngeometry=@ByteArray(nonsense)\n")
    window = make_window()
    assert window.width() > 300


def test_settings_are_values():
    assert replace(Settings(), device="cpu") != Settings()
