"""The form of a blend as JSON, both ways: a part of the form of a document.

Reading never fails for a bad field; each becomes a remark and the rest is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blurstudio.sentences import sentence
from blurstudio.session.blend import Blend, Brush, BrushMask, Stroke
from blurstudio.session.fields import Remarks, fitted, table_of

_BRUSH: dict[str, type] = {"radius": float, "hardness": float, "opacity": float, "reveal": bool}
_BLEND: dict[str, type] = {"amount": float, "revealed": bool}


def blend_table(blend: Blend) -> dict[str, Any]:
    """Write a blend as what JSON can hold."""
    return {
        "amount": blend.amount,
        "revealed": blend.mask.revealed,
        "strokes": [
            {
                **{key: getattr(stroke.brush, key) for key in _BRUSH},
                "points": [list(point) for point in stroke.points],
            }
            for stroke in blend.mask.strokes
        ],
    }


def read_blend(value: object, remarks: Remarks) -> Blend:
    """Read a blend; what is missing is as in a photo nobody has touched."""
    blend = Blend()
    for key, said in table_of(value, "“blend”", remarks).items():
        if key == "strokes":
            strokes = _read_strokes(said, remarks)
            blend = replace(blend, mask=replace(blend.mask, strokes=strokes))
            continue
        if key not in _BLEND:
            remarks.unknown(sentence("the blend"), key)
            continue
        try:
            blend = _with(blend, key, fitted(said, _BLEND[key]))
        except (TypeError, ValueError):
            remarks.unfit(sentence("the blend"), key, said, sentence("its default is used"))
    return blend


def _with(blend: Blend, key: str, value: Any) -> Blend:  # noqa: ANN401 - of the field's type
    if key == "revealed":
        return replace(blend, mask=BrushMask(value, blend.mask.strokes))
    return replace(blend, amount=value)


def _read_strokes(value: object, remarks: Remarks) -> tuple[Stroke, ...]:
    if not isinstance(value, list):
        remarks.append(sentence("The strokes of “blend” are damaged and were left out."))
        return ()
    read = [
        _read_stroke(said, sentence("stroke {number}", number=place), remarks)
        for place, said in enumerate(value, 1)
    ]
    return tuple(stroke for stroke in read if stroke is not None)


def _read_stroke(value: object, where: str, remarks: Remarks) -> Stroke | None:
    table = table_of(value, sentence("“{where}”", where=where), remarks)
    if not table:
        return None
    brush = Brush()
    for key, said in table.items():
        if key == "points":
            continue
        if key not in _BRUSH:
            remarks.unknown(where, key)
            continue
        try:
            change: dict[str, Any] = {key: fitted(said, _BRUSH[key])}
            brush = replace(brush, **change)
        except (TypeError, ValueError):
            remarks.unfit(where, key, said, sentence("its default is used"))
    try:
        return Stroke(fitted(table.get("points"), tuple[tuple[float, float], ...]), brush)
    except (TypeError, ValueError):
        remarks.append(
            sentence("The points of {where} are damaged; the stroke was left out.", where=where)
        )
        return None
