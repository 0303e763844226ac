"""The house's own rules, read from the sources and from a fresh interpreter."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "blurstudio"
SOURCES = sorted(PACKAGE.rglob("*.py"))
QT = {"PySide6", "pyqtgraph", "superqt", "shiboken6", "qtpy"}
# What packages are called when imported, where that differs from their name in pyproject.toml.
IMPORTED_AS = {
    "openexr": "OpenEXR",
    "opencv-python-headless": "cv2",
    "pillow": "PIL",
    "pyside6-essentials": "PySide6",
    "lightning-fabric": "lightning_fabric",
}

# The first writes files; the second only puts a whole one aside before it begins anew.
MOVERS = {"whole_files.py", "app/launch/crashes.py"}


def imports_of(path: Path) -> set[str]:
    """Top-level names of all modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names.add((node.module or "").partition(".")[0])
    return names


def moves_a_file(call: ast.Call) -> bool:
    """Whether a call is `os.replace` or a path's own, which unlike a text's takes one argument."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "replace":
        return False
    of_os = isinstance(call.func.value, ast.Name) and call.func.value.id == "os"
    return of_os or (len(call.args) == 1 and not call.keywords)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def modules_after(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after running code."""
    program = f"{code}\nimport sys; print(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_only_the_app_imports_qt():
    offenders = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if room_of(path) != "app" and imports_of(path) & QT
    }
    assert not offenders


def test_files_are_moved_into_place_in_one_module_only():
    offenders = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.relative_to(PACKAGE).as_posix() not in MOVERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and moves_a_file(node)
    }
    assert not offenders, "blurstudio.whole_files writes beside, flushes and cleans up"


def test_every_package_that_is_imported_is_declared():
    project = pyproject()["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["training"]]
    names = {re.split(r"[^A-Za-z0-9_.-]", each)[0].lower() for each in requirements}
    declared = {IMPORTED_AS.get(name, name) for name in names} | {"blurstudio"}
    declared.add("shiboken6")  # comes with PySide6, of the same version
    undeclared = {
        (str(path.relative_to(ROOT)), name)
        for path in SOURCES
        for name in imports_of(path) - declared - sys.stdlib_module_names
    }
    assert not undeclared


@pytest.mark.parametrize(
    "code",
    [
        "import blurstudio",
        "import blurstudio.cli",
        "import blurstudio.cli.commands",
        "import blurstudio.app",
        "import blurstudio.engine",
        "import blurstudio.session",
        "import blurstudio.session.files, blurstudio.session.editing",
        "import blurstudio.sizes, blurstudio.exposure.window",
        "import blurstudio; blurstudio.BlurStudioError",
        "import blurstudio.whole_files",
    ],
)
def test_importing_the_doors_loads_neither_torch_nor_qt(code):
    assert not modules_after(code) & (QT | {"torch", "numpy", "cv2", "av"})


def test_the_photo_room_works_without_torch_and_qt():
    assert not modules_after("import blurstudio; blurstudio.open_photo") & (QT | {"torch"})


def test_the_engine_works_without_qt():
    assert not modules_after("import blurstudio; blurstudio.analyze") & QT


def test_every_name_of_the_public_api_is_there():
    import blurstudio

    assert set(blurstudio.__all__) <= set(dir(blurstudio))
    for name in blurstudio.__all__:
        assert getattr(blurstudio, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        blurstudio.nothing  # noqa: B018 - the look itself is what is tested


def test_every_module_says_what_lives_in_it():
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_versions_agree():
    import blurstudio

    assert pyproject()["project"]["version"] == blurstudio.__version__
    assert blurstudio.__version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
