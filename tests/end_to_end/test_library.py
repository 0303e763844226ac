"""Other people's programs: `blurstudio.analyze` without a window, as the README shows it."""

from __future__ import annotations

PROGRAM = """
import sys
import blurstudio

analysis = blurstudio.analyze(sys.argv[1])
height, width, _ = analysis.photo.pixels.shape
assert analysis.sharp.shape == (height, width, 3)
assert analysis.frame(-0.25).shape == (height, width, 3)
assert analysis.flow.shape == (height, width, 2)
assert analysis.report.psnr > 0
assert "PySide6" not in sys.modules
print("done")
"""


def test_a_photo_is_analysed_without_qt(person, photo):
    run = person(PROGRAM, photo, program=("-c",))
    assert run.stdout == "done\n", run.stderr


def test_a_missing_photo_is_one_error_to_catch(person):
    program = """
import blurstudio
try:
    blurstudio.analyze("nowhere.jpg")
except blurstudio.BlurStudioError as error:
    print(error)
"""
    run = person(program, program=("-c",))
    assert "nowhere.jpg" in run.stdout, run.stderr
