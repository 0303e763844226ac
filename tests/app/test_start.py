"""Start and end of the process: what is imported, faults nobody caught, signals, the splash."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject

from blurstudio.app.launch import crashes, splash
from blurstudio.app.launch import faults as faults_module
from blurstudio.app.launch.faults import Faults
from blurstudio.app.launch.interrupt import Interrupt

HEAVY = ("torch", "cv2", "av", "pyqtgraph", "blurstudio.engine.analysis")

UP = f"""
import sys
from PySide6.QtCore import QTimer
from blurstudio.app import run
from blurstudio.app.window import MainWindow

def look(window):
    heavy = [name for name in {HEAVY!r} if name in sys.modules]
    print("visible" if window.isVisible() else "hidden", *heavy)
    window.close()

# After this torch is loaded, and by a thread.
MainWindow.draw_ahead = lambda window: look(window)
sys.exit(run([]))
"""


def python(code, **variables):
    """Run code in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_window_is_up_before_torch_is_imported():
    run = python(UP)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["visible"]


FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from blurstudio.app import run
from blurstudio.app.window import MainWindow

def opened(window, paths):
    print(*(path.name for path in paths), "|", flush=True)
    QTimer.singleShot(0, window.close_now)

MainWindow.open_paths = opened
sys.exit(run([Path(name) for name in sys.argv[1:]]))
"""


def test_a_first_start_opens_the_sample_and_leaves_no_trace_of_a_crash(tmp_path):
    run = python(FIRST)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["cafe_cup.jpg", "|"]
    assert not crashes.crash_file().exists()


READY = """
import sys
from PySide6.QtCore import QTimer
from blurstudio.app import run
from blurstudio.app.window import MainWindow

def wait(window):
    if window.bridge.is_idle:
        from blurstudio.engine import models
        print("torch" in sys.modules, len(models._NETWORKS), flush=True)
        window.close()
    else:
        QTimer.singleShot(20, lambda: wait(window))

MainWindow.open_paths = lambda window, paths: (window.get_ready(), wait(window))
sys.exit(run([]))
"""


def test_torch_and_the_networks_are_loaded_before_a_photo_needs_them():
    run = python(READY)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["True", "2"]


MISSING = """
from blurstudio.app.launch.ready_work import get_ready
from blurstudio.engine.lanes.job import CancelToken
from blurstudio.engine.options import AnalysisOptions
from types import SimpleNamespace

context = SimpleNamespace(cancel=CancelToken())
get_ready(AnalysisOptions(motion_model="no such model"), context)
get_ready(AnalysisOptions(device="cuda:77"), context)
print("quiet")
"""


def test_what_can_not_be_loaded_is_left_for_the_analysis_to_say():
    run = python(MISSING)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["quiet"]


def test_modules_are_imported_without_a_look_at_their_source():
    code = """
import builtins
plain = builtins.__import__
import PySide6.QtCore
from blurstudio.app.launch.interpreter import suit_a_window
suit_a_window()
import linecache, wave
print(wave.__file__ in linecache.cache)
"""
    assert python(code).stdout.strip() == "False"


def test_importing_the_app_imports_no_qt():
    run = python("import sys, blurstudio.app; print('PySide6' in sys.modules)")
    assert run.stdout.strip() == "False"


def test_closing_in_the_middle_of_an_analysis_ends_the_process(make_photo):
    code = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from blurstudio.app.photo import work
from blurstudio.app.window import MainWindow

app = QApplication([])

class Deaf:
    def compute(self, progress, cancel):
        print("computing", flush=True)
        import threading
        threading.Event().wait(60)

work.new_analysis = lambda photo, options: Deaf()
import blurstudio.app.window as module
module._PATIENCE = 0.1
window = MainWindow(Path({str(make_photo().parent / "settings.toml")!r}))
window.bridge.progressed.connect(lambda *_: window.close_now())
window.show()
window.open_paths([Path({str(make_photo())!r})])
sys.exit(app.exec())
"""
    run = python(code)
    assert run.returncode == 0, run.stderr


