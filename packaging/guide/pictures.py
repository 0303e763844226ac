#!/usr/bin/env python3
"""Takes every picture of the guide from the real window, and writes its table of keys.

    packaging/guide/pictures.py              all of them
    packaging/guide/pictures.py paths grid   only these

It works offscreen, on the samples that come with Blur Studio, with settings of its own; a
person's settings and documents are neither read nor touched. What is in which picture is said in
`scenes.py` and `more_scenes.py`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "guide" / "images"
README_PICTURE = ROOT / "docs" / "images" / "window.png"
KEYS_PAGE = ROOT / "docs" / "guide" / "keys.md"
SIZE = (1200, 760)
README_SIZE = (1600, 1000)
SAMPLE = "cafe_cup.jpg"


def main(names: list[str]) -> int:
    """Take the pictures with these names, or all of them; returns the exit code."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        _leave_the_person_alone(home)
        # After that: Qt and the window ask the environment once.
        sys.path.insert(0, str(ROOT))
        from keys import keys_page
        from PySide6.QtWidgets import QApplication

        from blurstudio.app import theme

        app = QApplication(sys.argv[:1])
        app.setApplicationName("blurstudio")
        theme.apply(app, "dark")
        KEYS_PAGE.write_text(keys_page(), encoding="utf-8")
        _take(home, names)
    return 0


def _take(home: Path, names: list[str]) -> None:
    import more_scenes  # noqa: F401 - adds its scenes
    from hand import Hand
    from scenes import SCENES

    from blurstudio.app.settings import Settings
    from blurstudio.app.settings_file import save

    unknown = [name for name in names if f"{name}.png" not in (*SCENES, README_PICTURE.name)]
    if unknown:
        raise SystemExit(f"There is no picture {unknown[0]} in the guide.")
    wanted = [name for name in SCENES if not names or Path(name).stem in names]
    os.chdir(home)
    photo = _sample(home / "Pictures" / "holiday")
    settings = home / "settings.toml"
    save(Settings(tour_seen=True, device="cpu"), settings)
    FOLDER.mkdir(parents=True, exist_ok=True)
    if wanted:
        hand = Hand(settings, SIZE)
        hand.opens(photo)
        for name in wanted:
            hand.tidies()
            SCENES[name](hand, FOLDER / name)
            print(name, (FOLDER / name).stat().st_size, flush=True)
        hand.leaves()
    if not names or README_PICTURE.stem in names:
        hand = Hand(settings, README_SIZE)
        hand.opens(photo)
        hand.tidies()
        hand.does("view.paths")
        hand.takes(README_PICTURE)
        hand.leaves()


def _sample(folder: Path) -> Path:
    """Copy the samples to a folder where a document can lie beside them."""
    from blurstudio.locations import resource

    folder.mkdir(parents=True)
    for name in (SAMPLE, "clock_motion.png"):
        shutil.copy(resource("samples", name), folder / name)
    return folder / SAMPLE


def _leave_the_person_alone(home: Path) -> None:
    """Let everything that is remembered be remembered in a folder that goes away."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[variable] = str(home / variable)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
