"""A blend in a document: small, as it was left, read with care."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from blurstudio.engine.options import AnalysisOptions
from blurstudio.session import files, form
from blurstudio.session.blend import Blend, Brush, BrushMask, Stroke
from blurstudio.session.document import Choices, Document

DEFAULTS = AnalysisOptions()
STROKE = Stroke(((0.1, 0.2), (0.30001, 0.4), (-0.05, 1.2)), Brush(0.04, 0.25, 0.8, reveal=True))
BLEND = Blend(0.6, BrushMask(False, (STROKE, Stroke(((0.5, 0.5),)))))


@pytest.fixture
def rewritten(mark):
    """Save a document, change its JSON as another program might, and load it."""

    def rewrite(change):
        files.save(Document(mark, Choices(DEFAULTS, blend=BLEND)))
        path = files.beside(mark.path)
        table = json.loads(path.read_text(encoding="utf-8"))
        change(table)
        path.write_text(json.dumps(table), encoding="utf-8")
        return files.load(mark, DEFAULTS)

    return rewrite


def test_a_blend_comes_back_as_it_was_left(rewritten):
    loaded = rewritten(lambda table: None)
    assert loaded.document.choices.blend == BLEND
    assert not loaded.remarks


def test_a_stroke_takes_little_room(mark):
    long = Stroke(tuple((round(i / 100, 5), 0.5) for i in range(100)))
    document = Document(mark, Choices(DEFAULTS, blend=Blend(mask=BrushMask(strokes=(long,)))))
    assert len(json.dumps(form.to_table(document)["blend"])) < 2500


def test_a_document_from_before_the_brush_uses_the_result_as_it_is(rewritten):
    def age(table):
        table["version"] = 1
        del table["blend"]

    loaded = rewritten(age)
    assert loaded.document.choices.blend == Blend()
    assert loaded.found
    assert not loaded.remarks


@pytest.mark.parametrize(
    ("damage", "kept", "said"),
    [
        (lambda blend: blend.update(amount=7), replace(BLEND, amount=1.0), "amount"),
        (lambda blend: blend.update(amount="all"), replace(BLEND, amount=1.0), "amount"),
        (lambda blend: blend.update(glow=1), BLEND, "glow"),
        (
            lambda blend: blend.update(strokes="many"),
            Blend(0.6, BrushMask(revealed=False)),
            "strokes",
        ),
        (
            lambda blend: blend["strokes"][1].pop("points"),
            Blend(0.6, BrushMask(False, (STROKE,))),
            "stroke 2",
        ),
        (
            lambda blend: blend["strokes"][1].update(radius=-1),
            BLEND,
            "radius",
        ),
        (
            lambda blend: blend["strokes"].append(None),
            BLEND,
            "stroke 3",
        ),
    ],
    ids=["range", "type", "unknown", "no list", "no points", "brush", "no stroke"],
)
def test_a_damaged_field_is_left_out_and_said(rewritten, damage, kept, said):
    loaded = rewritten(lambda table: damage(table["blend"]))
    assert loaded.document.choices.blend == kept
    assert any(said in remark for remark in loaded.remarks)