@pytest.fixture
def faults(qapp):
    """Return installed hooks that are taken away after the test."""
    owner = QObject()
    made = Faults(owner)
    made.install()
    yield made
    made.uninstall()


def test_an_exception_nobody_caught_is_logged_and_said(faults, qtbot, caplog):
    with qtbot.waitSignal(faults.happened) as happened:
        try:
            raise ValueError("out of nowhere\nand more")
        except ValueError:
            sys.excepthook(*sys.exc_info())
    assert "ValueError: out of nowhere" in happened.args[0]
    assert "blurstudio.log" in happened.args[0]
    assert "and more" in caplog.text


def test_an_exception_in_a_thread_is_said_too(faults, qtbot):
    def falls():
        raise KeyError("lost")

    with qtbot.waitSignal(faults.happened) as happened:
        thread = threading.Thread(target=falls)
        thread.start()
        thread.join()
    assert "KeyError: 'lost'" in happened.args[0]


def test_ctrl_c_is_no_fault(faults, capsys):
    said = []
    faults.happened.connect(said.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert said == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_hooks_are_given_back(qapp):
    before = (sys.excepthook, threading.excepthook)
    owner = QObject()
    made = Faults(owner)
    made.install()
    assert sys.excepthook != before[0]
    made.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_fault_shows_as_a_notice(window):
    window.show_fault("Something went wrong.")
    assert window.parts.notices.texts == ["Something went wrong."]


def test_warnings_go_into_the_log_file():
    handler = faults_module.start_log()
    logging.getLogger("blurstudio.app").warning("a stone fell")
    logging.getLogger("blurstudio.app").info("a leaf fell")
    faults_module.stop_log(handler)
    text = faults_module.log_file().read_text(encoding="utf-8")
    assert "a stone fell" in text
    assert "a leaf fell" not in text


def test_without_a_folder_for_it_there_is_no_log():
    faults_module.log_file().parent.parent.mkdir(parents=True)
    faults_module.log_file().parent.write_text("a file in the way")
    assert faults_module.start_log() is None
    faults_module.stop_log(None)


def test_ctrl_c_in_the_terminal_is_heard(qtbot, qapp):
    owner = QObject()
    before = signal.getsignal(signal.SIGINT)
    interrupt = Interrupt(owner)
    with qtbot.waitSignal(interrupt.asked):
        signal.raise_signal(signal.SIGINT)
    interrupt.close()
    assert signal.getsignal(signal.SIGINT) is before


class User32:
    """Stands in for the window library of Windows; writes down what was asked."""

    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        def call(*_):
            self.calls.append((name, "calendar_of_a_test" in sys.modules))
            return 1000

        return call


@pytest.mark.parametrize("there", [True, False])
def test_the_splash_stands_while_a_module_is_imported(tmp_path, monkeypatch, there):
    if there:
        (tmp_path / "calendar_of_a_test.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    user32 = User32()
    splash.show_while_importing("calendar_of_a_test", user32)
    sys.modules.pop("calendar_of_a_test", None)
    names = [name for name, _ in user32.calls]
    assert names[-3:] == ["CreateWindowExW", "UpdateWindow", "DestroyWindow"]
    assert dict(user32.calls)["UpdateWindow"] is False
    assert dict(user32.calls)["DestroyWindow"] is there


@pytest.mark.parametrize(("platform", "shown"), [("win32", ["torch"]), ("linux", [])])
def test_only_on_windows_torch_is_imported_before_qt_behind_a_splash(monkeypatch, platform, shown):
    asked = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=User32()), raising=False)
    monkeypatch.setattr(splash, "show_while_importing", lambda module, _: asked.append(module))
    splash.load_torch_before_qt()
    assert asked == shown


@pytest.mark.skipif(sys.platform == "win32", reason="there torch has to come first")
def test_elsewhere_nothing_is_imported_before_qt():
    run = python(
        "import sys; from blurstudio.app.launch.splash import load_torch_before_qt;"
        "before = set(sys.modules); load_torch_before_qt(); print(set(sys.modules) - before)"
    )
    assert run.stdout.strip() == "set()"
