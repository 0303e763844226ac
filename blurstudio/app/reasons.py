"""Why an action can't be done just now, in a sentence.

Whether it can is decided elsewhere, by what it needs.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from blurstudio.app.actions.action_spec import ActionSpec, Needs


def why_not(spec: ActionSpec) -> str:
    """Say what is missing for an action that is greyed out."""
    reasons = {
        Needs.PHOTO: QCoreApplication.translate("reasons", "Open a photo first."),
        Needs.RESULTS: QCoreApplication.translate("reasons", "There is no result yet."),
        Needs.WORK: QCoreApplication.translate("reasons", "Nothing is being computed."),
        Needs.UNDO: QCoreApplication.translate("reasons", "There is nothing to take back."),
        Needs.REDO: QCoreApplication.translate("reasons", "Nothing was taken back."),
        Needs.RESET: QCoreApplication.translate("reasons", "Every choice is the usual one."),
        Needs.REFINE: QCoreApplication.translate(
            "reasons", "There is no result yet, or it is refined already."
        ),
        Needs.REGION: QCoreApplication.translate("reasons", "Choose a region first."),
        Needs.OTHERS: QCoreApplication.translate(
            "reasons", "Nothing is compared yet: keep a result, or load another's file."
        ),
        Needs.NOTICE: QCoreApplication.translate("reasons", "Nothing is said over the picture."),
        Needs.REGIONS: QCoreApplication.translate("reasons", "No region is drawn yet."),
    }
    return reasons.get(spec.needs, QCoreApplication.translate("reasons", "Not possible just now."))
