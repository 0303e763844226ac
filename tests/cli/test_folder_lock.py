"""A run of ``blurstudio process`` stays out of a folder that is being written into."""

from __future__ import annotations

from blurstudio.session.folder_lock import LOCK


def test_a_run_leaves_a_locked_folder_alone(
    blurstudio, tiny_networks, photo, tmp_path, another_process
):
    home = tmp_path / "out" / "photo.png"
    home.mkdir(parents=True)
    (home / LOCK).write_text(str(another_process))
    words = ("process", photo, "-o", tmp_path / "out", "--parts", "sharp", *tiny_networks)
    outcome = blurstudio(*words)
    assert (outcome.code, len(outcome.sentences)) == (1, 1)
    assert f"Blur Studio is writing into {home} already" in outcome.err
    assert [path.name for path in home.iterdir()] == [LOCK]
    (home / LOCK).unlink()
    assert blurstudio(*words).code == 0
    assert not (home / LOCK).exists()
