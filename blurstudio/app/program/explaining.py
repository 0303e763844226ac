"""Words explained: a click on a name in a panel, Shift+F1 on a control, and the glossary.

What the words mean is in the glossary; which word belongs to what, in `panels/term_names.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from blurstudio import glossary
from blurstudio.app.panels.words.explanation import Explanation
from blurstudio.app.panels.words.term_label import TermAsked
from blurstudio.app.panels.words.term_names import CONTROLS, PICTURES
from blurstudio.app.saying import say
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from blurstudio.app.panels.words.glossary import GlossaryDialog
    from blurstudio.app.window import MainWindow


class Explaining(QObject):
    """Answers what a word means, in the window and in its dialogs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._glossary: GlossaryDialog | None = None
        self.explanation = Explanation(window)
        self.explanation.more_asked.connect(self.show_glossary)
        window.installEventFilter(self)
        window.commands.on("help.explain", self._explain_focus)
        window.commands.on("help.glossary", self._list_words)

    def show_glossary(self, name: str = "") -> None:
        """Open the glossary, at a word if one is named."""
        try:
            entries = glossary.entries()
        except BlurStudioError as problem:
            self._window.show_fault(say(problem))
            return
        if self._glossary is None:
            from blurstudio.app.panels.words.glossary import GlossaryDialog

            self._glossary = GlossaryDialog(entries, self._window)
        self._glossary.show_word(name)
        self._glossary.show()
        self._glossary.raise_()
        self._glossary.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the questions that come up to the window."""
        if not isinstance(event, TermAsked):
            return False
        event.accept()
        self._explain(event.widget, event.term)
        return True

    def _explain(self, widget: QWidget, term: str) -> None:
        try:
            entry = glossary.explain(term)
        except BlurStudioError as problem:
            self._window.show_fault(say(problem))
            return
        if entry is None:
            self.show_glossary()
        else:
            self.explanation.show_beside(widget, entry)

    def _explain_focus(self) -> None:
        widget = QApplication.focusWidget()
        above = widget
        while above is not None:
            if above is self._window.parts.canvas and self._window.controller.opened:
                self._explain(above, PICTURES[self._window.parts.canvas.picture])
                return
            if above.objectName() in CONTROLS:
                self._explain(above, CONTROLS[above.objectName()])
                return
            above = above.parentWidget()
        self.show_glossary()

    def _list_words(self) -> None:
        self.show_glossary()
