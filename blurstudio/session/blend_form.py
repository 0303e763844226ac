"""The form of a blend as JSON, both ways: a part of the form of a document.

Reading never fails for a bad field; each becomes a remark and the rest is kept.
"""

from __future__ import annotations

from typing import Any

from blurstudio.sentences import sentence
from blurstudio.session.blend import Blend, Brush, BrushMask, Stroke
from blurstudio.session.fields import Remarks, fitted, table_of, updated

_BRUSH: dict[str, type] = {"radius": float, "hardness": float, "opacity": float, "reveal": bool}
_MASK: dict[str, type] = {"revealed": bool}
_BLEND: dict[str, type] = {"amount": float}


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
    where = sentence("the blend")
    table = table_of(value, "“blend”", remarks)
    of_mask = {key: said for key, said in table.items() if key in _MASK}
    strokes = _read_strokes(table.get("strokes", []), remarks)
    mask = updated(BrushMask(strokes=strokes), of_mask, _MASK, where, remarks)
    return updated(Blend(mask=mask), table, _BLEND, where, remarks, elsewhere=("strokes", *_MASK))


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
    brush = updated(Brush(), table, _BRUSH, where, remarks, elsewhere=("points",))
    try:
        return Stroke(fitted(table.get("points"), tuple[tuple[float, float], ...]), brush)
    except (TypeError, ValueError):
        remarks.append(
            sentence("The points of {where} are damaged; the stroke was left out.", where=where)
        )
        return None
