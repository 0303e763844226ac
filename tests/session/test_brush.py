"""Strokes of a brush as a mask: round, soft, of any size, and turned round exactly."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from blurstudio.session.blend import Blend, Brush, BrushMask, Stroke
from blurstudio.session.brush_masks import MaskPainter, blending_of

SIZE = (120, 160)
HARD = Brush(radius=0.125, hardness=1.0)
DAB = Stroke(((0.5, 0.5),), HARD)
LINE = Stroke(((0.25, 0.5), (0.75, 0.5)), HARD)
SOFT = Stroke(((0.2, 0.3), (0.6, 0.8), (0.9, 0.2)), Brush(0.1, 0.3, 0.7))
BACK = Stroke(((0.6, 0.8),), Brush(0.05, 0.5, reveal=True))


def painted_mask(mask, size=SIZE):
    return MaskPainter(size).paint(mask)


def hidden(mask, size=SIZE):
    """Share of every pixel that is hidden."""
    return 1 - painted_mask(mask, size).astype(np.float64) / 255


@pytest.mark.parametrize(
    ("stroke", "area"),
    [(DAB, math.pi * 20**2), (LINE, math.pi * 20**2 + 80 * 40)],
    ids=["a dab is a disc", "a line has round ends"],
)
def test_a_hard_stroke_has_the_area_of_its_shape(stroke, area):
    assert hidden(BrushMask(strokes=(stroke,))).sum() == pytest.approx(area, rel=0.01)


def test_a_stroke_lies_where_it_was_painted():
    mask = hidden(BrushMask(strokes=(Stroke(((0.25, 0.75),), HARD),)))
    rows, columns = np.nonzero(mask)
    assert np.average(columns + 0.5) == pytest.approx(40, abs=0.1)
    assert np.average(rows + 0.5) == pytest.approx(90, abs=0.1)


@pytest.mark.parametrize("size", [(60, 80), (240, 320), (37, 49)])
def test_a_mask_of_another_size_is_the_same_mask(size):
    mask = BrushMask(strokes=(SOFT, BACK, LINE))
    assert hidden(mask, size).mean() == pytest.approx(hidden(mask).mean(), rel=0.02)


def test_a_larger_mask_shows_the_same_picture():
    """Reduced by areas to the size of the other, pixel by pixel, within a step of antialiasing."""
    mask = BrushMask(strokes=(SOFT, BACK))
    large = hidden(mask, (480, 640)).reshape(120, 4, 160, 4).mean(axis=(1, 3))
    assert np.abs(large - hidden(mask)).max() < 0.05
    assert np.abs(large - hidden(mask)).mean() < 0.002


def test_a_soft_brush_fades_evenly_from_its_core_to_its_edge():
    brush = replace(HARD, hardness=0.5)
    row = hidden(BrushMask(strokes=(Stroke(((0.5, 0.5),), brush),)))[60, 80:105]
    assert np.all(np.diff(row) <= 0)
    assert row[:9].min() == 1
    assert row[15] == pytest.approx(0.5, abs=0.08)
    assert row[21:].max() == 0


def test_outside_a_stroke_nothing_is_touched_and_inside_everything_counts():
    mask = painted_mask(BrushMask(strokes=(LINE,)), SIZE)
    y, x = np.mgrid[:120, :160] + 0.5
    distance = np.hypot(np.maximum(np.abs(x - 80) - 40, 0), y - 60)
    assert np.all(mask[distance > 21] == 255)
    assert np.all(mask[distance < 19] == 0)


def test_a_stroke_that_crosses_itself_counts_once():
    brush = replace(HARD, opacity=0.4)
    there_and_back = Stroke(((0.25, 0.5), (0.75, 0.5), (0.25, 0.5)), brush)
    once, twice = BrushMask(strokes=(there_and_back,)), BrushMask(strokes=(there_and_back,) * 2)
    assert hidden(once)[60, 80] == pytest.approx(0.4, abs=0.005)
    assert hidden(twice)[60, 80] == pytest.approx(0.64, abs=0.005)


def test_the_later_stroke_decides():
    over = BrushMask(strokes=(LINE, replace(DAB, brush=replace(HARD, reveal=True))))
    assert painted_mask(over, SIZE)[60, 80] == 255
    assert painted_mask(over, SIZE)[60, 40] == 0


@pytest.mark.parametrize("mask", [BrushMask(), BrushMask(strokes=(SOFT, BACK, LINE, SOFT))])
def test_inverted_is_the_other_way_round_everywhere(mask):
    there, back = painted_mask(mask, SIZE), painted_mask(mask.inverted(), SIZE)
    assert np.abs(there.astype(int) + back - 255).max() <= 1
    assert mask.inverted().inverted() == mask


def test_strokes_beside_the_picture_leave_it_alone():
    away = Stroke(((-0.9, 0.5), (-0.4, 0.5)), HARD)
    assert not hidden(BrushMask(strokes=(away,))).any()


def test_the_smallest_brush_still_paints():
    small = Stroke(((0.2, 0.2), (0.8, 0.8)), Brush(radius=0.001, hardness=1.0))
    assert hidden(BrushMask(strokes=(small,))).max() > 0.2


def test_a_painter_that_goes_on_paints_as_one_that_begins():
    painter = MaskPainter(SIZE)
    strokes = (SOFT, BACK, LINE, DAB)
    for count in (0, 1, 2, 4, 3, 1, 4):
        for mask in (BrushMask(True, strokes[:count]), BrushMask(False, strokes[:count])):
            assert np.array_equal(painter.paint(mask), painted_mask(mask, SIZE))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Brush(radius=0.0),
        lambda: Brush(radius=math.nan),
        lambda: Brush(hardness=1.5),
        lambda: Brush(opacity=-0.1),
        lambda: Stroke(()),
        lambda: Stroke(((0.5, math.nan),)),
        lambda: Stroke(((0.5, 99.0),)),
        lambda: Blend(amount=1.01),
        lambda: Blend(amount=math.nan),
    ],
)
def test_what_cant_be_painted_is_refused(wrong):
    with pytest.raises(ValueError, match=r"must lie|at least one|nowhere"):
        wrong()


def test_a_brush_grows_and_hardens_within_bounds():
    assert Brush().resized(2).radius == pytest.approx(0.06)
    assert Brush().resized(1e6).radius == 0.5
    assert Brush().resized(1e-6).radius == 0.001
    assert Brush(hardness=0.95).hardened(0.1).hardness == 1
    assert Brush(hardness=0.05).hardened(-0.1).hardness == 0


def test_only_what_changes_something_is_blended():
    assert blending_of(Blend(), SIZE) is None
    assert blending_of(Blend(mask=BrushMask(strokes=(BACK,))), SIZE) is None
    assert blending_of(Blend(0.5), SIZE).mask is None
    assert blending_of(Blend(mask=BrushMask(strokes=(DAB,))), SIZE).mask.shape == SIZE
