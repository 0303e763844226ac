"""The settings dialog: machine, look, what a new photo begins with, where files go.

Every change is a wish that is passed on at once; keeping and following it is not decided here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.panels.motion.paths import show_networks
from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.app.panels.motion.terms import constraints, refinements
from blurstudio.app.panels.settings.page import SettingsPage
from blurstudio.app.panels.settings.terms import devices, precisions, themes
from blurstudio.app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.app.listing_work import ModelChoice

# What is about photos and windows seen so far is no choice: the dialog's reset leaves it alone.
_CHOICES = (
    *("device", "precision", "memory_limit_gb", "threads", "theme", "show_paths", "show_panel"),
    *("frame_count", "motion_model", "constraint", "refine", "deblurrer", "deblur_model"),
    "export_folder",
)


class SettingsDialog(QDialog):
    """Shows settings and passes on changes; it doesn't block the work."""

    changed = Signal(object)
    """The new ones by name; others may have changed elsewhere meanwhile."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self._models: tuple[ModelChoice, ...] = ()
        self._page = SettingsPage(self)
        self._page.wished.connect(self._wish)
        self._add_machine()
        self._add_look()
        self._add_photos()
        self._add_files()
        self._page.end(self.tr("Nothing here needs a restart; work that runs is not disturbed."))
        self._frame()
        self.show_settings(settings)
        self.device.setFocus()

    def show_settings(self, settings: Settings) -> None:
        """Bring the controls in line with the settings."""
        self._settings = settings
        self.device.show_value(settings.device)
        self.precision.show_value(settings.precision)
        self.memory_limit_gb.show_number(settings.memory_limit_gb)
        self.threads.show_number(settings.threads)
        self.theme.show_value(settings.theme)
        self.show_paths.setChecked(settings.show_paths)
        self.show_panel.setChecked(settings.show_panel)
        self.frame_count.show_number(settings.frame_count)
        self.constraint.show_value(settings.constraint or None)
        self.refine.show_value(settings.refine)
        if not self.export_folder.hasFocus():
            self.export_folder.setText(settings.export_folder)
        self._show_networks()
        usual = replace(settings, **{key: getattr(Settings(), key) for key in _CHOICES})
        self.reset.setEnabled(usual != settings)

    def show_models(self, models: Sequence[ModelChoice]) -> None:
        """Offer these networks."""
        self._models = tuple(models)
        self._show_networks()

    def _add_machine(self) -> None:
        form = self._page.add_section(
            self.tr("Machine"), self.tr("From the next photo on, or with Analyse again.")
        )
        self.device = self._page.add_choice(form, "device", self.tr("&Device"), devices())
        self.precision = self._page.add_choice(
            form, "precision", self.tr("P&recision"), precisions()
        )
        self.memory_limit_gb = self._page.add_number(
            form, "memory_limit_gb", self.tr("&Memory"), (0, 4096, 1), self.tr(" GB")
        )
        self.threads = self._page.add_number(form, "threads", self.tr("&Threads"), (0, 1024, 0), "")

    def _add_look(self) -> None:
        form = self._page.add_section(self.tr("Look"), self.tr("At once."))
        self.theme = self._page.add_choice(form, "theme", self.tr("T&heme"), themes())
        self.show_paths = self._page.add_switch(form, "show_paths", self.tr("Draw the &paths"))
        self.show_panel = self._page.add_switch(form, "show_panel", self.tr("&Side panel"))
        self.frame_count = self._page.add_number(
            form, "frame_count", self.tr("&Frames on the timeline"), (2, 999, 0), ""
        )

    def _add_photos(self) -> None:
        form = self._page.add_section(
            self.tr("A new photo begins with"),
            self.tr("From the next photo on; for this one, choose in the Motion panel."),
        )
        self.motion_model = self._page.add_choice(form, "motion_model", self.tr("Read &by"), ())
        self.constraint = self._page.add_choice(
            form, "constraint", self.tr("Path shap&e"), [entry[:2] for entry in constraints()]
        )
        self.refine = self._page.add_choice(
            form, "refine", self.tr("Ref&inement"), [entry[:2] for entry in refinements()]
        )
        self.sharp_by = self._page.add_choice(form, "sharp_by", self.tr("Sharp b&y"), ())

    def _add_files(self) -> None:
        form = self._page.add_section(self.tr("Files"), self.tr("From the next export on."))
        self.export_folder = QLineEdit(self._page)
        self.export_folder.setPlaceholderText(self.tr("Beside the photo"))
        self.choose = QPushButton(self.tr("&Choose…"), self._page)
        self.choose.setAutoDefault(False)
        self.choose.setToolTip(self.tr("Look for a folder on disk (output folder)"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.export_folder, 1)
        row.addWidget(self.choose)
        self._page.dress(self.export_folder, "export_folder", self.tr("&Output folder"))
        form.addRow(self._page.name_of(self.tr("&Output folder"), self.export_folder), row)
        self.export_folder.editingFinished.connect(self._pick_folder)
        self.choose.clicked.connect(self._look_for_folder)

    def _frame(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidget(self._page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.reset = buttons.addButton(
            self.tr("Restore &defaults"), QDialogButtonBox.ButtonRole.ResetRole
        )
        self.reset.setToolTip(
            self.tr(
                "Put every control of this window back (factory settings); photos opened last "
                "and keys stay"
            )
        )
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self.reset.clicked.connect(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(scroll, 1)
        last = QHBoxLayout()
        last.setContentsMargins(20, 0, 20, 0)
        last.addWidget(buttons)
        column.addLayout(last)
        self.resize(560, 720)

    def _show_networks(self) -> None:
        settings = self._settings
        motion, deblur = settings.motion_model or None, settings.deblur_model or None
        show_networks(self.motion_model, self._models, "motion", motion)
        calculated = (self.tr("Deconvolution"), DECONVOLUTION, self._page.tips["sharp_by"])
        show_networks(self.sharp_by, self._models, "deblur", deblur, calculated)
        if settings.deblurrer == "deconvolution":
            self.sharp_by.show_value(DECONVOLUTION)

    def _pick_folder(self) -> None:
        self._wish({"export_folder": self.export_folder.text().strip()})

    def _look_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Output folder"), self._settings.export_folder
        )
        if name:
            self._wish({"export_folder": name})
            self.export_folder.setText(name)

    def _reset(self) -> None:
        usual = Settings()
        self._wish({key: getattr(usual, key) for key in _CHOICES})

    def _wish(self, changes: dict[str, Any]) -> None:
        if "sharp_by" in changes:
            changes = _sharp_by(changes["sharp_by"])
        if replace(self._settings, **changes) != self._settings:
            self.changed.emit(changes)


def _sharp_by(value: object) -> dict[str, Any]:
    """Return the two settings behind the one list of networks and the deconvolution."""
    if value == DECONVOLUTION:
        return {"deblurrer": "deconvolution"}
    return {"deblurrer": "network", "deblur_model": value}
