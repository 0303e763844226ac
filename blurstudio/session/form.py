"""The form of a document as JSON, both ways; `docs/formats.md` describes it for other programs.

Options of the machine (device, precision, memory) are left out: a document may travel. Reading
never fails for a bad field; each becomes a remark and the rest is kept.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, get_type_hints

from blurstudio import __version__
from blurstudio.engine.interval import WHOLE, check_interval
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import ExportError
from blurstudio.sentences import sentence
from blurstudio.session.blend_form import blend_table, read_blend
from blurstudio.session.document import Choices, Document, Others, PhotoMark, ViewState
from blurstudio.session.fields import Remarks, fitted, table_of, updated
from blurstudio.session.own_analysis import own_table, read_own
from blurstudio.session.regions import Edit, Region, Regions
from blurstudio.session.shapes import Shape, ShapeKind

FORMAT = "blurstudio-document"
VERSION = 5

OF_THE_MACHINE = ("device", "precision", "memory_limit")
"""Options that a document doesn't keep."""

_REGION_KINDS = {
    "number": int,
    "name": str,
    "colour": str,
    "visible": bool,
    "feather": float,
    "edit": Edit,
    "factor": float,
}


def to_table(document: Document) -> dict[str, Any]:
    """Write a document as what JSON can hold."""
    photo = document.photo
    return {
        "format": FORMAT,
        "version": VERSION,
        "software": f"Blur Studio {__version__}",
        "photo": {
            "name": photo.path.name,
            "path": str(photo.path),
            "width": photo.size[1],
            "height": photo.size[0],
            "fingerprint": photo.fingerprint,
        },
        "options": options_table(document.choices.options),
        "view": asdict(document.view),
        "regions": regions_table(document.choices.regions),
        "blend": blend_table(document.choices.blend),
        "others": [list(files) for files in document.choices.others],
    }


def options_table(options: AnalysisOptions) -> dict[str, Any]:
    """Write the choices about a photo, without those about the machine."""
    return {key: value for key, value in options.as_dict().items() if key not in OF_THE_MACHINE}


def regions_table(regions: Regions) -> list[dict[str, Any]]:
    """Write regions, from the bottom to the top."""
    return [
        {
            "number": region.number,
            "name": region.name,
            "colour": region.colour,
            "visible": region.visible,
            "feather": region.feather,
            "edit": region.edit.value,
            "factor": region.factor,
            "own": own_table(region.own),
            "shape": {
                "kind": region.shape.kind.value,
                "points": [list(point) for point in region.shape.points],
            },
        }
        for region in regions
    ]


def from_table(
    table: dict[str, Any], photo: PhotoMark, defaults: AnalysisOptions
) -> tuple[Document, Remarks]:
    """Read a document of this version.

    Parameters
    ----------
    table
        As `to_table` writes it.
    photo
        The photo it lies beside; stands in for what the document doesn't say of it.
    defaults
        Choices for what it leaves out, those about the machine among them.

    Returns
    -------
    tuple
        The document, and a sentence for everything that was left out.
    """
    remarks = Remarks()
    options = read_options(table.get("options", {}), defaults, remarks)
    regions = read_regions(table.get("regions", []), remarks)
    blend = read_blend(table.get("blend", {}), remarks)
    others = _read_others(table.get("others", []), remarks)
    view = _read_view(table.get("view", {}), remarks)
    mark = _read_mark(table.get("photo", {}), photo, remarks)
    return Document(mark, Choices(options, regions, blend, others), view), remarks


def read_options(value: object, defaults: AnalysisOptions, remarks: Remarks) -> AnalysisOptions:
    """Read choices about a photo."""
    hints = get_type_hints(AnalysisOptions)
    kinds = {key: kind for key, kind in hints.items() if key not in OF_THE_MACHINE}
    table = table_of(value, "“options”", remarks)
    where, instead = sentence("the choices"), sentence("the usual is chosen")
    return updated(defaults, table, kinds, where, remarks, instead=instead)


def read_regions(value: object, remarks: Remarks) -> Regions:
    """Read regions, from the bottom to the top; a damaged one is left out."""
    if not isinstance(value, list):
        remarks.append(sentence("The part “regions” is damaged and was left out."))
        return ()
    regions: list[Region] = []
    for place, said in enumerate(value, start=1):
        region = _read_region(said, sentence("region {number}", number=place), remarks)
        if region is None:
            continue
        if any(region.number == known.number for known in regions):
            region = replace(region, number=max(known.number for known in regions) + 1)
        regions.append(region)
    return tuple(regions)


def _read_others(value: object, remarks: Remarks) -> Others:
    try:
        others: Others = fitted(value, Others)
    except TypeError:
        remarks.append(sentence("The part “others” is damaged and was left out."))
        return ()
    return tuple(dict.fromkeys(files for files in others if files and all(files)))


def _read_region(value: object, where: str, remarks: Remarks) -> Region | None:
    table = table_of(value, sentence("“{where}”", where=where), remarks)
    if not table:
        return None
    try:
        shape = _read_shape(table.get("shape"))
    except (TypeError, ValueError, KeyError):
        remarks.append(
            sentence("The shape of {where} is damaged; the region was left out.", where=where)
        )
        return None
    region = Region(1, where.capitalize(), shape, own=read_own(table.get("own"), where, remarks))
    return updated(region, table, _REGION_KINDS, where, remarks, elsewhere=("shape", "own"))


def _read_shape(value: object) -> Shape:
    if not isinstance(value, dict):
        raise TypeError("no shape")
    points = fitted(value["points"], tuple[tuple[float, float], ...])
    return Shape(ShapeKind(value["kind"]), points)


def _read_view(value: object, remarks: Remarks) -> ViewState:
    table = table_of(value, "“view”", remarks)
    view = updated(ViewState(), table, get_type_hints(ViewState), sentence("the view"), remarks)
    try:
        check_interval(view.part)
    except ExportError:
        remarks.unfit(
            sentence("the view"), "part", list(view.part), sentence("the whole exposure is played")
        )
        view = replace(view, part=WHOLE)
    return replace(view, time=min(max(view.time, -0.5), 0.5), split=min(max(view.split, 0.0), 1.0))


def _read_mark(value: object, photo: PhotoMark, remarks: Remarks) -> PhotoMark:
    table = table_of(value, "“photo”", remarks)
    try:
        width, height = (fitted(table[key], int) for key in ("width", "height"))
        return PhotoMark(
            Path(fitted(table["path"], str)), (height, width), fitted(table["fingerprint"], str)
        )
    except (TypeError, KeyError):
        if table:
            remarks.append(
                sentence("What the document says of its photo is damaged and was left out.")
            )
        return photo
