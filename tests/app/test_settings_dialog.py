"""The settings dialog: what is chosen is followed at once or from the next photo on, and kept."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from blurstudio.app import settings_file as store
from blurstudio.app import theme
from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.app.panels.settings.dialog import SettingsDialog
from blurstudio.app.panels.settings.terms import tips
from blurstudio.app.photo import work
from blurstudio.app.settings import Settings


@pytest.fixture(autouse=True)
def _looks_as_before(qapp):
    """Undress the app after a test."""
    style, palette = qapp.style().objectName(), qapp.palette()
    yield
    theme.apply(qapp)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setStyle(style)
    qapp.styleHints().unsetColorScheme()


@pytest.fixture
def dialog(window, person, qtbot):
    """Return the dialog, opened by its key, with the networks listed."""
    qtbot.waitUntil(window.isActiveWindow)
    person.strikes(window, "Ctrl+,")
    opened = window.findChild(SettingsDialog)
    assert opened.isVisible()
    qtbot.waitUntil(lambda: opened.motion_model.currentText() != "The usual one")
    return opened


def test_every_control_says_what_it_is_in_plain_words_and_as_the_trade_does(dialog):
    for key, tip in tips().items():
        control = dialog.findChild(QWidget, key)
        assert tip in control.toolTip()
        assert tip.endswith(")")
        assert "(" in tip
        assert control.accessibleName()


def test_tab_goes_from_top_to_bottom(dialog, qtbot):
    dialog.activateWindow()
    dialog.device.setFocus()
    heights = []
    for _ in range(len(tips())):
        widget = QApplication.focusWidget()
        heights.append(widget.mapTo(dialog, QPoint(0, 0)).y())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert heights == sorted(heights)


def test_a_choice_is_kept_at_once(dialog, window, settings_file):
    dialog.device.pick("cpu")
    dialog.memory_limit_gb.setValue(2.5)
    kept, _ = store.load(settings_file)
    assert (kept.device, kept.memory_limit_gb) == ("cpu", 2.5)
    assert window.settings == kept


def test_a_number_being_typed_is_not_taken_before_it_is_whole(dialog, window, qtbot):
    dialog.frame_count.selectAll()
    qtbot.keyClicks(dialog.frame_count, "31")
    assert window.parts.timeline.frame_count == 15
    qtbot.keyClick(dialog.frame_count, Qt.Key.Key_Return)
    assert window.parts.timeline.frame_count == 31
    assert dialog.isVisible()


def test_nothing_is_automatic_where_a_number_is_needed(dialog):
    assert dialog.memory_limit_gb.text() == "automatic"
    assert dialog.threads.text() == "automatic"
    assert dialog.frame_count.text() == "15"


def test_a_new_photo_begins_with_what_was_chosen(dialog, window, person, make_photo):
    dialog.constraint.pick("linear")
    dialog.refine.pick("path")
    dialog.sharp_by.pick(DECONVOLUTION)
    person.opens_and_waits(window, make_photo())
    options = window.controller.options
    assert (options.constraint, options.refine, options.deblurrer) == (
        *("linear", "path"),
        "deconvolution",
    )
    assert not window.commands["edit.reset"].isEnabled()


def test_the_photo_on_show_keeps_its_choices(dialog, window, person, make_photo, engine):
    person.opens_and_waits(window, make_photo())
    asked = len(engine.asked)
    dialog.constraint.pick("linear")
    assert window.controller.options.constraint is None
    assert len(engine.asked) == asked
    assert window.commands["edit.reset"].isEnabled()


def test_analyse_again_takes_the_machine_as_it_is_set_now(
    dialog, window, person, make_photo, engine
):
    person.opens_and_waits(window, make_photo())
    dialog.precision.pick("float32")
    window.commands["photo.analyse"].trigger()
    person.sees_results(window)
    assert engine.asked[-1].precision == "float32"
    assert window.controller.results.options.precision == "float32"


def test_threads_are_used_from_the_next_photo_on(dialog, window, person, make_photo, monkeypatch):
    import torch

    used = []
    monkeypatch.setattr(torch, "set_num_threads", used.append)
    dialog.threads.setValue(1)
    assert used == []
    person.opens_and_waits(window, make_photo())
    assert used == [1]
    dialog.threads.setValue(0)
    person.opens_and_waits(window, make_photo("another.png"))
    assert len(used) == 2


def test_switches_of_dialog_and_window_are_the_same(dialog, window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    dialog.show_paths.click()
    assert window.commands["view.paths"].isChecked()
    assert window.parts.canvas.motion.trajectories_visible
    window.commands["view.panel"].trigger()
    assert not dialog.show_panel.isChecked()
    dialog.show_panel.click()
    assert window.parts.panel.isVisible()


def test_a_light_look_comes_at_once_and_is_kept(dialog, window, qapp, settings_file):
    theme.apply(qapp)
    dark = window.palette().window().color().lightness()
    dialog.theme.pick("light")
    assert window.palette().window().color().lightness() > dark + 100
    assert theme.CANVAS.lightness() > 150
    picture = window.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 12).lightness() > 200
    assert store.load(settings_file)[0].theme == "light"
    dialog.theme.pick("dark")
    assert window.palette().window().color().lightness() == dark


def test_the_system_may_choose_the_look(dialog, window, qapp, monkeypatch):
    dialog.theme.pick("system")
    dressed = []
    with monkeypatch.context() as patch:
        patch.setattr(theme, "apply", lambda app, look: dressed.append(look))
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
        assert dressed == ["system"]
        dialog.theme.pick("dark")
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
        assert dressed == ["system", "dark"]


def test_exports_go_where_was_chosen(dialog, window, person, make_photo, tmp_path, qtbot):
    dialog.export_folder.setFocus()
    qtbot.keyClicks(dialog.export_folder, str(tmp_path))
    qtbot.keyClick(dialog.export_folder, Qt.Key.Key_Return)
    assert window.settings.export_folder == str(tmp_path)
    assert dialog.isVisible()


def test_a_folder_can_be_looked_for(dialog, window, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog.choose.click()
    assert window.settings.export_folder == dialog.export_folder.text() == str(tmp_path)


def test_defaults_come_back_without_touching_keys_and_recent_photos(
    dialog, window, person, make_photo
):
    person.opens_and_waits(window, make_photo())
    dialog.device.pick("cpu")
    dialog.refine.pick("both")
    dialog.reset.click()
    assert window.settings.device == "auto"
    assert window.settings.refine == "off"
    assert len(window.settings.recent) == 1
    assert dialog.device.currentText() == "The fastest there is"
    assert not dialog.reset.isEnabled()


def test_the_wheel_over_a_control_changes_nothing(dialog):
    """Scrolling the page must not pick another device on the way."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    for control in (dialog.device, dialog.threads):
        place = QPointF(5, 5)
        event = QWheelEvent(
            *(place, control.mapToGlobal(place), QPoint(0, -120), QPoint(0, -120)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(control, event)
    assert dialog.device.currentText() == "The fastest there is"
    assert dialog.threads.value() == 0


def test_a_kept_network_that_is_gone_is_still_shown(make_window, settings_file, qtbot):
    store.save(Settings(motion_model="a network of mine"), settings_file)
    window = make_window()
    window.commands["edit.settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    assert dialog.motion_model.currentText() == "a network of mine"


@pytest.mark.parametrize(
    "line", ['theme = "pink"', "threads = -1", 'refine = "always"', 'constraint = "cubic"']
)
def test_a_bad_choice_in_the_file_is_dropped_with_a_warning(tmp_path, line):
    path = tmp_path / "settings.toml"
    path.write_text(line, encoding="utf-8")
    settings, warnings = store.load(path)
    assert settings == Settings()
    assert len(warnings) == 1


def test_the_number_of_threads_is_taken_in_the_lane(window, person, make_photo, monkeypatch):
    where = []
    monkeypatch.setattr(
        work, "use_threads", lambda count, context: where.append(threading.current_thread().name)
    )
    window.remember(Settings(threads=2))
    person.opens_and_waits(window, make_photo())
    assert where == ["blurstudio-compute"]
