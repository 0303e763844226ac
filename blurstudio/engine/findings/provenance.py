"""Where a result comes from: which program, networks and choices made it, for its metadata.

Writing it into files is `engine.export`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blurstudio import __version__

if TYPE_CHECKING:
    from blurstudio.engine.reading import Reading


def provenance_of(reading: Reading) -> dict[str, Any]:
    """Collect what made a result, ready for JSON.

    Parameters
    ----------
    reading
        Of the photo; nothing of it is computed.

    Raises
    ------
    WeightsError
        If one of its networks is missing.
    """
    photo, blending, device = reading.photo, reading.blending, reading.compute_device
    made_by: dict[str, Any] = {
        "software": f"Blur Studio {__version__}",
        "photo": "" if photo.path is None else photo.path.name,
        "models": {
            task: {"name": c.name, "architecture": c.architecture, "sha256": c.sha256}
            for task, c in reading.models.items()
        },
        "options": reading.options.as_dict(),
    }
    if reading.edits:
        made_by["edits"] = [edit.words for edit in reading.edits]
    if reading.patches:
        made_by["patches"] = [patch.words for patch in reading.patches]
    if blending:
        made_by["blend"] = blending.as_dict()
    made_by["device"] = device.name
    made_by["precision"] = str(device.dtype).removeprefix("torch.")
    return made_by
